import { describe, expect, test } from '@jest/globals'
import * as z from 'zod'
import { START_TEST } from '../../../../src/model/bench-ids.js'
import { CHECK_IDS } from '../../../../src/model/checks.js'
import { ApplicationSchema } from '../../../../src/model/finding/application.js'
import { BenchSchema } from '../../../../src/model/finding/bench.js'
import { BARE, type CommonFinding } from '../../../../src/model/finding/common.js'
import { type Details, DetailsSchema, findingWith } from '../../../../src/model/finding/details.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import { type FindingKind, KINDS, kindOf } from '../../../../src/model/finding/kinds.js'
import { OBSTACLES, type ObstacleId, obstacle } from '../../../../src/model/finding/obstacle.js'
import { UPDATE_IDS, UpdateSchema } from '../../../../src/model/finding/update.js'
import { VulnerabilitySchema } from '../../../../src/model/finding/vulnerability.js'
import { aFinding } from '../../../support/builders.js'
import { readBack, writtenOf } from '../../../support/read-back.js'
import { samplesOf } from '../../../support/samples.js'

const { check: _, id: __, ...VULNERABILITY } = aFinding()
const COMMON = Object.fromEntries(
  Object.keys(BARE).map((name) => [name, Reflect.get(VULNERABILITY, name)]),
) as unknown as CommonFinding
const SENTENCE = 'It is so: a, b and c.'

/** Members whose schemas say more than their types. */
const NAMED = {
  aptSource: [
    null,
    {
      ...{ uri: 'https://deb.example/debian', suite: 'bookworm', component: 'contrib' },
      ...{ signedBy: '/usr/share/keyrings/a.gpg', style: 'deb822' },
    },
  ],
}

/** An id for each kind whose ids others define; that of ours is its name. */
const IDS: Partial<Record<FindingKind, string>> = {
  vulnerability: 'CVE-2026-10001',
  'application-vulnerability': 'GHSA-35jh-r3h4-6jhm',
  'bench-result': '4.1',
}
const idOf = (kind: FindingKind) => IDS[kind] ?? kind

const OTHERS: Readonly<Record<string, z.ZodObject>> = {
  vulnerability: VulnerabilitySchema,
  'application-vulnerability': ApplicationSchema,
  ...Object.fromEntries(UPDATE_IDS.map((id) => [id, UpdateSchema])),
  'bench-result': BenchSchema,
  [START_TEST]: BenchSchema,
}

/** Findings of a kind, which together have each of their members in each form. */
function findingsOf(kind: FindingKind): readonly Finding[] {
  if (isObstacle(kind)) {
    return samplesOf(OBSTACLES[kind].details).map(
      (details) => ({ ...obstacle(kind, SENTENCE, details as never), ...COMMON }) as Finding,
    )
  }
  const { check } = KINDS[kind]
  const schema = OTHERS[kind] ?? z.never()
  return samplesOf(schema, NAMED).map(
    (own) => ({ check, id: idOf(kind), ...COMMON, ...(own as object) }) as unknown as Finding,
  )
}

function isObstacle(kind: FindingKind): kind is ObstacleId {
  return Object.hasOwn(OBSTACLES, kind)
}

const ALL = Object.keys(KINDS) as FindingKind[]
const NOT_AN_OBSTACLE = ALL.filter((kind) => !isObstacle(kind))

/** A finding of this kind, and what report.json says about it. */
function one(kind: FindingKind): { readonly finding: Finding; readonly details: Details } {
  const [finding] = findingsOf(kind)
  if (finding === undefined) {
    throw new Error(`there is no ${kind}`)
  }
  return { finding, details: writtenOf(finding).details }
}

describe('what is written about a finding', () => {
  test.each(ALL)('when it is %s, then it is read as the same finding', (kind) => {
    const findings = findingsOf(kind)
    expect(findings.map(kindOf)).toEqual(findings.map(() => kind))
    for (const finding of findings) {
      expect(writtenOf(finding).details.type).toBe(kind)
      expect(readBack(finding)).toStrictEqual(finding)
    }
  })

  test('when the samples are listed, then those with and those without optional members are there', () => {
    const samples = findingsOf('application-vulnerability')
    for (const name of ['baseTag', 'branch', 'vendor']) {
      expect(new Set(samples.map((finding) => name in finding))).toEqual(new Set([true, false]))
    }
    expect(Object.keys(OTHERS).toSorted()).toEqual(NOT_AN_OBSTACLE.toSorted())
  })

  test('when it is about an application package, then what to edit is written, and is no member of the finding', () => {
    const { details } = one('application-vulnerability')
    expect(details).toMatchObject({ manifest: expect.stringMatching(/./) })
    expect(findingWith({ check: 'clair', id: 'CVE-2021-1' }, COMMON, details)).not.toHaveProperty('manifest')
  })

  test('when a result of Docker Bench has line breaks, then they are gone from what is shown in a line', () => {
    const { details } = one('bench-result')
    const texts = { why: 'a\nb', builtin: { word: 'WARN', items: ['c\n\td', '\n'] }, dbsTitle: 'e\r\nf' }
    const read = findingWith({ check: 'docker-bench', id: '4.1' }, COMMON, {
      ...details,
      ...texts,
    } as Details)
    expect(read).toMatchObject({ why: 'a b', builtin: { word: 'WARN', items: ['c d'] }, dbsTitle: 'e f' })
  })
})

describe('details that are not those of the finding', () => {
  test.each(ALL)('when those of %s are under another check, then there is no finding', (kind) => {
    const { details } = one(kind)
    const found = CHECK_IDS.filter(
      (check) => findingWith({ check, id: idOf(kind) }, COMMON, details) !== null,
    )
    expect(found).toEqual([KINDS[kind].check])
  })

  test.each(ALL)('when those of %s are under the id of another kind, then there is no finding', (kind) => {
    const { details } = one(kind)
    const { check } = KINDS[kind]
    const found = ALL.filter((other) => findingWith({ check, id: idOf(other) }, COMMON, details) !== null)
    // Ids of vulnerabilities and of Docker Bench are anybody's to define.
    expect(found.toSorted()).toEqual(IDS[kind] === undefined ? [kind] : Object.keys(IDS).toSorted())
  })

  test.each(UPDATE_IDS)('when %s lacks its package or a version, then there is no finding', (id) => {
    const { details } = one(id)
    const read = (part: Partial<CommonFinding>) =>
      findingWith({ check: 'security-updates', id }, { ...COMMON, ...part }, details)
    expect(read({})).toMatchObject({ id, package: 'apt' })
    expect([{ package: null }, { version: null }, { fixedVersion: null }].map(read)).toEqual([
      null,
      null,
      null,
    ])
  })

  test('when an application package has no name, then there is no finding; a vulnerability needs none', () => {
    const read = (kind: FindingKind) =>
      findingWith({ check: 'clair', id: 'CVE-2026-1' }, { ...COMMON, package: null }, one(kind).details)
    expect(read('application-vulnerability')).toBeNull()
    expect(read('vulnerability')).toMatchObject({ id: 'CVE-2026-1', package: null })
  })
})

describe('the schema of details', () => {
  const accepts = (details: object) => DetailsSchema.safeParse(details).success

  test.each(ALL)('when details of %s have one member more or less, then they are refused', (kind) => {
    const { details } = one(kind)
    expect(accepts(details)).toBe(true)
    expect(accepts({ ...details, extra: 'text' })).toBe(false)
    const names = Object.keys(details)
    expect(names).toContain('type')
    for (const name of names) {
      expect([
        name,
        accepts(Object.fromEntries(Object.entries(details).filter(([key]) => key !== name))),
      ]).toEqual([name, false])
    }
  })

  test.each(ALL)('when a word of %s is none of the words that it may be, then it is refused', (kind) => {
    const { details } = one(kind)
    const schema: z.ZodObject = isObstacle(kind) ? OBSTACLES[kind].details : (OTHERS[kind] ?? z.object())
    expect(accepts({ ...details, type: 'no-such-kind' })).toBe(false)
    for (const name of enumsOf(schema)) {
      expect([name, accepts({ ...details, [name]: 'no-such-word' })]).toEqual([name, false])
    }
  })

  test('when words of findings are listed, then there are some of each of these', () => {
    expect(enumsOf(UpdateSchema)).toEqual(['origin'])
    expect(enumsOf(BenchSchema)).toEqual(['state'])
    expect(enumsOf(OBSTACLES['unofficial-base'].details)).toEqual(['restsOn', 'allowing'])
  })
})

function enumsOf({ shape }: z.ZodObject): readonly string[] {
  return Object.entries(shape).flatMap(([name, schema]) => (isEnum(schema) ? [name] : []))
}

function isEnum(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodEnum || (schema instanceof z.ZodNullable && isEnum(schema.unwrap()))
}
