import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { PROBLEM_SECTIONS } from '../../src/model/problem-codes.js'
import { undocumented } from './rules.js'
import { ROOT } from './scan.js'

describe('docs/troubleshooting.md', () => {
  test('when a code is in the table, then it has a heading under its section, and each heading a code', () => {
    expect(PROBLEM_SECTIONS.flatMap(({ codes }) => codes)).toContain('internal')
    expect(
      undocumented(PROBLEM_SECTIONS, readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8')),
    ).toEqual([])
  })

  test('when a heading is missing, idle or there twice, then each is reported', () => {
    expect(
      undocumented(
        [{ heading: 'Images', codes: ['no-engine', 'no-space'] }],
        '# T\n## Images\n### no-space\n### no-space\n### gone\n',
      ),
    ).toEqual(['no-engine: no heading', 'gone: no such code', 'no-space: twice'])
  })

  test('when a code is in the table twice, or its heading under another section, then each is reported', () => {
    const sections = [
      { heading: 'Images', codes: ['no-space'] },
      { heading: 'Archives', codes: ['no-space', 'no-image'] },
    ]
    expect(undocumented(sections, '# T\n## Images\n### no-space\n### no-image\n## Archives\n')).toEqual([
      'no-space: twice in the table',
      'no-space: under "Images", and in the table under "Archives"',
      'no-image: under "Images", and in the table under "Archives"',
    ])
  })
})
