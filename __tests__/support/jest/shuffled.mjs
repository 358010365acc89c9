// Jest's sequencer for `script/long chance`: an order of the test files that a seed decides (SEAWORTHY_ORDER), so that an
// order that failed can be run again.
import { createHash } from 'node:crypto'
import { relative } from 'node:path'

const seed = process.env.SEAWORTHY_ORDER ?? ''
const place = ({ path }) =>
  createHash('sha256')
    .update(`${seed}\0${relative('.', path)}`)
    .digest('hex')

export default class {
  sort(tests) {
    return tests.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
  }

  /** Jest’s own remembers which tests failed and how long each took: here, that would be another order. */
  cacheResults() {}
}
