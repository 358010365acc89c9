import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * The tests of a result file of jest, each as [file, name]; a file that did not run failed with an empty name.
 * Throws if the file was not written, or is cut off.
 */
export function testsIn(path) {
  const [passed, failed] = [[], []]
  for (const { name, status, assertionResults } of JSON.parse(readFileSync(path, 'utf8')).testResults) {
    const file = relative('.', name)
    const named = (state) =>
      assertionResults.filter((one) => one.status === state).map((one) => [file, one.fullName])
    const those = named('failed')
    passed.push(...named('passed'))
    failed.push(...(status === 'failed' && those.length === 0 ? [[file, '']] : those))
  }
  return { passed, failed }
}
