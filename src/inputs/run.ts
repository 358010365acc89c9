import { isDate } from '../model/dates.js'
import { boolean, held, input, inSeconds, optional, text } from './row.js'
import { thresholdInputs } from './thresholds.js'

/** What is judged. */
export const IMAGE_INPUTS = {
  image: input(text, {
    value: 'IMAGE',
    required: true,
    where: ['action'],
    help: 'images to judge, one a line',
    description:
      'Images to judge, one a line. Each is a reference in the Docker engine, or the path of an archive (docker save or OCI layout). A reference that is not there is pulled.',
  }),
  ...thresholdInputs((name) => name === 'platform'),
  dockerfile: input(optional, {
    value: 'FILE',
    help: 'Dockerfile that findings are laid to (default: found in the working folder)',
    description:
      "Dockerfile that findings are laid to, from the working folder. Empty means that it is looked for there. It is used only if the image's history agrees with it.",
  }),
}

export const LIMIT_INPUTS = {
  timeout: input(inSeconds(), {
    default: '900',
    help: 'limit of the whole gate',
    description: 'Seconds for the whole gate. What is not answered by then is incomplete.',
  }),
}

export const FOLDER_INPUTS = {
  'report-dir': input(text, {
    value: 'DIR',
    default: 'seaworthy-report',
    replay: true,
    help: 'directory for the reports',
    description: 'Directory for the reports.',
  }),
  'save-evidence': input(optional, {
    value: 'DIR',
    help: 'keep the evidence there, to be judged again with replay',
    description:
      'Directory to keep the evidence in, so that it can be judged again with replay. Empty means it is not kept.',
  }),
}

export const TELL_INPUTS = {
  today: input(held('DATE', isDate, 'is not a date (YYYY-MM-DD)'), {
    replay: true,
    help: 'date to judge for, YYYY-MM-DD, UTC (default: today)',
    description: 'Date to judge for, YYYY-MM-DD, UTC. Empty means the day of the run.',
  }),
  verbose: input(boolean, {
    value: null,
    default: 'false',
    where: ['scan', 'update'],
    replay: true,
    help: 'tell every finding, not only what to do',
    description: null,
  }),
  debug: input(boolean, {
    default: 'false',
    replay: true,
    help: 'tell each step, and the stack of an error',
    description: 'If true, tell each step, and the stack of an error.',
  }),
}
