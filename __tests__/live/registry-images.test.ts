import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { keys } from '../support/policies.js'
import { reportOfStep, runStep } from './act/dist.js'
import { type LiveRegistry, startRegistry } from './registry.js'
import { debianData, pushImageFor, pushIndex, STORED_FORMS } from './registry-index.js'
import { CLAIR_FLAGS } from './shared-clair.js'
import { docker, newFolder, type Ran, reportOf, seaworthy } from './support.js'

// A real registry on this machine, once with a login, and a real Clair of somebody else's.

const AMD64 = { os: 'linux', architecture: 'amd64' }
const ARM64 = { os: 'linux', architecture: 'arm64', variant: 'v8' }
const GATE = keys({ application: 'off' })
/** Nothing listens there: whoever asks an engine gets an error. */
const NO_ENGINE = { DOCKER_HOST: 'unix:///no/such/docker.sock' }

let registry: LiveRegistry
let guarded: LiveRegistry
const pulled: string[] = []
beforeAll(async () => {
  ;[registry, guarded] = await Promise.all([startRegistry(), startRegistry(true)])
})
afterAll(async () => {
  for (const reference of pulled) {
    docker('rmi', '--force', reference)
  }
  await Promise.all([registry?.stop(), guarded?.stop()])
})

async function scan(image: string, env: Record<string, string> = {}, flags: readonly string[] = []) {
  return seaworthy(['scan', image, GATE, ...CLAIR_FLAGS, ...flags], {
    DOCKER_CONFIG: registry.noLogin,
    ...env,
  })
}

/** What must not depend on where an image is read. */
const judged = (ran: Ran) =>
  reportOf(ran).images.map(({ platform, verdict, digest, findings, checks, packageCount }) => ({
    ...{ platform, verdict, digest, packageCount },
    findings: findings
      .filter(({ check }) => check !== 'docker-bench')
      .map(({ id, package: name, version, layer, ruling, blocks }) => {
        return { id, name, version, layer, ruling, blocks }
      }),
    checks: checks.filter(({ check }) => check !== 'docker-bench').map(({ check, state }) => [check, state]),
  }))

/** By which GitHub knows an alert again. They contain the image's name, which an archive of it has too. */
function fingerprintsOf(ran: Ran): readonly string[] {
  const { runs } = JSON.parse(readFileSync(join(ran.folder, 'report/report.sarif'), 'utf8')) as Sarif
  const results = runs.flatMap((run) => run.results)
  return results
    .filter(({ ruleId }) => !ruleId.startsWith('docker-bench/'))
    .map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)
    .sort()
}

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string
      readonly partialFingerprints: { readonly primaryLocationLineHash: string }
    }[]
  }[]
}

describe('an image that lacks an update', () => {
  let reference: string
  beforeAll(async () => {
    const lacking = { bash: '5.2.15-2', apt: '2.6.1' }
    const data = (architecture: string) => debianData(architecture, lacking)
    const [amd64, arm64] = [
      await pushImageFor(registry.host, 'acme/shop', AMD64, data('amd64')),
      await pushImageFor(registry.host, 'acme/shop', ARM64, data('arm64')),
    ]
    ;({ reference } = await pushIndex(registry.host, 'acme/shop:1', [amd64, arm64]))
    pulled.push(reference)
    docker('pull', '--quiet', reference)
  })

  test('when it is in the engine, an archive or its registry, then it is judged alike', async () => {
    const archive = join(newFolder(), 'shop.tar')
    docker('save', '-o', archive, reference)
    const byEngine = await scan(reference)
    const byArchive = await scan(archive)
    const byRegistry = await scan(`registry:${reference}`, NO_ENGINE)
    expect(judged(byRegistry)).toEqual(judged(byEngine))
    expect(judged(byArchive)).toEqual(judged(byEngine))
    expect(judged(byRegistry)[0]?.findings.length).toBeGreaterThan(0)
    expect(fingerprintsOf(byRegistry)).toEqual(fingerprintsOf(byEngine))
    expect(fingerprintsOf(byArchive)).toEqual(fingerprintsOf(byEngine))
    const [image] = reportOf(byRegistry).images
    expect(image?.reference).toBe(reference)
    // It names what is left, without an engine.
    expect(image?.others).toMatchObject({ notExamined: ['linux/arm64/v8'] })
  })

  test('when all of its platforms are asked for, then each is judged, without an engine', async () => {
    const ran = await scan(`registry:${reference}`, NO_ENGINE, ['--platform', 'all'])
    expect(reportOf(ran).images.map(({ platform, verdict }) => [platform, verdict])).toEqual([
      ['linux/amd64', 'fail'],
      ['linux/arm64/v8', 'fail'],
    ])
  })

  test('when the action gets it, then no engine is asked for the image either', async () => {
    const env = { ...NO_ENGINE, DOCKER_CONFIG: registry.noLogin }
    const step = await runStep('action', { image: `registry:${reference}` }, { env })
    const [image] = reportOfStep(step).images
    expect(image?.reference).toBe(reference)
    // Clair's containers need one, and this test sets no clair-url.
    const states = new Map(image?.checks.map(({ check, state }) => [check, state]))
    expect([states.get('clair'), states.get('credentials')]).toEqual(['unanswered', 'answered'])
  })

  test('when Docker Bench must have judged it, then it did not, and the report says why', async () => {
    const flags = ['--checks', 'docker-bench', keys({ 'bench-engine': 'both-required' })]
    const ran = await seaworthy(['scan', `registry:${reference}`, ...flags], NO_ENGINE)
    expect(reportOf(ran).unanswered[0]?.problem).toMatchObject({ code: 'bench-needs-engine' })
  })
})

describe.each(STORED_FORMS)('an image of two platforms that is stored as %s', (name, form) => {
  test('when it is in the engine, an archive or its registry, then it is judged alike', async () => {
    const repository = `acme/${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}`
    const data = (architecture: string) => debianData(architecture, { bash: '5.2.15-2', apt: '2.6.1' })
    const images = [
      await pushImageFor(registry.host, repository, AMD64, data('amd64'), {}, form),
      await pushImageFor(registry.host, repository, ARM64, data('arm64'), {}, form),
    ]
    const { reference } = await pushIndex(registry.host, `${repository}:1`, images)
    pulled.push(reference)
    for (const [at, platform] of ['linux/amd64', 'linux/arm64'].entries()) {
      docker('pull', '--quiet', '--platform', platform, reference)
      const archive = join(newFolder(), `${at}.tar`)
      docker('save', '-o', archive, reference)
      const flags = ['--platform', platform]
      const byEngine = await scan(reference, {}, flags)
      const byArchive = await scan(archive, {}, flags)
      const byRegistry = await scan(`registry:${reference}`, NO_ENGINE, flags)
      expect(judged(byRegistry)).toEqual(judged(byEngine))
      expect(judged(byArchive)).toEqual(judged(byEngine))
      expect(judged(byRegistry)[0]?.findings.length).toBeGreaterThan(0)
      expect(fingerprintsOf(byRegistry)).toEqual(fingerprintsOf(byEngine))
      expect(fingerprintsOf(byArchive)).toEqual(fingerprintsOf(byEngine))
    }
  })
})

test('when a registry wants a login, then it is that of docker login, and without one there is no answer', async () => {
  const pushed = join(guarded.host, 'acme/shop:1')
  docker('tag', await anImage(), pushed)
  pulled.push(pushed)
  docker('--config', guarded.login, 'push', '--quiet', pushed)
  const flags = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
  const without = await seaworthy(['scan', `registry:${pushed}`, ...flags], {
    ...NO_ENGINE,
    DOCKER_CONFIG: guarded.noLogin,
  })
  expect(reportOf(without).unanswered[0]?.problem).toMatchObject({ code: 'registry-refused' })
  const ran = await seaworthy(['scan', `registry:${pushed}`, ...flags], {
    ...NO_ENGINE,
    DOCKER_CONFIG: guarded.login,
  })
  expect(reportOf(ran).unanswered).toEqual([])
  const written = `${ran.stdout}${ran.stderr}${without.stdout}${without.stderr}`
  expect(written).not.toContain(guarded.password)
})

async function anImage(): Promise<string> {
  const { reference } = await pushIndex(registry.host, 'acme/plain:1', [
    await pushImageFor(registry.host, 'acme/plain', AMD64, debianData('amd64', { bash: '5.2.15-2' })),
  ])
  pulled.push(reference)
  docker('pull', '--quiet', reference)
  return reference
}
