import { describe, expect, test } from '@jest/globals'
import { OSV_BUCKET } from '../../../src/feeds/osv/get.js'
import { type HeldOsv, readFeeds } from '../../../src/inputs/feeds.js'
import { readHeld } from '../../../src/inputs/policies.js'
import { INPUTS } from '../../../src/inputs/table.js'

const given = (part: Readonly<Record<string, string>>) => (name: string) =>
  part[name] ?? INPUTS.find((input) => input.name === name)?.default ?? ''
const feeds = (part: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) => {
  const faults: string[] = []
  return { ...readFeeds(given(part), faults, env), faults }
}

describe('inputs of feeds', () => {
  test('when nothing is said, then all are asked at their publishers, and the list of CISA at its copy too', () => {
    const { tracker, trackerFallback, cvss, epss, kev, offline, faults } = feeds()
    expect([cvss, epss, kev].map((all) => all.length)).toEqual([1, 1, 2])
    for (const url of [tracker, ...cvss, ...epss, ...kev]) {
      expect(url).toMatch(/^https:\/\//)
    }
    expect(kev[1]).toContain('/cisagov/kev-data/')
    expect([trackerFallback, offline, faults]).toEqual([null, false, []])
  })

  test('when none is said, then that one is not asked, whatever else is named for it', () => {
    const none = {
      cvss: 'none',
      'cvss-map': 'm.gz',
      'cvss-fallback': 'f',
      kev: ' none ',
      'kev-fallback': 'k',
    }
    expect(feeds(none)).toMatchObject({ cvss: [], kev: [], faults: [] })
  })

  test('when second addresses are named, then they are asked last; what is empty or none is no address', () => {
    const second = {
      'tracker-fallback': ' /data/tracker.json ',
      'cvss-fallback': 'c',
      'epss-fallback': 'e',
      'kev-fallback': 'k',
    }
    const { trackerFallback, cvss, epss, kev } = feeds({ ...second, 'cvss-map': 'm.gz' })
    expect([trackerFallback, cvss[0], cvss.slice(2)]).toEqual(['/data/tracker.json', 'm.gz', ['c']])
    expect([epss.slice(1), kev.slice(1)]).toEqual([['e'], ['k']])
    const none = Object.fromEntries(Object.keys(second).map((name) => [name, 'none']))
    expect(feeds(none)).toMatchObject({ trackerFallback: null, epss: [epss[0]], kev: [kev[0]] })
    expect(feeds({ kev: './kev.json' }).kev).toEqual(['./kev.json'])
    // A map is made of the folder's feeds, and stands in for nothing else.
    expect(feeds({ cvss: './one-feed.json', 'cvss-map': 'm.gz' }).cvss).toEqual(['./one-feed.json'])
  })

  test('when an input is empty, then that is a fault: a variable that was not set must not switch a feed off', () => {
    expect(feeds({ kev: '', offline: 'yes' }).faults).toEqual([
      'offline: "yes" is not true or false',
      'kev: set it to a URL or a file, or to "none" to do without it',
    ])
  })

  test('when a trusted root is named, then it is read, and a file that is not there is a fault', () => {
    const faults: string[] = []
    const root = readFeeds(given({ 'data-trusted-root': 'package.json' }), faults).trustedRoot
    expect([root?.includes('"seaworthy"'), faults]).toEqual([true, []])
    expect(readFeeds(given({}), faults).trustedRoot).toBeNull()
    readFeeds(given({ 'data-trusted-root': 'no-such.json' }), faults)
    expect(faults).toEqual(['data-trusted-root: there is no file no-such.json'])
  })

  test('when the action runs, then the data of its own repository is asked, unless another is named', () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/seaworthy' }
    const url = 'https://github.com/acme/seaworthy/releases'
    const mapOf = (...args: Parameters<typeof feeds>) => feeds(...args).cvss.slice(0, -1)
    expect(mapOf({}, env)).toEqual([url])
    // On an enterprise server the action is its own: at github.com the name may be anybody's.
    const there = { ...env, GITHUB_SERVER_URL: 'https://ghe.acme.test' }
    expect(mapOf({}, there)).toEqual([url.replace('github.com', 'ghe.acme.test')])
    expect(mapOf({}, { ...env, GITHUB_SERVER_URL: 'http://ghe.acme.test' })).toEqual([])
    expect(mapOf({ 'cvss-map': 'none' }, env)).toEqual([])
    expect(mapOf({ 'cvss-map': 'm.gz' }, env)).toEqual(['m.gz'])
    expect(mapOf({}, { GITHUB_ACTION_REPOSITORY: '../evil?x' })).toEqual([])
  })
})

describe('inputs of OSV', () => {
  const osv = (
    part: Readonly<Record<string, string>>,
    held: Partial<HeldOsv> = {},
    env: Parameters<typeof readFeeds>[2] = {},
  ) => {
    const faults: string[] = []
    const policy = { application: 'act', maxDataAge: 48, ...held } as const
    const { osv: addresses, osvDays } = readFeeds(given(part), faults, env, policy)
    return { addresses, osvDays, faults }
  }

  test('when nothing is said, then its bucket is asked, and its data may be 30 days old', () => {
    const addresses = [{ base: OSV_BUCKET, form: 'bucket' }]
    expect(osv({})).toEqual({ addresses, osvDays: 30, faults: [] })
    expect(osv({}, { maxDataAge: 24 * 90 }).osvDays).toBe(90)
  })

  test('when a map and a folder are named, then the map is asked first', () => {
    expect(osv({ osv: './osv', 'osv-map': 'https://osv.test/parts/' }).addresses).toEqual([
      { base: 'https://osv.test/parts/', form: 'parts' },
      { base: './osv', form: 'bucket' },
    ])
    expect(osv({ 'osv-map': 'none' }).addresses).toHaveLength(1)
  })

  test('when the action runs, then the data of its repository is asked before the bucket, and before nothing else', () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/seaworthy' }
    const published = { base: 'https://github.com/acme/seaworthy/releases', form: 'parts' }
    expect(osv({}, {}, env).addresses).toEqual([published, { base: OSV_BUCKET, form: 'bucket' }])
    expect(osv({ osv: './osv' }, {}, env).addresses).toEqual([{ base: './osv', form: 'bucket' }])
    expect(osv({ 'osv-map': 'none' }, {}, env).addresses).toHaveLength(1)
    expect(osv({}, { application: 'off' }, env).addresses).toEqual([])
  })

  test('when the policy says off, then nobody is asked; when it does not, none cannot say so', () => {
    expect(osv({ osv: './osv' }, { application: 'off' }).addresses).toEqual([])
    expect(osv({ osv: 'none' }, { application: 'report' }).addresses).toEqual([
      { base: OSV_BUCKET, form: 'bucket' },
    ])
  })

  test.each(['ftp://osv.test/', 'gs://osv-vulnerabilities', 'file:///osv'])(
    'when it is %s, then it is refused',
    (value) => {
      expect(osv({ osv: value }).faults).toEqual([
        `osv: "${value}" is not an http(s) URL, a folder or "none"`,
      ])
    },
  )

  test('when osv is none, then that counts as application: off', () => {
    const gate = readHeld(given({ osv: 'none' }), '2026-11-24')
    expect([gate.judging.policy.gate.application, gate.run.application]).toEqual(['off', 'off'])
  })
})
