import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { loadEvidence } from '../../src/gate/evidence/folder.js'
import { applicationInventory } from '../../src/inventory/application/inventory.js'
import { isPurlType } from '../../src/model/packages/application.js'
import type { Report } from '../../src/reports/json/schema.js'
import { docker, newFolder, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'
import { buildOracleImages, NAMES, type Name, removeOracleImages } from './applications/images.js'
import {
  askScanner,
  askSyft,
  type OracleFinding,
  placeKey,
  readTruth,
  writeBucket,
} from './applications/oracles.js'

// The gate, Clair alone, osv-scanner and syft on four images of real packages, against a list that was written before.

/** Why syft and the inventory differ, by what one of them has alone. */
const LISTING: readonly (readonly [who: 'syft' | 'seaworthy', about: RegExp, why: string])[] = [
  [
    'syft',
    /^maven\/\S+ usr\/share\/(?:java|maven-repo)\//,
    "it makes up a group for Debian's jars, or a version",
  ],
  ['seaworthy', /^maven\/\S+ usr\/share\/(?:java|maven-repo)\//, 'the same jars, by their manifests'],
  ['syft', /^maven\/org\.springframework\/spring-(?:beans|webmvc)@\S+ opt\//, 'it knows the group by a list'],
  ['seaworthy', /^maven\/spring-(?:beans|webmvc)@\S+ opt\//, 'the jar gives no group: advisories do, later'],
  ['syft', /^maven\/shop\/shop@ opt\/app\/shop\.war$/, 'a war without a name is not a package here'],
  [
    'syft',
    /^golang\/github\.com\/opencontainers\/runc@ /,
    'Debian builds without modules: a path is no module',
  ],
  ['syft', /^npm\/ruby-typeprof@\S+ usr\/lib\/ruby\//, 'an extension of an editor, not in node_modules'],
]

/** Why osv-scanner and the list differ. */
const SCANNER: readonly (readonly [how: 'wrong' | 'missed', about: RegExp, why: string])[] = [
  [
    'wrong',
    /^pypi\/(?:certifi@2022\.9\.24|idna@3\.3|jinja2@3\.1\.2|requests@2\.28\.1|urllib3@1\.26\.12) /,
    "Debian's",
  ],
  ['wrong', /^maven\/com\.google\.guava\/guava@31\.1-jre /, "Debian's"],
  ['wrong', /^golang\/\S+ GO-(?:2026-5024|2023-2185|2025-3750)$/, 'about Windows alone'],
  ['wrong', /^golang\/stdlib@1\.19\.8 GO-2025-3447$/, 'about ppc64le alone'],
  ['missed', /^pypi\/(?:torch|sqlparse)@/, 'a GIT range comes first: it reads no other'],
  ['missed', /^maven\/org\.springframework\/spring-beans@/, 'the jar gives no group'],
  ['missed', /^maven\/com\.google\.guava\/guava@29\.0-jre CVE-2020-8908$/, 'as the gate: see MISSED'],
  ['missed', /^gem\//, 'it does not look for gemspecs'],
  ['missed', /^npm\/axios@/, 'the advisory of that day names Axios'],
  ['missed', /^npm\/(?:chalk|ua-parser-js)@/, 'it reads package-lock.json alone: these were copied in'],
  ['missed', /^composer\//, 'it does not read installed.json'],
]

/** What the gate misses, for a reason that lies in the advisory; at most one in eighty. */
const MISSED: Readonly<Record<string, string>> = {
  'maven/com.google.guava/guava@29.0-jre CVE-2020-8908':
    "the advisory of that day ends with 29.0, and Maven orders 29.0-jre after it (today's says: before 32.0.0-android)",
}

interface Counts {
  readonly right: readonly string[]
  readonly wrong: readonly string[]
  readonly missed: readonly string[]
}

const truth = readTruth()
const listed = {} as Record<Name, { readonly syft: readonly string[]; readonly seaworthy: readonly string[] }>
const scanned = {} as Record<Name, readonly OracleFinding[]>
let report: Report

beforeAll(async () => {
  const folder = newFolder()
  const images = buildOracleImages()
  const { bucket, scanner } = writeBucket(folder)
  const all = NAMES.map((name) => images[name])
  const evidence = join(folder, 'evidence')
  const flags = [keys({ 'max-data-age': 87600 }), '--osv', bucket, '--save-evidence', evidence]
  const ran = await seaworthy(['scan', ...all, ...flags, '--cache-dir', join(folder, 'cache')])
  report = reportOf(ran)
  const { collected } = loadEvidence(evidence)
  for (const [at, name] of NAMES.entries()) {
    const archive = join(folder, `${name}.tar`)
    docker('save', '-o', archive, images[name])
    const image = collected[at]?.image
    const inventory = image ? applicationInventory(image, { installed: [], foreign: [] }) : null
    const own = (inventory?.items ?? []).flatMap(({ kind, name: called, version, places }) =>
      isPurlType(kind) ? places.map(({ path }) => placeKey(kind, called, version, path)) : [],
    )
    listed[name] = { syft: askSyft(archive), seaworthy: [...new Set(own)].sort() }
    scanned[name] = askScanner(archive, scanner)
    rmSync(archive)
  }
}, 3_600_000)
afterAll(removeOracleImages)

/** @param said `pypi/django@3.2` and all ids of one vulnerability */
function countsOf(name: Name, reported: readonly Pick<OracleFinding, 'about' | 'ids'>[]): Counts {
  const right = new Set<string>()
  const wrong = new Set<string>()
  for (const { about, ids } of reported) {
    const id = truth[name].get(about)?.find((one) => ids.includes(one))
    const all = id === undefined ? wrong : right
    all.add(`${about} ${id ?? ids[0]}`)
  }
  const true_ = [...truth[name]].flatMap(([about, ids]) => ids.map((id) => `${about} ${id}`))
  return {
    right: [...right].sort(),
    wrong: [...wrong].sort(),
    missed: true_.filter((one) => !right.has(one)),
  }
}

const findingsOf = (name: Name) => {
  const { findings = [] } = report.images[NAMES.indexOf(name)] ?? {}
  return findings.flatMap(({ details, package: called, version, agreement }) =>
    details.type === 'application-vulnerability'
      ? [{ about: `${called}@${version}`, ids: details.ids, agreement }]
      : [],
  )
}
const seaworthyOn = (name: Name) =>
  countsOf(
    name,
    findingsOf(name).filter(({ agreement }) => agreement !== 'refuted'),
  )
const clairOn = (name: Name) =>
  countsOf(
    name,
    findingsOf(name).filter(({ agreement }) => agreement === 'confirmed' || agreement === 'refuted'),
  )
const scannerOn = (name: Name) => countsOf(name, scanned[name])

const sizes = ({ right, wrong, missed }: Counts) => [right, wrong, missed].map(({ length }) => length)
const total = (of: (name: Name) => Counts) =>
  NAMES.map((name) => sizes(of(name))).reduce((sum, one) => sum.map((number, at) => number + (one[at] ?? 0)))

describe('vulnerabilities of application packages in four images, against a list', () => {
  test('then the gate has an answer, none is wrong, and at most one in eighty is missed', () => {
    expect(report.images.map(({ checks }) => checks[0]?.problem)).toEqual(NAMES.map(() => null))
    const all = NAMES.map((name) => [name, seaworthyOn(name)] as const)
    process.stderr.write('image: right, wrong, missed\n')
    for (const name of NAMES) {
      const row = [seaworthyOn, clairOn, scannerOn].map((of) => sizes(of(name)).join(' '))
      process.stderr.write(`${name}: Seaworthy ${row[0]}; Clair alone ${row[1]}; osv-scanner ${row[2]}\n`)
    }
    expect(all.map(([name, { wrong }]) => [name, wrong])).toEqual(NAMES.map((name) => [name, []]))
    expect(all.flatMap(([, { missed }]) => missed)).toEqual(Object.keys(MISSED))
    const [right = 0, , missed = 0] = total(seaworthyOn)
    expect(missed * 80).toBeLessThanOrEqual(right + missed)
  })

  test('then the gate is better than Clair alone, and than osv-scanner alone', () => {
    const [, wrong = 0, missed = 0] = total(seaworthyOn)
    for (const theirs of [clairOn, scannerOn]) {
      const [, theirWrong = 0, theirMissed = 0] = total(theirs)
      expect(wrong + missed).toBeLessThan(theirWrong + theirMissed)
    }
  })

  test('then each difference to osv-scanner has a known reason, and each reason is met', () => {
    const differences = NAMES.flatMap((name) => {
      const { wrong, missed } = scannerOn(name)
      return [
        ...wrong.map((one) => ['wrong', one] as const),
        ...missed.map((one) => ['missed', one] as const),
      ]
    })
    const isExplained = ([how, one]: (typeof differences)[number]) =>
      SCANNER.some(([kind, about]) => kind === how && about.test(one))
    expect(differences.filter((one) => !isExplained(one))).toEqual([])
    const unmet = SCANNER.filter(
      ([kind, about]) => !differences.some(([how, one]) => kind === how && about.test(one)),
    )
    expect(unmet).toEqual([])
  })
})

describe('application packages that are listed in four images, against syft', () => {
  test('then each difference has a known reason, and each reason is met', () => {
    const differences = NAMES.flatMap((name) => {
      const { syft, seaworthy: own } = listed[name]
      process.stderr.write(`${name}: syft ${syft.length} places, Seaworthy ${own.length}\n`)
      return [
        ...syft.filter((one) => !own.includes(one)).map((one) => ['syft', one] as const),
        ...own.filter((one) => !syft.includes(one)).map((one) => ['seaworthy', one] as const),
      ]
    })
    const isExplained = ([who, one]: (typeof differences)[number]) =>
      LISTING.some(([kind, about]) => kind === who && about.test(one))
    expect(differences.filter((one) => !isExplained(one))).toEqual([])
    const unmet = LISTING.filter(
      ([kind, about]) => !differences.some(([who, one]) => kind === who && about.test(one)),
    )
    expect(unmet).toEqual([])
  })
})

describe('the accounts of four images', () => {
  test('then each program is on one side, those that are not judged have their reason, and Clair’s index adds up', () => {
    for (const [at, name] of NAMES.entries()) {
      const { account, applications } = report.images[at] ?? {}
      const { programs = -1, sides, listed: others = [] } = account ?? {}
      const sum = Object.values(sides ?? {}).reduce((all, one) => all + one, 0)
      process.stderr.write(`${name}: ${JSON.stringify(sides)}\n`)
      expect([name, sum]).toEqual([name, programs])
      expect(others.filter(({ reason }) => reason === '')).toEqual([])
      const { packages = -1, sides: fates } = applications?.clair ?? {}
      const fated = Object.values(fates ?? {}).reduce((all, one) => all + one, 0)
      expect([name, fated, fates?.unexplained]).toEqual([name, packages, 0])
    }
  })
})
