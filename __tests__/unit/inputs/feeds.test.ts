import { describe, expect, test } from '@jest/globals'
import { OSV_BUCKET } from '../../../src/feeds/osv/get.js'
import { type OsvPolicy, readFeeds } from '../../../src/inputs/feeds.js'
import { readJudging, readPolicies } from '../../../src/inputs/policies.js'
import { inputs } from '../../support/inputs.js'

const feeds = (part: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) => {
  const errors: string[] = []
  return { ...readFeeds(inputs(part), errors, env), errors }
}

const RELEASES = 'https://github.com/acme/data/releases'

describe('inputs of feeds', () => {
  test('when nothing is said, then all are asked at their publishers, and the list of CISA at its copy too', () => {
    const { tracker, published, publishedHours, cvss, epss, kev, offline, errors } = feeds()
    expect([cvss, epss, kev].map((all) => all.length)).toEqual([1, 1, 2])
    for (const url of [tracker, ...cvss, ...epss, ...kev]) {
      expect(url).toMatch(/^https:\/\//)
    }
    expect(kev[1]).toContain('/cisagov/kev-data/')
    expect([published, publishedHours, offline, errors]).toEqual([null, 48, false, []])
  })

  test('when none is said, then that one is not asked, whatever else is named for it', () => {
    const none = { cvss: 'none', kev: ' none ', epss: 'none', data: RELEASES }
    expect(feeds(none)).toMatchObject({ cvss: [], kev: [], epss: [], errors: [] })
  })

  test('when published data is named, then it comes first for ratings, and second for the rest', () => {
    for (const data of [RELEASES, process.cwd()]) {
      const { published, cvss, epss, kev, errors } = feeds({ data })
      expect([published, cvss[0], cvss.length, epss[1], kev.at(-1), errors]).toEqual([
        ...[data, data, 2, data, data, []],
      ])
      // It was made from the NVD's feeds, and stands in for no other source.
      expect(feeds({ data, cvss: './one-feed.json' }).cvss).toEqual(['./one-feed.json'])
      expect(feeds({ data, kev: './kev.json' }).kev).toEqual(['./kev.json', data])
    }
    expect(feeds({ data: ' none ' })).toMatchObject({ published: null, epss: [expect.anything()] })
  })

  test('when a URL has no attestation, or a folder is not there, then that is refused', () => {
    expect(feeds({ data: 'https://acme.test/map.json.gz' }).errors).toEqual([
      'data: "https://acme.test/map.json.gz" is not the releases page of a repository (https://github.com/acme/seaworthy/releases), so nothing attests its data',
    ])
    expect(feeds({ data: './no-such-folder' }).errors).toEqual([
      'data: there is no folder "./no-such-folder"',
    ])
  })

  test('when an input is empty, then that is an error: a variable that was not set must not switch a feed off', () => {
    expect(feeds({ kev: '', offline: 'yes' }).errors).toEqual([
      'offline: "yes" is neither true nor false',
      'kev: set it to a URL or a file, or to "none" to do without it',
    ])
  })

  test('when a trusted root is named, then it is read, and a file that is not there is an error', () => {
    const errors: string[] = []
    const root = readFeeds(inputs({ 'data-trusted-root': 'package.json' }), errors).trustedRoot
    expect([root?.includes('"seaworthy"'), errors]).toEqual([true, []])
    expect(readFeeds(inputs({}), errors).trustedRoot).toBeNull()
    readFeeds(inputs({ 'data-trusted-root': 'no-such.json' }), errors)
    expect(errors).toEqual(['data-trusted-root: there is no file no-such.json'])
  })

  test('when the action runs, then the data of its own repository is asked, unless another is named', () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/seaworthy' }
    const url = 'https://github.com/acme/seaworthy/releases'
    const mapOf = (...args: Parameters<typeof feeds>) => feeds(...args).cvss.slice(0, -1)
    expect(mapOf({}, env)).toEqual([url])
    // On an enterprise server the action is its own: at github.com the name may be anybody's.
    const onEnterprise = { ...env, GITHUB_SERVER_URL: 'https://ghe.acme.test' }
    expect(mapOf({}, onEnterprise)).toEqual([url.replace('github.com', 'ghe.acme.test')])
    expect(mapOf({}, { ...env, GITHUB_SERVER_URL: 'http://ghe.acme.test' })).toEqual([])
    expect(mapOf({ data: 'none' }, env)).toEqual([])
    expect(mapOf({ data: RELEASES }, env)).toEqual([RELEASES])
    expect(feeds({}, env)).toMatchObject({ published: url, epss: [expect.anything(), url] })
    expect(mapOf({}, { GITHUB_ACTION_REPOSITORY: '../evil?x' })).toEqual([])
  })
})

describe('inputs of OSV', () => {
  const osv = (
    part: Readonly<Record<string, string>>,
    osvPolicy: Partial<OsvPolicy> = {},
    env: Parameters<typeof readFeeds>[2] = {},
  ) => {
    const errors: string[] = []
    const policy = { application: 'act', programs: null, maxDataAge: 48, ...osvPolicy } as const
    const { osv: addresses, osvDays, osvFor } = readFeeds(inputs(part), errors, env, policy)
    return { addresses, osvDays, errors, ...(osvFor && { osvFor }) }
  }

  test('when nothing is said, then its bucket is asked, and its data may be 30 days old', () => {
    const addresses = [{ base: OSV_BUCKET, form: 'bucket' }]
    expect(osv({})).toEqual({ addresses, osvDays: 30, errors: [] })
    expect(osv({}, { maxDataAge: 24 * 90 }).osvDays).toBe(90)
  })

  test.each([
    ['off', null, 0, undefined],
    ['off', 'off', 0, undefined],
    ['act', null, 1, undefined],
    ['act', 'off', 1, 'packages'],
    ['off', 'act', 1, 'programs'],
    ['off', 'report', 1, 'programs'],
    ['report', 'report', 1, undefined],
  ] as const)(
    'when application is %s and programs is %s, then only what is judged is read',
    (application, programs, count, osvFor) => {
      const requests = osv({}, { application, programs })
      expect([requests.addresses.length, requests.osvFor]).toEqual([count, osvFor])
    },
  )

  test('when published data is named, then it is asked first, unless osv is set', () => {
    expect(osv({ data: RELEASES }).addresses).toEqual([
      { base: RELEASES, form: 'parts' },
      { base: OSV_BUCKET, form: 'bucket' },
    ])
    expect(osv({ data: RELEASES, osv: './osv' }).addresses).toEqual([{ base: './osv', form: 'bucket' }])
    expect(osv({ data: 'none' }).addresses).toHaveLength(1)
  })

  test('when the action runs, then the data of its repository is asked before the bucket, and before nothing else', () => {
    const env = { GITHUB_ACTION_REPOSITORY: 'acme/seaworthy' }
    const published = { base: 'https://github.com/acme/seaworthy/releases', form: 'parts' }
    expect(osv({}, {}, env).addresses).toEqual([published, { base: OSV_BUCKET, form: 'bucket' }])
    expect(osv({ osv: './osv' }, {}, env).addresses).toEqual([{ base: './osv', form: 'bucket' }])
    expect(osv({ data: 'none' }, {}, env).addresses).toHaveLength(1)
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
      expect(osv({ osv: value }).errors).toEqual([
        `osv: "${value}" is not an http(s) URL, a folder or "none"`,
      ])
    },
  )

  test('when osv is none, then that counts as application: off', () => {
    const gate = readPolicies(inputs({ osv: 'none' }), '2026-11-24')
    expect([gate.judging.policy.gate.application, gate.run.application]).toEqual(['off', 'off'])
    // Only then do reports name osv: the user may know nothing of the key.
    expect(gate.judging.policy.gate.isOffByOsv).toBe(true)
    expect(readPolicies(inputs({}), '2026-11-24').judging.policy.gate.isOffByOsv).toBe(false)
  })

  test('when the evidence of such a run is judged again, then the reports say the same', () => {
    const { judging } = readPolicies(inputs({ osv: 'none' }), '2026-11-24')
    expect(judging.inputs).toMatchObject({ osv: 'none' })
    expect(readJudging(inputs(judging.inputs), '2026-11-24').policy.gate.isOffByOsv).toBe(true)
    expect(readPolicies(inputs({ osv: 'https://osv.test/' }), '2026-11-24').judging.inputs).toEqual({})
    expect(readJudging(inputs({}), '2026-11-24').policy.gate.isOffByOsv).toBe(false)
  })
})
