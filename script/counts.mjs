// Prints `N passed, N failed, N skipped` of result files of jest, and exits 1 where anything failed.
// Run: node script/counts.mjs OTHER FILE…   (OTHER: how jest ended; a suite that did not run is a failure)
import { readFileSync } from 'node:fs'

const [other = '0', ...files] = process.argv.slice(2)
let [passed, failed, skipped] = [0, 0, 0]
for (const file of files) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    passed += result.numPassedTests
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites
    skipped += result.numPendingTests + result.numTodoTests
  } catch {
    // The result file was not written: the caller counts that.
  }
}
// Jest exits with 1 if a test failed, which is already counted. If nothing ran at all, nothing is proven.
if (failed === 0 && (other !== '0' || passed + skipped === 0)) {
  failed = 1
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = failed > 0 ? 1 : 0
