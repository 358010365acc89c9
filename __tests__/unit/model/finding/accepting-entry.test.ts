import { describe, expect, test } from '@jest/globals'
import { judge } from '../../../../src/judge/judge.js'
import { describe as described, type Finding } from '../../../../src/model/finding/kinds.js'
import { SEVERITIES } from '../../../../src/model/severity.js'
import { importRules } from '../../../../src/policy/whitelist/import.js'
import { readWhitelist } from '../../../../src/policy/whitelist/read.js'
import { readSurveyedImages } from '../../../../src/policy/whitelist/report.js'
import type { WhitelistEntry } from '../../../../src/policy/whitelist/schema.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { adviceOf } from '../../../../src/reports/product.js'
import {
  aFinding,
  aJudgedInput,
  anApplicationFinding,
  anUnfixedFinding,
  aPolicy,
  TODAY,
} from '../../../support/builders.js'

const MINOR = { kind: 'no-dsa', words: 'Minor' } as const
const ESSENTIAL = { package: 'tar', essential: ['tar'] }
const CASES = SEVERITIES.flatMap((severity) => [true, false].map((kev) => ({ severity, kev })))

/** All findings block, whatever their severity and whatever Debian says. */
const judged = (finding: Finding, entries: readonly WhitelistEntry[] = []) => {
  const gate = { failOn: 'negligible', failOnUnfixed: 'negligible', failOnDeferred: 'negligible' } as const
  return judge([aJudgedInput([finding])], aPolicy(entries, gate), TODAY)
}
const ruledBy = (finding: Finding, entries: readonly WhitelistEntry[] = []) => {
  const [found] = judged(finding, entries).images.flatMap(({ findings }) => findings)
  if (found === undefined) {
    throw new Error('there is no finding')
  }
  return found
}

/** The keys that a text advises, as lines; `null` if it does not advise to accept anything. */
function keysIn(text: string): readonly string[] | null {
  const [all, keys] = /\baccept (?:it|[A-Z]+-[\w-]+)(?: with (.+?))?(?: until|,)/i.exec(text) ?? []
  return all === undefined ? null : (keys?.split(' and ') ?? [])
}

/** The entry in a file, as a person writes it who follows the advice. */
function entriesWith({ id, package: name }: Finding, keys: readonly string[]): readonly WhitelistEntry[] {
  const lines = [`id: ${id}`, `package: ${name}`, 'reason: r', 'owner: o', 'expires: 2026-12-01', ...keys]
  return readWhitelist(`version: 1\nentries:\n  - ${lines.join('\n    ')}\n`, 'w.yml').entries
}

/** That the entry accepts the finding, and that it needs each of its keys. */
function expectAccepting(finding: Finding, keys: readonly string[]) {
  expect([keys, ruledBy(finding, entriesWith(finding, keys)).ruling]).toEqual([keys, 'accepted'])
  for (const key of keys) {
    const others = keys.filter((one) => one !== key)
    expect([key, ruledBy(finding, entriesWith(finding, others)).ruling]).not.toEqual([key, 'accepted'])
  }
}

describe('advice to accept a finding', () => {
  test.each(CASES)(
    'when an essential package has $severity, KEV $kev, then the entry accepts it',
    (rated) => {
      for (const finding of [
        anUnfixedFinding({ ...ESSENTIAL, ...rated }),
        anUnfixedFinding({ ...ESSENTIAL, ...rated, debian: MINOR }),
        aFinding({ ...ESSENTIAL, ...rated, installable: false }),
      ]) {
        expectAccepting(finding, keysIn(described(finding).todo) ?? ['no advice'])
      }
      const ruled = ruledBy(anUnfixedFinding({ ...ESSENTIAL, ...rated }))
      const isBlocking = rated.severity !== 'unknown' || rated.kev
      expect([rated, ruled.ruling]).toEqual([rated, isBlocking ? 'act' : 'unfixed'])
      if (isBlocking) {
        expectAccepting(ruled, keysIn(adviceOf(ruled)) ?? ['no advice'])
      }
    },
  )

  test.each(CASES)(
    'when another has $severity, KEV $kev, then the entry accepts it, but not in KEV',
    (rated) => {
      for (const finding of [
        anUnfixedFinding({ ...rated, debian: MINOR }),
        anApplicationFinding({ ...rated, fixedVersion: null, installable: null, settles: null }),
      ]) {
        const keys = keysIn(described(finding).todo)
        if (rated.kev) {
          expect(keys).toBeNull()
        } else {
          expectAccepting(finding, keys ?? ['no advice'])
        }
      }
    },
  )

  test('when no entry can name it, then nobody is asked to accept it', () => {
    for (const part of [{ id: 'DLA-4000-1' }, { package: 'Tar' }]) {
      const essential = anUnfixedFinding({ ...ESSENTIAL, ...part })
      const other = anUnfixedFinding({ debian: MINOR, ...part })
      expect([described(essential).todo, described(other).todo, adviceOf(ruledBy(essential))]).toEqual([
        'Wait until there is a fix: tar cannot be removed (Essential)',
        `Remove or replace ${other.package}: ${other.id} has no fix`,
        expect.stringMatching(/^Wait for a fix, because an essential package cannot be removed: /),
      ])
      expect(() => entriesWith(essential, [])).toThrow()
    }
  })

  test.each(CASES)(
    'when a rule for $severity, KEV $kev is imported, then what is missing is named',
    (rated) => {
      const finding = aFinding(rated)
      const report = renderJson(judged(finding), { name: 'x', version: '1' })
      const { notes } = importRules(
        `${finding.id} exp:2026-12-01\n`,
        '.trivyignore',
        null,
        {
          ...{ today: TODAY, maxSpan: 365, reason: 'r', owner: 'o', expires: null },
          ...{ images: null, releases: null },
        },
        readSurveyedImages(report, 'r.json'),
        false,
      )
      const [, keys] = /if you want to accept it anyway, add (.+)$/.exec(notes.join('\n')) ?? []
      expectAccepting(finding, keys?.split(' and ') ?? [])
    },
  )
})
