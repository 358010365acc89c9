import { isDate } from '../model/index.js'
import { boolean, input, optional, text, validated } from './row.js'
import { thresholdInputs } from './thresholds.js'

export const IMAGE_INPUTS = {
  image: input(text, {
    value: 'IMAGE',
    required: true,
    where: ['action'],
    help: 'images to judge, one per line',
    description:
      'Images to judge, one per line. Each is a local image, a reference that can be pulled, registry:NAME (read from its registry without an engine), or the path of an archive (docker save or OCI layout).',
  }),
  ...thresholdInputs((name) => name === 'platform'),
  dockerfile: input(optional, {
    value: 'FILE',
    help: 'Dockerfile to attribute findings to (default: the matching one in the working directory)',
    description:
      "Dockerfile to attribute findings to, if it matches the image's history. Default: the matching one in the working directory.",
  }),
}

export const FOLDER_INPUTS = {
  'report-dir': input(text, {
    value: 'DIR',
    default: 'seaworthy-report',
    replay: true,
    help: 'directory for reports',
    description: 'Directory for reports.',
  }),
  'save-evidence': input(optional, {
    value: 'DIR',
    help: 'directory in which to save the evidence, for use with "seaworthy replay"',
    description:
      'Directory in which to save the evidence, for use with "seaworthy replay". Default: not saved.',
  }),
}

export const OUTPUT_INPUTS = {
  today: input(validated('DATE', isDate, 'is not a date (YYYY-MM-DD)'), {
    replay: true,
    help: 'judge as of this date, YYYY-MM-DD, UTC (default: today)',
    description: 'Judge as of this date, YYYY-MM-DD, UTC. Default: today.',
  }),
  verbose: input(boolean, {
    value: null,
    default: 'false',
    where: ['scan', 'update'],
    replay: true,
    help: 'list every finding, not only the tasks',
    description: null,
  }),
  debug: input(boolean, {
    default: 'false',
    replay: true,
    help: 'log each step and the stack trace of an error',
    description: 'If true, logs each step and the stack trace of an error.',
  }),
}
