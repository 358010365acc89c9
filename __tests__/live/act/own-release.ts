import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { newFolder, ROOT } from '../support.js'
import { type ActEvent, placeFakeActions, placeFiles, run } from './act.js'

/** A repository as this checkout is, with a folder as its origin. */
export interface OwnRepository {
  readonly folder: string
  readonly origin: string
  git(...args: readonly string[]): string
  /** Runs one of its scripts. */
  script(
    name: string,
    ...args: readonly string[]
  ): { readonly status: number | null; readonly output: string }
  commit(message: string): string
}

/** @param replace what its files have instead, by path */
export function ownRepository(replace: Readonly<Record<string, (text: string) => string>>): OwnRepository {
  const [folder, origin] = [join(newFolder(), 'seaworthy'), join(newFolder(), 'origin.git')]
  const listed = execFileSync('git', ['-C', ROOT, 'ls-files', '-co', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  })
  // Tests and pictures are no part of a release.
  for (const path of listed
    .split('\0')
    .filter((one) => one !== '' && !/^(__tests__|docs\/pictures)\//.test(one))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(join(ROOT, path), join(folder, path))
  }
  for (const [path, change] of Object.entries(replace)) {
    writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')))
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  git('init', '--quiet', '--initial-branch=main')
  writeFileSync(join(folder, '.git/info/exclude'), 'node_modules\n')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin])
  git('remote', 'add', 'origin', origin)
  return {
    folder,
    origin,
    git,
    commit: (message) => {
      git('add', '--all')
      git('commit', '--quiet', '-m', message)
      return git('rev-parse', 'HEAD').trim()
    },
    script: (name, ...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, name), ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
      return { status, output: stdout + stderr }
    },
  }
}

export interface ReleaseRun {
  readonly code: number | null
  /** Result of each job, by its id. */
  readonly jobs: Readonly<Record<string, string>>
  readonly output: string
}

export interface OwnRun {
  readonly workflow: 'release.yml' | 'feeds.yml' | 'prober.yml' | 'tools.yml'
  readonly event: string
  readonly payload: object
  /** Tag or branch that it runs for. */
  readonly ref: string
}

/** release.yml, for a tag. */
export const releaseOf = (tag: string): OwnRun => {
  const payload = { ref: `refs/tags/${tag}`, created: true, repository: { default_branch: 'main' } }
  return { workflow: 'release.yml', event: 'push', payload, ref: tag }
}

/**
 * Runs one of the workflows in .github. Fakes, for what this machine cannot reach: the actions of GitHub that it
 * uses, and `npm ci`, which links what is installed here.
 * @param kept where the fake of the attestation writes the digests that it was given
 */
export async function runOwn(
  repository: OwnRepository,
  { workflow: name, event, payload, ref }: OwnRun,
  api: { readonly url: string; readonly token: string },
  kept: string,
): Promise<ReleaseRun> {
  const folder = newFolder()
  const at = (name: string) => join(folder, name)
  execFileSync('git', ['clone', '--quiet', '--branch', ref, repository.origin, at('repo')], { stdio: 'pipe' })
  execFileSync('git', ['-C', at('repo'), 'remote', 'set-url', 'origin', 'https://github.com/acme/seaworthy'])
  placeFiles(folder, { 'event.json': JSON.stringify(payload) })
  const workflow = readFileSync(join(repository.folder, `.github/workflows/${name}`), 'utf8')
  const fakes = placeFakes(folder, repository.origin, ref, kept)
  const uses = [
    ...new Set(
      [...workflow.matchAll(/uses: (actions\/([\w-]+)@\S+)/g)].map(
        ([, name = '', action = '']) => `${name}=${fakes[action]}`,
      ),
    ),
  ]
  const args = [
    ...[event, '--json', '--eventpath', at('event.json'), '--platform', 'ubuntu-latest=-self-hosted'],
    ...[
      '--workflows',
      join(at('repo'), '.github/workflows', name),
      '--no-cache-server',
      '--action-cache-path',
      at('cache'),
    ],
    ...['--secret', `GITHUB_TOKEN=${api.token}`, '--env', `GITHUB_API_URL=${api.url}`],
    ...uses.flatMap((name) => ['--local-repository', name]),
  ]
  const { code, stdout, stderr } = await run(args, at('repo'), folder, {
    PATH: [at('bin'), process.env.PATH].join(delimiter),
  })
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as ActEvent & { jobID?: string })
  const jobs = events.flatMap(({ jobID = '', jobResult }) => (jobResult ? [[jobID, jobResult] as const] : []))
  const raw = events.flatMap(({ msg = '', raw_output, command, arg = '' }) =>
    raw_output ? [msg] : command === 'error' ? [`::error::${arg}\n`] : [],
  )
  return { code, jobs: Object.fromEntries(jobs), output: `${raw.join('')}\n${stderr}` }
}

const HEAD = `import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
`

function placeFakes(
  folder: string,
  origin: string,
  tag: string,
  kept: string,
): Readonly<Record<string, string>> {
  const artifact = join(folder, 'artifact')
  const scripts: Readonly<Record<string, string>> = {
    checkout: `
for (const name of readdirSync('.')) rmSync(name, { recursive: true })
execFileSync('git', ['clone', '--quiet', ...(input('fetch-depth') === '0' ? [] : ['--depth', '1']), '--branch', (input('ref') || '${tag}').replace(/^refs.(heads|tags)./, ''), 'file://${origin}', '.'])`,
    'setup-node': '',
    'upload-artifact': `cpSync(input('path'), '${artifact}', { recursive: true })`,
    'download-artifact': `cpSync('${artifact}', input('path'), { recursive: true })`,
    'attest-build-provenance': `
const files = input('subject-path').split('\\n').filter(Boolean).flatMap((one) => globSync(one)).sort()
const sums = files.map((file) => basename(file) + ' ' + createHash('sha256').update(readFileSync(file)).digest('hex'))
appendFileSync('${join(kept, 'attested')}', sums.join('\\n') + '\\n')
writeFileSync('${join(folder, 'bundle.json')}', JSON.stringify({ standIn: process.hrtime.bigint().toString() }))
appendFileSync(process.env.GITHUB_OUTPUT, 'bundle-path=${join(folder, 'bundle.json')}\\n')`,
  }
  const fakes = placeFakeActions(folder, scripts, HEAD)
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim()
  placeFiles(folder, {
    'bin/npm': `#!/bin/sh\nif [ "$1" = ci ]; then exec ln -s '${join(ROOT, 'node_modules')}' node_modules; fi\nexec '${npm}' "$@"\n`,
  })
  execFileSync('chmod', ['755', join(folder, 'bin/npm')])
  return fakes
}
