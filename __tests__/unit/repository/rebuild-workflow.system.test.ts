import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { evaluate, filled } from '../../support/expressions.js'

interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly if?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
  readonly 'continue-on-error'?: boolean
}
interface Job {
  readonly permissions: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly env?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

const PATHS = ['.github/workflows/gate-rebuild.yml', 'examples/workflows/rebuild.yml'] as const
const read = (path: string) => load(readFileSync(path, 'utf8')) as Workflow
const DIGEST = `sha256:${'d'.repeat(64)}`
const ONE = '[{"platform":"linux/amd64"}]'
const COMMIT = 'c'.repeat(40)
const NEXT = 'ghcr.io/acme/app:1.4.8'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-rebuild-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A program of that name, which writes down what it was asked and then does this. */
function fake(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>"${folder}/calls"\n${script}\n`, {
    mode: 0o755,
  })
}
const calls = () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '')

/** As the runner does: bash -e {0}. */
function run(script: string | undefined, env: Readonly<Record<string, string>>) {
  const path = `${folder}:${process.env.PATH ?? ''}`
  const output = join(folder, 'output')
  const { status } = spawnSync('bash', ['-e', '-c', script ?? 'exit 9'], {
    env: {
      ...{ PATH: path, GITHUB_OUTPUT: output, GITHUB_API_URL: 'http://api.invalid' },
      ...{ GITHUB_REPOSITORY: 'acme/app', TOKEN: 't', ACTOR: 'a', BASE: 'debian:trixie-slim', ...env },
    },
  })
  return { status, output: existsSync(output) ? readFileSync(output, 'utf8') : '' }
}

/** The docker command, whose engine has an image with that config. */
function docker(config: string, push = 'exit 0'): void {
  fake(
    'docker',
    `case "$1" in image) echo ${DIGEST};; pull) echo 'Digest: ${DIGEST}';; save) printf '[{"Config":"blobs/sha256/${config}"}]' >"${folder}/manifest.json"; tar -C "${folder}" -cf - manifest.json;; login) cat >/dev/null;; push) ${push};; esac`,
  )
}

describe.each(PATHS)('in %s', (path) => {
  const { jobs } = read(path)
  const job = jobs.rebuild as Job
  const stepOf = (id: string) => job.steps.find((one) => one.id === id || one.name === id) as Step

  /** Whether the step runs, as long as all before it have succeeded. */
  const runs = (
    id: string,
    outputs: Readonly<Record<string, Readonly<Record<string, string>>>>,
    full = false,
  ) =>
    Boolean(
      evaluate(stepOf(id).if ?? 'true', {
        inputs: { full },
        env: { FULL: String(full) },
        steps: Object.fromEntries(Object.entries(outputs).map(([step, one]) => [step, { outputs: one }])),
      }),
    )

  test.each([
    ['true', 'fail', false, true],
    ['false', 'fail', false, false],
    ['unknown', 'fail', false, false],
    ['unknown', 'incomplete', false, false],
    ['false', 'pass', false, false],
    // A quarter's run takes what a rebuild alone does not bring, and leaves alone what passes.
    ['false', 'fail', true, true],
    ['false', 'pass', true, false],
    ['unknown', 'incomplete', true, false],
  ])(
    'when rebuild-needed is %s, the verdict %s and full is %s, then it is built: %s',
    (needed, verdict, full, built) => {
      expect(runs('next', { before: { 'rebuild-needed': needed, verdict } }, full)).toBe(built)
      const image = built ? NEXT : ''
      for (const id of ['Build again', 'gate']) {
        expect([id, runs(id, { next: { image } }, full)]).toEqual([id, built])
      }
      expect(runs('update', { next: { image } }, full)).toBe(built && full)
    },
  )

  test('when it is not known whether a rebuild helps, then the job fails with the reason, unless it is built', () => {
    const reported = 'Say why it is not known whether a rebuild helps'
    const fails = (needed: string, image: string) => {
      const condition = (stepOf(reported).if ?? '').replace('always() && ', '')
      const steps = { before: { outputs: { 'rebuild-needed': needed } }, next: { outputs: { image } } }
      return Boolean(evaluate(condition, { steps }))
    }
    expect([fails('unknown', ''), fails('unknown', NEXT)]).toEqual([true, false])
    expect([fails('true', NEXT), fails('false', '')]).toEqual([false, false])
    const why = 'it is not certain what the image is built on\n::error::no'
    const images = [
      { reference: 'app:1', rebuild: { needed: null, why } },
      { reference: 'db:1', rebuild: { needed: false, why: 'nothing blocks' } },
    ]
    writeFileSync(join(folder, 'report.json'), JSON.stringify({ images }))
    const output = join(folder, 'said')
    const { status } = run(`(${stepOf(reported).run}) 2>${output}`, { REPORT: join(folder, 'report.json') })
    expect(status).toBe(1)
    expect(readFileSync(output, 'utf8')).toBe(
      'It is not known whether a rebuild of "app:1" would help: "it is not certain what the image is built on\\n::error::no"\n',
    )
  })

  test('when the rebuild makes it worse, then it is not published', () => {
    expect(runs('Publish', { gate: { verdict: 'pass' } })).toBe(true)
    for (const verdict of ['fail', 'incomplete', '']) {
      expect(runs('Publish', { gate: { verdict } })).toBe(false)
    }
    // The gate fails the job then, and a test that fails does: only what came before may fail.
    const may = job.steps.filter((one) => one['continue-on-error'] === true).map(({ id }) => id)
    expect(may).toEqual(['before', 'update'])
    const last = 'Check that the gate gave a verdict'
    const names = ['Build again', 'update', 'Take the patched image', 'gate', 'Publish', last]
    const order = names.map((id) => job.steps.indexOf(stepOf(id)))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order.at(-1)).toBe(job.steps.length - 1)
    expect(stepOf('Publish').if).not.toContain('always')
  })

  /**
   * Runs the steps from the build on as the runner does, with docker, curl and git that are fakes, and the gate's verdict
   * as given: what comes after a step that has failed is not run, unless it asks for that.
   */
  function ending(verdict: string, gateFails: boolean) {
    docker('d'.repeat(64))
    fake('curl', 'cat >/dev/null')
    fake('git', `echo ${COMMIT}`)
    const outputs = {
      ...{ before: { 'rebuild-needed': 'true', verdict: 'fail' }, update: { 'patched-image': '' } },
      ...{ next: { image: NEXT, tag: 'v1.4.8' }, gate: { verdict, digest: DIGEST }, pull: {} },
    }
    const contexts = {
      inputs: { full: false, context: '.', dockerfile: 'Dockerfile', test: 'true' },
      env: { FULL: 'false' },
      github: { token: 't', actor: 'a' },
      steps: Object.fromEntries(Object.entries(outputs).map(([id, one]) => [id, { outputs: one }])),
    }
    let isGood = true
    const ran: string[] = []
    for (const step of job.steps.slice(job.steps.indexOf(stepOf('Build again')))) {
      const asks = step.if ?? 'true'
      if (!(isGood || asks.includes('always()')) || !evaluate(asks.replace('always() && ', ''), contexts)) {
        continue
      }
      ran.push(step.id ?? step.name ?? '')
      if (step.id === 'gate') {
        isGood &&= !gateFails
      } else if (step.run !== undefined) {
        const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, contexts)])
        isGood = run(step.run, Object.fromEntries(env) as Record<string, string>).status === 0 && isGood
      }
    }
    return { isGood, ran, calls: calls() }
  }

  test.each([
    ['fail', true],
    ['incomplete', true],
    // In audit mode the gate's step succeeds whatever it says.
    ['fail', false],
    ['incomplete', false],
    // It ended before it could say anything.
    ['', true],
    ['', false],
    // It passed, and its step has failed after that.
    ['pass', true],
  ])(
    'when the rebuild is built and the gate says %j (its step fails: %s), then it makes no tag, no login and no push',
    (verdict, gateFails) => {
      const end = ending(verdict, gateFails)
      expect(end.ran.slice(0, 2)).toEqual(['Build again', 'gate'])
      expect(end.ran).not.toContain('Publish')
      expect(end.calls).toMatch(/^(?:docker pull \S*\n)?docker build [^\n]*\n$/)
      expect(end.isGood).toBe(!gateFails && verdict !== '')
    },
  )

  test('when the rebuild passes, then the same steps make the tag and push it', () => {
    const { isGood, calls: all } = ending('pass', false)
    expect(isGood).toBe(true)
    expect(all).toContain('/git/refs')
    expect(all).toContain(`docker push ${NEXT}\n`)
  })

  test('when the token is given, then not to what builds or tests', () => {
    const stepNames = job.steps.filter(({ env = {} }) => 'TOKEN' in env).map(({ name }) => name)
    expect(stepNames).toEqual(['Check that the commit is on a release branch', 'Pull', 'Publish'])
    const order = ['Pull', 'before', 'Log out', 'Build again'].map((id) => job.steps.indexOf(stepOf(id)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(stepOf('Log out').run).toContain('docker logout')
  })

  test('when all updates are taken, then as for a major release, and else as for a patch', () => {
    const imagesOf = (id: string, full: boolean) =>
      filled(String(stepOf(id).with?.release), { inputs: { full }, env: { FULL: String(full) } })
    expect([imagesOf('before', false), imagesOf('gate', false)]).toEqual(['patch', 'patch'])
    expect([imagesOf('before', true), imagesOf('update', true), imagesOf('gate', true)]).toEqual([
      'major',
      'major',
      'major',
    ])
    expect(stepOf('update').with?.update).toBe('prove')
  })

  test.each([
    ['v1.4.7', '1.4.7', 'ghcr.io/acme/app:{version}', 'tag=v1.4.8\nimage=ghcr.io/acme/app:1.4.8\n'],
    ['1.4.9', '1.4.9', 'ghcr.io/acme/app:{tag}', 'tag=1.4.10\nimage=ghcr.io/acme/app:1.4.10\n'],
    ['v2.0.0', '2.0.0', 'ghcr.io/acme/app:{tag}', 'tag=v2.0.1\nimage=ghcr.io/acme/app:v2.0.1\n'],
  ])('when the release is %s, then the next patch version is named', (TAG, VERSION, NAME, expected) => {
    expect(run(stepOf('next').run, { TAG, VERSION, NAME, IMAGES: ONE })).toEqual({
      status: 0,
      output: expected,
    })
  })

  test('when the release has several platforms, then it is not built again: the others would be gone', () => {
    const env = { TAG: '1.4.7', VERSION: '1.4.7', NAME: 'ghcr.io/acme/app:{tag}' }
    const two = run(stepOf('next').run, {
      ...env,
      IMAGES: '[{"platform":"linux/amd64"},{"platform":"linux/arm64"}]',
    })
    expect([two.status === 0, two.output]).toEqual([false, ''])
    expect(run(stepOf('next').run, { ...env, IMAGES: '' }).status).not.toBe(0)
  })

  test.each(['1.4', '1.4.7-rc.1', '1.4.7;id', '01.4.7', '$(id)', ''])(
    'when the version is %j, then there is none',
    (VERSION) => {
      const { status, output } = run(stepOf('next').run, {
        TAG: VERSION,
        VERSION,
        NAME: 'ghcr.io/acme/app:{tag}',
        IMAGES: ONE,
      })
      expect([status === 0, output]).toEqual([false, ''])
    },
  )

  test.each([
    ['identical', 0],
    ['behind', 0],
    ['ahead', 1],
    ['diverged', 1],
    ['null', 1],
  ])('when the commit of the release is %s of the branch, then the step ends with %s', (status, code) => {
    fake('git', `echo ${COMMIT}`)
    const tip = 'b'.repeat(40)
    fake(
      'curl',
      `case "$*" in *compare*) echo '{"status":"${status}"}';; *) echo '{"object":{"sha":"${tip}"}}';; esac`,
    )
    const step = stepOf('Check that the commit is on a release branch')
    expect(run(step.run, { DEFAULT: 'main', BRANCHES: '' }).status).toBe(code)
    expect(calls()).toContain('git/ref/heads%2Fmain')
    expect(calls()).toContain(`compare/${tip}...${COMMIT}`)
  })

  test('when the patched image is there, then it is what is judged and tested under the name of the release', () => {
    fake('docker', '')
    const env = { IMAGE: NEXT, PATCHED: `${NEXT}-patched` }
    expect(run(stepOf('Take the patched image').run, env).status).toBe(0)
    expect(calls()).toBe(`docker tag ${NEXT}-patched ${NEXT}\n`)
    expect(runs('Take the patched image', { update: { 'patched-image': '' } })).toBe(false)
    expect(runs('Take the patched image', { update: { 'patched-image': `${NEXT}-patched` } })).toBe(true)
    expect(stepOf('gate').with?.test).toMatch(/^\$\{\{ (?:inputs\.test|env\.TEST) \}\}$/)
  })

  describe('the step that publishes, with docker, curl and git that are fakes', () => {
    const env = { IMAGE: NEXT, TAG: 'v1.4.8', JUDGED: DIGEST }
    beforeEach(() => fake('git', `echo ${COMMIT}`))

    test('when it is what was judged, then the tag is made first, and the image pushed', () => {
      docker('d'.repeat(64))
      fake('curl', 'cat >/dev/null')
      expect(run(stepOf('Publish').run, env).status).toBe(0)
      const all = calls()
      expect(all.indexOf('/git/refs')).toBeLessThan(all.indexOf('docker push'))
      expect(all).toContain(`docker push ${NEXT}`)
      expect(all).not.toContain('DELETE')
    })

    test('when it is another image than was judged, then nothing is tagged or pushed', () => {
      docker('e'.repeat(64))
      fake('curl', 'cat >/dev/null')
      expect(run(stepOf('Publish').run, env).status).toBe(1)
      expect(calls()).not.toMatch(/push|curl/)
    })

    test('when the tag is there already, then nothing is pushed, and that tag stays', () => {
      docker('d'.repeat(64))
      fake('curl', 'cat >/dev/null; exit 22')
      expect(run(stepOf('Publish').run, env).status).not.toBe(0)
      expect(calls()).not.toMatch(/push|DELETE/)
    })

    test('when the registry does not take it, then the tag is taken back', () => {
      docker('d'.repeat(64), 'exit 1')
      fake('curl', '[ "$*" != "${*#*DELETE}" ] || cat >/dev/null')
      expect(run(stepOf('Publish').run, env).status).not.toBe(0)
      expect(calls()).toMatch(/DELETE .*\/git\/refs\/tags\/v1\.4\.8/)
    })
  })
})

test('when the reusable form is called, then it may do what its jobs do, and is given what it takes', () => {
  const { jobs } = load(readFileSync('examples/workflows/reusable-rebuild.yml', 'utf8')) as {
    readonly jobs: { readonly rebuild: { readonly permissions: unknown; readonly with: object } }
  }
  const called = load(readFileSync(PATHS[0], 'utf8')) as {
    readonly on: {
      readonly workflow_call: { readonly inputs: Readonly<Record<string, { required?: boolean }>> }
    }
    readonly jobs: Readonly<Record<string, Job>>
  }
  const { inputs } = called.on.workflow_call
  expect(Object.keys(jobs.rebuild.with).filter((name) => !(name in inputs))).toEqual([])
  const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true)
  expect(required.filter((name) => !(name in jobs.rebuild.with))).toEqual([])
  expect(jobs.rebuild.permissions).toEqual(called.jobs.rebuild?.permissions)
})
