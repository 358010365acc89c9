/** As package.json and the bundle have it. */
const OLDEST_NODE = 24

/**
 * Whether this Node can load the program; says so where it cannot. Unasked it would end with a stack, and with the
 * exit of a fail.
 */
export function isNodeNewEnough(): boolean {
  const { node } = process.versions
  if (Number.parseInt(node, 10) >= OLDEST_NODE) return true
  const what = `Seaworthy needs Node ${OLDEST_NODE} or later, and this is ${node}`
  const todo = `install Node ${OLDEST_NODE} (https://nodejs.org/en/download), and let it be the first in PATH`
  process.stderr.write(`${what}\n${process.execPath}\n${todo}\n`)
  process.exitCode = 2
  return false
}
