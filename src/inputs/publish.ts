import { COMMENT_MODES, type PublishRequest } from '../publish/request.js'
import { boolean, type Given, input, optional, readerOf, short, word } from './row.js'

export const PUBLISH_INPUTS = {
  'check-run': input(boolean, {
    default: 'true',
    where: ['action'],
    help: 'false: no check run at the commit',
    description:
      'If true, the verdict becomes a check run at the commit, with annotations. Needs checks write. Without that permission annotations are shown by workflow commands, ten at most.',
  }),
  'check-name': input(
    short(100, (given) => [...given].length),
    {
      where: ['action'],
      help: 'name of the check run',
      description:
        'Name of the check run. Empty means one made of the images and the platform. Legs of a matrix need different names.',
    },
  ),
  comment: input(word(COMMENT_MODES), {
    default: 'changes',
    where: ['action'],
    help: 'changes, always, failure or never: when the pull request is commented on',
    description:
      'When the pull request gets the one comment that all legs share. Needs pull-requests write. changes makes it once something keeps an image from release, or the pull request changes what is found; failure once something keeps an image from release; always with the first run; each keeps it up to date from then on, and green is short. never leaves it alone.',
  }),
  'schedule-report': input(word(['issue', 'none']), {
    default: 'none',
    where: ['action'],
    help: 'issue or none: whether a scheduled run keeps an issue',
    description:
      'If issue, a run on a schedule (or by hand) keeps an issue open as long as the images may not be released, and closes it when they may. Needs issues write. Or none.',
  }),
  line: input(short(100), {
    where: ['action'],
    help: 'line of releases that the images belong to',
    description:
      'Line of releases that the images belong to, such as 4.1. Each line has an issue of its own.',
  }),
  'github-token': input(optional, {
    value: 'TOKEN',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
    default: '${{ github.token }}',
    where: ['action'],
    help: 'for check run and comment',
    description: 'Token for check run and comment. It is shown in no log and no report.',
  }),
}

/** Reads the inputs; what is wrong goes to `faults`. */
export function readPublishRequest(given: Given, faults: string[]): PublishRequest {
  const read = readerOf(PUBLISH_INPUTS, given, faults)
  const token = read('github-token')
  return {
    // An expression that nobody has evaluated is no token: the action was started by hand.
    token: token?.startsWith('${{') ? null : token,
    checkRun: read('check-run'),
    checkName: read('check-name'),
    comment: read('comment'),
    issue: read('schedule-report') === 'issue',
    line: read('line'),
  }
}
