import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { evaluate, filled } from '../../support/expressions.js'

interface Step {
  readonly uses?: string
  readonly run?: string
  readonly if?: string
  readonly id?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}
interface Workflow {
  readonly name: string
  readonly on: {
    readonly workflow_run?: { readonly workflows: readonly string[] }
    readonly workflow_call?: {
      readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>
    }
  }
  readonly concurrency: { readonly group: string }
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly if?: string
        readonly env?: Readonly<Record<string, string>>
        readonly with?: Readonly<Record<string, string>>
        readonly outputs?: Readonly<Record<string, string>>
        readonly permissions?: Readonly<Record<string, string>>
        readonly steps?: readonly Step[]
      }
    >
  >
}

const read = (path: string) => load(readFileSync(path, 'utf8')) as Workflow
const reusable = (name: string) => read(`.github/workflows/gate-${name}.yml`)
const example = (name: string) => read(`examples/workflows/${name}.yml`)
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps)
const passedTo = (workflow: Workflow, action: string) =>
  stepsOf(workflow).find(({ uses = '' }) => uses.replace(/@.*/, '') === action)?.with ?? {}

const GITHUB = {
  server_url: 'https://github.com',
  repository: 'acme/shop',
  workflow: 'gate',
  ref: 'refs/heads/main',
  ref_name: 'v1.4.0',
  sha: 'a'.repeat(40),
}
const contexts = (inputs: Readonly<Record<string, string>> = {}) => ({
  github: GITHUB,
  inputs: { image: 'ghcr.io/acme/app', 'seaworthy-repository': 'acme/seaworthy', ...inputs },
})

describe.each(['pull-request', 'release', 'scheduled', 'rebuild'])(
  'the reusable workflow for a %s',
  (name) => {
    test('when it runs the action from a folder, then it says whose releases have the data', () => {
      // The runner names the repository of an action only where `uses` does (ActionRunner.cs).
      const found = { ...contexts(), steps: { seaworthy: { outputs: { repository: 'acme/seaworthy' } } } }
      for (const input of ['data']) {
        expect(filled(String(passedTo(reusable(name), './.seaworthy')[input]), found)).toBe(
          'https://github.com/acme/seaworthy/releases',
        )
      }
    })

    test('when a run calls it for several images, then none ends another', () => {
      const groups = ['app', 'worker'].map((image) =>
        filled(reusable(name).concurrency.group, contexts({ image })),
      )
      expect(groups[0]).not.toBe(groups[1])
      expect(groups.join()).not.toContain('${')
    })
  },
)

test('when a pull request is pushed to again, then its check run has the name that it had, another image another', () => {
  const gate = passedTo(reusable('pull-request'), './.seaworthy')
  const nameOf = (image: string, sha: string) =>
    filled(String(gate['check-name']), { ...contexts({ image }), github: { ...GITHUB, sha } })
  expect(nameOf('app', 'b'.repeat(40))).toBe(nameOf('app', 'c'.repeat(40)))
  expect(nameOf('app', 'b'.repeat(40))).not.toBe(nameOf('worker', 'b'.repeat(40)))
})

test('when a release is published, then the schedule looks for it by the name that it got', () => {
  const made = filled(example('release').jobs.image?.env?.IMAGE ?? '', contexts())
  const looked = filled(String(passedTo(example('scheduled'), './seaworthy/release-lines').image), contexts())
  expect(looked.replace('{tag}', GITHUB.ref_name)).toBe(made)
  // gate-release.yml leaves out the v.
  expect(example('reusable').jobs.scheduled?.with?.image).toBe(
    `${example('reusable').jobs.release?.with?.image}:{version}`,
  )
})

test('when an example makes a check run, then it may', () => {
  for (const name of ['pull-request', 'release', 'clair-services']) {
    const job = Object.values(example(name).jobs)[0]
    expect([name, job?.permissions?.checks]).toEqual([name, 'write'])
  }
})

test.each([
  ['publish', 'pull-request', example('publish')],
  ['reusable-publish', 'reusable', reusable('publish')],
])(
  'when %s publishes for %s, then only for forks, and all that the run uploaded',
  (name, judge, publisher) => {
    expect(example(name).on.workflow_run?.workflows).toEqual([example(judge).name])
    const publishes = (full_name: string, event = 'pull_request') =>
      evaluate(publisher.jobs.publish?.if ?? '', {
        github: {
          event_name: 'workflow_run',
          event: { workflow_run: { event, head_repository: { full_name } } },
          repository: 'acme/shop',
        },
      })
    expect([publishes('fork/shop'), publishes('acme/shop'), publishes('fork/shop', 'push')]).toEqual([
      true,
      false,
      false,
    ])
    expect(passedTo(publisher, 'actions/download-artifact').pattern).toBe('seaworthy*')
  },
)

describe('when a workflow publishes an image', () => {
  const names = [
    ...readdirSync('examples/workflows').map((name) => `examples/workflows/${name}`),
    ...readdirSync('.github/workflows')
      .filter((name) => name.startsWith('gate-'))
      .map((name) => `.github/workflows/${name}`),
  ]
  const publishing = names.flatMap((path) =>
    stepsOf(read(path))
      .filter(({ run = '' }) => /docker push|imagetools create|gh release/.test(run))
      .map((step) => [path, step] as const),
  )

  test('then the gate pushes what it judged; where a step does, it is by the verdict: audit mode makes a success of any', () => {
    const gated = names.filter((path) =>
      stepsOf(read(path)).some((step) => step.id === 'gate' && step.with?.push === 'judged'),
    )
    expect(gated).toEqual([
      'examples/workflows/attested-release.yml',
      'examples/workflows/release.yml',
      '.github/workflows/gate-release.yml',
    ])
    // A rebuild takes the tag of the repository before it pushes.
    expect(publishing.map(([path, step]) => [path, step.if])).toEqual([
      ['examples/workflows/rebuild.yml', "steps.gate.outputs.verdict == 'pass'"],
      ['.github/workflows/gate-rebuild.yml', "steps.gate.outputs.verdict == 'pass'"],
    ])
  })
})

describe.each([
  ['scheduled', 'gate'],
  ['rebuild', 'rebuild'],
])('the verdict of the reusable workflow for a %s, which has a job for each line', (name, job) => {
  const workflow = reusable(name)

  /** As GitHub does it: of an output, the last matrix job that sets it decides. */
  function verdictOf(lines: readonly string[]) {
    const ofLines = lines.map((verdict) =>
      Object.entries(workflow.jobs[job]?.outputs ?? {}).map(([output, value]) => {
        const steps = { gate: { outputs: { verdict } }, before: { outputs: { verdict: '' } } }
        return [output, filled(value, { steps })] as const
      }),
    )
    const outputs = Object.fromEntries(ofLines.flat().filter(([, value]) => value !== ''))
    const value = workflow.on.workflow_call?.outputs.verdict?.value ?? ''
    return filled(value, { jobs: { [job]: { outputs } } })
  }

  test.each([
    [['pass', 'pass'], 'pass'],
    [['fail', 'pass'], 'fail'],
    [['pass', 'fail'], 'fail'],
    [['incomplete', 'pass'], 'incomplete'],
    [['', 'pass'], 'incomplete'],
    [['', ''], ''],
  ])('when the lines get %j in this order, then it is %j', (lines, verdict) => {
    expect(verdictOf(lines)).toBe(verdict)
  })
})

describe('the schedule that renews signed verdicts', () => {
  const steps = stepsOf(example('attested-scheduled'))
  const gate = steps.find(({ id }) => id === 'gate')
  const sign = steps.find(({ uses = '' }) => uses.startsWith('actions/attest@'))

  test('then it signs what the gate judged: the released image, by its digest', () => {
    expect(gate?.with?.image).toBe('$' + '{{ steps.pull.outputs.image }}')
    expect(sign?.with).toEqual(passedTo(example('attested-release'), 'actions/attest'))
    const permissions = example('attested-scheduled').jobs.gate?.permissions
    expect(permissions).toMatchObject({ 'id-token': 'write', attestations: 'write', packages: 'write' })
  })

  test('then a fail is signed, or the old pass would still count; an outage takes nothing back', () => {
    const signs = (verdict: string) =>
      evaluate(sign?.if ?? '', { steps: { gate: { outputs: { verdict } } } }) === true
    expect(['pass', 'fail', 'incomplete', ''].filter(signs)).toEqual(['pass', 'fail'])
    // Without it, GitHub adds success() to a condition, and a fail is a failed step.
    expect(sign?.if).toMatch(/^always\(\) && /)
  })

  test('then one policy holds for both, so who verifies repeats the same thresholds', () => {
    const inputs = (name: string) => passedTo(example(name), './seaworthy')
    for (const name of ['fail-on', 'fail-on-unfixed', 'bench-source', 'start', 'test']) {
      expect([name, inputs('attested-scheduled')[name]]).toEqual([name, inputs('attested-release')[name]])
    }
    const page = readFileSync('docs/attested-verdicts.md', 'utf8')
    expect(page).toContain('examples/workflows/attested-scheduled.yml')
    expect(page).toContain('/scheduled.yml@refs/heads/main')
  })

  test('then only the pull and the gate have the login while code of the image may run', () => {
    const before = steps.slice(0, steps.findIndex(({ id }) => id === 'gate') + 1)
    const config = '$' + '{{ steps.login.outputs.docker-config }}'
    expect(before.filter(({ env }) => env?.DOCKER_CONFIG === config).map(({ id }) => id)).toEqual([
      'pull',
      'gate',
    ])
    expect(before.filter(({ run = '' }) => run.includes('docker login')).map(({ id }) => id)).toEqual([
      'login',
    ])
  })
})

test('when a line of a workflow is a comment, then it begins a sentence, or goes on with one', () => {
  const folders = ['.github/workflows', 'examples/workflows']
  const first = folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => {
      const lines = readFileSync(`${folder}/${name}`, 'utf8').split('\n')
      return lines
        .filter((line, at) => /^ *# /.test(line) && !/^ *# /.test(lines[at - 1] ?? ''))
        .map((line) => `${name}: ${line.trim()}`)
    }),
  )
  expect(first.length).toBeGreaterThan(50)
  // A word with a sign in it is a name: actions/attest, --pull.
  expect(first.filter((line) => /: # [a-z]+ /.test(line))).toEqual([])
})

test.each(['shell/gate.sh', 'gitlab/.gitlab-ci.yml', 'jenkins/Jenkinsfile'])(
  'when the example %s publishes, then the command pushes what it has just judged',
  (name) => {
    const text = readFileSync(`examples/${name}`, 'utf8')
    expect(text).not.toMatch(/docker (?:image )?push/)
    const [, ...others] = text.split('--push judged')
    expect(others).toHaveLength(1)
    // One command judges and pushes: a tag that is moved between two would be published unjudged.
    // `attest` is the same command, which signs too.
    expect(text.match(/seaworthy (?:scan|"\$command") "\$IMAGE" .*$/gm)).toEqual([
      expect.stringMatching(name === 'shell/gate.sh' ? /--push judged$/ : /"\$@"$/),
    ])
  },
)
