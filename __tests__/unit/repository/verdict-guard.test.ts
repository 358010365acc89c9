import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { runScript } from '../../attacks/workflows.js'
import { evaluate, filled } from '../../support/expressions.js'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly if?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string>>
}
interface Job {
  readonly if?: string
  readonly needs?: string | readonly string[]
  readonly uses?: string
  readonly outputs?: Readonly<Record<string, string>>
  readonly steps?: readonly Step[]
}
interface Workflow {
  readonly on: {
    readonly pull_request?: null
    readonly workflow_call?: { readonly outputs?: { readonly verdict?: { readonly value: string } } }
  }
  readonly jobs: Readonly<Record<string, Job>>
}

const GUARD = 'Check that the gate gave a verdict'
const EXAMPLES = readdirSync('examples/workflows').map((name) => `examples/workflows/${name}`)
const REUSABLE = readdirSync('.github/workflows')
  .filter((name) => name.startsWith('gate-'))
  .map((name) => `.github/workflows/${name}`)
/** They publish what another run has judged. */
const isPublishing = (path: string) => /publish\.yml$/.test(path)
const read = (path: string) => load(readFileSync(path, 'utf8')) as Workflow
const jobsOf = (path: string) => Object.entries(read(path).jobs)
const isGate = ({ id }: Step) => id === 'gate'

const VERDICTS = ['pass', 'fail', 'incomplete', '']
/** The verdicts after which the step runs, and so ends the job. */
const stops = ({ if: asks = 'true' }: Step, contexts: (verdict: string) => object) =>
  VERDICTS.filter((verdict) => evaluate(asks, { ...contexts(verdict) }))
const outputs = (verdict: string) => ({ outputs: { verdict } })
/** As the action sets them: an error before the verdict sets only this one. */
const judged = { outputs: { verdict: 'fail', 'rebuild-needed': 'false' } }
const unjudged = (verdict: string) => ({ outputs: { verdict, 'rebuild-needed': '' } })

const judging = [...EXAMPLES, ...REUSABLE].flatMap((path) =>
  jobsOf(path)
    .filter(([, { steps = [] }]) => steps.some(isGate))
    .map(([name, job]) => [path, name, job] as const),
)

test('when the examples are listed, then each judges in a job or calls a workflow that does', () => {
  const all = [...judging.map(([path]) => path), ...EXAMPLES.filter((path) => /reusable/.test(path))]
  expect(EXAMPLES.filter((path) => !(all.includes(path) || isPublishing(path)))).toEqual([])
  expect(judging.length).toBeGreaterThan(9)
})

describe.each(judging)('%s, its job %s', (_, __, { steps = [] }) => {
  const guard = steps.at(-1) as Step

  test('when the gate gave no verdict, then the last step fails, whatever failed before it', async () => {
    expect([guard.name, guard.if]).toEqual([GUARD, expect.stringMatching(/^always\(\) && /)])
    const { code, output } = await runScript(guard.run ?? '', {})
    expect([code, output]).toEqual([1, '::error::The gate gave no verdict.\n'])
    const gate = (verdict: string) => ({
      steps: { gate: outputs(verdict), before: judged, next: { outputs: { image: '' } } },
    })
    const isConditional = steps.find(isGate)?.if !== undefined
    // A rebuild that is not needed is not judged.
    expect(stops(guard, gate)).toEqual(isConditional ? [] : [''])
    if (isConditional) {
      const next = { outputs: { image: 'app:2' } }
      const rebuilt = (verdict: string) => ({ steps: { ...gate(verdict).steps, next } })
      expect(stops(guard, rebuilt)).toEqual([''])
      const before = (verdict: string) => ({ steps: { ...gate('').steps, before: unjudged(verdict) } })
      expect(stops(guard, before)).toEqual(expect.arrayContaining(['', 'incomplete']))
    }
  })
})

test.each(REUSABLE.filter((path) => !isPublishing(path)))(
  'when %s is called, then the caller gets the verdict',
  (path) => {
    const { on } = read(path)
    const steps = { gate: outputs('pass'), before: outputs('fail') }
    const jobs = Object.fromEntries(
      jobsOf(path).map(([name, { outputs: ofJob = {} }]) => [
        name,
        {
          outputs: Object.fromEntries(
            Object.entries(ofJob).map(([key, value]) => [key, filled(value, { steps })]),
          ),
        },
      ]),
    )
    expect(filled(on.workflow_call?.outputs?.verdict?.value ?? '', { jobs })).toBe('pass')
  },
)

test.each(EXAMPLES.filter((path) => /reusable/.test(path) && !isPublishing(path)))(
  'when %s calls workflows, then a job of its own fails unless one of them gave a verdict',
  async (path) => {
    const { verdict, ...others } = read(path).jobs
    expect(verdict?.needs).toEqual(Object.keys(others))
    expect([verdict?.if, verdict?.steps?.map(({ name }) => name)]).toEqual(['always()', [GUARD]])
    // Of the jobs that are called, one event starts one.
    expect(verdict?.steps?.[0]?.if).toBe("join(needs.*.outputs.verdict, '') == ''")
    expect((await runScript(verdict?.steps?.[0]?.run ?? '', {})).code).toBe(1)
  },
)

describe.each(EXAMPLES.filter((path) => 'pull_request' in read(path).on && !/reusable/.test(path)))(
  '%s',
  (path) => {
    const steps = jobsOf(path).flatMap(([, { steps: all = [] }]) => all)
    const checkout = steps.find(({ with: inputs }) => inputs?.path === '.seaworthy')

    test('when a pull request runs it, then the gate comes from the base, after all that the pull request builds', () => {
      const [base, head] = ['b'.repeat(40), 'a'.repeat(40)]
      const at = (event: object) => filled(checkout?.with?.ref ?? '', { github: { sha: head, event } })
      expect(at({ pull_request: { base: { sha: base } } })).toBe(base)
      expect(at({ merge_group: { base_sha: base } })).toBe(base)
      expect(at({ ref: 'refs/heads/main' })).toBe(head)
      const gate = steps.findIndex(isGate)
      expect(steps[gate]?.uses).toBe('./.seaworthy/seaworthy')
      const between = steps.slice(steps.indexOf(checkout as Step) + 1, gate)
      expect(between).toEqual([])
    })
  },
)
