import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { treeHash } from '../../../src/checks/docker-bench/dbs/tree.js'

interface Found {
  readonly newer: readonly { readonly tool: string; readonly from: string; readonly to: string }[]
  readonly errors: readonly string[]
}
const { toolVersions, newestOf, isNewer, TOOLS } = (await import(
  join(process.cwd(), 'script/lib/newer-tools.mjs')
)) as {
  toolVersions: (options: { root: string; at: string; write?: boolean }) => Promise<Found>
  newestOf: (row: object, lines: string) => string
  isNewer: (a: string, b: string) => boolean
  TOOLS: Readonly<Record<string, object>>
}

// The tools' repositories are made here, with git itself: their real ones are not asked by a test.

const FILES = [
  'src/inputs/service-images.ts',
  'src/checks/docker-bench/dbs/fetch.ts',
  'script/lib/services.sh',
]
let folder: string
let root: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-tools-'))
  root = join(folder, 'root')
  for (const file of FILES) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    cpSync(file, join(root, file))
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

const git = (path: string, ...args: string[]) =>
  execFileSync('git', ['-C', path, '-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()

/** A repository with these tags. */
function repository(name: string, tags: readonly string[]): string {
  const path = join(folder, 'remote', name)
  mkdirSync(path, { recursive: true })
  git(path, 'init', '--quiet')
  git(path, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  writeFileSync(join(path, 'docker-bench-security.sh'), '#!/bin/sh\n', { mode: 0o755 })
  git(path, 'add', '.')
  git(path, 'commit', '--quiet', '--message', 'one')
  for (const tag of tags) {
    git(path, 'tag', tag)
  }
  return path
}

function remotes(): string {
  repository('quay/clair', ['v4.9.0', 'v4.10.1', 'v4.9.2', 'v4.11.0-rc.1', 'v5.0.0;x', 'config/v9.0.0'])
  repository('postgres/postgres', ['REL_17_2', 'REL_18_1', 'REL_19_BETA1', 'REL9_6_24'])
  repository('docker/cli', ['v29.1.0', 'v30.0.0-rc.1', 'v28.5.2'])
  return repository('docker/docker-bench-security', [])
}
const at = () => `file://${folder}/remote/`
const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('newer versions of the tools', () => {
  test('when releases are newer, then they are found, and candidates and odd tags are not', async () => {
    const bench = remotes()
    const commit = git(bench, 'rev-parse', 'HEAD').slice(0, 12)
    expect(await toolVersions({ root, at: at() })).toEqual({
      newer: [
        { tool: 'Clair', from: '4.9.0', to: '4.10.1' },
        { tool: 'PostgreSQL', from: '17', to: '18' },
        { tool: 'Docker Bench', from: 'ff26d67f25be', to: commit },
      ],
      errors: [],
    })
    expect(FILES.map((file) => read(file) === readFileSync(file, 'utf8'))).toEqual([true, true, true])
  })

  test('when they are written, then each place has the new one, without the old one’s digest', async () => {
    const bench = remotes()
    const images = 'src/inputs/service-images.ts'
    const pinned = read(images).replace(/(clair:4\.9\.0', digest: )null/, `$1'sha256:${'a'.repeat(64)}'`)
    writeFileSync(join(root, images), pinned)
    await toolVersions({ root, at: at(), write: true })
    expect(read(images)).toContain("'quay.io/projectquay/clair:4.10.1', digest: null")
    expect(read(images)).toContain("'postgres:18', digest: null")
    expect(read(images)).toContain("'docker:29-cli'")
    expect(read('script/lib/services.sh')).toContain('\nCLAIR_VERSION=4.10.1\n')
    expect(read('script/lib/services.sh')).toContain('\nPOSTGRES_OFFICIAL=postgres:18\n')
    const fetch = read('src/checks/docker-bench/dbs/fetch.ts')
    expect(fetch).toContain(`COMMIT = '${git(bench, 'rev-parse', 'HEAD')}'`)
    // The hash is the gate's own, over the files of that commit.
    expect(fetch).toContain(`tree: '${treeHash(bench)}'`)
    expect((await toolVersions({ root, at: at(), write: true })).newer).toEqual([])
  })

  test('when a repository does not answer or has no release, then that is reported, and the others are looked up', async () => {
    repository('quay/clair', ['v4.10.0'])
    repository('docker/cli', ['nightly'])
    const { newer, errors } = await toolVersions({ root, at: at() })
    expect(newer.map(({ tool }) => tool)).toEqual(['Clair'])
    expect(errors).toEqual([
      expect.stringMatching(/^PostgreSQL: Command failed/),
      'the docker command: docker/cli has no tag of a release',
      expect.stringMatching(/^Docker Bench: Command failed/),
    ])
  })

  test('when a file has changed its form, then the old version does not stay unnoticed', async () => {
    remotes()
    writeFileSync(join(root, 'script/lib/services.sh'), '# nothing\n')
    const { errors } = await toolVersions({ root, at: at(), write: true })
    expect(errors).toEqual([
      'Clair: script/lib/services.sh has no place for CLAIR_VERSION=4.10.1',
      'PostgreSQL: script/lib/services.sh has no place for POSTGRES_OFFICIAL=postgres:18',
    ])
  })

  test('when versions are compared, then by their numbers', () => {
    expect([isNewer('4.10.0', '4.9.9'), isNewer('4.9.0', '4.9.0'), isNewer('9', '10')]).toEqual([
      true,
      false,
      false,
    ])
    const line = (tag: string) => `${'a'.repeat(40)}\trefs/tags/${tag}`
    expect(
      newestOf(TOOLS.Clair as object, [line('v4.9.0'), `${line('v4.10.0')}^{}`, line('v4.2.1')].join('\n')),
    ).toBe('4.9.0')
  })
})

describe('the weekly workflow', () => {
  interface Job {
    readonly permissions: Readonly<Record<string, string>>
    readonly steps: readonly { readonly name?: string; readonly uses?: string; readonly run?: string }[]
  }
  const { jobs } = load(readFileSync('.github/workflows/tools.yml', 'utf8')) as {
    jobs: Readonly<Record<string, Job>>
  }
  const propose = jobs.propose?.steps.find(({ name }) => name === 'Propose')?.run ?? ''

  test('then what is new runs where nothing may be written, after the patch was handed over', () => {
    expect(jobs.try?.permissions).toEqual({ contents: 'read' })
    const steps = jobs.try?.steps.map(({ name, uses = '' }) => name ?? uses.replace(/@.*/, '')) ?? []
    expect(steps.indexOf('actions/upload-artifact')).toBeLessThan(steps.indexOf('Try'))
    expect(jobs.propose?.steps.map(({ run = '' }) => run).join()).not.toMatch(/\b(?:npm|node) |^ *script\//m)
  })

  /** Runs the step in a checkout, with a `gh` and a push that only write down what they were asked. */
  function run(change: (checkout: string) => void, open = '') {
    const checkout = join(folder, 'checkout')
    mkdirSync(join(folder, 'temp/tools'), { recursive: true })
    cpSync(root, checkout, { recursive: true })
    git(checkout, 'init', '--quiet')
    git(checkout, 'add', '.')
    git(checkout, 'commit', '--quiet', '--message', 'base')
    change(checkout)
    git(checkout, 'add', '--all')
    writeFileSync(
      join(folder, 'temp/tools/change.patch'),
      execFileSync('git', ['-C', checkout, 'diff', '--cached', '--binary']),
    )
    git(checkout, 'reset', '--quiet', '--hard')
    writeFileSync(join(folder, 'temp/tools/newer.txt'), 'Clair 4.9.0 → 4.10.1\n<img src=x> `@all`\n')
    writeFileSync(join(folder, 'temp/tools/unknown.txt'), '')
    mkdirSync(join(folder, 'bin'), { recursive: true })
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
    const fakes = {
      gh: `[ "$1 $2" = 'pr list' ] && printf '%s' '${open}'; echo "gh $*" >>${folder}/calls`,
      git: `[ "$1" = push ] && { echo "git $*" >>${folder}/calls; exit 0; }; exec ${real} "$@"`,
    }
    for (const [name, script] of Object.entries(fakes)) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/bash\n${script}\n`, { mode: 0o755 })
    }
    const { status, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', propose], {
      cwd: checkout,
      encoding: 'utf8',
      env: {
        ...{ PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, GITHUB_WORKSPACE: checkout },
        ...{
          RUNNER_TEMP: join(folder, 'temp'),
          GITHUB_REPOSITORY: 'acme/seaworthy',
          BRANCH: 'seaworthy-tools',
        },
        TRIED: 'failure',
      },
    })
    const of = (file: string) =>
      existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : ''
    return { status, stderr, calls: of('calls'), body: of('temp/body.md'), checkout }
  }

  test('when there is a newer one, then a branch is pushed, and a pull request opened or renewed', () => {
    const renew = (checkout: string) =>
      writeFileSync(join(checkout, 'script/lib/services.sh'), 'CLAIR_VERSION=4.10.1\n')
    const opened = run(renew)
    expect(opened).toMatchObject({ status: 0 })
    expect(opened.calls).toContain('HEAD:refs/heads/seaworthy-tools')
    expect(opened.calls).toContain('gh pr create --head seaworthy-tools')
    expect(opened.body).toContain('- Clair 4.9.0 → 4.10.1\n')
    expect(opened.body).toContain('**did not pass**')
    expect(opened.body).not.toMatch(/[<`@]/)
    expect(git(opened.checkout, 'show', '--stat', 'HEAD')).toContain('services.sh')
    rmSync(join(folder, 'checkout'), { recursive: true })
    expect(run(renew, '7').calls).toContain('gh pr edit 7 ')
  })

  test.each([
    ['.github/workflows/ci.yml', 'on: push\n'],
    ['src/gate/gate.ts', 'x'],
    ['dist/sub/x.js', 'x'],
    ['script/test', 'x'],
  ])('when the patch changes %s too, then nothing is pushed', (file, text) => {
    const ran = run((checkout) => {
      mkdirSync(dirname(join(checkout, file)), { recursive: true })
      writeFileSync(join(checkout, file), text)
      writeFileSync(join(checkout, 'script/lib/services.sh'), 'CLAIR_VERSION=4.10.1\n')
    })
    expect([ran.status, ran.calls]).toEqual([1, ''])
    expect(ran.stderr).toContain('files other than')
  })
})
