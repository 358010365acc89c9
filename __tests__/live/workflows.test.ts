import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { TOOLS } from './act/act.js'
import { newFolder, ROOT } from './support.js'

const WORKFLOWS = ['.github/workflows', 'examples/workflows'].flatMap((folder) =>
  readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
)

const FORMS = ['bug', 'wrong-verdict'].map((name) => `.github/ISSUE_TEMPLATE/${name}.yml`)
const DEPENDABOT = '.github/dependabot.yml'
const SCRIPTS = [
  ...['setup', 'test', 'demo', 'long'].map((name) => `script/${name}`),
  ...readdirSync(join(ROOT, 'script/lib'))
    .filter((name) => name.endsWith('.sh'))
    .map((name) => `script/lib/${name}`),
  ...['examples/shell/gate.sh', 'examples/deploy/deploy.sh'],
]
const ACTIONS = ['action.yml', 'gone/action.yml', 'lines/action.yml', 'publish/action.yml']

/** What zizmor is told to ignore, each rule of a file once, sorted as its findings are. */
function ignored(): readonly { readonly rule: string; readonly path: string; readonly reason: string }[] {
  const all = [...WORKFLOWS, ...ACTIONS, DEPENDABOT].flatMap((path) =>
    [...readFileSync(join(ROOT, path), 'utf8').matchAll(/# zizmor: ignore\[([\w-]+)\] *(.*)$/gm)].map(
      ([, rule = '', reason = '']) => ({ rule, path, reason }),
    ),
  )
  const name = ({ rule, path }: (typeof all)[number]) => `${rule} ${path}`
  const each = new Map(all.map((one) => [name(one), one]))
  return [...each.values()].sort((a, b) => (name(a) < name(b) ? -1 : 1))
}

/** The examples as they are pasted: written for a release. */
const PASTED = newFolder()
const AT = 'e'.repeat(40)
execFileSync(process.execPath, [
  ...[
    join(ROOT, 'script/examples.mjs'),
    '--release',
    'acme/seaworthy',
    '1.2.0',
    AT,
    '--sha256',
    'a'.repeat(64),
    '--out',
    PASTED,
  ],
])
const pasted = (path: string) => (path.startsWith('examples/') ? join(PASTED, path) : path)

interface ZizmorFinding {
  readonly ident: string
  readonly locations: readonly {
    readonly symbolic: { readonly key: { readonly Local?: { readonly verbatim_path: string } } }
  }[]
}

/** Exit code and words of a tool; throws where it is not installed, for then it has found nothing. */
async function lint(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  if (!existsSync(program)) {
    throw new Error(`no ${program}: run script/setup act`)
  }
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: ROOT }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` })
    })
  })
}

const python = (name: string) => join(TOOLS.python, name)
/** Its own shellcheck, not one that happens to be installed. */
const ACTIONLINT = ['-no-color', `-shellcheck=${python('shellcheck')}`, '-pyflakes=']
const schema = (name: string, whole = `github-${name}`) => ['--builtin-schema', `vendor.${whole}`]

interface Steps {
  readonly jobs: Readonly<
    Record<string, { readonly uses?: string; readonly steps?: readonly { readonly uses?: string }[] }>
  >
}

describe('when action.yml and the workflows, ours and the examples, are linted', () => {
  test('then there are some of both', () => {
    expect(WORKFLOWS).toEqual(expect.arrayContaining(['.github/workflows/ci.yml']))
    expect(WORKFLOWS.filter((path) => path.startsWith('examples/')).length).toBeGreaterThan(3)
  })

  test.each<[string, string, readonly string[]]>([
    ['actionlint, with shellcheck', TOOLS.actionlint, [...ACTIONLINT, ...WORKFLOWS]],
    ['shellcheck', python('shellcheck'), ['--external-sources', '--severity=warning', ...SCRIPTS]],
    ['GitHub’s schema of actions', python('check-jsonschema'), [...schema('actions'), ...ACTIONS]],
    ['GitHub’s schema of dependabot', python('check-jsonschema'), [...schema('', 'dependabot'), DEPENDABOT]],
    ['GitHub’s schema of issue forms', python('check-jsonschema'), [...schema('issue-forms'), ...FORMS]],
    [
      'GitLab’s schema',
      python('check-jsonschema'),
      [...schema('', 'gitlab-ci'), 'examples/gitlab/.gitlab-ci.yml'],
    ],
    ['GitHub’s schema of workflows', python('check-jsonschema'), [...schema('workflows'), ...WORKFLOWS]],
  ])('then %s has nothing to say', async (_, program, args) => {
    const { code, output } = await lint(program, args)
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' })
  })

  test('then zizmor has nothing to say, and what it is told to ignore is what is known', async () => {
    const args = [
      '--offline',
      '--no-progress',
      '--strict-collection',
      '--pedantic',
      '--format',
      'json',
      '--quiet',
    ]
    const found = async (...more: readonly string[]) => {
      const { output } = await lint(python('zizmor'), [
        ...args,
        ...more,
        ...[...WORKFLOWS, ...ACTIONS, DEPENDABOT].map(pasted),
      ])
      const all = (JSON.parse(output) as ZizmorFinding[]).map(
        ({ ident, locations }) =>
          `${ident} ${locations[0]?.symbolic.key.Local?.verbatim_path.replace(`${PASTED}/`, '')}`,
      )
      return [...new Set(all)].sort()
    }
    expect(await found()).toEqual([])
    expect(await found('--no-ignores')).toEqual(ignored().map(({ rule, path }) => `${rule} ${path}`))
  })

  test('then each of its findings that is ignored has a reason', () => {
    expect(ignored().length).toBeGreaterThan(5)
    for (const { path, reason } of ignored()) {
      expect([path, reason.split(' ').length > 4]).toEqual([path, true])
    }
  })

  test('then each action is named by a full commit SHA', () => {
    const uses = WORKFLOWS.flatMap((path) => {
      const { jobs } = load(readFileSync(join(ROOT, path), 'utf8')) as Steps
      return Object.values(jobs).flatMap(({ uses, steps = [] }) => [
        ...(uses === undefined ? [] : [uses]),
        ...steps.flatMap((step) => step.uses ?? []),
      ])
    })
    expect(uses.length).toBeGreaterThan(10)
    // Seaworthy itself: checked out at the commit of the workflow, the copy of whom uses it, or this checkout.
    const named = uses.filter((name) => !/^\.\/(\.?seaworthy(\/|$)|\.github\/workflows\/|$)/.test(name))
    expect(named.filter((name) => !/^[^@]+@[0-9a-f]{40}$/.test(name))).toEqual([])
  })
})

describe('when a tool is given something bad', () => {
  test('then it is found: the tools do look', async () => {
    const bad = join(ROOT, '__tests__/live/act/bad-workflow.yml')
    const badScript = join(newFolder(), 'bad.yml')
    const steps = [{ run: 'rm $1/*' }]
    writeFileSync(
      badScript,
      JSON.stringify({ on: 'push', jobs: { a: { 'runs-on': 'ubuntu-latest', steps } } }),
    )
    for (const [program, args] of [
      [TOOLS.actionlint, ['-shellcheck=', '-pyflakes=', bad]],
      [TOOLS.actionlint, [...ACTIONLINT, badScript]],
      [python('shellcheck'), [badScript]],
      [python('check-jsonschema'), [...schema('workflows'), bad]],
      [python('zizmor'), ['--offline', '--no-progress', bad]],
    ] as const) {
      expect((await lint(program, args)).code).toBeGreaterThan(0)
    }
  })
})
