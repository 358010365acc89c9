import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { devCache } from '../../support/dev-cache.js'
import { newFolder, ROOT } from '../support.js'
import { LOCAL_INPUTS } from './inputs.js'

const CACHE = devCache('workflow-tools')
/** Made by `script/setup act`; .cache/env names them. */
export const TOOLS = {
  act: process.env.SEAWORTHY_ACT ?? join(CACHE, 'act-v0.2.89/act'),
  actionlint: process.env.SEAWORTHY_ACTIONLINT ?? join(CACHE, 'actionlint-v1.7.12/actionlint'),
  python: process.env.SEAWORTHY_PYTHON_TOOLS ?? join(CACHE, 'python/bin'),
} as const

/** The id of the step that runs the action in the workflow below. */
export const GATE = 'gate'

/** A line of act's --json. The last ones come with a `command` only. */
export interface ActEvent {
  readonly msg?: string
  readonly stage?: 'Main' | 'Post'
  readonly stepID?: readonly string[]
  readonly stepResult?: 'success' | 'failure'
  readonly jobResult?: 'success' | 'failure'
  readonly raw_output?: true
  /** A command as it was printed. */
  readonly raw?: string
  readonly command?: string
  readonly arg?: string
  readonly name?: string
  readonly content?: string
  readonly kvPairs?: Readonly<Record<string, string>>
}

export interface ActRun {
  readonly code: number | null
  readonly events: readonly ActEvent[]
  /** Of the action's main step. */
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** What the following step printed: see `after` in the workflow below. */
  readonly after: Readonly<Record<string, string>>
  readonly jobResult: string | undefined
  /** Files of report-dir: name -> text. */
  readonly reports: Readonly<Record<string, string>>
  /** What was in RUNNER_TEMP after the action; `null` where the job did not come so far. */
  readonly temp: readonly string[] | null
  readonly stderr: string
}

/** How a workflow names the action: as part of its own repository, or as one that was published. */
export type Form = './' | 'acme/seaworthy@v1'

export interface ActOptions {
  readonly event: 'pull_request' | 'push' | 'schedule'
  readonly payload: object
  readonly form?: Form
  readonly inputs: Readonly<Record<string, string>>
  /** Further files of the repository. */
  readonly files?: Readonly<Record<string, string>>
  /** GitHub's API for the job; without it the job has no token. */
  readonly api?: { readonly url: string; readonly token: string; readonly runNumber: number }
  /** Is told the commit that the repository is at: GITHUB_SHA, which act takes from it. */
  readonly onCommit?: (sha: string) => void
}

/** Runs a workflow with the action in a new repository, on this machine, as act does. */
export async function runAct({
  event,
  payload,
  form = './',
  inputs,
  files = {},
  api,
  onCommit,
}: ActOptions): Promise<ActRun> {
  const folder = newFolder()
  const at = (name: string) => join(folder, name)
  const [repo, published, cache, kept] = [at('repo'), at('published'), at('cache'), at('kept')]
  placeAction(form === './' ? repo : published)
  placeFiles(repo, { ...files, '.github/workflows/gate.yml': workflow(form, inputs, kept) })
  placeFiles(folder, { 'event.json': JSON.stringify(payload) })
  // Not as an argument of onCommit?.(): that is left out where there is none.
  const commit = commitAll(repo)
  onCommit?.(commit)
  const args = [
    ...[
      event,
      '--json',
      '--eventpath',
      join(folder, 'event.json'),
      '--platform',
      'ubuntu-latest=-self-hosted',
    ],
    ...(api === undefined
      ? ['--env', 'GITHUB_API_URL=http://127.0.0.1:9']
      : [
          ...['--secret', `GITHUB_TOKEN=${api.token}`, '--env', `GITHUB_API_URL=${api.url}`],
          ...['--env', `GITHUB_RUN_NUMBER=${api.runNumber}`],
        ]),
    ...['--no-cache-server', '--action-cache-path', cache],
    ...(form === './' ? [] : ['--local-repository', `${form}=${published}`]),
  ]
  const { code, stdout, stderr } = await run(args, repo, folder)
  const events = stdout
    .split('\n')
    .filter(isObject)
    .map((line) => JSON.parse(line) as ActEvent)
  const result = {
    code,
    events,
    stderr,
    jobResult: events.find(({ jobResult }) => jobResult)?.jobResult,
    outputs: outputsOf(events),
    summary: events.find(({ command }) => command === 'summary')?.content ?? '',
    after: afterOf(events),
    reports: textsIn(join(kept, 'report')),
    temp: existsSync(join(kept, 'temp')) ? readdirSync(join(kept, 'temp')) : null,
  }
  rmSync(folder, { recursive: true })
  return result
}

/** What act would remove with the job goes to KEPT. */
const AFTER = `
for name in VERDICT OUTCOME GITHUB_EVENT_NAME GITHUB_REF; do echo "$name=$(printenv $name)"; done
echo "NODE=$(node --version)"
mkdir "$KEPT"
if [ -d "$REPORTS" ]; then cp -r "$REPORTS" "$KEPT/report"; fi
cp -r "$RUNNER_TEMP" "$KEPT/temp"
`

/** A workflow as a user would write it, with a step after the gate that tells what it got. */
function workflow(form: Form, inputs: Readonly<Record<string, string>>, kept: string): string {
  return JSON.stringify({
    name: 'gate',
    on: { pull_request: {}, push: { tags: ['v*'] }, schedule: [{ cron: '17 4 * * *' }] },
    permissions: { contents: 'read' },
    jobs: {
      gate: {
        'runs-on': 'ubuntu-latest',
        steps: [
          { uses: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1' },
          { id: GATE, uses: form, with: { ...LOCAL_INPUTS, ...inputs } },
          {
            id: 'after',
            if: 'always()',
            env: {
              VERDICT: `\${{ steps.${GATE}.outputs.verdict }}`,
              OUTCOME: `\${{ steps.${GATE}.outcome }}`,
              REPORTS: `\${{ steps.${GATE}.outputs.report-dir }}`,
              KEPT: kept,
            },
            run: AFTER,
          },
        ],
      },
    },
  })
}

function placeAction(folder: string): void {
  mkdirSync(folder, { recursive: true })
  cpSync(join(ROOT, 'action.yml'), join(folder, 'action.yml'))
  cpSync(join(ROOT, 'dist'), join(folder, 'dist'), { recursive: true })
}

export function placeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** Actions that run these scripts of Node, which read inputs by `input('name')`. @returns the folder of each */
export function placeFakeActions(
  folder: string,
  scripts: Readonly<Record<string, string>>,
  head: string,
): Readonly<Record<string, string>> {
  for (const [name, script] of Object.entries(scripts)) {
    const names = [...script.matchAll(/input\('([\w-]+)'\)/g)].map(([, input = '']) => input)
    const inputs = Object.fromEntries(names.map((input) => [input, { description: input }]))
    const action = { name, description: name, inputs, runs: { using: 'node24', main: 'main.mjs' } }
    const read = "const input = (name) => process.env['INPUT_' + name.toUpperCase()] ?? ''\n"
    placeFiles(join(folder, 'fake', name), {
      'action.yml': JSON.stringify(action),
      'main.mjs': head + read + script,
    })
  }
  return Object.fromEntries(Object.keys(scripts).map((name) => [name, join(folder, 'fake', name)]))
}

export function commitAll(repo: string): string {
  const git = (...args: string[]) => execFileSync('git', ['-C', repo, ...args], { stdio: 'pipe' })
  git('init', '--quiet', '--initial-branch=main')
  git('remote', 'add', 'origin', 'https://github.com/acme/shop')
  git('add', '--all')
  git('-c', 'user.name=Test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '-m', 'all')
  return git('rev-parse', 'HEAD').toString('utf8').trim()
}

export function run(args: readonly string[], cwd: string, home: string, more: NodeJS.ProcessEnv = {}) {
  if (!existsSync(TOOLS.act)) {
    throw new Error(`no act at ${TOOLS.act}: run script/setup act`)
  }
  // Its own HOME: no settings (.actrc) of whoever runs the tests.
  const drained = `NODE_OPTIONS=--import=${join(ROOT, '__tests__/live/act/drained-exit.mjs')}`
  const child = spawn(TOOLS.act, [...args, '--env', drained], {
    cwd,
    env: { ...process.env, ...more, HOME: home, XDG_CONFIG_HOME: home },
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      output[name] += chunk
    })
  }
  return new Promise<typeof output & { code: number | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
}

const isObject = (line: string) => line.startsWith('{')
export const isGate = ({ stepID, stage }: ActEvent, wanted: 'Main' | 'Post' = 'Main') =>
  stepID?.[0] === GATE && stage === wanted

function outputsOf(events: readonly ActEvent[]): Record<string, string> {
  const set = events.filter((event) => isGate(event) && event.command === 'set-output')
  return Object.fromEntries(set.map(({ name = '', arg = '' }) => [name, arg]))
}

function afterOf(events: readonly ActEvent[]): Record<string, string> {
  const output = events.filter(({ stepID, raw_output }) => stepID?.[0] === 'after' && raw_output)
  return Object.fromEntries(output.map(({ msg = '' }) => msg.trim().split('=', 2) as [string, string]))
}

function textsIn(folder: string): Record<string, string> {
  const names = existsSync(folder) ? readdirSync(folder) : []
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}
