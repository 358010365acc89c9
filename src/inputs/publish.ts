import { COMMENT_MODES, type PublishRequest } from '../publish/request.js'
import type { Given } from './table.js'

/** Reads the inputs; what is wrong goes to `faults`. */
export function readPublishRequest(given: Given, faults: string[]): PublishRequest {
  const word = (name: string) => given(name).trim()
  const checkRun = word('check-run') || 'true'
  if (checkRun !== 'true' && checkRun !== 'false') {
    faults.push(`check-run: ${JSON.stringify(checkRun)} is not true or false`)
  }
  const checkName = word('check-name')
  if ([...checkName].length > 100) faults.push('check-name: has more than 100 characters')
  const asked = word('comment') || 'changes'
  const comment = COMMENT_MODES.find((mode) => mode === asked)
  if (comment === undefined) {
    faults.push(`comment: ${JSON.stringify(asked)} is not one of ${COMMENT_MODES.join(', ')}`)
  }
  const report = word('schedule-report') || 'none'
  if (report !== 'issue' && report !== 'none') {
    faults.push(`schedule-report: ${JSON.stringify(report)} is not issue or none`)
  }
  const line = word('line')
  if (line.length > 100) faults.push('line: has more than 100 characters')
  const token = word('github-token')
  return {
    // An expression that nobody has evaluated is no token: the action was started by hand.
    token: token === '' || token.startsWith('${{') ? null : token,
    checkRun: checkRun === 'true',
    checkName: checkName || null,
    comment: comment ?? 'never',
    issue: report === 'issue',
    line: line || null,
  }
}
