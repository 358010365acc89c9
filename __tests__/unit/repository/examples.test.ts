import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { readRequest } from '../../../src/inputs/request.js'
import { INPUTS } from '../../../src/inputs/table.js'
import { evaluate, filled } from '../../support/expressions.js'

interface Workflow {
  readonly on: object
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>
}
interface Step {
  readonly id?: string
  readonly uses?: string
  readonly if?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

const workflow = (path: string) => load(readFileSync(path, 'utf8')) as Workflow

function stepsOf(name: string): readonly Step[] {
  const path = fileURLToPath(new URL(`../../../examples/workflows/${name}.yml`, import.meta.url))
  const { jobs } = workflow(path)
  return Object.values(jobs).flatMap(({ steps }) => steps)
}

/** What an example workflow gives to the gate. */
function gateOf(name: string): Readonly<Record<string, unknown>> {
  const gate = stepsOf(name).find(({ id }) => id === 'gate')
  if (!gate?.with) {
    throw new Error(`${name} has no step with the gate`)
  }
  return gate.with
}

describe('the example workflows', () => {
  const github = {
    ref_name: 'v1.4.0',
    repository: 'acme/shop',
    server_url: 'https://github.com',
    sha: 'a'.repeat(40),
  }
  const contexts = {
    github,
    env: { IMAGE: 'ghcr.io/acme/shop:v1.4.0' },
    matrix: { line: '1', image: 'ghcr.io/acme/shop:1.4.0' },
    steps: { pull: { outputs: { image: `ghcr.io/acme/shop:1.4.0@sha256:${'a'.repeat(64)}` } } },
  }
  /** What the action makes of the inputs of an example's gate. */
  const inputsOf = (name: string) => {
    const inputs = Object.entries(gateOf(name)).map(([input, value]) => [
      input,
      filled(String(value), contexts),
    ])
    const defaults = new Map(INPUTS.map((input) => [input.name, input.default]))
    for (const [input = '', value = ''] of inputs) {
      if (input !== 'image') {
        expect([name, input, defaults.has(input)]).toEqual([name, input, true])
      }
      defaults.set(input, value)
    }
    return readRequest([defaults.get('image') ?? ''], (input) => defaults.get(input) ?? '')
  }

  test('when a release is judged, then the image is started, and Docker Bench itself looks at it', () => {
    expect(inputsOf('release').bench).toMatchObject({ start: true, source: { kind: 'download' } })
  })

  test('when a pull request is judged, then nothing of it is started', () => {
    expect(inputsOf('pull-request').bench).toMatchObject({ start: false, spec: null })
  })

  test('when a pull request is judged, then its policies are where the base has them', () => {
    const inputs = gateOf('pull-request')
    for (const name of ['whitelist', 'dictionary', 'gate', 'github-token']) {
      expect(inputs[name]).toBeUndefined()
    }
  })

  test('when a line is judged, then the image is named by its tag and digest, and the line has an issue', () => {
    const { images, publish } = inputsOf('scheduled')
    expect(images).toEqual([contexts.steps.pull.outputs.image])
    expect(publish).toMatchObject({ issue: true, line: '1' })
  })

  // GitHub closes the alerts that an upload lacks: the output is empty if a check gave no answer.
  const path = 'seaworthy-report/report.sarif'
  test.each([
    ['push', null, [path]],
    ['pull_request', 'acme/shop', [path]],
    ['pull_request', 'fork/shop', []],
  ])(
    'when the event is a %s from %s, then of the outputs sarif %j is uploaded',
    (event_name, from, after) => {
      const upload = stepsOf('pull-request').find(({ uses }) =>
        uses?.startsWith('github/codeql-action/upload-sarif@'),
      )
      const event = { pull_request: { head: { repo: { full_name: from } } } }
      const uploads = (sarif: string | undefined) =>
        evaluate(upload?.if ?? '', {
          github: { event_name, event, repository: 'acme/shop' },
          steps: { gate: { outputs: { sarif, verdict: 'fail' } } },
        })
      expect([path, '', undefined].filter(uploads)).toEqual(after)
      const outputs = { sarif: path }
      expect(filled(String(upload?.with?.sarif_file), { steps: { gate: { outputs } } })).toBe(outputs.sarif)
    },
  )
})

describe('the step that looks at a tag, which anybody who may push chooses', () => {
  const run = (path: string, env: NodeJS.ProcessEnv) => {
    const { jobs } = workflow(path)
    const steps = Object.values(jobs).flatMap(({ steps }) => steps)
    const script = steps.find((step) => step.env?.TAG === '$' + '{{ github.ref_name }}')?.run
    if (script === undefined) {
      throw new Error(`${path} looks at no tag`)
    }
    // As the runner does: bash -e {0}.
    return spawnSync('bash', ['-e', '-c', script], { env: { ...process.env, ...env } }).status
  }

  test.each([
    '.github/workflows/gate-release.yml',
    'examples/workflows/release.yml',
    'examples/workflows/attested-release.yml',
  ])('in %s', (path) => {
    const folder = mkdtempSync(join(tmpdir(), 'sw-tag-'))
    const output = join(folder, 'output')
    const env = { TYPE: 'tag', NAME: 'ghcr.io/acme/app', GITHUB_OUTPUT: output }
    const bad = [
      'v1.2',
      'v01.2.3',
      'latest',
      'v1.2.3;id',
      'v1.2.3-$(id)',
      'v1.2.3-a b',
      'v1.2.3-`id`',
      '-v1.2.3',
    ]
    for (const TAG of [...bad, 'v1.2.3-a\nb=c', 'x\nv1.2.3', 'v1.2.3+build']) {
      expect([TAG, run(path, { ...env, TAG })]).toEqual([TAG, 1])
    }
    expect(existsSync(output)).toBe(false)
    for (const TAG of ['v1.2.3', '1.2.3', 'v1.2.3-rc.1']) {
      expect(run(path, { ...env, TAG })).toBe(0)
    }
    rmSync(folder, { recursive: true })
  })
})

test.each([
  'examples/workflows/scheduled.yml',
  'examples/workflows/attested-scheduled.yml',
  '.github/workflows/gate-scheduled.yml',
])(
  'when %s has pulled an image, then the gate is given its tag, as policies name it, and its digest',
  (path) => {
    const folder = mkdtempSync(join(tmpdir(), 'sw-pull-'))
    const digest = `sha256:${'a'.repeat(64)}`
    // Docker is a fake here: what `docker pull` says next to other lines.
    // It reads the token, as Docker does: a pipe that nobody reads would end the step now and then.
    const docker = `#!/bin/sh\n[ "$1" != login ] || cat >/dev/null\n[ "$1" != pull ] || printf '4.1.7: Pulling from acme/app\\nDigest: ${digest}\\nStatus: Image is up to date\\n'\n`
    writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
    const steps = Object.values(workflow(path).jobs).flatMap(({ steps }) => steps)
    const script = steps.find(({ id }) => id === 'pull')?.run ?? ''
    const output = join(folder, 'output')
    const env = { PATH: `${folder}:${process.env.PATH ?? ''}`, IMAGE: 'ghcr.io/acme/app:4.1.7' }
    const inputs = { ...env, GITHUB_OUTPUT: output, TOKEN: '', ACTOR: '' }
    expect(spawnSync('bash', ['-eo', 'pipefail', '-c', script], { env: inputs }).status).toBe(0)
    expect(readFileSync(output, 'utf8')).toMatch(new RegExp(`^image=ghcr.io/acme/app:4.1.7@${digest}\n`, 'm'))
    rmSync(folder, { recursive: true })
  },
)
