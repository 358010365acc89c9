import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { RULINGS } from '../../../src/judge/rulings.js'
import { ROOT } from '../../rules/scan.js'

/** `1 noted` for each row of the first table under a heading whose first cell is a number. */
function rowsIn(page: string, heading: string): readonly string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const rows = (section.split('\n## ')[0] ?? '').matchAll(/^\| (\d+) \| ([^|]+) \|/gm)
  return [...rows].map(([, number, rulings]) => `${number} ${rulings?.replaceAll('`', '')}`)
}

test('when a row of the table of rulings is added, moved or struck, then docs/findings/clair.md has it too', () => {
  const page = readFileSync(join(ROOT, 'docs/findings/clair.md'), 'utf8')
  expect(rowsIn(page, 'Rulings')).toEqual(
    RULINGS.map(({ number, rulings }) => `${number} ${rulings.join(', ')}`),
  )
})

test('when all rulings of the table are listed, then docs/verdict.md explains each', () => {
  const page = readFileSync(join(ROOT, 'docs/verdict.md'), 'utf8')
  const explained = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, ruling]) => ruling)
  expect(new Set(RULINGS.flatMap(({ rulings }) => rulings))).toEqual(new Set(explained))
})
