import { sourceOf } from '../io/archive/image/image-name.js'
import { untagged } from '../model/index.js'
import { COMMENT_MODES, type PublishRequest } from '../publish/request.js'
import { boolean, input, keyword, optional, type ReadInput, readerOf, short, validated } from './row.js'

const PUSHES = ['none', 'judged', 'patched'] as const

export const PUSH_INPUTS = {
  push: input(keyword(PUSHES), {
    default: 'none',
    help: 'image to push to its registry if it passes: none, judged (seaworthy scan) or patched (seaworthy update)',
    description:
      'Image to push to its registry if it passes, and to read back: none, judged or patched (by the update). The login is that of "docker login".',
  }),
  'push-verify': input(keyword(['present', 'full']), {
    default: 'present',
    help: 'how to check the image after a push: present (everything exists) or full (the content of each layer too)',
    description:
      'How to check the pushed image: present (each layer exists) or full (the content of each layer).',
  }),
}

export interface PushRequest {
  readonly push: (typeof PUSHES)[number]
  /** Whether the content of each layer is read back too. */
  readonly full: boolean
  /** Names of images that are in their registry already. */
  readonly published: readonly string[]
}

export function readPushRequest(images: readonly string[], inputs: ReadInput, errors: string[]): PushRequest {
  const read = readerOf(PUSH_INPUTS, inputs, errors)
  const push = read('push')
  const imageOutsideEngine = images.find((image) => sourceOf(image).source !== 'engine')
  if (push === 'judged' && imageOutsideEngine !== undefined) {
    const isArchive = sourceOf(imageOutsideEngine).source === 'archive'
    const why = isArchive
      ? 'is an archive; first load it with "docker load", because only an image in the engine can be pushed'
      : 'is in its registry already; omit "push"'
    errors.push(`push: ${JSON.stringify(imageOutsideEngine)} ${why}`)
  }
  const published = images.map(sourceOf).filter(({ source }) => source === 'registry')
  return { push, full: read('push-verify') === 'full', published: published.map(({ name }) => name) }
}

/** A number, or an expression that nothing has evaluated, because the action was started by hand. */
const isCount = (text: string) => /^(?:\d+|\$\{\{.*)$/.test(text)

export const PUBLISH_INPUTS = {
  'check-run': input(boolean, {
    default: 'true',
    where: ['action'],
    help: 'whether to create a check run on the commit',
    description: 'If true, creates a check run with annotations on the commit. Requires checks: write.',
  }),
  'check-name': input(
    short(100, (value) => [...value].length),
    {
      where: ['action'],
      help: 'name of the check run',
      description:
        'Name of the check run, different for each matrix job. Default: made from the images and the platform.',
    },
  ),
  comment: input(keyword(COMMENT_MODES), {
    default: 'changes',
    where: ['action'],
    help: 'when to comment on the pull request: changes, always, failure or never',
    description:
      'When to comment on the pull request: changes (of findings, or no "pass"), failure (no "pass"), always or never. Requires pull-requests: write.',
  }),
  'schedule-report': input(keyword(['issue', 'none']), {
    default: 'none',
    where: ['action'],
    help: 'what scheduled runs do: issue (maintain an issue) or none',
    description:
      'What scheduled and manual runs of the default branch do: none, or issue (open while the verdict is not "pass"). Requires issues: write.',
  }),
  line: input(short(100), {
    where: ['action'],
    help: 'release line of the images',
    description: 'Release line of the images, such as 4.1, which has its own issue. Default: none.',
  }),
  'matrix-jobs': input(validated('COUNT', isCount, 'is not a number of jobs'), {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
    default: '${{ strategy.job-total }}',
    where: ['action'],
    replay: true,
    help: "number of jobs in the run's matrix (default: as saved with the evidence)",
    description:
      "Number of jobs in the matrix. With several, no job says that a policy's entry matches nothing.",
  }),
  matrix: input(optional, {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
    default: '${{ toJSON(matrix) }}',
    where: ['action'],
    help: "values of the job's matrix",
    description: "The job's matrix, which distinguishes its results.",
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

/** Whether other jobs of a matrix judge other images. */
export function readShared(inputs: ReadInput, errors: string[]): boolean {
  return Number(readerOf(PUBLISH_INPUTS, inputs, errors)('matrix-jobs') ?? 1) > 1
}

/** Inputs by which jobs of a workflow differ, and which stay the same when a job is repeated. */
const JOB_INPUTS = ['policies', 'checks', 'platform', 'matrix']

/** @param images as in the input, whose tags and digests may differ when the job is repeated */
export function jobText(images: readonly string[], inputs: ReadInput): string {
  const names = images.map((image) => untagged(sourceOf(image).name))
  return JSON.stringify([names, ...JOB_INPUTS.map((name) => inputs(name).trim())])
}

/** Which job of a matrix this is, in all runs: a line keeps its name, but values of a matrix may change with each release. */
export function lineOrMatrix(inputs: ReadInput): string {
  return inputs('line').trim() || inputs('matrix').trim()
}

export function analysisText(inputs: ReadInput): string {
  return JSON.stringify([inputs('policies').trim(), inputs('checks').trim(), lineOrMatrix(inputs)])
}

export function readPublishRequest(
  inputs: ReadInput,
  errors: string[],
): Omit<PublishRequest, 'settings' | 'job' | 'analysis'> {
  const read = readerOf(PUBLISH_INPUTS, inputs, errors)
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
