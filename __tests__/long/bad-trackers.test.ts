import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { removeImages, tinyDebian } from '../live/images.js'
import { newFolder, pairsOf, reportOf, TRACKER } from '../live/support.js'
import { type Done, HERE, runOn } from '../live/test-engine.js'
import { freePort } from '../support/free-port.js'
import { keys } from '../support/policies.js'

const WHOLE = readFileSync(TRACKER)
const PACKED = gzipSync(WHOLE)
const servers: Server[] = []
let image: string
beforeAll(() => {
  image = tinyDebian('bad-trackers')
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
afterAll(removeImages)

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/tracker`),
    )
  })
}

const body =
  (bytes: Buffer | string, type = 'application/json', modified?: Date): RequestListener =>
  (_, response) =>
    void response
      .writeHead(200, {
        'content-type': type,
        ...(modified === undefined ? {} : { 'last-modified': modified.toUTCString() }),
      })
      .end(bytes)

const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000)

/** A tracker with the rows of these packages alone, for these releases. */
function trackerOf(packages: (name: string) => boolean, releases?: readonly string[]): string {
  type Entry = { releases: Record<string, object> }
  const document = JSON.parse(WHOLE.toString('utf8')) as Record<string, Record<string, Entry>>
  const kept = Object.entries(document).filter(([name]) => packages(name))
  if (releases) {
    for (const entry of kept.flatMap(([, entries]) => Object.values(entries))) {
      const rows = Object.entries(entry.releases)
      entry.releases = Object.fromEntries(rows.filter(([codename]) => releases.includes(codename)))
    }
  }
  return JSON.stringify(Object.fromEntries(kept))
}

/** The same packages and CVEs, for releases of Ubuntu. */
function ofAnotherDistribution(): string {
  return ['bullseye', 'bookworm', 'trixie', 'sid'].reduce(
    (text, codename, index) =>
      text.replaceAll(`"${codename}"`, `"${['focal', 'jammy', 'noble', 'devel'][index]}"`),
    WHOLE.toString('utf8'),
  )
}

const scan = (tracker: string, ...more: readonly string[]) =>
  runOn(HERE, ['scan', image, '--tracker', tracker, ...more])

function expectUnanswered(ran: Done, code: string): void {
  expect(ran.code).toBe(2)
  const report = reportOf(ran)
  expect(report.verdict).toBe('incomplete')
  expect(report.images[0]?.findings).toEqual([])
  expect(report.unanswered.map(({ problem }) => problem.code)).toEqual([code])
  expect(ran.left).toEqual([])
}

const HTML = '<!DOCTYPE html><html><body>Please log in</body></html>'

describe('when the security tracker is bad', () => {
  test('then one that is unreachable is reported', async () => {
    const ran = await scan(`http://127.0.0.1:${await freePort()}/tracker`)
    expectUnanswered(ran, 'tracker-unreachable')
    expect(ran.stdout).toContain('ECONNREFUSED')
  })

  test('then a file that is not there is reported', async () => {
    expectUnanswered(await scan(join(newFolder(), 'none.json')), 'tracker-unreachable')
  })

  test.each<[string, string, RequestListener]>([
    ['an empty object', 'tracker-empty', body('{}')],
    ['nothing at all', 'tracker-truncated', body('')],
    ['a login page', 'tracker-not-json', body(HTML, 'text/html')],
    ['an array', 'tracker-not-json', body('[]')],
    ['half of it', 'tracker-truncated', body(WHOLE.subarray(0, WHOLE.length / 2))],
    ['half of its gzip', 'tracker-truncated', body(PACKED.subarray(0, PACKED.length / 2))],
    ['two of them', 'tracker-not-json', body(Buffer.concat([WHOLE, WHOLE]))],
    ['rows of another form', 'tracker-malformed', body('{"openssl":{"CVE-1":{"releases":{"bookworm":[]}}}}')],
    [
      'a status that nobody knows',
      'tracker-malformed',
      body('{"openssl":{"CVE-1":{"releases":{"bookworm":{"status":"mitigated","urgency":"low"}}}}}'),
    ],
    ['other releases only', 'tracker-wrong-release', body(trackerOf(() => true, ['trixie', 'sid']))],
    ['rows of another distribution', 'tracker-wrong-release', body(ofAnotherDistribution())],
    ['one of a year ago', 'tracker-stale', body(WHOLE, 'application/json', ago(365 * 24))],
    ['one of 49 hours ago', 'tracker-stale', body(WHOLE, 'application/json', ago(49))],
    ['one of the day after tomorrow', 'data-from-the-future', body(WHOLE, 'application/json', ago(-48))],
    ['500 each time', 'tracker-unreachable', (_, response) => void response.writeHead(500).end('{}')],
    ['404', 'tracker-unreachable', (_, response) => void response.writeHead(404).end(WHOLE)],
    ['204', 'tracker-unreachable', (_, response) => void response.writeHead(204).end()],
  ])('then %s is incomplete: %s', async (_, code, listener) => {
    expectUnanswered(await scan(await serve(listener)), code)
  })

  test('then a cached one of a year ago is incomplete, although the server has no newer one', async () => {
    const cache = ['--cache-dir', newFolder()]
    const modified = ago(365 * 24)
    const url = await serve((request, response) => {
      if (request.headers['if-modified-since'] === undefined) {
        body(WHOLE, 'application/json', modified)(request, response)
      } else {
        response.writeHead(304).end()
      }
    })
    expectUnanswered(await scan(url, ...cache), 'tracker-stale')
    expectUnanswered(await scan(url, ...cache), 'tracker-stale')
    const allowed = await scan(url, ...cache, keys({ 'max-data-age': 9000 }))
    expect(reportOf(allowed).unanswered).toEqual([])
  })

  test('then a file of a year ago is incomplete, and max-data-age may allow it', async () => {
    const file = join(newFolder(), 'tracker.json')
    writeFileSync(file, WHOLE)
    utimesSync(file, ago(365 * 24), ago(365 * 24))
    expectUnanswered(await scan(file), 'tracker-stale')
    expect(reportOf(await scan(file, keys({ 'max-data-age': 9000 }))).unanswered).toEqual([])
  })

  test('then one that lost more than a third since the last run is incomplete, each time', async () => {
    const cache = ['--cache-dir', newFolder()]
    const sent = { now: WHOLE as Buffer | string }
    const url = await serve((request, response) => body(sent.now)(request, response))
    expect(reportOf(await scan(url, ...cache)).unanswered).toEqual([])
    // More than half of the rows are of packages from k on.
    sent.now = trackerOf((name) => name < 'k' || name === 'openssl')
    for (let round = 0; round < 2; round++) {
      expectUnanswered(await scan(url, ...cache), 'tracker-shrunk')
    }
  })

  test('then a connection that breaks off each time is incomplete, after another attempt', async () => {
    let requests = 0
    const url = await serve((_, response) => {
      requests++
      response.writeHead(200, { 'content-length': WHOLE.length })
      response.write(WHOLE.subarray(0, 100_000), () => response.destroy())
    })
    expectUnanswered(await scan(url), 'tracker-truncated')
    expect(requests).toBe(2)
  })

  test.each<[string, RequestListener]>([
    ['says nothing', () => undefined],
    ['stops in its midst', (_, response) => void response.writeHead(200).write(WHOLE.subarray(0, 100_000))],
  ])('then a server that %s ends in time', async (_, listener) => {
    const ran = await scan(await serve(listener), keys({ timeouts: { download: 4 } }))
    expectUnanswered(ran, 'tracker-unreachable')
  })
})

describe('when the security tracker is good', () => {
  test('then gzip, plain or by a file, is read as the plain one is', async () => {
    const file = join(newFolder(), 'tracker.json.gz')
    writeFileSync(file, PACKED)
    const packed: RequestListener = (_, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(PACKED)
    const plain = await scan(TRACKER)
    const findings = reportOf(plain).images[0]?.findings ?? []
    expect(findings.length).toBeGreaterThan(3)
    for (const tracker of [file, await serve(body(WHOLE)), await serve(packed)]) {
      const ran = await scan(tracker)
      expect(reportOf(ran).images[0]?.findings).toEqual(findings)
      expect(reportOf(ran).sources.map(({ sha256 }) => sha256)).toEqual(
        reportOf(plain).sources.map(({ sha256 }) => sha256),
      )
      expect([ran.code, ran.left]).toEqual([plain.code, []])
    }
  })

  test('then 500 twice and then the tracker is an answer', async () => {
    let requests = 0
    const url = await serve((_, response) => {
      if (++requests < 3) {
        response.writeHead(500).end()
      } else {
        response.end(WHOLE)
      }
    })
    expect(pairsOf(reportOf(await scan(url))).length).toBeGreaterThan(3)
  })

  test('then one that knows none of the image’s packages is an answer: no findings, and the canary proves it', async () => {
    const ran = await scan(await serve(body(trackerOf((name) => name !== 'openssl'))))
    const report = reportOf(ran)
    expect([ran.code, report.verdict, pairsOf(report), ran.left]).toEqual([0, 'pass', [], []])
    expect(report.images[0]?.checks.map(({ state, notes }) => [state, notes.at(-1)])).toEqual([
      ['answered', 'canary found'],
      ['answered', expect.anything()],
    ])
  })
})
