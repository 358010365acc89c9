import { describe, expect, test } from '@jest/globals'
import { LONGEST_FILE, tooLong } from './rules.js'
import { scanTree, sourceTree } from './scan.js'

const lines = (count: number) => scanTree(new Map([['src/gate.ts', 'a()\n'.repeat(count)]]))

// The median is told by `npm run check`.
describe('files of src', () => {
  test('when the house is scanned, then none is too long', () => {
    expect(tooLong(scanTree(sourceTree()))).toEqual([])
  })

  test('when a file has as many lines as may be, then it is sound, and with one more it is at fault', () => {
    expect(tooLong(lines(LONGEST_FILE))).toEqual([])
    expect(tooLong(lines(LONGEST_FILE + 1))).toEqual(['src/gate.ts: 251 lines, 250 at most'])
  })
})
