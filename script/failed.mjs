// Prints the names of failed tests of result files of jest, and of files that did not run.
// Run: node script/failed.mjs FILE…
import { testsIn } from './lib/jest-results.mjs'

for (const path of process.argv.slice(2)) {
  try {
    for (const [file, name] of testsIn(path).failed) {
      console.log(`  ${file}${name === '' ? '' : `: ${name}`}`)
    }
  } catch {
    console.log(`  ${path} was not written, or is cut off`)
  }
}
