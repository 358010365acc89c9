import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { filled } from '../../support/expressions.js'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
  readonly 'continue-on-error'?: boolean
}
interface Job {
  readonly strategy?: { readonly matrix: { readonly include: readonly { image: string; verdict: string }[] } }
  readonly steps: readonly Step[]
}
const jobOf = (name: string, job: string) =>
  (load(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as { jobs: Record<string, Job> }).jobs[
    job
  ] as Job

/** Exit code of the step that holds the verdict against the wanted one. */
function judged({ steps }: Job, verdict: string, wanted: string): number | null {
  const step = steps.find(({ name }) => name === 'Check the verdict')
  const env = { PATH: process.env.PATH, VERDICT: verdict, WANTED: wanted }
  return spawnSync('bash', ['-e', '-c', step?.run ?? 'exit 9'], { env }).status
}

describe.each([
  ['prober', 'probe'],
  ['ci', 'demo'],
])('in %s.yml', (workflow, name) => {
  const job = jobOf(workflow, name)

  test.each(['pass', 'fail'])(
    'when %s is wanted, then the job ends well after that verdict, and after no other',
    (wanted) => {
      const well = ['pass', 'fail', 'incomplete', ''].filter((verdict) => judged(job, verdict, wanted) === 0)
      expect(well).toEqual([wanted])
    },
  )

  test('when the gate fails its step, then the next one still says which verdict it was', () => {
    const at = job.steps.findIndex(({ id }) => id === 'gate')
    expect(job.steps[at]?.['continue-on-error']).toBe(true)
    expect(
      filled(job.steps[at + 1]?.env?.VERDICT ?? '', { steps: { gate: { outputs: { verdict: 'pass' } } } }),
    ).toBe('pass')
  })
})

describe('the step of the prober that finds the newest release', () => {
  const script = jobOf('prober', 'probe').steps.find(({ id }) => id === 'release')?.run ?? ''
  const folder = mkdtempSync(join(tmpdir(), 'sw-prober-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const found = (status: number, body: string) => {
    // A fake of curl: what the server would answer.
    const curl = `#!/bin/sh\nprintf '%s' '${body}' >'${folder}/release.json'\nprintf ${status}\n`
    writeFileSync(join(folder, 'curl'), curl, { mode: 0o755 })
    const output = join(folder, 'output')
    writeFileSync(output, '')
    const env = {
      PATH: `${folder}:${process.env.PATH ?? ''}`,
      RUNNER_TEMP: folder,
      GITHUB_OUTPUT: output,
      TOKEN: 't',
    }
    const more = { GITHUB_API_URL: 'http://api.invalid', GITHUB_REPOSITORY: 'acme/seaworthy' }
    const { status: code } = spawnSync('bash', ['-e', '-c', script], { env: { ...env, ...more } })
    return [code, readFileSync(output, 'utf8')]
  }

  test.each([
    [200, '{"tag_name":"v1.2.0"}', [0, 'ref=refs/tags/v1.2.0\n']],
    [404, '{"message":"Not Found"}', [0, '']],
    [200, '{"tag_name":"v1.2.0; id"}', [1, '']],
    [200, '{"tag_name":"data-2026-11-28"}', [1, '']],
    [500, '', [1, '']],
    [403, '', [1, '']],
  ])('when the server answers %s %s, then it is %j', (status, body, answer) => {
    expect(found(status, body)).toEqual(answer)
  })
})

test('when the prober runs, then the good image has to pass and the bad one to fail, each from a Dockerfile that is there', () => {
  const { strategy, steps } = jobOf('prober', 'probe')
  expect(strategy?.matrix.include).toEqual([
    { image: 'good', verdict: 'pass' },
    { image: 'bad', verdict: 'fail' },
  ])
  for (const matrix of strategy?.matrix.include ?? []) {
    const gate = steps.find(({ id }) => id === 'gate')
    expect(existsSync(filled(gate?.with?.dockerfile ?? '', { matrix }))).toBe(true)
  }
  expect(jobOf('ci', 'demo').steps.find(({ name }) => name === 'Check the verdict')?.env?.WANTED).toBe('fail')
})
