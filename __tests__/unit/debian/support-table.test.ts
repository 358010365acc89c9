import { describe, expect, test } from '@jest/globals'
import {
  hasSecuritySupport,
  releaseTitle,
  stableByTable,
  supersededOn,
  supportOf,
} from '../../../src/debian/support-table.js'

describe('supportOf', () => {
  test.each([
    ['bookworm', '2023-06-09', 'unreleased'],
    ['bookworm', '2023-06-10', 'supported'],
    ['bookworm', '2026-07-11', 'supported'],
    ['bookworm', '2026-07-12', 'lts'],
    ['bookworm', '2028-06-30', 'lts'],
    ['bookworm', '2028-07-01', 'end-of-life'],
    ['squeeze', '2016-03-01', 'end-of-life'],
    ['forky', '2026-11-24', 'unreleased'],
    ['sid', '2026-11-24', 'unreleased'],
    ['zurg', '2026-11-24', 'unknown'],
  ])('when %s is looked at on %s, then it is %s', (codename, today, state) => {
    const support = supportOf(codename, today)
    expect(support.state).toBe(state)
    expect(hasSecuritySupport(support)).toBe(state === 'supported' || state === 'lts')
  })
})

describe('stableByTable', () => {
  test.each([
    ['1990-01-01', null],
    ['2025-08-08', 'bookworm'],
    ['2025-08-09', 'trixie'],
    ['2026-11-24', 'trixie'],
  ])('when it is %s, then stable is %s', (today, codename) => {
    expect(stableByTable(today)).toBe(codename)
  })
})

describe('supersededOn', () => {
  test.each([
    ['bookworm', 'trixie', '2025-08-08', null],
    ['bookworm', 'trixie', '2025-08-09', '2025-08-09'],
    ['bookworm', 'trixie', '2026-11-24', '2025-08-09'],
    ['bullseye', 'trixie', '2026-11-24', null],
    ['trixie', 'forky', '2026-11-24', null],
    ['trixie', 'zurg', '2026-11-24', null],
  ])(
    'when %s may have been followed by %s and it is %s, then that was on %s',
    (codename, stable, today, day) => {
      expect(supersededOn(codename, stable, today)).toBe(day)
    },
  )
})

describe('releaseTitle', () => {
  test.each([
    ['trixie', 'Debian 13 (trixie)'],
    ['sid', 'sid'],
    ['zurg', 'zurg'],
  ])('when a release is %s, then it is called %s', (codename, title) => {
    expect(releaseTitle(codename)).toBe(title)
  })
})
