import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type FakeNvd, fakeNvd } from '../support/fake-nvd.js'
import { type FakeServer, fakeServer } from '../support/fake-server.js'
import { aMetric, epssText, kevText } from '../support/feed-texts.js'
import { keys } from '../support/policies.js'
import { LACKING_CVE, lackingImage } from './act/subjects.js'
import { removeImages } from './images.js'
import { newFolder, ROOT, reportOf, seaworthy, TRACKER } from './support.js'

/** Fakes of the five servers, which this machine may not reach; the tracker is the sample. */
let nvd: FakeNvd
let others: FakeServer
let folder: string
let sources: readonly string[]
beforeAll(async () => {
  folder = newFolder()
  nvd = await fakeNvd({ 2026: { [LACKING_CVE]: { cvssMetricV31: [aMetric({ score: 9.1 })] } } })
  const texts: Readonly<Record<string, () => string | Buffer>> = {
    '/tracker.json': () => readFileSync(TRACKER),
    '/epss.csv.gz': () => gzipSync(epssText({ [LACKING_CVE]: '0.25,0.9' })),
    '/kev.json': () => kevText({ [LACKING_CVE]: '2026-11-20' }),
    '/map.json.gz': () => readFileSync(join(folder, 'map.json.gz')),
  }
  others = await fakeServer(({ path }, response) => {
    const modified = new Date().toUTCString()
    response.writeHead(texts[path] ? 200 : 404, { 'last-modified': modified }).end(texts[path]?.())
  })
  sources = [
    ...['--tracker', `${others.url}/tracker.json`, '--cvss', `${others.url}/map.json.gz`],
    ...['--epss', `${others.url}/epss.csv.gz`, '--kev', `${others.url}/kev.json`],
  ]
})
afterAll(removeImages)

const at = (name: string) => join(folder, name)
/** `seaworthy feeds …` as dist has it: exit code, and what it prints. */
function feeds(...more: readonly string[]): Promise<readonly [number | null, string]> {
  return new Promise((resolve) => {
    const args = [join(ROOT, 'dist/cli.js'), 'feeds', ...more]
    const child = execFile(process.execPath, args, (_, stdout) => resolve([child.exitCode, stdout]))
  })
}

test('when a map of ratings is made, then the gate reads it', async () => {
  expect(await feeds('map', at('map.json.gz'), '--cache-dir', at('of-map'), '--cvss', nvd.base)).toEqual([
    0,
    `${at('map.json.gz')}: 1 CVEs, 2026-11-24\n`,
  ])
})

test('when all feeds are carried to a machine without a way out, then the gate judges by them there', async () => {
  nvd.sent.length = 0
  const [code, printed] = await feeds('fetch', ...sources, '--cache-dir', at('here'))
  expect([code, printed]).toEqual([
    0,
    // Docker Bench is at GitHub, which not every machine reaches; a scan can do without it.
    expect.stringMatching(
      /tracker: .*\nNVD CVSS data: .* 1 rows\nEPSS.* 1 rows\nCISA.* 1 rows\nDebian's archive: \d+ suites, \w+\n(?:Docker Bench: commit [0-9a-f]{40}\n$|error: Docker Bench could not be fetched: )/,
    ),
  ])
  expect(nvd.sent).toEqual([])
  const [exported, list] = await feeds('export', at('stick'), '--cache-dir', at('here'))
  expect([exported, list.split('\n').map((line) => line.split(' ')[0])]).toEqual([
    0,
    ['tracker', 'cvss', 'epss', 'kev', "Debian's", ''],
  ])
  // The same as one file, which has the feeds alone.
  const ofFile = list.replace(/^Debian's archive.*\n/m, '')
  expect(await feeds('export', at('all.tar'), '--cache-dir', at('here'))).toEqual([0, ofFile])
  const one = ['import', at('all.tar'), '--cache-dir', at('of-file')]
  expect(await feeds(...one)).toEqual([
    0,
    expect.stringMatching(/^nothing proves who made this file.*\ntracker/),
  ])
  expect(await feeds('status', '--cache-dir', at('of-file'))).toEqual([0, ofFile])
  expect(
    (
      await feeds(...one, '--bundle', at('no-such'), '--published-by', 'https://github.com/acme/seaworthy')
    )[0],
  ).toBe(2)
  expect((await feeds(...one, '--bundle', at('index.json')))[0]).toBe(2)
  await Promise.all([nvd.close(), others.close()])
  expect(await feeds('import', at('stick'), '--cache-dir', at('there'))).toEqual([0, list])
  expect(await feeds('status', '--cache-dir', at('there'))).toEqual([0, list])

  const offline = ['--offline', keys({ 'max-data-age': 168 }), '--cache-dir', at('there')]
  const ran = await seaworthy(['scan', lackingImage(), ...offline, ...sources])
  const finding = reportOf(ran).images[0]?.findings.find(({ id }) => id === LACKING_CVE)
  const [cvss, epss] = [{ score: 9.1 }, { probability: 0.25 }]
  expect(finding).toMatchObject({ kev: true, severity: 'critical', cvss, epss })
})
