import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../src/judge/judge.js'
import type { CheckId } from '../../../src/model/checks.js'
import { benchFinding } from '../../../src/model/finding/bench.js'
import type { Answers } from '../../../src/model/finding/index.js'
import { obstacle } from '../../../src/model/finding/obstacle.js'
import type { InstalledPackage } from '../../../src/model/packages/package.js'
import type { ForeignPackage } from '../../../src/model/provenance/origin.js'
import type { ImageVerdict } from '../../../src/model/verdict.js'
import type { WhitelistEntry } from '../../../src/policy/whitelist/schema.js'
import { aResult, engineResult } from '../../support/bench.js'
import {
  aJudgedInput,
  anAnswer,
  anEvidence,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'

function imageOf(images: readonly ImageVerdict[]): ImageVerdict {
  const [image] = images
  if (image === undefined) {
    throw new Error('the image was lost')
  }
  return image
}

/** What is judged of one check's answer, if the policy requires these checks. */
function judged<Check extends CheckId>(
  answer: Answers[Check],
  part: Partial<Parameters<typeof aJudgedInput>[1]> = {},
  { checks = [answer.check], entries = [] }: { checks?: CheckId[]; entries?: readonly WhitelistEntry[] } = {},
) {
  const answers = [{ evidence: anEvidence({ check: answer.check }), answer }]
  return imageOf(judge([aJudgedInput([], { answers, ...part })], aPolicy(entries, { checks }), TODAY).images)
}

const aPackage = (name: string): InstalledPackage => ({
  ...{ name, version: '1', architecture: 'amd64', source: name, sourceVersion: '1' },
  ...{ want: 'install', flag: 'ok', state: 'installed', database: 'var/lib/dpkg/status' },
})

describe('an answer about the release', () => {
  const of = (
    packages: readonly InstalledPackage[] | null,
    codename: string | null = 'bookworm',
    foreign: readonly ForeignPackage[] | null = null,
  ) => {
    const answer = anAnswer([], 'security-updates', { foreign })
    const { findings, foreignCount } = judged(answer, { packages, codename })
    return [findings.map(({ id, package: name }) => `${id} ${name}`).sort(), foreignCount]
  }
  const NOT_KNOWN = 'base-not-known null'

  test('when Debian no longer supports an installed package, then that is a finding, next to what is said of the base', () => {
    expect(of([aPackage('pdns'), aPackage('bash')])).toEqual([[NOT_KNOWN, 'support-ended pdns'], null])
  })

  test('when the packages or the release are not known, then nothing is said about their support', () => {
    expect(of(null)).toEqual([[NOT_KNOWN], null])
    expect(of([aPackage('pdns')], null)).toEqual([[NOT_KNOWN], null])
  })

  test('when packages are from another release, then they are counted, and that release’s list is used', () => {
    const foreign = { ...aPackage('pdns'), origin: 'sid' as const, suite: 'sid', release: 'sid' }
    expect(of([aPackage('pdns')], 'bookworm', [foreign])).toEqual([[NOT_KNOWN], 1])
    expect(of([aPackage('pdns')], 'bookworm', [])).toEqual([[NOT_KNOWN, 'support-ended pdns'], 0])
  })
})

describe('an answer about vulnerabilities', () => {
  test('when the release was not examined, then a limit says so, after those of the answer', () => {
    const answer = anAnswer([], 'clair', { limits: ['a limit'] })
    const limits = (...checks: CheckId[]) => judged(answer, {}, { checks }).checks[0]?.limits
    expect(limits('clair')).toEqual([
      'a limit',
      'packages from other releases could not be identified, because the security-updates check is not enabled',
    ])
    expect(limits('clair', 'security-updates')).toEqual(['a limit'])
  })

  test('when EPSS is to decide and was not read, then that is the problem', () => {
    const policy = aPolicy([], { epssAtLeast: 0.1 })
    const { checks } = imageOf(judge([aJudgedInput([])], policy, TODAY).images)
    expect(checks[0]?.problem).toMatchObject({
      code: 'epss-not-read',
      what: '"epss-at-least" is set, but no EPSS data was read',
      where: 'app:1.4.0',
    })
  })

  test('when entries accept some paths of a finding, then the rest says how many', () => {
    const details = {
      count: '2',
      paths: ['opt/a', 'opt/b'],
      folder: 'opt',
      cause: 'no zip archive',
      spared: null,
    }
    const unread = obstacle('not-examined-unreadable', 'why', details)
    const entry = aWhitelistEntry({ id: 'not-examined-unreadable', package: null, path: 'opt/a' })
    const { findings } = judged(anAnswer([unread]), {}, { entries: [entry] })
    expect(findings.map(({ ruling, because }) => [ruling, because.map(({ reason }) => reason)])).toEqual([
      ['act', ['as-found', 'unread', 'accepted-in-part']],
      ['accepted', ['accepted']],
    ])
    expect(findings[0]).toMatchObject({
      details: { count: '1', paths: ['opt/b'] },
      why: expect.stringMatching(/opt\/b/),
    })
  })
})

describe('an answer of Docker Bench', () => {
  const bad = benchFinding(aResult('4.6', { builtin: engineResult('WARN') }))
  const answer = anAnswer([bad], 'docker-bench', { notes: ['first'], limits: ['a limit'] })
  const about = (part: Partial<WhitelistEntry>) =>
    aWhitelistEntry({ check: 'docker-bench', id: '4.6', package: null, ...part })
  const result = (...entries: readonly WhitelistEntry[]) => {
    const { checks, findings } = judged(answer, {}, { entries })
    const row = checks[0]?.bench?.rows.find(({ id }) => id === '4.6')
    const finding = findings.find(({ id }) => id === '4.6')
    const reasons = (one: { readonly because: readonly { readonly reason: string }[] } | undefined) =>
      one?.because.map(({ reason }) => reason)
    return { check: checks[0], ruling: finding?.ruling, finding: reasons(finding), row: reasons(row) }
  }

  test('when it is judged, then its own notes come first, and the canary of the dictionary last', () => {
    const { check } = result()
    expect(check?.notes[0]).toBe('first')
    expect(check?.notes.at(-1)).toMatch(/^canary/)
    expect(check?.limits).toEqual(['a limit'])
  })

  test('when an entry accepts a result, then its row says so; an expired one is named by the finding alone', () => {
    expect(result(about({}))).toMatchObject({ ruling: 'accepted', finding: ['accepted'], row: ['accepted'] })
    const plain = result()
    const expired = result(about({ expires: '2026-01-01' }))
    expect(plain).toMatchObject({ ruling: 'act', row: plain.finding })
    expect(expired).toMatchObject({
      ruling: 'act',
      finding: [...(plain.finding ?? []), 'entry-expired'],
      row: plain.row,
    })
  })
})
