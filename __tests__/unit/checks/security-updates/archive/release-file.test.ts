import { describe, expect, test } from '@jest/globals'
import { parseRelease } from '../../../../../src/checks/security-updates/archive/release-file.js'
import { problemThrownBy } from '../../../../support/problems.js'

const DATE = 'Date: Sat, 12 Sep 2026 09:41:36 UTC'
const HASH = 'a'.repeat(64)

describe('the text of a Release file', () => {
  test('when a field has one letter or is folded, then it is read', () => {
    const release = parseRelease(`A: b\nOrigin:\n Debian\n${DATE}\nSHA256:\n ${HASH} 5 main/x\n`, 'x')
    expect(release.origin).toContain('Debian')
    expect(release.date).toBe('2026-09-12T09:41:36.000Z')
    expect([...release.files]).toEqual([['main/x', { sha256: HASH, size: 5 }]])
  })

  test.each([
    ['no date', 'Suite: stable', 'it has no Date field'],
    ['a date that is none', 'Date: today', '"today" is not a date'],
    ['a line before the first field that continues one', ` x\n${DATE}`, 'a continuation line has no field'],
    ['a line without a colon', `${DATE}\nSuite`, '"Suite" is not a field'],
    ['a line that begins with a colon', `${DATE}\n: a`, '": a" is not a field'],
    ['a field twice', `${DATE}\nSuite: a\nsuite: b`, 'the field suite appears twice'],
    ['a file without a size', `${DATE}\nSHA256:\n ${HASH} main/x`, 'is not a valid line of the SHA256 field'],
    ['a file twice', `${DATE}\nSHA256:\n ${HASH} 5 main/x\n ${HASH} 6 main/x`, 'main/x is listed twice'],
  ])('when it has %s, then it is refused', (_, text, message) => {
    const { code, what } = problemThrownBy(() => parseRelease(text, 'x'))
    expect(code).toBe('archive-release-malformed')
    expect(what).toContain(message)
  })
})
