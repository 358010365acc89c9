import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { writeTracker } from '../../../../src/feeds/formats/tracker.js'
import { readOnce } from '../../../../src/feeds/spool.js'
import type { TrackerOptions } from '../../../../src/feeds/tracker/get.js'
import { openTracker } from '../../../../src/feeds/tracker/open.js'
import { dataProblem } from '../../../../src/judge/checks.js'
import { SeaworthyError } from '../../../../src/model/problem.js'
import { anEvidence } from '../../../support/builders.js'
import { fetchTracker } from '../../../support/fetch-tracker.js'
import { NEVER } from '../../../support/waiting.js'

const samplePath = fileURLToPath(new URL('../../../support/feeds/tracker.json', import.meta.url))
const sample = readFileSync(samplePath)
/** To the second, as HTTP has it. */
const MODIFIED = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000)
const wanted = [{ packages: new Set(['apt', 'bash', 'unheard-of']), codename: 'bookworm' }]

let folder: string
let server: Server
let handle: (request: IncomingMessage, response: ServerResponse) => void
let requests: IncomingMessage[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'feed-test-'))
  requests = []
  server = createServer((request, response) => {
    requests.push(request)
    handle(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

const url = (path = '/tracker.json') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
const get = (part: Partial<TrackerOptions> = {}) =>
  fetchTracker({
    source: url(),
    tempDir: folder,
    retries: 1,
    backoffMs: 1,
    timeoutMs: NEVER,
    wanted,
    ...part,
  })
const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof SeaworthyError) {
    return error.problem
  }
  throw new Error(`expected a problem, got ${error}`)
}
const fileWith = (content: string | Uint8Array) => {
  const path = join(folder, 'document')
  writeFileSync(path, content)
  return path
}

describe('a tracker', () => {
  test('when it is downloaded, then it is narrowed, and its source is known', async () => {
    handle = (_, response) => {
      response.setHeader('last-modified', MODIFIED.toUTCString())
      response.end(sample)
    }
    const { tracker, source, packages, releases } = await get()
    expect([...tracker.keys()].sort()).toEqual(['apt', 'bash'])
    const rows = [...tracker.values()].flatMap((cves) => [...cves.values()])
    expect(rows.every((entry) => [...entry.releases.keys()].join() === 'bookworm')).toBe(true)
    expect(source).toEqual({
      name: 'debian-security-tracker',
      url: url(),
      fetchedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      date: MODIFIED.toISOString(),
      sha256: createHash('sha256').update(sample).digest('hex'),
      rows: 570,
    })
    expect(packages).toBe(44)
    expect([...releases].sort()).toEqual(['bookworm', 'bullseye', 'sid', 'trixie'])
    expect(readdirSync(folder)).toEqual([])
  })

  test('when it is a file, then its date is not known: a file’s own time is that of its copy', async () => {
    const path = fileWith(sample)
    for (const name of [path, pathToFileURL(path).href]) {
      const { source, tracker } = await get({ source: name })
      expect(source).toMatchObject({ date: null, rows: 570 })
      expect(tracker.size).toBe(2)
    }
  })

  test('when it is packed with gzip, in a file or on the way, then it is unpacked', async () => {
    const plain = await get({ source: samplePath })
    handle = (_, response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end(gzipSync(sample))
    }
    for (const source of [url(), fileWith(gzipSync(sample))]) {
      const packed = await get({ source })
      expect(packed.source.sha256).toBe(plain.source.sha256)
      expect(writeTracker(packed.tracker)).toBe(writeTracker(plain.tracker))
    }
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip')
    expect(readdirSync(folder)).toEqual(['document'])
  })

  test('when it begins with a byte order mark, then it says the same', async () => {
    const plain = await get({ source: samplePath })
    const marked = await get({ source: fileWith(Buffer.concat([Buffer.from('\uFEFF'), sample])) })
    expect(writeTracker(marked.tracker)).toBe(writeTracker(plain.tracker))
    expect(plain.tracker.size).toBeGreaterThan(0)
  })

  test('when several images want it, then each package has the releases of the images that have it', async () => {
    const opened = await openTracker({ source: samplePath })
    const { tracker } = await opened.narrow([
      { packages: new Set(['apt', 'bash']), codename: 'bookworm' },
      { packages: new Set(['apt']), codename: 'trixie' },
    ])
    await opened.close()
    const releasesOf = (name: string) =>
      new Set([...(tracker.get(name)?.values() ?? [])].flatMap((entry) => [...entry.releases.keys()]))
    expect(releasesOf('apt')).toEqual(new Set(['bookworm', 'trixie']))
    expect(releasesOf('bash')).toEqual(new Set(['bookworm']))
  })

  test('when it knows none of the packages, then that is an answer', async () => {
    const nobody = [{ packages: new Set(['unheard-of']), codename: 'bookworm' }]
    const { tracker, source } = await fetchTracker({ source: samplePath, wanted: nobody })
    expect(tracker.size).toBe(0)
    expect(source.rows).toBe(570)
  })

  test('when its address has credentials, then they are sent, and are in no source and no error', async () => {
    handle = (_, response) => response.end(sample)
    const secret = (path: string) => url(path).replace('//', '//user:pa55@')
    const { source } = await get({ source: secret('/tracker.json?token=t0ken') })
    expect(source.url).not.toMatch(/pa55|t0ken/)
    expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa('user:pa55')}`)
    handle = (_, response) => response.writeHead(403).end()
    expect(JSON.stringify(await problemOf(get({ source: secret('/x?token=t0ken') })))).not.toMatch(
      /pa55|t0ken/,
    )
  })
})

describe('a tracker that is none', () => {
  test('when nobody answers, or with an error, then it is unreachable', async () => {
    handle = (_, response) => response.writeHead(404).end('not here')
    expect(await problemOf(get())).toMatchObject({
      code: 'tracker-unreachable',
      what: 'the server returned 404',
      where: url(),
    })
    expect(await problemOf(get({ source: 'http://127.0.0.1:1/' }))).toMatchObject({
      code: 'tracker-unreachable',
      what: expect.stringContaining('ECONNREFUSED'),
    })
    expect(await problemOf(get({ source: join(folder, 'missing') }))).toMatchObject({
      code: 'tracker-unreachable',
      what: expect.stringContaining('ENOENT'),
    })
    expect((await problemOf(get({ source: folder }))).code).toBe('tracker-unreachable')
  })

  test('when it takes too long, then it is unreachable', async () => {
    handle = () => undefined
    expect(await problemOf(get({ timeoutMs: 100 }))).toMatchObject({
      code: 'tracker-unreachable',
      what: "the security tracker's data could not be fetched: no complete response within 0.1 s",
    })
  })

  test('when the user gives up, then the reason is thrown as it is', async () => {
    handle = () => undefined
    const reason = new Error('interrupted')
    await expect(get({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  test('when the connection breaks, then it is got again; when it breaks again, then it is truncated', async () => {
    const broken = (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': sample.length })
      response.write(sample.subarray(0, 1000), () => response.destroy())
    }
    handle = (_, response) => (requests.length === 1 ? broken(response) : response.end(sample))
    expect((await get()).source.rows).toBe(570)
    handle = (_, response) => broken(response)
    const problem = await problemOf(get())
    expect(problem.code).toBe('tracker-truncated')
    expect(problem.what).toMatch(new RegExp(`after \\d+ of ${sample.length} bytes`))
    expect(readdirSync(folder)).toEqual([])
  })

  test.each<[string, string, string | Uint8Array, RegExp]>([
    [
      'cut',
      'tracker-truncated',
      sample.subarray(0, 5000),
      /ends too early, after \d+ complete members at byte 5000/,
    ],
    ['packed and cut', 'tracker-truncated', gzipSync(sample).subarray(0, 5000), /unexpected end of file/],
    ['packed twice', 'tracker-not-json', gzipSync(gzipSync(sample)), /is not the security tracker's data/],
    ['without a byte', 'tracker-truncated', '', /at byte 0/],
    ['an error page', 'tracker-not-json', '<html>Bad gateway', /starts with "<html>Bad gateway"/],
    ['a list', 'tracker-not-json', '[]', /starts with "\[\]"/],
    ['broken gzip', 'tracker-not-json', Buffer.from([0x1f, 0x8b, 9, 9, 9, 9, 9, 9, 9, 9, 9]), /./],
    ['empty', 'tracker-empty', '{}', /no vulnerabilities at all/],
    ['packages without vulnerabilities', 'tracker-empty', '{"apt":{}}', /no vulnerabilities at all/],
    ['some other object', 'tracker-empty', '{"message":"rate limit"}', /no vulnerabilities at all/],
    [
      'an object of objects',
      'tracker-wrong-release',
      '{"a":{"b":1}}',
      /has no data for Debian bookworm; it covers: none/,
    ],
    [
      'wrong in what is wanted',
      'tracker-malformed',
      '{"apt":{"C":{"releases":{"bookworm":{}}}}}',
      /expected format/,
    ],
  ])('when it is %s, then it is %s', async (_, code, content, what) => {
    const problem = await problemOf(get({ source: fileWith(content) }))
    expect(problem).toMatchObject({ code, what: expect.stringMatching(what) })
  })

  test('when it is larger than a tracker can be, then it is given up, and nothing of it is left', async () => {
    async function* body() {
      yield Buffer.from('{')
      yield new Uint8Array(2 ** 30) // of zeroes that nobody touches
    }
    const target = { copyTo: join(folder, 'copy'), keepAs: join(folder, 'kept') }
    expect(await problemOf(readOnce(body(), target, 4))).toMatchObject({ code: 'tracker-too-large' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('when a name in it begins with a byte order mark, then it is no other name', async () => {
    async function* body() {
      yield Buffer.from('{"\ufeffapt":{"a":1}}')
    }
    const target = { copyTo: join(folder, 'copy'), keepAs: null }
    const spooled = await readOnce(body(), target, 4)
    expect(await spooled.read('apt')).toBeUndefined()
    expect(await spooled.read('\ufeffapt')).toEqual({ a: 1 })
    await spooled.close()
  })

  test('when it has never heard of the release, then it is the wrong one, and those that it has are named', async () => {
    const buster = [{ packages: new Set(['apt']), codename: 'buster' }]
    expect(await problemOf(fetchTracker({ source: samplePath, wanted: buster }))).toMatchObject({
      code: 'tracker-wrong-release',
      what: 'the security tracker has no data for Debian buster; it covers: bookworm, bullseye, sid, trixie',
    })
  })
})

describe('a tracker that says something twice', () => {
  const rows = (fixed: string) => `{"releases":{"bookworm":{"status":"resolved","fixed_version":"${fixed}"}}}`
  test.each([
    ['a package', `{"apt":{"CVE-1":${rows('9')}},"bash":{},"apt":{"CVE-1":${rows('0')}}}`],
    ['a CVE of a package', `{"apt":{"CVE-1":${rows('9')},"CVE-1":${rows('0')}}}`],
    [
      'a field of a row',
      `{"apt":{"CVE-1":${rows('9').replace('{"status"', '{"fixed_version":"0","status"')}}}`,
    ],
  ])('when it is %s, then nobody knows which one counts, and it is refused', async (_, content) => {
    expect(await problemOf(get({ source: fileWith(content) }))).toMatchObject({
      code: 'tracker-malformed',
      what: expect.stringContaining('twice'),
    })
    expect(readdirSync(folder)).toEqual(['document'])
  })
})

/** Whether a moment lies between another and now; times of this form are ordered as texts. */
const isBetween = (before: string, moment: string | null) =>
  moment !== null && before <= moment && moment <= new Date().toISOString()

describe('the age of a tracker', () => {
  test('when the server says of when it is, then that is its date', async () => {
    handle = (_, response) => {
      response.setHeader('last-modified', MODIFIED.toUTCString())
      response.end(sample)
    }
    expect((await get()).source.date).toBe(MODIFIED.toISOString())
  })

  test('when the server does not say, then it has no date, and was fetched now', async () => {
    handle = (_, response) => response.end(sample)
    const before = new Date().toISOString()
    const { date, fetchedAt } = (await get()).source
    expect(date).toBeNull()
    expect(isBetween(before, fetchedAt)).toBe(true)
  })

  test('when it is a file, then it was fetched when the file was written', async () => {
    const path = fileWith(sample)
    const written = new Date('2025-11-24T10:00:00Z')
    utimesSync(path, written, written)
    expect((await get({ source: path })).source).toMatchObject({
      date: null,
      fetchedAt: written.toISOString(),
    })
  })

  test('when it is a file of a day that is to come, then that is its date, so that it never counts as of now', async () => {
    const path = fileWith(sample)
    const tomorrow = new Date(Date.now() + 2 * 86_400_000)
    utimesSync(path, tomorrow, tomorrow)
    const { source } = await get({ source: path })
    expect(source.date).toBe(tomorrow.toISOString())
    expect(Date.parse(source.fetchedAt ?? '')).toBeLessThanOrEqual(Date.now())
    expect(dataProblem(anEvidence({ sources: [source] }), { maxAge: 48, today: '2020-01-01' })?.code).toBe(
      'data-from-the-future',
    )
  })

  test('when the one that was kept is old and the server has no other, then its date is the old one', async () => {
    const cached = () => get({ cacheDir: join(folder, 'cache') })
    const old = new Date('2025-11-24T10:00:00Z').toUTCString()
    handle = (request, response) => {
      response.setHeader('last-modified', old)
      if (request.headers['if-modified-since'] === old) {
        response.writeHead(304).end()
      } else {
        response.end(sample)
      }
    }
    await cached()
    const before = new Date().toISOString()
    const { date, fetchedAt } = (await cached()).source
    expect(date).toBe('2025-11-24T10:00:00.000Z')
    expect(isBetween(before, fetchedAt)).toBe(true)
  })
})

describe('a tracker with a second address', () => {
  const both = (part: Partial<TrackerOptions> = {}) => get({ published: url('/second.json'), ...part })
  const answerBy = (first: (response: ServerResponse) => void) => {
    handle = (request, response) => (request.url === '/second.json' ? response.end(sample) : first(response))
  }

  test('when the first gives it, then the second is not asked', async () => {
    answerBy((response) => response.end(sample))
    expect((await both()).source).not.toHaveProperty('instead')
    expect(requests.map(({ url: path }) => path)).toEqual(['/tracker.json'])
  })

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['is down', (response) => response.writeHead(404).end(), 'the server returned 404'],
    ['is empty', (response) => response.end('{}'), 'no vulnerabilities at all'],
    ['is cut', (response) => response.end(sample.subarray(0, 1000)), 'arrived incomplete'],
    ['is an error page', (response) => response.end('<html>'), "is not the security tracker's data"],
  ])('when the first %s, then the second is taken, and the source says why', async (_, first, why) => {
    answerBy(first)
    const { source, tracker } = await both()
    expect([source.url, source.rows, tracker.size]).toEqual([url('/second.json'), 570, 2])
    expect(source.instead).toMatch(/^read from another address: .*\/tracker\.json returned nothing \(/)
    expect(source.instead).toContain(why)
    expect(readdirSync(folder)).toEqual([])
  })

  test('when both fail, then both are reported', async () => {
    handle = (_, response) => response.writeHead(404).end()
    const problem = await problemOf(both())
    expect(problem).toMatchObject({
      code: 'tracker-unreachable',
      where: `${url()}; ${url('/second.json')}`,
    })
  })

  test('when the user gives up, then the second is not asked', async () => {
    handle = () => undefined
    const reason = new Error('interrupted')
    await expect(both({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(requests).toEqual([])
  })

  test('when offline, then what is kept of the second does', async () => {
    const cacheDir = join(folder, 'cache')
    answerBy((response) => response.writeHead(404).end())
    await both({ cacheDir })
    const requestCount = requests.length
    expect((await both({ cacheDir, offline: true })).source.rows).toBe(570)
    expect(requests).toHaveLength(requestCount)
  })
})

describe('a kept tracker', () => {
  const cached = () => get({ cacheDir: join(folder, 'cache') })
  const serve = (_: IncomingMessage, response: ServerResponse) => {
    response.setHeader('last-modified', MODIFIED.toUTCString())
    response.setHeader('etag', '"1"')
    const fresh = requests.at(-1)?.headers['if-none-match'] === '"1"'
    fresh ? response.writeHead(304).end() : response.end(sample)
  }

  test('when the server says that nothing has changed, then what was kept is read', async () => {
    handle = serve
    const first = await cached()
    const second = await cached()
    expect(requests[1]?.headers['if-modified-since']).toBe(MODIFIED.toUTCString())
    expect(second).toEqual({ ...first, source: { ...first.source, fetchedAt: expect.any(String) } })
    expect(requests).toHaveLength(2)
    expect(readdirSync(join(folder, 'cache'))).toHaveLength(2)
  })

  test.each(['{}', '{"apt":{"CVE-1":{"releases":{"bookworm":{"status":"resolved"}}}}}', '<html>'])(
    'when what was kept has become %s, then it is got again',
    async (content) => {
      handle = serve
      await cached()
      const name = readdirSync(join(folder, 'cache')).find((each) => !each.includes('validators')) ?? ''
      writeFileSync(join(folder, 'cache', name), content)
      expect((await cached()).source.rows).toBe(570)
    },
  )

  test.each(['tracker', 'validators'])(
    'when others may write to its %s, then it does not count',
    async (which) => {
      handle = serve
      await cached()
      const names = readdirSync(join(folder, 'cache'))
      const name = names.find((one) => one.includes('validators') === (which === 'validators')) ?? ''
      chmodSync(join(folder, 'cache', name), 0o666)
      await cached()
      expect(requests[1]?.headers['if-none-match']).toBeUndefined()
      const offline = () => get({ cacheDir: join(folder, 'cache'), offline: true })
      chmodSync(join(folder, 'cache', name), 0o666)
      expect((await problemOf(offline())).code).toBe('tracker-not-kept')
      expect((await problemOf(get({ cacheDir: null, offline: true }))).code).toBe('cache-not-trusted')
    },
  )

  test('when it has lost more than a third of its rows, then it is refused, and what was kept stays', async () => {
    const whole = JSON.parse(sample.toString('utf8')) as Record<string, object>
    const names = Object.keys(whole).sort()
    const few = (part: number) =>
      JSON.stringify(
        Object.fromEntries(names.slice(0, names.length * part).map((name) => [name, whole[name]])),
      )
    handle = (_, response) => response.end(sample)
    await cached()
    handle = (_, response) => response.end(few(0.4))
    for (let round = 0; round < 2; round++) {
      const problem = await problemOf(cached())
      expect(problem.code).toBe('tracker-shrunk')
      expect(problem.what).toMatch(/the number of rows in the security tracker fell from 570 to \d+/)
      expect(problem.todo).toContain(join(folder, 'cache', 'tracker-'))
    }
    expect(readdirSync(join(folder, 'cache'))).toHaveLength(2)
    handle = (_, response) => response.end(few(0.9))
    expect((await cached()).source.rows).toBeLessThan(570)
  })

  test('when a download is cut, then nothing is kept', async () => {
    handle = (_, response) => response.end(sample.subarray(0, 1000))
    expect((await problemOf(cached())).code).toBe('tracker-truncated')
    expect(readdirSync(join(folder, 'cache'))).toEqual([])
  })
})
