import { createHmac } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type Behaviour, UPDATED } from '../../support/fake-clair.js'
import { fakeEngine } from '../../support/fake-engine.js'
import { fakeServer, json } from '../../support/fake-server.js'
import { problemOfRejected } from '../../support/rejections.js'
import { trackerOf } from '../checks/clair/builders.js'
import {
  archives,
  CLEAN,
  clairs,
  findingsOf,
  folder,
  gate,
  IMAGE,
  problemsOf,
  UNOWNED,
  VULNERABLE,
} from './external-clair.js'

describe('a dictionary with overrides that are equally specific', () => {
  const over = (image: string) =>
    `  - {images: ["${image}"], checks: {"4.6": {reason: r, owner: o, expires: "2027-01-01"}}}\n`
  const policies = join(folder, 'tied')
  const file = join(policies, 'dictionary.yml')
  const tied = { policies, checks: 'clair,docker-bench' }

  test('when they fit an image of the request, then that is reported before anything is asked for', async () => {
    mkdirSync(policies)
    writeFileSync(
      file,
      `version: 1\nnumbering: dbs-1.6.1\noverrides:\n${over('ghcr.io/a*')}${over('*hcr.io/ab')}`,
    )
    const problem = await problemOfRejected(gate({ inputs: tied, images: [IMAGE, 'ghcr.io/ab'] }))
    expect(problem).toMatchObject({ code: 'policy-invalid', where: file })
    expect(problem.what).toContain(`${file}:5: 4.6 for "ghcr.io/ab": the override on line 4 is as specific`)
    expect(clairs.at(-1)?.requestsReceived).toEqual([])
  })

  test('when they fit none of them, or one has expired, then the images are judged', async () => {
    const { verdict } = await gate({ inputs: tied, tracker: CLEAN })
    expect(verdict.images).toHaveLength(1)
    const inputs = { ...tied, today: '2027-01-02' }
    const later = await gate({ inputs, images: ['ghcr.io/ab'], tracker: CLEAN })
    expect(later.verdict.images.map(({ reference }) => reference)).toEqual(['ghcr.io/ab'])
  })
})

describe('a Clair that answers rightly', () => {
  test('when the image is vulnerable, then it fails, and every layer was fetched by its digest', async () => {
    const { verdict, clair } = await gate()
    expect(verdict.verdict).toBe('fail')
    expect(findingsOf(verdict)).toEqual([
      'openssl CVE-2026-20002 act confirmed',
      'openssl CVE-2026-20003 deferred confirmed',
    ])
    const [image] = verdict.images
    expect(image?.findings.map(({ id, ruling }) => `${id} ${ruling}`)).toContain(`${UNOWNED} noted`)
    expect(image).toMatchObject({ distribution: 'Debian 12 bookworm', packageCount: 2 })
    const { images } = JSON.parse(readFileSync(join(archives, 'expected.json'), 'utf8'))[
      'save-26-containerdstore-buildkit.tar'
    ] as { images: { layers: { diff_id: string }[] }[] }
    const expected = new Set(images[0]?.layers.map(({ diff_id }) => diff_id))
    expect(expected.size).toBeGreaterThan(3)
    expect(new Set(clair.layers.slice(0, -1))).toEqual(expected)
    expect(clair.errors).toEqual([])
  })

  test('when nothing needs action, then it passes, with the date of Clair’s data among the sources', async () => {
    const { verdict } = await gate({ tracker: CLEAN })
    expect(verdict.verdict).toBe('pass')
    expect(findingsOf(verdict)).toEqual(['openssl CVE-2026-20003 deferred confirmed'])
    const dates = verdict.images[0]?.sources.map(({ name, date }) => [name, date])
    expect(dates).toContainEqual(['clair-update', UPDATED['debian/updater'][0]?.date])
  })

  test.each([
    'save-20.10-classic',
    'oci-zstd',
    'oci-gzip',
    'save-26-squashed',
    'save-29-containerdstore-by-id',
  ])('when the same image comes as %s, then its verdict has the same findings', async (name) => {
    const { verdict, clair } = await gate({ images: [join(archives, `${name}.tar.gz`)] })
    expect(clair.errors).toEqual([])
    expect(findingsOf(verdict)).toEqual([
      'openssl CVE-2026-20002 act confirmed',
      'openssl CVE-2026-20003 deferred confirmed',
    ])
  })

  test('when two images are judged, then each is asked for', async () => {
    const images = [IMAGE, join(archives, 'oci-gzip.tar.gz')]
    const { verdict } = await gate({ images })
    expect(verdict.images.map(({ reference, findings }) => [reference, findings.length])).toEqual(
      images.map((image) => [image, 3]),
    )
  })

  test('when Clair wants a login, then tokens signed with the key are what it gets', async () => {
    const key = Buffer.from('secret').toString('base64')
    const isSigned = (authorization = '') => {
      const [head, claims, mac] = authorization.replace(/^Bearer /, '').split('.')
      return createHmac('sha256', 'secret').update(`${head}.${claims}`).digest('base64url') === mac
    }
    const { verdict } = await gate({
      before: ({ headers }, response) => {
        if (isSigned(headers.authorization)) {
          return false
        }
        json(response, 401, { code: 'unauthorized' })
        return true
      },
      inputs: { 'clair-psk': key, 'clair-psk-issuer': 'gate' },
    })
    expect(verdict.verdict).toBe('fail')
  })
})

describe('a Clair that fails', () => {
  test('when the port for the layers is taken, then that is reported before any waiting for Clair', async () => {
    const taken = await fakeServer(() => {})
    const { verdict } = await gate({
      before: (_, response) => {
        json(response, 503, {})
        return true
      },
      inputs: { 'layer-url': `http://127.0.0.1:${taken.port}` },
    })
    await taken.close()
    expect(verdict.verdict).toBe('incomplete')
    expect(problemsOf(verdict)).toEqual(['cannot-serve'])
  })

  const at = (
    path: string,
    answer: (response: Parameters<NonNullable<Behaviour['before']>>[1]) => unknown,
  ): Behaviour => ({
    before: (allValues, response) => {
      if (!allValues.path.startsWith(path)) {
        return false
      }
      answer(response)
      return true
    },
  })
  const INDEX = '/indexer/api/v1/index_report'
  const REPORT = '/matcher/api/v1/vulnerability_report'
  const UPDATES = '/matcher/api/v1/internal/update_operation'
  const updatedAt = (date: string) => ({ 'debian/updater': [{ ...UPDATED['debian/updater'][0], date }] })
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()
  const failures: [string, Behaviour, string][] = [
    [
      '500 from the indexer',
      { indexed: (r) => json(r, 500, { code: 'x', message: 'y' }) },
      'clair-index-failed',
    ],
    ['hangs up while it indexes', { indexed: (r) => r.destroy() }, 'clair-index-failed'],
    [
      'an index that is not finished',
      { indexed: (r) => json(r, 201, { state: 'FetchLayers' }) },
      'clair-index-failed',
    ],
    [
      'an error before it came for a layer',
      at(INDEX, (r) => json(r, 500, { code: 'x', message: 'no route to host' })),
      'clair-cannot-reach-us',
    ],
    ['no request for a layer at all', at(INDEX, () => {}), 'clair-cannot-reach-us'],
    ['202 with no body from the matcher', at(REPORT, (r) => r.writeHead(202).end()), 'clair-no-report'],
    ['500 from the matcher', at(REPORT, (r) => json(r, 500, {})), 'clair-no-report'],
    ['hangs up while it matches', at(REPORT, (r) => r.destroy()), 'clair-no-report'],
    ['no word on its updates', at(UPDATES, (r) => json(r, 404, {})), 'clair-freshness-unknown'],
    [
      'no update of Debian’s',
      at(UPDATES, (r) => json(r, 200, { 'rhel/updater': [] })),
      'clair-freshness-unknown',
    ],
    [
      'a date of its update that is none',
      at(UPDATES, (r) => json(r, 200, { 'debian/updater': [{ ...UPDATED['debian/updater'][0], date: 5 }] })),
      'clair-freshness-unknown',
    ],
    ['an update of 2015', at(UPDATES, (r) => json(r, 200, updatedAt('2015-01-01T00:00:00Z'))), 'clair-stale'],
    ['an update of 49 hours ago', at(UPDATES, (r) => json(r, 200, updatedAt(hoursAgo(49)))), 'clair-stale'],
    ['hangs up when asked for updates', at(UPDATES, (r) => r.destroy()), 'clair-freshness-unknown'],
    ['a login that we have not', at('/', (r) => json(r, 401, {})), 'clair-refused'],
    ['503 for ever', at('/', (r) => json(r, 503, {})), 'clair-not-ready'],
  ]
  const WAITING = ['no request for a layer at all', '503 for ever']
  test.each(failures)('when there is %s, then the check is unanswered', async (failure, behaviour, code) => {
    // Only who waits in vain is to reach the limit: a busy machine takes its time over the others.
    const clairSeconds = WAITING.includes(failure) ? 2 : 100
    const { verdict } = await gate({ ...behaviour, tracker: CLEAN, clairSeconds })
    expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', code])
    expect(verdict.images[0]).toMatchObject({ distribution: 'Debian 12 bookworm', findings: [] })
  })

  test('when there is no tracker and no EPSS either, then one problem names all three', async () => {
    const missing = { tracker: join(folder, 'no-tracker.json'), epss: join(folder, 'no-epss.csv') }
    const { verdict } = await gate({ ...at('/', (r) => json(r, 401, {})), inputs: missing })
    expect(problemsOf(verdict)).toEqual(['clair-refused'])
    const problem = verdict.images[0]?.checks[0]?.problem
    for (const path of Object.values(missing)) {
      expect(problem?.where).toContain(path)
    }
    expect(problem?.todo).toMatch(/^set clair-psk .*; set tracker .*; /)
  })

  test('when it has enough to do for longer than it may take to come for a layer, then it is waited for', async () => {
    // Each costs 0.2 s, and a busy machine may need a second for the layer.
    let busy = 20
    const before: Behaviour['before'] = ({ path }, response) => {
      if (!path.startsWith(INDEX) || busy-- <= 0) {
        return false
      }
      response.writeHead(429).end()
      return true
    }
    const { verdict } = await gate({ before, tracker: CLEAN, clairSeconds: 3 })
    expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['pass', 'answered'])
  })

  test('when it has enough to do for ever, then the limit of the gate ends it', async () => {
    const { verdict } = await gate({
      ...at(INDEX, (r) => r.writeHead(429).end()),
      inputs: { timeout: '0.8' },
    })
    expect(problemsOf(verdict)).toEqual(['timeout'])
  })

  test('when its last update was 47 hours ago, then it is asked', async () => {
    const behaviour = at(UPDATES, (r) => json(r, 200, updatedAt(hoursAgo(47))))
    expect((await gate({ ...behaviour, tracker: CLEAN })).verdict.verdict).toBe('pass')
  })

  test.each<[string, Behaviour]>([
    ['when it has the layers', { indexed: () => {} }],
    ['when it is asked for the report', at(REPORT, () => {})],
  ])('when it says nothing %s, then the limit of the gate ends it', async (_, behaviour) => {
    const { verdict } = await gate({ ...behaviour, inputs: { timeout: '0.5' } })
    expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', 'timeout'])
  })

  test('when one of two images can’t be read, then only it is unanswered, and nothing waits for it', async () => {
    const cut = join(folder, 'cut.tar.gz')
    const whole = readFileSync(IMAGE)
    writeFileSync(cut, whole.subarray(0, whole.length / 2))
    const { verdict } = await gate({ images: [cut, IMAGE] })
    expect(verdict.verdict).toBe('fail')
    expect(verdict.images.map((image) => image.verdict)).toEqual(['incomplete', 'fail'])
    expect(verdict.images[0]).toMatchObject({ digest: null, findings: [] })
  })

  test('when the tracker does not know the release, then nothing is judged', async () => {
    const tracker = join(folder, 'old.json')
    writeFileSync(tracker, trackerOf(VULNERABLE).replaceAll('bookworm', 'buster'))
    const { verdict } = await gate({ inputs: { tracker } })
    expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', 'tracker-wrong-release'])
  })

  test('when the engine falls silent while the image is asked for, then the limit of the gate ends it', async () => {
    const engine = await fakeEngine({ 'GET /images/app:1/json': () => {} })
    const host = process.env.DOCKER_HOST
    process.env.DOCKER_HOST = engine.host
    const routes = { images: ['app:1'], inputs: { timeout: '0.3' }, warned: /no route/ }
    try {
      const { verdict } = await gate(routes)
      expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', 'timeout'])
    } finally {
      process.env.DOCKER_HOST = host
      await engine.close()
    }
  })

  test('when there is no folder for temporary files, then that is reported and nothing is begun', async () => {
    const temp = process.env.RUNNER_TEMP
    process.env.RUNNER_TEMP = join(folder, 'nowhere')
    try {
      expect(await problemOfRejected(gate())).toMatchObject({
        code: 'file-unwritable',
        where: join(folder, 'nowhere'),
      })
    } finally {
      process.env.RUNNER_TEMP = temp
    }
  })

  test('when an error of ours ends the run, then there is no verdict', async () => {
    const error = new TypeError('fault')
    await expect(gate({ signal: AbortSignal.abort(error) })).rejects.toBe(error)
  })

  test('when an engine is needed and there is none, then that is reported, not judged', async () => {
    const { verdict } = await gate({ images: ['app:1'] })
    expect([verdict.verdict, ...problemsOf(verdict)]).toEqual(['incomplete', 'no-engine'])
  })
})
