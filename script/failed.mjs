// Prints the names of failed tests of result files of jest, and of files that did not run.
// Run: node script/failed.mjs FILE…
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

for (const file of process.argv.slice(2)) {
  try {
    for (const { name, status, assertionResults } of JSON.parse(readFileSync(file, 'utf8')).testResults) {
      const failed = assertionResults.filter((one) => one.status === 'failed')
      const texts = failed.map(({ fullName }) => `: ${fullName}`)
      for (const text of status === 'failed' && failed.length === 0 ? [''] : texts) {
        console.log(`  ${relative('.', name)}${text}`)
      }
    }
  } catch {
    console.log(`  ${file} was not written, or is cut off`)
  }
}
