import { execFileSync, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { CHECK_IDS } from '../../src/model/checks.js'
import type { Report } from '../../src/reports/json/schema.js'
import { type ActRun, isGate, runAct } from './act/act.js'
import { BENCH_SOURCE } from './docker-bench/bench.js'
import { runIn, takenIn } from './docker-bench/lists.js'
import { anyPlace, removePlaces } from './docker-bench/places.js'
import { standIn } from './docker-bench/stand-in.js'
import { BASES, docker, leftoversOfEnded, lines, newFolder, ROOT } from './support.js'

/** The demo's app, with a name of this test's own. */
const APP = 'seaworthy-test/act-all-checks:1'
const BENCH = BENCH_SOURCE === '' ? 'a stand-in of Docker Bench' : 'Docker Bench itself'

// With every default, but for what no machine without a registry and a way out can have: images, Docker Bench, feeds.
describe('when a workflow has every default and a test of the demo’s app', () => {
  const evidence = join(newFolder(), 'evidence')
  let run: ActRun
  let report: Report
  let made: readonly string[]

  beforeAll(async () => {
    const args = ['build', '-q', '--build-arg', `BASE=${BASES.bookworm}`, '-t', APP, 'examples/app']
    execFileSync('docker', args, { cwd: ROOT, stdio: 'pipe' })
    const events = watchStarts()
    run = await runAct({
      event: 'push',
      payload: { ref: 'refs/tags/v1.4.0', created: true },
      inputs: {
        // Empty is the default, also of which checks run.
        ...{ image: APP, checks: '', 'cache-dir': join(ROOT, '.cache/act-all-checks') },
        'bench-source': BENCH_SOURCE === '' ? standIn().folder : BENCH_SOURCE,
        'bench-image': anyPlace(),
        test: 'docker run --rm --network none --entrypoint true "$IMAGE"',
        'save-evidence': evidence,
      },
    })
    made = events.end().filter((name) => name.includes(`-${runIn(evidence)}-`))
    report = JSON.parse(run.reports['report.json'] ?? '{}') as Report
  })
  afterAll(() => {
    docker('rmi', '-f', APP)
    removePlaces()
  })

  test('then each check has answered', () => {
    const checks = report.images[0]?.checks.map(({ check, state, problem }) => ({ check, state, problem }))
    expect(checks).toEqual(CHECK_IDS.map((check) => ({ check, state: 'answered', problem: null })))
    expect(run.outputs.verdict).toBe('fail')
    expect(run.jobResult).toBe('failure')
  })

  test(`then three services and the container that waits were started, with ${BENCH}, and are gone`, () => {
    const runId = runIn(evidence)
    expect(made).toEqual(
      ['0-waiter', 'bench', 'clair', 'postgres'].map((name) => `seaworthy-${runId}-${name}`),
    )
    expect(lines(docker('ps', '-aq', '--filter', `name=seaworthy-${runId}`))).toEqual([])
  })

  test(`then each id that it judges has both results, with ${BENCH}`, () => {
    expect(takenIn(evidence)).toEqual({
      '4.1': ['WARN', 'WARN'],
      '4.6': ['WARN', 'WARN'],
      '4.7': ['PASS', 'PASS'],
      '4.9': ['PASS', 'PASS'],
    })
  })

  test('then both checks of packages come to one thing to do, with CVEs and lines for the Dockerfile', () => {
    const updates = report.actions.filter(({ kind }) => kind === 'update')
    expect(updates).toHaveLength(1)
    const [update] = updates
    expect(update?.checks).toEqual(expect.arrayContaining(['clair', 'security-updates']))
    const perl = update?.packages.filter(({ name }) => name === 'perl-base')
    expect(perl).toHaveLength(1)
    expect(perl?.[0]?.fixedVersion).toMatch(/^5\.36\.0-7\+deb12u/)
    expect(perl?.[0]?.cves?.length).toBeGreaterThan(0)
    expect(update?.command).toMatch(/ perl-base( |$)/)
    expect(update?.packages.find(({ name }) => name === 'perl-base')?.fixedVersion).toBe(
      perl?.[0]?.fixedVersion,
    )
    expect(update?.dockerfile).toMatch(/^RUN .*rm -rf \/var\/lib\/apt\/lists\/\*$/s)
  })

  test('then an update names the CVEs that Clair has found in that package', () => {
    const findings = report.images[0]?.findings ?? []
    const update = findings.find((one) => one.check === 'security-updates' && one.package === 'perl-base')
    const clair = findings.filter(
      ({ check, package: name, fixedVersion }) =>
        check === 'clair' && name === 'perl' && fixedVersion !== null,
    )
    expect(clair.length).toBeGreaterThan(0)
    expect(update?.cves).toEqual([...new Set(clair.map(({ id }) => id))].sort())
  })

  test('then the summary says it, and nothing is left', async () => {
    expect(run.summary).toMatch(/fixes \d+ CVEs/)
    expect(run.events.filter((event) => isGate(event, 'Post')).map(({ stepResult }) => stepResult)).toContain(
      'success',
    )
    expect(run.temp).toEqual([])
    expect(await leftoversOfEnded()).toEqual([])
  })
})

/** Listens to which containers are started: of what is past, an engine that has much to do keeps little. */
function watchStarts(): { end(): string[] } {
  const filters = ['--filter', 'type=container', '--filter', 'event=start']
  const child = spawn('docker', ['events', ...filters, '--format', '{{.Actor.Attributes.name}}'])
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
  })
  return {
    end: () => {
      child.kill()
      return lines(text).sort()
    },
  }
}
