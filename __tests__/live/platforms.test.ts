import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gitHub, runPullRequest } from '../attacks/pull-request.js'
import { detailOf } from '../support/facts.js'
import { keys } from '../support/policies.js'
import { leftOf, reportOfStep } from './act/dist.js'
import { type LiveRegistry, startRegistry } from './registry.js'
import { type Described, debianData, pushAttestation, pushImageFor, pushIndex } from './registry-index.js'
import { CLAIR_FLAGS } from './shared-clair.js'
import { docker, leftovers, newFolder, type Ran, reportOf, seaworthy } from './support.js'

// Indexes of a real registry on this machine, an engine that keeps one platform of a tag, and a real Clair. The images
// are made of data alone: dpkg's database of another architecture needs no machine of it to be read.

const AMD64 = { os: 'linux', architecture: 'amd64' }
const ARM64 = { os: 'linux', architecture: 'arm64', variant: 'v8' }
const CLEAN = { bash: '5.2.15-2' }
/** The sample tracker has CVE-2026-109518 fixed in a later version. */
const LACKING = { bash: '5.2.15-2', apt: '2.6.1' }
const TRIXIE =
  'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nVERSION_ID="13"\nVERSION="13 (trixie)"\nVERSION_CODENAME=trixie\nID=debian\n'

/** Replays in tests have a gate.yml with this key: the scans that they are compared with have it, too. */
const GATE = keys({ application: 'off' })
/** A release needs Docker Bench's own results else. */
const BUILTIN = keys({ 'bench-engine': 'builtin' })

let registry: LiveRegistry
const pulled: string[] = []
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(async () => {
  for (const reference of pulled) {
    docker('rmi', '--force', reference)
  }
  await registry?.stop()
})

const image = (
  repository: string,
  platform: NonNullable<Described['platform']>,
  packages = CLEAN,
  release?: string,
) => pushImageFor(registry.host, repository, platform, debianData(platform.architecture, packages, release))

async function index(name: string, images: readonly Described[]): Promise<string> {
  const { reference } = await pushIndex(registry.host, name, images)
  pulled.push(reference)
  docker('pull', '--quiet', reference)
  return reference
}

async function scan(reference: string, flags: readonly string[] = []) {
  const services = flags.includes('--checks') ? [] : CLAIR_FLAGS
  return seaworthy(['scan', reference, GATE, ...services, ...flags], { DOCKER_CONFIG: registry.noLogin })
}
const platformsOf = (ran: Ran) =>
  reportOf(ran).images.map(({ platform, verdict }) => `${platform} ${verdict}`)
const problemsOf = (ran: Ran) =>
  reportOf(ran).unanswered.map(({ problem }) => `${problem.code}: ${problem.what}`)
const text = (ran: Ran, name: string) => readFileSync(join(ran.folder, 'report', name), 'utf8')

describe('when an index has a second Debian platform, of dpkg data for arm64, that lacks an update', () => {
  let reference: string
  beforeAll(async () => {
    const amd64 = await image('acme/shop', AMD64)
    const arm64 = await image('acme/shop', ARM64, LACKING)
    const windows = await pushImageFor(
      registry.host,
      'acme/shop',
      { os: 'windows', architecture: 'amd64' },
      { x: '' },
    )
    const attestation = await pushAttestation(registry.host, 'acme/shop', amd64)
    reference = await index('acme/shop:1', [amd64, arm64, windows, attestation])
  })

  test('then by default the engine’s passes, and each report names the other, and what was skipped', async () => {
    const ran = await scan(reference)
    expect(problemsOf(ran)).toEqual([])
    expect([ran.code, platformsOf(ran)]).toEqual([0, ['linux/amd64 pass']])
    expect(reportOf(ran).images[0]?.others).toEqual({
      notExamined: ['linux/arm64/v8'],
      skipped: ['windows/amd64', '1 attestation'],
      unknown: null,
    })
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('linux/arm64/v8 not examined')
    for (const name of ['report.md', 'report.html', 'report.sarif', 'report.json', 'report.cdx.json']) {
      expect([name, text(ran, name).includes('linux/arm64/v8')]).toEqual([name, true])
    }
    expect(leftovers(ran)).toEqual([])
  })

  test('then with release it is incomplete until platform names all of them', async () => {
    const evidence = join(newFolder(), 'evidence')
    // Docker Bench is another test's matter.
    const releasing = ['--release', 'v1.2.3', keys({ application: 'off', 'bench-engine': 'builtin' })]
    const ran = await scan(reference, [...releasing, '--save-evidence', evidence])
    expect([ran.code, platformsOf(ran)]).toEqual([2, ['linux/amd64 pass', 'linux/arm64/v8 incomplete']])
    expect(problemsOf(ran)[0]).toContain('platform-not-examined')
    const again = await seaworthy(['replay', evidence, ...releasing])
    expect(text(again, 'report.json')).toBe(text(ran, 'report.json'))
    const one = await scan(reference, [...releasing, '--platform', 'linux/amd64'])
    expect(platformsOf(one)).toEqual(['linux/amd64 pass', 'linux/arm64/v8 incomplete'])
    const both = await scan(reference, [...releasing, '--platform', 'linux/amd64,linux/arm64'])
    expect([both.code, platformsOf(both)]).toEqual([1, ['linux/amd64 pass', 'linux/arm64/v8 fail']])
  })

  test('then with all the worse one counts and is named everywhere, and the replay is the same', async () => {
    const evidence = join(newFolder(), 'evidence')
    const before = docker('image', 'inspect', '--format', '{{.Id}} {{.Architecture}}', reference)
    const ran = await scan(reference, ['--platform', 'all', '--save-evidence', evidence])
    expect(problemsOf(ran)).toEqual([])
    expect([ran.code, platformsOf(ran)]).toEqual([1, ['linux/amd64 pass', 'linux/arm64/v8 fail']])
    expect(ran.stdout).toContain('FAIL  2 platforms: linux/arm64/v8 fail, linux/amd64 pass')
    expect(text(ran, 'report.md')).toContain(
      'on 2 platforms (linux/arm64/v8 fail, linux/amd64 pass) may not be released',
    )
    const sarif = JSON.parse(text(ran, 'report.sarif')) as {
      runs: { automationDetails: { id: string }; results: { message: { text: string } }[] }[]
    }
    const name = reference.replace(/:1$/, '')
    expect(sarif.runs.map(({ automationDetails: { id } }) => id)).toEqual([
      `seaworthy/${name}/linux/amd64/`,
      `seaworthy/${name}/linux/arm64/v8/`,
    ])
    // One that blocks, and one that is noted.
    expect(sarif.runs.map(({ results }) => results.length)).toEqual([0, 2])
    expect(sarif.runs[1]?.results[0]?.message.text).toContain('(linux/arm64/v8)')
    expect(readdirSync(evidence).sort()).toEqual(['evidence.json', 'image-0', 'image-1'])
    // The engine's tag is what it was.
    expect(docker('image', 'inspect', '--format', '{{.Id}} {{.Architecture}}', reference)).toBe(before)

    const again = await seaworthy(['replay', evidence])
    // Only a scan of today attests.
    const written = readdirSync(join(ran.folder, 'report')).filter((name) => !name.startsWith('report.vsa'))
    for (const report of written) {
      expect([report, text(again, report) === text(ran, report)]).toEqual([report, true])
    }
    expect(leftovers(ran)).toEqual([])
  })

  test('then a pull request has one check run and one comment, which name the worse one and have a part for each', async () => {
    const github = await gitHub({ 'policies/gate.yml': 'version: 1\nchecks: [clair]\n' })
    const published = { 'check-run': 'true', comment: 'always' }
    const step = await runPullRequest(github, { image: reference, platform: 'all', ...published })
    expect([step.code, step.outputs.verdict, reportOfStep(step).verdict]).toEqual([1, 'fail', 'fail'])
    const headline = `${reference} on 2 platforms (linux/arm64/v8 fail, linux/amd64 pass) may not be released`
    expect(github.checkRuns.map(({ conclusion, title }) => [conclusion, title])).toEqual([
      ['failure', expect.stringContaining(headline)],
    ])
    expect(github.checkRuns[0]?.summary).toContain(`⛔ ${reference} (linux/arm64/v8) may not be released`)
    const [comment, ...others] = github.comments.map(({ body }) => body.replace(/<!--[\s\S]*?-->/g, ''))
    expect(others).toEqual([])
    expect(comment).toContain(`### ⛔ ${headline}: 1 task\n`)
    const parts = comment?.split('\n').filter((line) => line.includes(`${reference} (linux/`)) ?? []
    for (const platform of ['linux/amd64', 'linux/arm64/v8']) {
      expect([platform, parts.some((line) => line.includes(`(${platform})`))]).toEqual([platform, true])
    }
    // A line of `digest` and an entry of `images` for each, in the order of the index.
    const images = JSON.parse(step.outputs.images ?? '') as {
      platform: string
      verdict: string
      digest: string
    }[]
    expect(images.map(({ platform, verdict }) => `${platform} ${verdict}`)).toEqual([
      'linux/amd64 pass',
      'linux/arm64/v8 fail',
    ])
    expect(step.outputs.digest?.split('\n')).toEqual(images.map(({ digest }) => digest))
    expect(step.summary).toContain(headline)
    expect(leftOf(step)).toEqual([])
    await github.close()
    expect(github.errors).toEqual([])
  })

  test('then Docker Bench’s part of the other platform says what was not examined, and our own rules answer', async () => {
    const ran = await scan(reference, [
      '--platform',
      'all',
      '--checks',
      'docker-bench',
      '--run-options',
      '--read-only',
    ])
    const checks = reportOf(ran).images.map(({ checks: [check] }) => check)
    expect(checks.map((check) => check?.state)).toEqual(['answered', 'answered'])
    expect(checks[0]?.limits.join()).not.toContain('not examined')
    expect(checks[1]?.limits.join()).toContain("only on the engine's own platform, linux/amd64")
    const user = checks[1]?.bench?.results.find(({ id }) => id === '4.1')
    expect([user?.counts?.whose, user?.dockerBench, user?.builtIn?.word]).toEqual(['built-in', null, 'WARN'])
    // Without the engine's own nobody would examine the run options.
    const alone = await scan(reference, [
      ...['--platform', 'linux/arm64', '--checks', 'docker-bench', '--run-options', '--read-only'],
    ])
    expect(problemsOf(alone)[0]).toContain('bench-needs-engine')
  })

  test.each([
    ['a typo', 'linux/amd46'],
    ['a platform that the index does not have', 'linux/s390x'],
  ])('when platform is %s, then the error lists what there is', async (_, platform) => {
    const ran = await scan(reference, ['--platform', platform])
    expect(ran.code).toBe(2)
    expect(problemsOf(ran)[0]).toBe(
      `platform-missing: the image does not have ${platform}; it has linux/amd64, linux/arm64/v8, windows/amd64`,
    )
  })
})

test('when the platforms of an index are of two Debian releases, then the second blocks, and says of which', async () => {
  const images = [await image('acme/mixed', AMD64), await image('acme/mixed', ARM64, CLEAN, TRIXIE)]
  const reference = await index('acme/mixed:1', images)
  const ran = await scan(reference, ['--platform', 'all'])
  const found = reportOf(ran).images.map(({ findings }) => findings.filter(({ blocks }) => blocks))
  expect(found.map((all) => all.map(({ id }) => id))).toEqual([[], ['platforms-of-other-releases']])
  expect(ran.code).toBe(1)
  expect(detailOf(found[1]?.[0], 'why')).toBe(
    'linux/arm64/v8 is Debian 13 trixie, but linux/amd64 is Debian 12 bookworm',
  )
})

test('when a layer of one platform is gone from the registry, then that one is incomplete, and the other is judged', async () => {
  const arm64 = await image('acme/cut', ARM64, LACKING)
  const reference = await index('acme/cut:1', [await image('acme/cut', AMD64), arm64])
  const blob = join(
    registry.data,
    'docker/registry/v2/blobs/sha256',
    arm64.layer.slice(7, 9),
    arm64.layer.slice(7),
  )
  expect(existsSync(blob)).toBe(true)
  rmSync(blob, { recursive: true })
  const ran = await scan(reference, ['--platform', 'all'])
  expect([ran.code, platformsOf(ran)]).toEqual([2, ['linux/amd64 pass', 'linux/arm64/v8 incomplete']])
  expect(problemsOf(ran)[0]).toContain('registry-not-found')
})

test('when a platform is no Debian, then it is incomplete', async () => {
  const alpine = 'ID=alpine\nVERSION_ID=3.20.0\nPRETTY_NAME="Alpine Linux v3.20"\n'
  const other = await pushImageFor(registry.host, 'acme/odd', ARM64, { 'etc/os-release': alpine })
  const reference = await index('acme/odd:1', [await image('acme/odd', AMD64), other])
  const ran = await scan(reference, ['--platform', 'all'])
  expect([ran.code, platformsOf(ran)]).toEqual([2, ['linux/amd64 pass', 'linux/arm64/v8 incomplete']])
  expect(problemsOf(ran)[0]).toContain('not-debian')
})

test('when the registry is gone, then all is incomplete, and by default it is reported that others are not known', async () => {
  const away = await startRegistry()
  const amd64 = await pushImageFor(away.host, 'acme/away', AMD64, debianData('amd64', CLEAN))
  const { reference } = await pushIndex(away.host, 'acme/away:1', [amd64])
  docker('pull', '--quiet', reference)
  pulled.push(reference)
  await away.stop()
  const [ran, all, release, named] = [
    await scan(reference),
    await scan(reference, ['--platform', 'all']),
    await scan(reference, ['--release', 'patch', BUILTIN]),
    await scan(reference, ['--release', 'patch', '--platform', 'linux/amd64', BUILTIN]),
  ]
  expect([ran.code, all.code, release.code, named.code]).toEqual([0, 2, 2, 0])
  expect(ran.stdout).toContain('may have other platforms, which could not be listed')
  expect(problemsOf(all)[0]).toContain('platforms-unknown')
  expect(problemsOf(release)[0]).toContain('platforms-unknown')
})
