import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { newFolder, ROOT } from '../support.js'
import { type ActEvent, commitAll, placeFakeActions, placeFiles, run } from './act.js'

const { rewritten, writtenFor } = (await import(join(ROOT, 'script/examples.mjs'))) as {
  rewritten(text: string, from: unknown, to: unknown): string
  writtenFor(text: string): unknown
}

/** The release that the examples are written for. */
const AT = 'e'.repeat(40)
const RELEASE = { repository: 'acme/seaworthy', version: '1.2.0', commit: AT }

export interface WorkflowRun {
  readonly code: number | null
  readonly events: readonly ActEvent[]
  /** Result of each job, by act's name for it. */
  readonly jobs: Readonly<Record<string, string>>
  /** Names of artifacts, in the folder `artifacts`. */
  readonly artifacts: readonly string[]
  readonly output: string
}

export interface WorkflowOptions {
  /** One of examples/workflows, as a user would have it in the repository. */
  readonly example: string
  readonly event: string
  readonly payload: object
  /** What stands in the example -> what stands there instead. */
  readonly replace?: Readonly<Record<string, string>>
  readonly files: Readonly<Record<string, string>>
  readonly api: { readonly url: string; readonly token: string }
  /** A folder for artifacts. */
  readonly artifacts: string
  readonly onCommit?: (sha: string) => void
}

/**
 * Runs an example as it is, with the reusable workflows and actions of this tree. Fakes, for what this machine cannot
 * reach: the three actions of GitHub that it uses, and the login at ghcr.io.
 */
export async function runWorkflow(options: WorkflowOptions): Promise<WorkflowRun> {
  const folder = newFolder()
  const at = (name: string) => join(folder, name)
  const [repo, seaworthy] = [at('repo'), at('seaworthy')]
  for (const part of [
    'action.yml',
    'dist',
    'close-stale',
    'release-lines',
    'publish-fork',
    'script',
    '.github/workflows',
  ]) {
    cpSync(join(ROOT, part), join(seaworthy, part), { recursive: true })
  }
  const example = readFileSync(join(ROOT, 'examples/workflows', options.example), 'utf8')
  // act does not tell a reusable workflow its own commit, as GitHub Enterprise Server does not: so the caller says it.
  let text = rewritten(example, writtenFor(example), RELEASE).replaceAll(
    /^( {4}uses: acme\/seaworthy\/\.github\/\S+ # \S+)(\n {4}with:)?$/gm,
    `$1\n    with:\n      seaworthy-repository: acme/seaworthy\n      seaworthy-ref: ${AT}`,
  )
  for (const [old, now] of Object.entries(options.replace ?? {})) {
    text = text.replaceAll(old, now)
  }
  placeFiles(repo, { ...options.files, '.github/workflows/gate.yml': text })
  const fakes = placeFakes(folder, seaworthy, options.artifacts)
  placeFiles(folder, { 'event.json': JSON.stringify(options.payload) })
  const commit = commitAll(repo)
  options.onCommit?.(commit)
  const uses = [...usesOf(join(seaworthy, '.github/workflows')), ...usesOf(join(ROOT, 'examples/workflows'))]
  const local = Object.fromEntries(
    uses.flatMap((name): [string, string][] => {
      const action = /^actions\/([\w-]+)@/.exec(name)?.[1] ?? ''
      const fake = fakes[action]
      return fake === undefined ? [] : [[name, fake]]
    }),
  )
  const args = [
    options.event,
    ...['--json', '--eventpath', at('event.json'), '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--secret', `GITHUB_TOKEN=${options.api.token}`, '--env', `GITHUB_API_URL=${options.api.url}`],
    ...['--no-cache-server', '--action-cache-path', at('cache')],
    ...['--local-repository', `acme/seaworthy@${AT}=${seaworthy}`],
    ...Object.entries(local).flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
  ]
  const PATH = [at('bin'), process.env.PATH].join(delimiter)
  const { code, stdout, stderr } = await run(args, repo, folder, { PATH })
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ActEvent & { job?: string })
  const jobs = events.flatMap(({ job = '', jobResult }) => (jobResult ? [[job, jobResult]] : []))
  rmSync(folder, { recursive: true })
  const artifacts = readdirSync(options.artifacts).sort()
  return { code, events, jobs: Object.fromEntries(jobs), artifacts, output: stdout + stderr }
}

const usesOf = (folder: string) =>
  readdirSync(folder).flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/uses: (actions\/\S+)/g)].map(
      ([, name = '']) => name,
    ),
  )

/** What the real ones refuse is refused: characters in names (upload-artifact), artifacts that are not there. */
const SCRIPTS = (seaworthy: string, kept: string): Readonly<Record<string, string>> => ({
  checkout: `
if (input('repository') !== 'acme/seaworthy' || input('ref') !== '${AT}') throw new Error('another repository')
cpSync('${seaworthy}', input('path'), { recursive: true })`,
  'upload-artifact': `
const paths = input('path').split('\\n').map((path) => path.trim()).filter((path) => path !== '' && existsSync(path))
const into = join('${kept}', input('name'))
if (/["':<>|*?\\r\\n\\\\/]/.test(input('name'))) throw new Error('name of the artifact')
if (paths.length > 0 && existsSync(into)) throw new Error('an artifact of this name is there already')
for (const path of paths) {
  for (const name of readdirSync(path, { recursive: true }))
    if (/["':<>|*?\\r\\n]/.test(name)) throw new Error('name of a file: ' + name)
  const hidden = (from) => path === from || !from.split('/').at(-1).startsWith('.')
  cpSync(path, paths.length === 1 ? into : join(into, path), { recursive: true, dereference: true, filter: hidden })
}`,
  'download-artifact': `
if (input('run-id') === '' || input('github-token') === '') throw new Error('it is of another run')
const [start] = input('pattern').split('*')
for (const name of readdirSync('${kept}'))
  if (name.startsWith(start)) cpSync(join('${kept}', name), join(input('path'), name), { recursive: true })`,
})

function placeFakes(folder: string, seaworthy: string, kept: string): Readonly<Record<string, string>> {
  const head = `import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
`
  const fakes = placeFakeActions(folder, SCRIPTS(seaworthy, kept), head)
  mkdirSync(join(folder, 'bin'))
  const path = process.env.PATH?.split(delimiter).find((one) => existsSync(join(one, 'docker'))) ?? ''
  const docker = `#!/bin/sh
if [ "$1" = login ]; then cat >/dev/null; exit 0; fi
exec '${join(path, 'docker')}' "$@"
`
  writeFileSync(join(folder, 'bin/docker'), docker, { mode: 0o755 })
  return fakes
}
