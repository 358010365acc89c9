import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { newFolder, ROOT } from '../support.js'
import { type ActEvent, commitAll, placeFakeActions, placeFiles, run } from './act.js'

/** Runs the examples as they are in the repository of someone who has copied Seaworthy, or has not. */

export interface CopiedOptions {
  /** One of examples/workflows. */
  readonly example: string
  readonly event: string
  /** Of the base's commit, and of the one that is run for. */
  readonly payload: (base: string, head: string) => object
  /** What stands in the example -> what stands there instead. */
  readonly replace?: Readonly<Record<string, string>>
  /** The base's files; with a copy of Seaworthy, if there is one. */
  readonly files: Readonly<Record<string, string>>
  readonly hasCopy?: boolean
  /** What a pull request changes. */
  readonly changes?: Readonly<Record<string, string>>
  readonly api: { readonly url: string; readonly token: string }
  readonly onCommits?: (base: string, head: string) => void
}

export interface CopiedRun {
  readonly code: number | null
  readonly jobs: Readonly<Record<string, string>>
  /** The steps that failed, by id or name. */
  readonly failed: readonly string[]
  readonly succeeded: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly output: string
}

export async function runCopied(options: CopiedOptions): Promise<CopiedRun> {
  const folder = newFolder()
  const at = (name: string) => join(folder, name)
  const repo = at('repo')
  let text = readFileSync(join(ROOT, 'examples/workflows', options.example), 'utf8')
  for (const [old, now] of Object.entries(options.replace ?? {})) {
    text = text.replaceAll(old, now)
  }
  placeFiles(repo, { ...options.files, '.github/workflows/gate.yml': text })
  if (options.hasCopy) {
    // As docs/quick-start.md says, but for the pages.
    for (const part of ['action.yml', 'package.json', 'dist']) {
      cpSync(join(ROOT, part), join(repo, 'seaworthy', part), { recursive: true })
    }
  }
  const base = commitAll(repo)
  const head = commitMore(repo, options.changes ?? {})
  options.onCommits?.(base, head)
  placeFiles(folder, { 'event.json': JSON.stringify(options.payload(base, head)) })
  const fakes = placeFakeActions(folder, scripts(repo), HEAD)
  const uses = [...text.matchAll(/uses: ([\w-]+\/([\w-]+))(\/[\w-]+)?(@\S+)/g)]
  const local = uses.map(([, repository = '', name = '', path = '', ref = '']) => [
    `${repository}${ref}`,
    (fakes[`${name}${path}`] ?? fakes.other ?? '').slice(0, path === '' ? undefined : -path.length),
  ])
  const args = [
    options.event,
    ...['--json', '--eventpath', at('event.json'), '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--secret', `GITHUB_TOKEN=${options.api.token}`, '--env', `GITHUB_API_URL=${options.api.url}`],
    ...['--no-cache-server', '--action-cache-path', at('cache')],
    ...local.flatMap(([name, path]) => ['--local-repository', `${name}=${path}`]),
  ]
  placeDocker(at('bin'))
  const PATH = [at('bin'), process.env.PATH].join(delimiter)
  const { code, stdout, stderr } = await run(args, repo, folder, { PATH })
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ActEvent & { job?: string; step?: string })
  const ended = (result: string) =>
    events
      .filter(({ stage, stepResult }) => stage === 'Main' && stepResult === result)
      .map(({ stepID = [], step = '' }) => (/^\d+$/.test(stepID[0] ?? '') ? step : (stepID[0] ?? '')))
  return {
    code,
    jobs: Object.fromEntries(
      events.flatMap(({ job = '', jobResult }) => (jobResult ? [[job.trim(), jobResult]] : [])),
    ),
    failed: ended('failure'),
    succeeded: ended('success'),
    outputs: Object.fromEntries(
      events
        .filter(({ command, stepID }) => command === 'set-output' && stepID?.[0] === 'gate')
        .map(({ name = '', arg = '' }) => [name, arg]),
    ),
    output: stdout + stderr,
  }
}

function commitMore(repo: string, files: Readonly<Record<string, string>>): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repo, '-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  placeFiles(repo, files)
  git('add', '--all')
  git('commit', '--quiet', '--allow-empty', '--message', 'more')
  git('tag', 'v4.1.7')
  return git('rev-parse', 'HEAD').trim()
}

const HEAD = `import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
`

/** Checks out with Git itself; act has the work tree in place already, where neither a path nor a ref is asked for. */
const scripts = (repo: string): Readonly<Record<string, string>> => ({
  checkout: `
const [path, sparse] = [input('path') || '.', input('sparse-checkout')]
if (path !== '.') {
  const git = (...args) => execFileSync('git', ['-C', path, ...args], { stdio: 'inherit' })
  mkdirSync(path)
  execFileSync('git', ['clone', '--quiet', '--no-checkout', '${repo}', path], { stdio: 'inherit' })
  if (sparse !== '') git('sparse-checkout', 'set', ...sparse.split('\\n'))
  git('checkout', '--quiet', input('ref') || 'HEAD')
}`,
  other: '',
  'codeql-action/upload-sarif': "if (input('sarif_file') === '') throw new Error('no file')",
})

/** What an example asks of the docker command before the gate: to log in, to build and to pull. */
function placeDocker(bin: string): void {
  mkdirSync(bin)
  const docker = `#!/bin/sh
case "$1" in
  login) cat >/dev/null ;;
  pull) echo "Digest: sha256:${'d'.repeat(64)}" ;;
esac
`
  writeFileSync(join(bin, 'docker'), docker, { mode: 0o755 })
}
