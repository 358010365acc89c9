import { type AdvisedCode, SeaworthyError } from '../../model/index.js'
import { codeOf, hostsOf, whatOf } from '../document.js'

/** The errors of reading and scanning, in terms of the tracker. */
export function trackerError(error: unknown, where: string): unknown {
  const code = codeOf(error)
  const what = whatOf(error)
  const at = error instanceof SeaworthyError && code.startsWith('json-') ? ` at ${error.problem.where}` : ''
  if (code.startsWith('tracker-') || code === 'cache-not-trusted') {
    return error
  }
  if (code === 'json-truncated' || code === 'http-cut' || code === 'Z_BUF_ERROR') {
    return problem('tracker-truncated', `the security tracker's data arrived incomplete: ${what}${at}`, where)
  }
  if (code === 'json-duplicate') {
    return problem('tracker-malformed', `the security tracker's data contradicts itself: ${what}${at}`, where)
  }
  if (code === 'json-invalid' || code === 'Z_DATA_ERROR') {
    return problem('tracker-not-json', `this is not the security tracker's data: ${what}${at}`, where)
  }
  const text = `the security tracker's data could not be fetched: ${what}`
  return new SeaworthyError({ code: 'tracker-unreachable', what: text, where, ...hostsOf(error) })
}

export function problem(code: AdvisedCode<"Debian's security tracker">, what: string, where: string) {
  return new SeaworthyError({ code, what, where })
}
