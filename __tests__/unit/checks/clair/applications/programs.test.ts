import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { lookUpAdvisories } from '../../../../../src/checks/clair/applications/collect.js'
import { CORRECTION_TEXTS, CORRECTIONS } from '../../../../../src/checks/clair/applications/corrections.js'
import { judgeApplications } from '../../../../../src/checks/clair/applications/judge.js'
import { NO_ORIGINS } from '../../../../../src/checks/collecting.js'
import type { Ratings } from '../../../../../src/feeds/formats/documents.js'
import { NO_RATINGS } from '../../../../../src/feeds/formats/documents.js'
import { applicationInventory, summaryOf } from '../../../../../src/inventory/application/inventory.js'
import { rule } from '../../../../../src/judge/rulings.js'
import { becauseText } from '../../../../../src/model/because/texts.js'
import type { Image } from '../../../../../src/model/image/image.js'
import type { OpeningImage } from '../../../../../src/model/image/opening.js'
import type {
  ApplicationFile,
  ApplicationKind,
  ApplicationStatement,
} from '../../../../../src/model/packages/application.js'
import { summaryText } from '../../../../../src/model/packages/application-summary.js'
import { GO, knownProgram } from '../../../../../src/model/packages/known-programs.js'
import { readWhitelist } from '../../../../../src/policy/whitelist/read.js'
import {
  aLayer,
  anImage,
  aPolicy,
  aWhitelistEntry,
  LAYER,
  someApplications,
  TODAY,
} from '../../../../support/builders.js'
import { publishedRecords } from '../../../../support/osv/records.js'
import { makeZip } from '../../../../support/zip.js'

const SUBJECT = { reference: 'app:1.4.0', codename: 'bookworm' }
const program = (
  name: string,
  version: string | null,
  kind: ApplicationKind = 'program',
): ApplicationStatement => ({
  kind,
  name,
  version,
  inside: null,
})
const statements = (...all: readonly ApplicationStatement[]): ApplicationFile => ({ md5: null, says: all })

function imageOf(files: Readonly<Record<string, ApplicationFile>>): Image {
  return anImage({ layers: [aLayer({ applications: someApplications({ files }) })] })
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bitnami-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Records = readonly object[]
function bucket(records: Records | Buffer, ecosystem: 'Bitnami' | 'Go' = 'Bitnami'): void {
  mkdirSync(join(folder, ecosystem), { recursive: true })
  const zip = Buffer.isBuffer(records)
    ? records
    : makeZip(records.map((record, at) => ({ name: `${at}.json`, bytes: JSON.stringify(record) })))
  writeFileSync(join(folder, ecosystem, 'all.zip'), zip)
}

/** Looks up what the bucket has about an image's programs, and judges it from the evidence alone. */
async function judged(files: Readonly<Record<string, ApplicationFile>>, ratings: Ratings = NO_RATINGS) {
  const image = imageOf(files)
  const { evidence, addIndex } = lookUpAdvisories(
    [{ image: Promise.resolve(image) } as unknown as OpeningImage],
    { osv: [{ base: folder, form: 'bucket' }], osvDays: 100_000, offline: false },
    {
      signal: new AbortController().signal,
      progress: () => undefined,
      trustedCacheDir: null,
      origins: () => Promise.resolve(NO_ORIGINS),
    },
  )
  addIndex(0, [])
  const [looked] = await evidence
  const known = { installed: [], foreign: [] }
  const answer = judgeApplications(looked?.documents ?? {}, image, known, ratings)
  if (answer === null) {
    throw new Error('nobody has looked')
  }
  const head = summaryText(summaryOf(applicationInventory(image, known), answer))
  return { ...answer, head, documents: looked?.documents ?? {} }
}

const NGINX = { 'usr/sbin/nginx': statements(program('nginx', '1.18.0')) }

describe('vulnerabilities of programs', () => {
  beforeEach(() => bucket(publishedRecords('Bitnami')))

  test('when an image has nginx, then its vulnerabilities are findings under its name', async () => {
    const { findings, head, programProblem: problem } = await judged(NGINX)
    expect([head, problem]).toEqual(['nginx 1.18.0 judged by OSV', null])
    expect(
      findings.map(({ id, package: name, purl, version, fixedVersion }) => [
        id,
        name,
        purl,
        version,
        fixedVersion,
      ]),
    ).toEqual([
      ['CVE-2021-23017', 'program/nginx', 'pkg:bitnami/nginx@1.18.0', '1.18.0', '1.20.1'],
      ['CVE-2021-3618', 'program/nginx', 'pkg:bitnami/nginx@1.18.0', '1.18.0', '1.21.0'],
    ])
    expect(findings[0]).toMatchObject({
      ids: ['CVE-2021-23017', 'BIT-nginx-2021-23017'],
      own: 'BIT-nginx-2021-23017',
      kind: 'bitnami',
      severity: 'high',
      paths: ['usr/sbin/nginx'],
      layer: LAYER,
      settles: '1.21.0',
      agreement: null,
    })
  })

  test('when an image has programs of other names, then each is asked for by Bitnami’s', async () => {
    const { findings, documents } = await judged({
      'usr/local/apache2/bin/httpd': statements(program('httpd', '2.4.49')),
      'opt/java/lib/server/libjvm.so': statements(program('openjdk', '8u342')),
      'usr/lib/postgresql/16/bin/postgres': statements(program('postgresql', '16.0')),
    })
    const found = findings.map(({ id, package: name, purl, fixedVersion }) => [id, name, purl, fixedVersion])
    expect(found).toEqual([
      ['CVE-2021-41773', 'program/httpd', 'pkg:bitnami/apache@2.4.49', '2.4.50'],
      ['CVE-2024-40898', 'program/httpd', 'pkg:bitnami/apache@2.4.49', '2.4.62'],
      ['CVE-2023-22081', 'program/openjdk', 'pkg:bitnami/java@8.0.342', '8u391'],
      // 16.0.1 was never released.
      ['CVE-2023-5868', 'program/postgresql', 'pkg:bitnami/postgresql@16.0.0', '16.1'],
      ['CVE-2024-10977', 'program/postgresql', 'pkg:bitnami/postgresql@16.0.0', '16.5'],
    ])
    expect(JSON.parse(documents['osv-bitnami.json'] ?? '').names).toEqual([
      'apache',
      'java',
      'nginx',
      'postgresql',
    ])
  })

  test('when the version is a fixed one, then there is nothing', async () => {
    const { findings, head } = await judged({ 'usr/sbin/nginx': statements(program('nginx', '1.30.6')) })
    expect([findings, head]).toEqual([[], 'nginx 1.30.6 judged by OSV'])
  })

  test('when two statements differ, then either version counts', async () => {
    const { findings } = await judged({
      'usr/local/bin/node': statements(program('node', '16.20.0')),
      'usr/local/include/node/node_version.h': statements(program('node', '18.16.0')),
    })
    expect(findings.flatMap(({ id, version }) => (id === 'CVE-2023-30581' ? [version] : []))).toEqual([
      '16.20.0',
      '18.16.0',
    ])
  })

  test('when nobody knows the program’s version, or has data about it, then it was not examined', async () => {
    const {
      findings,
      head,
      programProblem: problem,
    } = await judged({
      'usr/sbin/nginx': statements(program('nginx', null)),
      'usr/sbin/mysqld': statements(program('mysql', null)),
      'opt/erlang/releases/25/OTP_VERSION': statements(program('erlang', '25.2.3')),
      // Headers alone are no program: tools that compile addons keep them.
      'root/.cache/node-gyp/16.20.0/include/node/node_version.h': statements(program('node', '16.20.0')),
    })
    expect([findings, problem]).toEqual([[], null])
    expect(head).toBe(
      'not examined: Erlang/OTP 25.2.3, MySQL of unknown version, nginx of unknown version, Node.js 16.20.0',
    )
  })

  test('when dpkg’s lists are gone, then a program in Debian’s folders is not taken for somebody else’s', async () => {
    const image = imageOf({
      'usr/bin/python3.11': statements(program('python', '3.11.2')),
      'usr/local/bin/python3.12': statements(program('python', '3.12.1')),
    })
    const bash = { name: 'bash', version: '1', architecture: 'all', source: 'bash', sourceVersion: '1' }
    const state = { want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' }
    const inventory = applicationInventory(image, { installed: [{ ...bash, ...state }], foreign: [] })
    expect(inventory?.items.map(({ kind, version }) => [kind, version])).toEqual([
      ['bitnami', '3.12.1'],
      ['program', '3.11.2'],
    ])
  })

  test('when it is Go, then the Go project’s own records count', async () => {
    const record = {
      id: 'GO-2024-9999',
      modified: '2026-08-01T00:00:00Z',
      aliases: ['CVE-2024-99999'],
      affected: [
        {
          package: { ecosystem: 'Go', name: 'toolchain' },
          ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.22.5' }] }],
        },
      ],
    }
    bucket([record], 'Go')
    const go = { 'usr/local/go/bin/go': statements(program('go', '1.21.0')) }
    const { findings, head } = await judged(go)
    expect(
      findings.map(({ id, package: name, purl, fixedVersion }) => [id, name, purl, fixedVersion]),
    ).toEqual([['CVE-2024-99999', 'program/go', 'pkg:bitnami/golang@1.21.0', '1.22.5']])
    expect(head).toBe('Go 1.21.0 judged by OSV')
  })

  test('when Go’s records are missing, then no program is reported as judged', async () => {
    const { head, programProblem } = await judged({
      ...NGINX,
      'usr/local/go/bin/go': statements(program('go', '1.21.0')),
    })
    expect(head).toBe('not examined: Go 1.21.0, nginx 1.18.0')
    expect(programProblem?.code).toBe('feed-unreachable')
  })
})

describe('what Bitnami lists about Go, and the Go project does not', () => {
  const record = (id: string, aliases: readonly string[], more: object, imports: object) => ({
    id,
    modified: '2026-08-21T00:00:00Z',
    aliases,
    ...more,
    affected: [
      {
        package: { ecosystem: 'Go', name: 'stdlib' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.22.12' }] }],
        ecosystem_specific: { imports: [imports] },
      },
    ],
  })

  // Of 77 vulnerabilities of Go 1.21.0 in Bitnami's records, Go's own have 74.
  test('when the two are compared, then each difference has its reason', async () => {
    bucket(
      [
        // The attack's CVE, CVE-2023-44487, is Go's CVE-2023-39325, and of Traefik CVE-2023-54365.
        record(
          'GO-2023-2102',
          ['CVE-2023-39325', 'GHSA-4374-p667-p6c8'],
          { related: ['CVE-2023-44487'] },
          { path: 'net/http' },
        ),
        // Only of another processor.
        record(
          'GO-2025-3447',
          ['CVE-2025-22866'],
          {},
          { path: 'crypto/internal/nistec', goarch: ['ppc64le'] },
        ),
      ],
      'Go',
    )
    bucket(publishedRecords('Bitnami'))
    const goOn = (arch: string) => ({
      'usr/local/go/bin/go': statements(program('go', '1.21.0'), {
        ...program('stdlib', '1.21.0', 'golang'),
        arch,
      }),
    })
    const found = async (arch: string) => (await judged(goOn(arch))).findings.map(({ ids }) => ids[0])
    expect(await found('amd64')).toEqual(['CVE-2023-39325'])
    expect(await found('ppc64le')).toEqual(['CVE-2023-39325', 'CVE-2025-22866'])
  })
})

describe('records that are wrong for Linux', () => {
  beforeEach(() => bucket(publishedRecords('Bitnami')))
  const PHP = { 'usr/local/bin/php': statements(program('php', '8.3.7')) }

  test('when one is about Windows, then it is shown as refuted, with the reason and a link', async () => {
    const { findings, notes } = await judged(PHP)
    expect(findings.map(({ id, agreement, explanation }) => [id, agreement, explanation])).toEqual([
      [
        'CVE-2024-4577',
        'refuted',
        'it is about Windows only (https://www.cve.org/CVERecord?id=CVE-2024-4577)',
      ],
    ])
    expect(notes).toEqual([])
  })

  test('when CISA lists it as exploited, then it does not act, and any other does', async () => {
    const kev: Ratings = { ...NO_RATINGS, kev: () => true }
    const [php] = (await judged(PHP, kev)).findings
    const [nginx] = (await judged(NGINX, kev)).findings
    const rulings = [php, nginx].map((one) => one && rule(one, SUBJECT, aPolicy(), TODAY).ruling)
    expect(rulings).toEqual(['noted', 'act'])
  })

  test('when the same CVE is one of another program, then it counts there', async () => {
    const { findings } = await judged({ 'usr/local/bin/node': statements(program('node', '18.12.0')) })
    expect(findings.map(({ id, agreement }) => [id, agreement])).toEqual([
      ['CVE-2023-30581', null],
      ['CVE-2024-3566', 'refuted'],
    ])
  })

  test('when the list is read, then each line has a program, a CVE and a reason', () => {
    const lines = [...CORRECTIONS]
    expect(lines.length).toBeGreaterThan(30)
    for (const [line, why] of lines) {
      const [name = '', cve] = line.split(' ')
      expect([line, knownProgram(name)?.bitnami]).not.toEqual([line, null])
      expect(cve).toMatch(/^CVE-\d{4}-\d{4,}$/)
      expect(CORRECTION_TEXTS[why]).toMatch(/^(?:it is|the CVE programme) (?:\S+ ){2}/)
      // Its records say themselves which systems they are about.
      expect(name).not.toBe(GO)
    }
  })
})

describe('what an entry accepts', () => {
  beforeEach(() => bucket(publishedRecords('Bitnami')))

  test.each([
    ['program/nginx', true],
    ['program/nginx@1.18.0', true],
    ['program/nginx@1.20.1', false],
    ['program/*', true],
    ['pkg:bitnami/nginx', true],
    ['pkg:bitnami/nginx@1.18.0', true],
    ['nginx', false],
    ['*', true],
  ])('when an entry names %s, then it accepts it: %s', async (name, isAccepted) => {
    const [finding] = (await judged(NGINX)).findings
    const any = name === '*' ? ', any-package: true' : ''
    const text = `version: 1\nentries:\n  - {id: CVE-2021-23017, package: "${name}"${any}, max-severity: critical, reason: x, owner: y, expires: 2027-02-01}\n`
    const { entries } = readWhitelist(text, 'w.yml')
    const ruling = finding && rule(finding, SUBJECT, aPolicy(entries), TODAY).ruling
    expect(ruling).toBe(isAccepted ? 'accepted' : 'act')
  })

  test('when a package URL has Bitnami’s numbers, then it is the same version', async () => {
    const [finding] = (await judged({ 'opt/bin/postgres': statements(program('postgresql', '16.0')) }))
      .findings
    for (const [name, isAccepted] of [
      ['program/postgresql@16.0.0', true],
      ['program/postgresql@16.0', true],
      ['program/postgresql@16.1', false],
    ] as const) {
      const entry = aWhitelistEntry({ id: finding?.id ?? '', package: name, maxSeverity: 'critical' })
      const ruling = finding && rule(finding, SUBJECT, aPolicy([entry]), TODAY).ruling
      expect([name, ruling === 'accepted']).toEqual([name, isAccepted])
    }
  })

  test.each([
    ['report', null, 'noted', 'application is report'],
    ['act', 'report', 'noted', 'programs is report'],
    ['report', 'act', 'act', ''],
  ] as const)(
    'when application is %s and programs %s, then it is %s',
    async (application, programs, ruling, why) => {
      const [finding] = (await judged(NGINX)).findings
      const ruled = finding && rule(finding, SUBJECT, aPolicy([], { application, programs }), TODAY)
      expect(ruled?.ruling).toBe(ruling)
      expect(ruled && becauseText(ruled)).toContain(why)
      const exploited = finding && { ...finding, kev: true }
      expect(
        exploited && rule(exploited, SUBJECT, aPolicy([], { application, programs }), TODAY).ruling,
      ).toBe('act')
    },
  )
})

describe('data that does not say enough', () => {
  const codes = async () => (await judged(NGINX)).programProblem?.code ?? null
  const head = async () => (await judged(NGINX)).head

  test('when there is no data, then programs have no answer', async () => {
    expect(await codes()).toBe('feed-unreachable')
    expect(await head()).toBe('not examined: nginx 1.18.0')
  })

  test('when the zip is empty, or cut, then there is none either', async () => {
    bucket([])
    expect(await codes()).toBe('feed-empty')
    const whole = makeZip([{ name: '0.json', bytes: JSON.stringify(publishedRecords('Bitnami')[0]) }])
    bucket(whole.subarray(0, whole.length - 30))
    expect(await codes()).toBe('feed-truncated')
  })

  test('when the data lacks what everybody knows, then its silence proves nothing', async () => {
    const others = publishedRecords('Bitnami').filter(
      (one) => !JSON.stringify(one).includes('CVE-2021-23017'),
    )
    bucket(others)
    expect(await codes()).toBe('canary-not-found')
    expect(await head()).toBe('not examined: nginx 1.18.0')
  })

  test('when there is not one record about a program, then its silence proves nothing', async () => {
    bucket(publishedRecords('Bitnami'))
    const found = await judged({ 'usr/sbin/varnishd': statements(program('varnish', '7.1.1')) })
    expect(found.programProblem?.what).toContain('there are no advisories at all about varnish')
  })

  test('when a range is odd, then the version is left open', async () => {
    const [nginx] = publishedRecords('Bitnami')
    const odd = JSON.parse(
      JSON.stringify(nginx).replaceAll('2021-23017', '2099-0001').replace('1.20.1', '1.x'),
    )
    bucket([...publishedRecords('Bitnami'), odd])
    const { open, findings, programProblem: problem } = await judged(NGINX)
    expect(open.map(({ package: name, ids }) => [name, ids])).toEqual([['program/nginx', ['CVE-2099-0001']]])
    expect([findings.length, problem]).toEqual([2, null])
  })

  test('when a record is of a double, such as node-min, then it is not kept, and Go’s of Bitnami are not', async () => {
    bucket(publishedRecords('Bitnami'))
    const { documents, findings } = await judged({
      'usr/local/bin/node': statements(program('node', '10.0.0')),
      'usr/local/go/bin/go': statements(program('go', '1.21.0')),
    })
    expect(documents['osv-bitnami.json']).not.toMatch(/node-min|golang/)
    expect(findings.map(({ id }) => id)).not.toContain('CVE-2020-8172')
  })
})
