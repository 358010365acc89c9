import { COMMENT_MODES, type PublishRequest } from '../publish/request.js'
import { boolean, type Given, input, optional, readerOf, short, word } from './row.js'

export const PUBLISH_INPUTS = {
  'check-run': input(boolean, {
    default: 'true',
    where: ['action'],
    help: 'whether to create a check run on the commit',
    description:
      'If true, creates a check run with annotations on the commit. Requires checks: write. Without that permission, annotations are written as workflow commands: up to nine errors and nine warnings.',
  }),
  'check-name': input(
    short(100, (given) => [...given].length),
    {
      where: ['action'],
      help: 'name of the check run',
      description:
        'Name of the check run. Each matrix job needs a different name. Default: derived from the image names and the platform.',
    },
  ),
  comment: input(word(COMMENT_MODES), {
    default: 'changes',
    where: ['action'],
    help: 'when to comment on the pull request: changes, always, failure or never',
    description:
      'When to create the pull request comment that all matrix jobs share. changes: if the verdict is not "pass", or if the pull request changes the findings. failure: if the verdict is not "pass". always: on the first run. never: no comment. Once created, the comment is kept up to date. Requires pull-requests: write.',
  }),
  'schedule-report': input(word(['issue', 'none']), {
    default: 'none',
    where: ['action'],
    help: 'what scheduled runs do: issue (maintain an issue) or none',
    description:
      'What scheduled and manual runs do. issue: keep an issue open while the verdict is not "pass", and close it once the verdict is "pass" (requires issues: write). none: no issue.',
  }),
  line: input(short(100), {
    where: ['action'],
    help: 'release line of the images',
    description: 'Release line of the images, such as 4.1. Each release line has its own issue.',
  }),
  'github-token': input(optional, {
    value: 'TOKEN',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
    default: '${{ github.token }}',
    where: ['action'],
    help: 'token for the check run and the comment',
    description: 'Token for the check run and the comment. It never appears in logs or reports.',
  }),
}

/** Reads the inputs; errors go to `faults`. */
export function readPublishRequest(given: Given, faults: string[]): PublishRequest {
  const read = readerOf(PUBLISH_INPUTS, given, faults)
  const token = read('github-token')
  return {
    // An unevaluated expression is not a token: the action was started by hand.
    token: token?.startsWith('${{') ? null : token,
    checkRun: read('check-run'),
    checkName: read('check-name'),
    comment: read('comment'),
    issue: read('schedule-report') === 'issue',
    line: read('line'),
  }
}
