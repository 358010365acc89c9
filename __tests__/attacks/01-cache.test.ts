import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeTable } from '../../src/feeds/formats/table.js'
import { keep, pathsOf } from '../../src/feeds/kept.js'
import { trackerPaths } from '../../src/feeds/tracker/kept.js'
import { tarOfMembers } from '../../src/io/archive/formats/tar-writer.js'
import { runStep, type Step, type StepOptions } from '../live/act/dist.js'
import { LACKING_CVE, lackingImage } from '../live/act/subjects.js'
import { removeImages, stanza, tinyDebian } from '../live/images.js'
import { CLAIR_INPUTS } from '../live/shared-clair.js'
import { newFolder, ROOT, TRACKER } from '../live/support.js'
import { type CacheService, cacheService } from '../support/cache-service.js'
import { type FakeServer, fakeServer } from '../support/fake-server.js'
import { kevText } from '../support/feed-texts.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { isEveryCase } from '../support/runs.js'
import { until } from '../support/waiting.js'

/** Debian ignores it in bookworm; in CISA's list of exploited vulnerabilities it keeps the image from release. */
const EXPLOITED = 'CVE-2023-45853'
const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [string, string, string]
const ETAG = '"of-today"'

let exploited: string
let lacking: string
let github: GitHubStub
let feeds: FakeServer
let down = false
/** The servers of the feeds answer once that is so. */
let mayAnswer = () => true
/** What the caches of jobs may do depends on no service: one Clair for all of them. */
beforeAll(async () => {
  exploited = tinyDebian('attack-kev', stanza('zlib1g', '1:1.2.13.dfsg-1', 'Source: zlib\n'))
  lacking = lackingImage()
  github = await githubStub()
  github.commits.set(MERGE, [BASE, HEAD])
  github.commits.set(BASE, [])
  github.files.set(`${BASE}:policies/gate.yml`, 'version: 1\nchecks: [clair]\n')
  // The servers of the feeds, which are honest: who says that he has what they have is told that it is unchanged.
  feeds = await fakeServer(async ({ path, headers }, response) => {
    await until(() => mayAnswer())
    if (down) {
      return response.writeHead(404).end()
    }
    if (headers['if-none-match'] === ETAG) {
      return response.writeHead(304).end()
    }
    const about = { etag: ETAG, 'last-modified': new Date().toUTCString() }
    const text = path === '/kev.json' ? honestKev() : readFileSync(TRACKER)
    return response.writeHead(200, about).end(text)
  })
})
afterAll(async () => {
  removeImages()
  await feeds.close()
  await github.close()
  expect(github.errors).toEqual([])
})

const others = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`CVE-2026-${20000 + at}`, '2026-11-20']))
const honestKev = () => kevText({ ...others(30), [EXPLOITED]: '2026-11-20' }, { dateReleased: new Date() })

const from = (full_name: string) => ({ sha: HEAD, ref: 'new', repo: { full_name } })
const SHOP = { ref: 'main', repo: { full_name: 'acme/shop' } }

/** What the runner says of a job, by who can write to the scope of the cache that it reads first. */
const JOBS = {
  'a pull request': { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
  'a merge queue': { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: 'refs/heads/gh-readonly-queue/main/7' },
  'the tag of a release': {
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/tags/v1.2.3',
    GITHUB_REF_TYPE: 'tag',
    GITHUB_REF_NAME: 'v1.2.3',
  },
  'a release': { GITHUB_EVENT_NAME: 'release', GITHUB_REF: 'refs/tags/v1.2.3', GITHUB_REF_TYPE: 'tag' },
  'a push to main': { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_REF_TYPE: 'branch' },
  'a job that may sign in elsewhere (id-token: write)': {
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF: 'refs/heads/main',
    GITHUB_REF_TYPE: 'branch',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:9/',
  },
} as const
type Job = keyof typeof JOBS
const ALL = Object.keys(JOBS) as Job[]
/** In these nothing is asked of the cache at all. */
const CLOSED: readonly Job[] = ALL.filter((job) => job !== 'a push to main')
/** One of those that are asked nothing, and the one that reads; a release's tag, too, in `script/long`. */
const SOME = [
  ...(['a pull request', 'a push to main'] as const),
  ...(isEveryCase ? (['the tag of a release'] as const) : []),
]

interface Home {
  readonly path: string
  /** Where the gate keeps feeds if nobody says otherwise. */
  readonly cache: string
}
function newHome(): Home {
  const path = newFolder()
  return { path, cache: join(path, '.cache/seaworthy') }
}

/** One job with the gate in it, as the runner starts it. */
async function gate(
  job: Job,
  home: Home,
  inputs: Readonly<Record<string, string>>,
  { cache = null, ...options }: StepOptions & { readonly cache?: CacheService | null } = {},
): Promise<Step> {
  const event = join(home.path, 'event.json')
  const pull = { number: 7, head: from('acme/shop'), base: SHOP }
  const payload = { number: 7, pull_request: pull, merge_group: { base_sha: BASE } }
  writeFileSync(event, JSON.stringify(payload))
  const kev = `${feeds.url}/kev.json`
  // A Clair that others run has a tracker of its own.
  const services = inputs.tracker ? {} : CLAIR_INPUTS
  const quiet = { 'check-run': 'false', comment: 'never', 'github-token': 'ghs_x' }
  return runStep(
    'action',
    { image: exploited, kev, ...quiet, ...services, ...inputs },
    {
      ...options,
      env: {
        HOME: home.path,
        ...JOBS[job],
        GITHUB_API_URL: github.url,
        GITHUB_EVENT_PATH: event,
        GITHUB_SHA: MERGE,
        RUNNER_ENVIRONMENT: 'github-hosted',
        ...cache?.env,
      },
    },
  )
}

/** Files by their absolute paths, packed as @actions/cache packs them. */
function packed(files: Readonly<Record<string, Buffer | string>>, pack = zstdCompressSync): Buffer {
  const members = Object.entries(files).map(([path, content]) => {
    return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, link: '', bytes: Buffer.from(content) } as const
  })
  return pack(tarOfMembers(members))
}

/** A KEV table as the gate keeps it, without the row that matters. */
async function forgedKev(cache: string, rows: number, etag: string | null) {
  const source = `${feeds.url}/kev.json`
  const about = { feed: 'kev', date: new Date().toISOString(), parts: {} } as const
  const table = makeTable(about, new Map(Object.entries(others(rows))))
  const folder = newFolder()
  const fetchedAt = new Date().toISOString()
  await keep(folder, 'kev', source, {
    table,
    meta: { url: source, fetchedAt, sha256: 'a'.repeat(64), etag, lastModified: null },
  })
  const [made, cached] = [pathsOf(folder, 'kev', source), pathsOf(cache, 'kev', source)]
  return { [cached.table]: readFileSync(made.table), [cached.meta]: readFileSync(made.meta) }
}

/** A tracker that has never heard of the update that the image lacks, and what is kept next to it. */
function forgedTracker(cache: string, rows: number, etag: string | null) {
  const whole = JSON.parse(readFileSync(TRACKER, 'utf8')) as Record<string, Record<string, unknown>>
  const text = JSON.stringify({ ...whole, apt: { ...whole.apt, [LACKING_CVE]: undefined } })
  const { path, validatorsPath } = trackerPaths(cache, `${feeds.url}/tracker.json`)
  const sha256 = createHash('sha256').update(text).digest('hex')
  return {
    [path]: text,
    [validatorsPath]: JSON.stringify({ sha256, etag, lastModified: new Date().toUTCString(), rows }),
  }
}

/** The verdict, and what it says of the exploited vulnerability. */
const judged = ({ outputs, stdout }: Step) => [outputs.verdict, /in CISA.s Known Exploited/.test(stdout)]
const FAILED = ['fail', true]

describe('(a) when the cache holds data that lack a row, and what their server calls the true ones', () => {
  test.each(ALL)('then in the job of %s the row still counts', async (job) => {
    const isOpen = !CLOSED.includes(job)
    // A gate that ends before the entry has been read stops reading it. So the feeds wait until it has the entry; even so, a
    // busy machine may be slow to read it.
    for (let attempt = 1; ; attempt++) {
      const home = newHome()
      const archive = packed(await forgedKev(home.cache, 30, ETAG))
      const cache = await cacheService(() => archive)
      mayAnswer = () => !isOpen || cache.log.some((line) => line.startsWith('GET /blob/'))
      const step = await gate(job, home, {}, { cache })
      mayAnswer = () => true
      await cache.close()
      expect(judged(step)).toEqual(FAILED)
      // Where the cache is read at all, nothing of this comes out of it.
      expect(cache.lookups.length > 0).toBe(isOpen)
      expect(existsSync(join(home.cache, 'feeds'))).toBe(false)
      const isRefused = step.stdout.includes('which was not requested')
      if (isRefused || !isOpen || attempt === 3) {
        expect(isRefused).toBe(isOpen)
        return
      }
    }
  })

  test('then the tracker is asked for as a whole, too', async () => {
    const home = newHome()
    const archive = packed(forgedTracker(home.cache, 570, ETAG), gzipSync)
    const cache = await cacheService(() => archive)
    const tracker = `${feeds.url}/tracker.json`
    const step = await gate('a pull request', home, { image: lacking, tracker }, { cache })
    await cache.close()
    expect(step.outputs.verdict).toBe('fail')
    expect(step.stdout).toContain(LACKING_CVE)
  })
})

describe('(a) when the server of a feed is down and the cache has a copy of it, as if it were of today', () => {
  test.each(SOME)('then in the job of %s that is no answer', async (job) => {
    const home = newHome()
    const archive = packed(await forgedKev(home.cache, 30, null))
    const cache = await cacheService(() => archive)
    down = true
    const step = await gate(job, home, {}, { cache })
    down = false
    await cache.close()
    expect(step.outputs.verdict).toBe('incomplete')
    expect(step.stdout).toContain('the server returned 404')
  })
})

describe('(a) when the cache says that a feed once had far more rows', () => {
  test.each(['a pull request', 'a push to main'] as const)(
    'then in the job of %s the true one is not “shrunk”',
    async (job) => {
      const home = newHome()
      const tracker = `${feeds.url}/tracker.json`
      const files = {
        ...(await forgedKev(home.cache, 3000, null)),
        ...forgedTracker(home.cache, 1e9, null),
      }
      const archive = packed(files)
      const cache = await cacheService(() => archive)
      const step = await gate(job, home, { tracker }, { cache })
      await cache.close()
      expect(judged(step)).toEqual(FAILED)
      expect(step.stdout).not.toContain('shrunk')
    },
  )
})

/** What somebody would put in the place of a file of ours: it says that all is well, or takes what it finds. */
const evil = {
  pass: `import { appendFileSync } from 'node:fs'
appendFileSync(process.env.GITHUB_OUTPUT, 'verdict<<E\\npass\\nE\\n')
process.exit(0)
`,
  thief: (loot: string) => `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(loot)}, process.env.ACTIONS_RUNTIME_TOKEN ?? '')
`,
}

/** The bundle in a place of its own, as the runner has it, and all of its bytes. */
function copyOfDist() {
  const dist = join(newFolder(), 'dist')
  cpSync(join(ROOT, 'dist'), dist, { recursive: true })
  const bytes = () => readdirSync(dist).map((name) => [name, readFileSync(join(dist, name), 'utf8')])
  return { dist, bytes, before: bytes() }
}

describe('when the archive in the cache writes to other places than its own', () => {
  test.each(SOME)('(b) then in the job of %s no code of it is run in the gate', async (job) => {
    const home = newHome()
    const { dist, bytes, before } = copyOfDist()
    const chunks = readdirSync(dist).filter((name) =>
      /^chunk-(io-http-http|checks-security-updates-archive-openpgp)\.js$/.test(name),
    )
    expect(chunks).toHaveLength(2)
    const archive = packed(Object.fromEntries(chunks.map((name) => [join(dist, name), evil.pass])))
    const cache = await cacheService(() => archive)
    const step = await gate(job, home, {}, { cache, dist })
    await cache.close()
    expect(judged(step)).toEqual(FAILED)
    expect(bytes()).toEqual(before)
  })

  test.each(SOME)('(c) then in the job of %s the post step is the gate’s own', async (job) => {
    const home = newHome()
    const loot = join(home.path, 'loot')
    const { dist, bytes, before } = copyOfDist()
    const archive = packed({ [join(dist, 'post.js')]: evil.thief(loot) })
    const cache = await cacheService(() => archive)
    const step = await gate(job, home, {}, { cache, dist })
    const env = { ...cache.env, 'STATE_run-id': step.state['run-id'] ?? '' }
    const post = await runStep('post', {}, { dist, temp: step.temp, env })
    await cache.close()
    expect([...judged(step), post.code]).toEqual([...FAILED, 0])
    expect(existsSync(loot)).toBe(false)
    expect(bytes()).toEqual(before)
  })
})

describe('when an earlier job of a self-hosted runner has written to the cache of its user', () => {
  const write = (files: Readonly<Record<string, Buffer | string>>) => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(path, '..'), { recursive: true })
      writeFileSync(path, content)
    }
  }

  test.each(['a push to main', 'the tag of a release'] as const)(
    'then in the job of %s its data do not count',
    async (job) => {
      const home = newHome()
      write(await forgedKev(home.cache, 30, ETAG))
      expect(judged(await gate(job, home, {}))).toEqual(FAILED)
    },
  )

  test('then it is no source for a job without a way out, either', async () => {
    const home = newHome()
    write(await forgedKev(home.cache, 30, null))
    const step = await gate('a push to main', home, { offline: 'true' })
    expect(step.outputs.verdict).toBe('incomplete')
    expect(step.stdout).toContain('the cached copy is not used, because others can write to the cache folder')
  })
})
