import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { deadLinks, filesBelow } from '../../rules/english.js'

interface Release {
  readonly repository: string
  readonly version: string
  readonly commit: string
  readonly sha256?: string
}
const { errorsIn, rewritten, writtenFor } = (await import(join(process.cwd(), 'script/examples.mjs'))) as {
  errorsIn(path: string, text: string): readonly string[]
  rewritten(text: string, from: Release | null, to: Release | null): string
  writtenFor(text: string): Release | null
}

const RELEASE = { repository: 'acme/seaworthy', version: '1.2.0', commit: 'e'.repeat(40) }
const SHA256 = 'a'.repeat(64)
const EXAMPLES = readdirSync('examples/workflows').map((name) => `examples/workflows/${name}`)
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['script/examples.mjs', ...args], { encoding: 'utf8' })

/** What a workflow uses: of its jobs and of their steps. */
function usedIn(text: string): readonly string[] {
  const { jobs } = load(text) as { jobs: Record<string, { uses?: string; steps?: { uses?: string }[] }> }
  return Object.values(jobs).flatMap(({ uses, steps = [] }) => [
    ...((uses ?? []).length > 0 ? [uses as string] : []),
    ...steps.flatMap((step) => step.uses ?? []),
  ])
}

describe('the example workflows', () => {
  test.each(EXAMPLES)(
    'when %s is written for a release, then it names it by its commit, and back again',
    (path) => {
      const text = readFileSync(path, 'utf8')
      const now = writtenFor(text)
      const released = rewritten(text, now, RELEASE)
      const own = usedIn(released).filter((name) => name.startsWith('acme/'))
      expect(own.length).toBeGreaterThan(0)
      for (const name of own) {
        expect(name).toMatch(
          /^acme\/seaworthy(\/release-lines|\/close-stale|\/publish-fork|\/\.github\/workflows\/gate-[a-z-]+\.yml)?@e{40}$/,
        )
      }
      expect(usedIn(released).filter((name) => name.startsWith('./'))).toEqual([])
      expect(writtenFor(released)).toEqual(RELEASE)
      expect(rewritten(released, RELEASE, now)).toBe(text)
    },
  )

  test.each(['shell/gate.sh', 'gitlab/.gitlab-ci.yml', 'jenkins/Jenkinsfile'])(
    'when %s is written for a release, then it installs its package by its hash, and back again',
    (name) => {
      const text = readFileSync(`examples/${name}`, 'utf8')
      const released = rewritten(text, null, { ...RELEASE, sha256: SHA256 })
      expect(released).toContain(
        '"https://github.com/acme/seaworthy/releases/download/v1.2.0/seaworthy-1.2.0.tgz"',
      )
      expect(released).toContain(`"${SHA256}"`)
      expect(writtenFor(released)).toEqual(RELEASE)
      expect(rewritten(released, RELEASE, RELEASE)).toBe(released)
      expect(rewritten(released, RELEASE, null)).toBe(text)
    },
  )

  test('when one release follows another, then nothing of the old one is left', () => {
    const next = { repository: 'acme/seaworthy', version: '1.3.0', commit: 'f'.repeat(40) }
    for (const path of EXAMPLES) {
      const text = readFileSync(path, 'utf8')
      const old = rewritten(text, writtenFor(text), RELEASE)
      expect(rewritten(old, RELEASE, next)).not.toMatch(/e{40}|1\.2\.0/)
    }
  })

  test.each(['README.md', 'SECURITY.md', 'docs/quick-start.md', 'docs/releasing.md'])(
    'when %s is written for a release, then its sentences say so too, and back again',
    (path) => {
      const text = readFileSync(path, 'utf8')
      const released = rewritten(text, null, RELEASE)
      expect(released).not.toMatch(/no release|\.\/seaworthy|`\.\/`|uses: \.\//)
      expect(released).toContain('v1.2.0')
      expect(rewritten(released, RELEASE, null)).toBe(text)
    },
  )

  test('when a passage has no words, then that is an error', () => {
    expect(() => rewritten('<!-- release: gone -->x<!-- /release -->', null, null)).toThrow('passage gone')
  })

  test('when they are checked, then they all say the same, and nothing has to be filled in', () => {
    expect(run('--check')).toMatchObject({ status: 0, stderr: '' })
    expect(
      errorsIn(
        'a.md',
        `uses: OWNER/seaworthy@v1\nuses: x/y@${'0'.repeat(40)}\nan OWNER of a file\n- uses: ./\n\`uses: ./\`\nuses: ./seaworthy\nuses: ./.github/x.yml`,
      ),
    ).toEqual([
      'a.md:1: something has to be filled in: uses: OWNER/seaworthy@v1',
      `a.md:2: something has to be filled in: uses: x/y@${'0'.repeat(40)}`,
      'a.md:4: in another repository, ./ is another action: - uses: ./',
      'a.md:5: in another repository, ./ is another action: `uses: ./`',
    ])
  })

  test.each([
    [['acme/seaworthy', '1.2', 'e'.repeat(40)]],
    [['acme/seaworthy', 'v1.2.0', 'e'.repeat(40)]],
    [['acme', '1.2.0', 'e'.repeat(40)]],
    [['acme/seaworthy', '1.2.0', 'v1.2.0']],
    [['acme/seaworthy', '1.2.0', 'e'.repeat(39)]],
  ])('when the release is %j, then nothing is written', (release) => {
    const out = mkdtempSync(join(tmpdir(), 'sw-examples-'))
    expect(run('--release', ...release, '--sha256', SHA256, '--out', out).status).toBe(1)
    expect(run('--release', 'acme/seaworthy', '1.2.0', 'e'.repeat(40), '--out', out).status).toBe(1)
    expect(readdirSync(out)).toEqual([])
    rmSync(out, { recursive: true })
  })
})

describe('the copy that docs/quick-start.md describes, as long as there is no release', () => {
  /** About Seaworthy's own code, for people who have all of it. */
  const FOR_DEVELOPERS = ['docs/architecture.md', 'docs/releasing.md']
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sw-copy-'))
    const [, copying = ''] =
      /```sh\n(S=~\/seaworthy\n.+?)git add /s.exec(
        rewritten(readFileSync('docs/quick-start.md', 'utf8'), null, null),
      ) ?? []
    const script = copying.replace('S=~/seaworthy', `S='${process.cwd()}'`)
    const { status, stderr } = spawnSync('sh', ['-e', '-c', script], { cwd: folder, encoding: 'utf8' })
    expect([status, stderr]).toEqual([0, ''])
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('when its pages link to a file, then the copy has it', () => {
    const root = join(folder, 'seaworthy')
    const pages = filesBelow(root, readdirSync(root), /\.md$/).filter(
      (path) => path.endsWith('.md') && !FOR_DEVELOPERS.includes(path),
    )
    expect(pages).toEqual(
      expect.arrayContaining(['SECURITY.md', 'docs/policies.md', 'docs/findings/clair.md']),
    )
    expect(pages.flatMap((path) => deadLinks(path, readFileSync(join(root, path), 'utf8'), root))).toEqual([])
  })
})

test('when examples and our own workflows use one action, then at one commit', () => {
  const folders = ['.github/workflows', 'examples/workflows']
  const uses = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /uses: ([\w-]+\/[\w-]+)(?:\/[\w/-]+)?@(\S+ # \S+)/g,
        ),
      ].map(([, action = '', at = '']) => [action, at] as const),
    ),
  )
  const each = Map.groupBy(uses, ([action]) => action)
  expect(each.size).toBeGreaterThan(4)
  for (const [action, all] of each) {
    expect([action, [...new Set(all.map(([, at]) => at))]]).toEqual([action, [expect.any(String)]])
  }
})

describe('the step of a reusable workflow that says which Seaworthy runs', () => {
  const workflows = readdirSync('.github/workflows').filter((name) => name.startsWith('gate-'))

  test.each(workflows)('in %s', (name) => {
    const { jobs } = load(readFileSync(`.github/workflows/${name}`, 'utf8')) as {
      jobs: Record<string, { steps: { id?: string; run?: string; env?: Record<string, string> }[] }>
    }
    const steps = Object.values(jobs)
      .flatMap(({ steps }) => steps)
      .filter(({ id }) => id === 'seaworthy')
    expect(steps.length).toBeGreaterThan(0)
    const folder = mkdtempSync(join(tmpdir(), 'sw-commit-'))
    const output = join(folder, 'output')
    const writtenIn = (REPOSITORY: string, REF: string) =>
      steps.map(({ run = '' }) => {
        const env = { PATH: process.env.PATH, GITHUB_OUTPUT: output, REPOSITORY, REF }
        writeFileSync(output, '')
        const { status, stderr } = spawnSync('bash', ['-e', '-c', run], { env, encoding: 'utf8' })
        const written = readFileSync(output, 'utf8')
        return status === 0 ? written : `${written}${/seaworthy-repository and seaworthy-ref/.test(stderr)}`
      })
    const each = <T>(one: T): T[] => steps.map(() => one)
    expect(writtenIn('acme/seaworthy', 'e'.repeat(40))).toEqual(
      each(`repository=acme/seaworthy\nref=${'e'.repeat(40)}\n`),
    )
    for (const [repository, ref] of [
      ['', ''],
      ['acme/seaworthy', 'v1'],
      ['acme/seaworthy', 'main'],
      ['acme/seaworthy', `${'e'.repeat(40)}\nx=y`],
      ['acme', 'e'.repeat(40)],
      ['acme/seaworthy\nx=y', 'e'.repeat(40)],
      ['a/../b', 'e'.repeat(40)],
    ] as const) {
      expect([repository, ref, writtenIn(repository, ref)]).toEqual([repository, ref, each('true')])
    }
    rmSync(folder, { recursive: true })
  })
})
