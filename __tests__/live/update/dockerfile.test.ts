import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import { removeTemporary } from '../../../src/io/files/temporary.js'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import { rebuild } from '../../../src/update/rebuild.js'
import { closeWorkshop, inspectImage, openWorkshop } from '../../../src/update/workshop.js'
import { policyFile } from '../../support/policies.js'
import { CLAIR_FLAGS } from '../shared-clair.js'
import { docker, newFolder, type Ran, ROOT, start, UPDATABLE } from '../support.js'

const IMAGE = 'seaworthy-test/update-dockerfile:1.0'
const PATCHED = `${IMAGE}-patched`
// The base is in this engine only: nothing could be pulled.
const BUILD = `docker build -q --no-cache --build-arg BASE=$LAB_BASE -t "$IMAGE" -f "$DOCKERFILE" $LAB_CONTEXT`
const TEST = 'docker run --rm --network none "$IMAGE" perl -e "exit 0"'

let context: string
let gate: string

/** In the folder with the Dockerfile, as in a checkout: no file outside of it is read. */
function inContext(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return start(args, env, ['env', '-C', context]).ended
}

async function update(
  dockerfile: string,
  base: string = UPDATABLE,
): Promise<{ ran: Ran; outcome: UpdateOutcome }> {
  writeFileSync(join(context, 'Dockerfile'), dockerfile)
  const ran = await inContext(
    [
      ...['update', IMAGE, policyFile('gate', gate), '--update-by', 'dockerfile', '--build-command', BUILD],
      ...['--dockerfile', join(context, 'Dockerfile'), '--test', TEST],
      ...['--checks', 'security-updates,clair', ...CLAIR_FLAGS],
    ],
    { LAB_BASE: base, LAB_CONTEXT: context },
  )
  const outcome = JSON.parse(readFileSync(join(ran.folder, 'report/update.json'), 'utf8')) as UpdateOutcome
  return { ran, outcome }
}

const DOCKERFILE = [
  'ARG BASE',
  'FROM $BASE AS build',
  'RUN echo built >/built',
  'FROM $BASE',
  'COPY --from=build /built /srv/built',
  'COPY app.pl /srv/app.pl',
  'USER nobody',
  'CMD ["perl", "-v"]',
  '',
].join('\n')

beforeAll(async () => {
  context = newFolder()
  cpSync(join(ROOT, '__tests__/live/update/app'), context, { recursive: true })
  writeFileSync(join(context, 'Dockerfile'), DOCKERFILE)
  gate = join(context, 'gate.yml')
  writeFileSync(gate, 'version: 1\nrequire-release: supported\n')
  docker('build', '-q', '--build-arg', `BASE=${UPDATABLE}`, '-t', IMAGE, context)
})

afterAll(async () => {
  docker('rmi', '-f', IMAGE, PATCHED)
})

describe('when an image is updated by its Dockerfile', () => {
  test('then a line in the right stage brings the packages up, and the image that it builds passes', async () => {
    const { ran, outcome } = await update(DOCKERFILE)
    expect(outcome).toMatchObject({
      outcome: 'updated',
      before: 'fail',
      after: 'pass',
      worse: [],
      leftOut: [],
    })
    expect(ran.code).toBe(0)
    const { dockerfile } = outcome
    expect(dockerfile?.before).toBe(DOCKERFILE)
    const lines = (dockerfile?.after ?? '').split('\n')
    expect(lines.slice(0, 4)).toEqual(DOCKERFILE.split('\n').slice(0, 4))
    expect(lines[4]).toMatch(/^# seaworthy: security updates as of /)
    expect(lines.slice(-5)).toEqual(DOCKERFILE.split('\n').slice(-5))
    expect(docker('run', '--rm', '--network', 'none', PATCHED, 'cat', '/srv/built')).toBe('built\n')
  })

  test('then one that cannot be built as it is is reported as broken before, and no package is blamed', async () => {
    writeFileSync(join(context, 'Dockerfile'), DOCKERFILE)
    const ran = await inContext([
      ...['update', IMAGE, policyFile('gate', gate), '--update-by', 'dockerfile', '--test', 'true'],
      ...['--dockerfile', join(context, 'Dockerfile'), '--checks', 'security-updates'],
      ...['--build-command', 'echo "the base is gone" >&2; exit 3'],
    ])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/cannot be built as it is: exit 3 · the base is gone\n.*Dockerfile\n/)
  })

  test('then a Dockerfile of another image is not changed', async () => {
    writeFileSync(join(context, 'Dockerfile'), 'FROM debian\nRUN something else\n')
    const ran = await inContext([
      ...['update', IMAGE, policyFile('gate', gate), '--update-by', 'dockerfile', '--test', 'true'],
      ...['--dockerfile', join(context, 'Dockerfile'), '--checks', 'security-updates'],
    ])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toMatch(/was not used: it belongs to a different image, or has changed since/)
  })
})

test('when the build gives the user’s own image again, out of a cache, then it keeps its names', async () => {
  const cached = BUILD.replace('--no-cache ', '')
  writeFileSync(join(context, 'Dockerfile'), DOCKERFILE)
  const engine = await connectEngine()
  const state = await inspectImage(engine, IMAGE, AbortSignal.timeout(300_000))
  const plan = { packages: [], held: [], others: [], addSecurity: null, sources: [] }
  const around = { engine, runId: newRunId(), signal: AbortSignal.timeout(300_000), progress: () => {} }
  const shop = openWorkshop({ securityMirror: '', native: 'amd64' }, state, plan, around)
  const source = { file: 'Dockerfile', text: DOCKERFILE, from: { endLine: 4, user: null } }
  const options = { source, command: cached, limitMs: 60_000, securityMirror: '' }
  process.env.LAB_BASE = UPDATABLE
  process.env.LAB_CONTEXT = context
  try {
    const built = await rebuild(
      shop,
      { ...options, addSecurity: null, sources: [], today: '2026-11-24' },
      DOCKERFILE,
    )
    expect(built).toMatchObject({ id: state.Id })
  } finally {
    await closeWorkshop(shop)
    removeTemporary(shop.runId)
    delete process.env.LAB_BASE
    delete process.env.LAB_CONTEXT
  }
  const { RepoTags } = JSON.parse(docker('image', 'inspect', IMAGE))[0] as { RepoTags: string[] }
  expect(RepoTags).toEqual([IMAGE])
})

test('when today’s base has all of it, then a rebuild alone is reported as enough', async () => {
  const fresh = 'seaworthy-test/update-base:fresh'
  const add =
    "echo 'deb http://security.debian.org/debian-security bookworm-security main' >/etc/apt/sources.list.d/s.list"
  writeFileSync(
    join(context, 'Base'),
    `FROM ${UPDATABLE}\nRUN ${add} && apt-get update && apt-get -y upgrade\n`,
  )
  docker('build', '-q', '-t', fresh, '-f', join(context, 'Base'), context)
  try {
    const { ran, outcome } = await update(DOCKERFILE, fresh)
    expect(outcome).toMatchObject({ outcome: 'rebuild', before: 'fail', after: 'pass', dockerfile: null })
    expect(ran.stdout).toContain("Rebuild the image without changes; it passes on today's base")
    expect(ran.code).toBe(0)
  } finally {
    docker('rmi', '-f', fresh)
  }
})
