import { describe, expect, test } from '@jest/globals'
import { renderDiff } from '../../../src/reports/diff.js'

const BEFORE = 'a\nb\nc\nd\ne\nf\ng\nh\n'

describe('renderDiff', () => {
  test('when nothing differs, then there is no diff', () => {
    expect(renderDiff('d.yml', BEFORE, BEFORE, false)).toBe('')
  })

  test('when a line differs, then it is reported with three lines around, as diff -u does', () => {
    expect(renderDiff('d.yml', BEFORE, BEFORE.replace('e', 'E'), false)).toBe(
      '--- d.yml\n+++ d.yml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
    )
  })

  test('when there is no file yet, then every line is new', () => {
    expect(renderDiff('d.yml', null, 'a\nb\n', false)).toBe(
      '--- /dev/null\n+++ d.yml\n@@ -0,0 +1,2 @@\n+a\n+b\n',
    )
  })

  test('when a line holds what is not seen, then it is made visible, and no command of a runner is left', () => {
    const text = renderDiff('d.yml', 'a\n', 'x: "\u202e\u001b[31m##[error]"\n', false)
    expect(text).toContain('+x: "\\u{202e}\\u{1b}[31m## [error]"\n')
  })

  test('when there are colours, then the words are the same', () => {
    const plain = renderDiff('d.yml', BEFORE, 'b\n', true).replace(/\u001b\[\d+m/g, '')
    expect(plain).toBe(renderDiff('d.yml', BEFORE, 'b\n', false))
  })
})
