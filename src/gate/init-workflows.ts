import { listFolder, readInside } from '../io/files/files.js'
import { isRecord, parseReference } from '../model/index.js'
import { yamlText } from '../policy/yaml/edit.js'
import { readYaml } from '../policy/yaml/read.js'
import { isEmptyBase } from './init-base.js'
import type { ProjectText } from './init-health.js'

/** What the workflows of `seaworthy init` are filled in with. */
export interface WorkflowValues {
  readonly dockerfile: string
  /** The image that the Dockerfile's last stage builds on; `null` if the Dockerfile does not name it. */
  readonly base: string | null
  /** The value of the input `test`. */
  readonly test: string | null
  readonly branch: string
}

/** Our examples, as text. */
export interface Examples {
  readonly pullRequest: string
  readonly release: string
}

const FOLDER = '.github/workflows'
export const GATE_WORKFLOW = `${FOLDER}/image-gate.yml`
export const RELEASE_WORKFLOW = `${FOLDER}/image-release.yml`

/**
 * The workflows, by file. None for releases if another one already runs for pushed tags: both would push the image.
 */
export function workflowsFor(values: WorkflowValues, examples: Examples): Readonly<Record<string, string>> {
  const pullRequest = { [GATE_WORKFLOW]: forPullRequests(values, examples.pullRequest) }
  return ownReleaseWorkflow() === null
    ? { ...pullRequest, [RELEASE_WORKFLOW]: forReleases(values, examples.release) }
    : pullRequest
}

/** The workflow of this folder that runs for pushed tags, other than ours; `null` if there is none. */
export function ownReleaseWorkflow(): string | null {
  return otherWorkflows().find(runsForTags)?.file ?? null
}

/** The workflows of this folder, other than ours. */
export function otherWorkflows(): ProjectText[] {
  return listFolder(FOLDER)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${FOLDER}/${name}`)
    .filter((file) => file !== GATE_WORKFLOW && file !== RELEASE_WORKFLOW)
    .map((file) => ({ file, text: readInside(file) ?? '' }))
}

/** Tags that are pushed, or releases. A workflow for every push is taken for one that tests. */
function runsForTags({ file, text }: ProjectText): boolean {
  const { value } = readYaml(text, file)
  const events = isRecord(value) ? value.on : undefined
  if (!isRecord(events)) {
    return events === 'release' || (Array.isArray(events) && events.includes('release'))
  }
  return 'release' in events || (isRecord(events.push) && 'tags' in events.push)
}

/** Whether BASE of the release workflow is filled in; else a person has to replace it. */
export function knowsBase({ base }: Pick<WorkflowValues, 'base'>): boolean {
  return base !== null && !isEmptyBase(base) && parseReference(base) !== null
}

function forPullRequests({ dockerfile, branch, test }: WorkflowValues, example: string): string {
  const replaced = example
    .replace('docker build --tag app:pr .', () => `docker build --tag app:pr${fileOption(dockerfile)} .`)
    .replace('branches: [main]', () => `branches: [${branch}]`)
  return test === null ? replaced : withTest(replaced, test)
}

function forReleases(values: WorkflowValues, example: string): string {
  const { dockerfile, base, test } = values
  const replaced = example
    .replace('docker build --pull --no-cache', (start) => `${start}${fileOption(dockerfile)}`)
    .replace(/(?<=^ +)test: .*$/m, (line) => (test === null ? `# ${line}` : `test: ${yamlText(test)}`))
  return knowsBase(values)
    ? replaced
        .replace(/(?<=^ +BASE: )\S+/m, () => yamlText(base ?? ''))
        .replace(/^# Replace the test command.*\n/m, '')
    : replaced
}

/**
 * A workflow that runs the gate already stays as people have edited it; only a test that it lacks is added.
 * @param after the workflow that a new file would get
 */
export function keepEdited(before: string | null, after: string, test: string | null): string {
  if (before === null || !/^[ -]+uses: \S*seaworthy/m.test(before)) {
    return after
  }
  return test === null || /^ +test: /m.test(before) ? before : withTest(before, test)
}

/** With the input `test` where the example has it as a comment, else behind the first `image`. */
function withTest(workflow: string, test: string): string {
  const commented = /(?<=^ +)# test: .*$/m
  if (commented.test(workflow)) {
    return workflow.replace(commented, () => `test: ${yamlText(test)}`)
  }
  return workflow.replace(
    /^( +)image: .*\n/m,
    (line, indent: string) => `${line}${indent}test: ${yamlText(test)}\n`,
  )
}

/** The option of `docker build` for a Dockerfile with another name; empty for `Dockerfile`. */
export function fileOption(dockerfile: string): string {
  return dockerfile === 'Dockerfile' ? '' : ` --file ${dockerfile}`
}
