import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { columns, wrapCommand, wrapUnder } from '../../../src/reports/layout.js'

const SECURITY = 'deb http://security.debian.org/debian-security bookworm-security main'
const COMMAND = `printf '%s|' '${SECURITY}' && printf '%s|' --only-upgrade "a b" perl-base=5.36.0-7+deb12u4`

describe('wrapCommand', () => {
  test('when a command is formatted at any width, then a shell that it is copied into does the same', () => {
    for (const width of [20, 40, 60, 72, 80, 120]) {
      const text = wrapCommand(COMMAND, width).join('\n')
      expect([width, spawnSync('sh', ['-c', text], { encoding: 'utf8' }).stdout]).toEqual([
        width,
        `${SECURITY}|--only-upgrade|a b|perl-base=5.36.0-7+deb12u4|`,
      ])
    }
  })

  test('when words fit, then lines are as wide as they may be', () => {
    expect(wrapCommand('apt-get update && apt-get install -y perl', 30)).toEqual([
      'apt-get update && apt-get \\',
      '  install -y perl',
    ])
  })
})

describe('columns', () => {
  test('when the columns are wider than the terminal, then no line is, and the widest gives way', () => {
    const rows = [
      [
        'perl-modules-5.36',
        'CVE-2026-109518',
        'critical (NVD)',
        '5.36.0-7+deb12u3 → 5.36.0-7+deb12u4',
        'why',
      ],
      ['apt', 'security-update', 'unknown', '2.6.1 → 2.6.2', 'why'],
    ]
    expect(columns(rows, 72)).toEqual([
      'perl-modules-5.36  CVE-2026-109518  critical (NVD)  5.36.0-7+deb12u3 → …\n    why',
      'apt                security-update  unknown         2.6.1 → 2.6.2\n    why',
    ])
  })

  test('when there is no width, then no cell is cut', () => {
    const long = 'x'.repeat(100)
    expect(columns([[long, long]], Number.POSITIVE_INFINITY)).toEqual([`${long}  ${long}`])
  })
})

describe('wrapUnder', () => {
  test('when a text has room next to its lead, then it goes on below itself, else below the lead', () => {
    const text = 'one two three four five six'
    expect(wrapUnder('lead  ', text, 30)).toEqual(['lead  one two three four five', '      six'])
    expect(wrapUnder('a lead of 20 letters ', text, 30)).toEqual([
      'a lead of 20 letters',
      '    one two three four five',
      '    six',
    ])
  })
})
