import { spawnSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { columns, firstLines, wrapCommand } from '../../../src/reports/layout.js'

const SECURITY = 'deb http://security.debian.org/debian-security bookworm-security main'
const COMMAND = `printf '%s|' '${SECURITY}' && printf '%s|' --only-upgrade "a b" perl-base=5.36.0-7+deb12u4`

describe('wrapCommand', () => {
  test('when a command is laid out at any width, then a shell that it is copied into does the same', () => {
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
      'perl-modules-5.36  CVE-2026-109518  critical (NVD)  5.36.0-7+deb12u3 → …',
      'apt                security-update  unknown         2.6.1 → 2.6.2',
    ])
  })
})

describe('firstLines', () => {
  test.each([
    [[], []],
    [
      ['one', 'two'],
      ['one', 'two'],
    ],
    [
      ['one', 'two', 'three'],
      ['one', 'two …'],
    ],
    [
      ['one', 'x'.repeat(12), 'three'],
      ['one', `${'x'.repeat(9)}…`],
    ],
  ])(
    'when there are lines (%#), then two at most, and the last one says that more were left out',
    (lines, shown) => {
      expect(firstLines(lines, 2, 10)).toEqual(shown)
    },
  )
})
