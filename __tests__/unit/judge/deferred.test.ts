import { describe, expect, test } from '@jest/globals'
import { returnsWhen, rule, supportEnded } from '../../../src/judge/rulings.js'
import { becauseText, returnText } from '../../../src/model/because/words.js'
import type { DebianNote } from '../../../src/model/finding/index.js'
import type { Vulnerability } from '../../../src/model/finding/vulnerability.js'
import { aFinding, anUnfixedFinding, aPolicy, TODAY } from '../../support/builders.js'

const KINDS = ['no-dsa', 'postponed', 'ignored', 'unimportant', 'end-of-life'] as const
const note = (kind: DebianNote['kind']): DebianNote => ({ kind, words: 'Minor issue' })
const ruling = (finding: Vulnerability, codename: string | null = 'bookworm', today = TODAY, gate = {}) =>
  rule(finding, { reference: 'app:1', codename }, aPolicy([], gate), today)

describe('what Debian has put off', () => {
  test.each(KINDS)(
    'when it is %s and nothing speaks against it, then it is deferred, and says what would',
    (kind) => {
      const { ruling: word, returnsWhen: reasons, blocks } = ruling(anUnfixedFinding({ debian: note(kind) }))
      expect([word, blocks]).toEqual(['deferred', false])
      expect(reasons?.map(returnText)).toEqual([
        'CISA lists it as exploited (KEV)',
        'the archive of Debian bookworm offers a fix',
        'the support of Debian bookworm has ended (after 2028-06-30)',
      ])
    },
  )

  test.each(KINDS)('when it is %s and KEV lists it, then it is back', (kind) => {
    expect(ruling(anUnfixedFinding({ debian: note(kind), kev: true }))).toMatchObject({
      ruling: 'act',
      blocks: true,
      returnsWhen: null,
    })
  })

  test.each(KINDS)('when it is %s and a fix is in the archive, then it is back', (kind) => {
    expect(ruling(aFinding({ debian: note(kind) }))).toMatchObject({ ruling: 'act', returnsWhen: null })
    expect(ruling(aFinding({ debian: note(kind), installable: false })).ruling).toBe('deferred')
  })

  test.each(KINDS)('when it is %s and the support of the release has ended, then it is back', (kind) => {
    const finding = anUnfixedFinding({ debian: note(kind), severity: 'critical' })
    expect(ruling(finding, 'bookworm', '2028-06-30').ruling).toBe('deferred')
    const back = ruling(finding, 'bookworm', '2028-07-01')
    expect(back).toMatchObject({ ruling: 'unfixed', blocks: false, returnsWhen: null })
    expect(becauseText(back)).toBe(
      `no fix in Debian bookworm; Debian: ${kind} "Minor issue", and Debian's support of bookworm ended on 2028-06-30`,
    )
    expect(ruling(finding, 'bookworm', '2028-07-01', { failOnUnfixed: 'high' })).toMatchObject({
      ruling: 'act',
      blocks: true,
    })
  })

  test('when the fix is announced, then what brings it back names it', () => {
    expect(returnsWhen(aFinding({ installable: false }), 'trixie', TODAY).map(returnText)[1]).toBe(
      'the archive of Debian trixie offers the fix 2.6.2',
    )
  })

  test.each([
    ['bullseye', TODAY, '2026-08-31'],
    ['bullseye', '2026-08-31', null],
    ['buster', TODAY, '2024-06-30'],
    ['trixie', TODAY, null],
    ['forky', TODAY, null],
    ['kali-rolling', TODAY, null],
    [null, TODAY, null],
  ])('when the release is %s on %s, then its support ended: %s', (codename, today, end) => {
    expect(supportEnded(codename, today)).toBe(end)
  })
})
