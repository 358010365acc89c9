import { describe, expect, test } from '@jest/globals'
import { interpret } from '../../../../../src/checks/clair/interpret.js'
import { isVulnerability } from '../../../../../src/model/finding/index.js'
import type { ForeignPackage } from '../../../../../src/model/origin.js'
import { debian, evidenceOf, type Package, type Rows, reportOf, scanned, statusOf } from '../builders.js'

/** Packages of a bookworm image that are judged by the rows of another release, and Clair that knows bookworm's alone. */

type Releases = Readonly<Record<string, object>>
const ROW = { status: 'resolved', urgency: 'not yet assigned' }
const tracker = (rows: Readonly<Record<string, Readonly<Record<string, Releases>>>>) =>
  JSON.stringify(
    Object.fromEntries(
      Object.entries(rows).map(([source, cves]) => [
        source,
        Object.fromEntries(Object.entries(cves).map(([cve, releases]) => [cve, { releases }])),
      ]),
    ),
  )

const DJANGO: Package = { name: 'python3-django', version: '3:5.2.18-2', source: 'python-django' }

function foreign(
  { name, version, source = name }: Package,
  part: Partial<ForeignPackage> = {},
): ForeignPackage {
  const status = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
  const about = { name, version, architecture: 'amd64', source, sourceVersion: version, ...status }
  return { ...about, origin: 'sid', suite: 'sid', release: 'sid', ...part }
}

/** @param bookworm rows that Clair was served @param all rows of the evidence, by release */
function answered(
  packages: readonly Package[],
  { bookworm = {}, all }: { bookworm?: Rows; all: Parameters<typeof tracker>[0] },
  elsewhere: readonly ForeignPackage[],
  releases: unknown = [{ release: 'sid', sources: ['python-django'] }],
) {
  const evidence = evidenceOf(reportOf(scanned(packages), bookworm), bookworm)
  const documents = {
    ...evidence.documents,
    'tracker.json': tracker(all),
    ...(releases === null ? {} : { 'releases.json': JSON.stringify(releases) }),
  }
  const image = debian({ 'var/lib/dpkg/status': statusOf(packages) })
  return interpret({ ...evidence, documents }, image, elsewhere)
}

function findings(...args: Parameters<typeof answered>) {
  const answer = answered(...args)
  if (answer.state === 'unanswered') {
    throw new Error(JSON.stringify(answer.problem))
  }
  return answer.findings.filter((one) => isVulnerability(one))
}

describe('when a package is of sid, then the row of sid counts', () => {
  test('where it is vulnerable there, and Clair, which knows bookworm only, says nothing', () => {
    const all = {
      'python-django': {
        'CVE-2026-1001': {
          bookworm: { ...ROW, fixed_version: '3:3.2.25-0+deb12u7' },
          sid: { status: 'open', urgency: 'high' },
        },
      },
    }
    expect(findings([DJANGO], { all }, [foreign(DJANGO)])).toMatchObject([
      {
        id: 'CVE-2026-1001',
        package: 'python-django',
        release: 'sid',
        severity: 'high',
        fixedVersion: null,
        agreement: 'missed-by-clair',
        explanation: expect.stringMatching(
          /own release; the source package python-django is at version .*, from sid, and the security tracker lists the vulnerability as open/,
        ),
      },
    ])
    expect(findings([DJANGO], { all }, [])).toEqual([])
  })

  test('where it is fixed there, and Clair reports what is open in bookworm', () => {
    const bookworm: Rows = { 'python-django': { 'CVE-2026-1001': { fixed_version: '', status: 'open' } } }
    const all = {
      'python-django': {
        'CVE-2026-1001': {
          bookworm: { status: 'open', urgency: 'low' },
          sid: { ...ROW, fixed_version: '3:5.2.1-1' },
        },
      },
    }
    expect(findings([DJANGO], { bookworm, all }, [foreign(DJANGO)])).toMatchObject([
      { id: 'CVE-2026-1001', agreement: 'refuted', fixedVersion: '3:5.2.1-1', release: 'sid' },
    ])
    expect(findings([DJANGO], { bookworm, all }, [])).toMatchObject([
      { agreement: 'confirmed', release: null },
    ])
  })

  test('where sid has no row, Clair’s word is taken', () => {
    const bookworm: Rows = { 'python-django': { 'CVE-2026-1001': { fixed_version: '', status: 'open' } } }
    const all = { 'python-django': { 'CVE-2026-1001': { bookworm: { status: 'open', urgency: 'low' } } } }
    expect(findings([DJANGO], { bookworm, all }, [foreign(DJANGO)])).toMatchObject([
      { id: 'CVE-2026-1001', agreement: null, release: 'sid' },
    ])
  })
})

test.each([
  ['3:5.2.19-1~bpo12+1', []],
  ['3:5.2.18-1~bpo12+1', ['CVE-2026-1001']],
])(
  'when the backport %s is compared with the row of sid, then what it was made from counts: %j',
  (version, ids) => {
    const one = { ...DJANGO, version }
    const all = { 'python-django': { 'CVE-2026-1001': { sid: { ...ROW, fixed_version: '3:5.2.19-1' } } } }
    const from = foreign(one, { origin: 'backports', suite: 'bookworm-backports' })
    expect(findings([one], { all }, [from]).map(({ id }) => id)).toEqual(ids)
  },
)

test('when two binaries of one source are of two releases, then each has the finding of its own row', () => {
  const own: Package = { name: 'openssl', version: '3.0.20-1~deb12u2' }
  const other: Package = { name: 'libssl3t64', version: '3.5.9-1~deb13u1', source: 'openssl' }
  const all = {
    openssl: {
      'CVE-2026-1001': {
        bookworm: { ...ROW, fixed_version: '3.0.22-1~deb12u2' },
        trixie: { ...ROW, fixed_version: '3.5.10-1~deb13u1' },
      },
      'CVE-2026-1002': {
        bookworm: { ...ROW, fixed_version: '0' },
        trixie: { status: 'open', urgency: 'low' },
      },
    },
  }
  const from = foreign(other, { origin: 'stable', suite: 'trixie', release: 'trixie' })
  const reported = findings([own, other], { all }, [from], [{ release: 'trixie', sources: ['openssl'] }])
  expect(
    reported.map(({ id, release, fixedVersion, binaries }) => [id, release, fixedVersion, binaries[0]?.name]),
  ).toEqual([
    ['CVE-2026-1001', null, '3.0.22-1~deb12u2', 'openssl'],
    ['CVE-2026-1001', 'trixie', '3.5.10-1~deb13u1', 'libssl3t64'],
    ['CVE-2026-1002', 'trixie', null, 'libssl3t64'],
  ])
})

test('when the third party is no release’s, then the rows of the image’s own count, as before', () => {
  const all = { 'python-django': { 'CVE-2026-1001': { bookworm: { status: 'open', urgency: 'low' } } } }
  const from = foreign(DJANGO, { origin: 'third-party', suite: null, release: null })
  expect(findings([DJANGO], { all }, [from], null)).toMatchObject([{ id: 'CVE-2026-1001', release: null }])
})

describe('when the rows of where a package is from were not collected, then there is no answer', () => {
  test.each([
    ['none of any', null],
    ['of another release', [{ release: 'trixie', sources: ['python-django'] }]],
    ['of another source', [{ release: 'sid', sources: ['django'] }]],
    ['by a document that is not ours', { sid: true }],
  ])('%s', (_, releases) => {
    const answer = answered([DJANGO], { all: {} }, [foreign(DJANGO)], releases)
    expect(answer).toMatchObject({
      state: 'unanswered',
      problem: { code: 'evidence-incomplete', where: 'releases.json' },
    })
  })

  test('and where they were, and hold nothing, nothing is known against it', () => {
    expect(findings([DJANGO], { all: {} }, [foreign(DJANGO)])).toEqual([])
  })
})

describe('when a package is a vendor’s, then no row of Debian’s is about it', () => {
  const NGINX: Package = { name: 'nginx', version: '1.20.1-1~bookworm' }
  const COMMON: Package = { name: 'nginx-common', version: '1.22.1-9', source: 'nginx' }
  const row = { ...ROW, fixed_version: '1.22.1-9+deb12u1' }
  const all = { nginx: { 'CVE-2026-1002': { bookworm: row } } }
  const bookworm: Rows = { nginx: { 'CVE-2026-1002': row } }
  const vendor = { title: 'nginx.org', role: 'program', program: 'nginx', hasVendorVersion: true } as const
  const third = { origin: 'third-party', suite: null, release: null } as const

  test.each([
    ['a vendor’s', { ...third, vendor }, []],
    ['nobody’s', third, ['CVE-2026-1002']],
  ])('where it is %s, below the fix', (_, part, ids) => {
    const found = findings([NGINX], { all, bookworm }, [foreign(NGINX, part)], [])
    expect(found.map(({ id }) => id)).toEqual(ids)
  })

  test('and a package of Debian’s next to it has its row', () => {
    const found = findings([NGINX, COMMON], { all, bookworm }, [foreign(NGINX, { ...third, vendor })], [])
    expect(found).toMatchObject([{ id: 'CVE-2026-1002', binaries: [{ name: 'nginx-common' }] }])
  })
})
