import { structuredPatch } from 'diff'
import { escapeTerminal as esc, visible } from './escape.js'
import { type Paint, painter } from './layout.js'

/** How many characters of a line are shown: enough for a policy's, and not a page of garbage. */
const LENGTH = 1000

/**
 * The change to a text file, as a unified diff for a terminal (GNU diff, "Unified Format"); '' if there is none.
 * @param before `null` if there is no file yet
 */
export function renderDiff(file: string, before: string | null, after: string, colour: boolean): string {
  if (before === after) {
    return ''
  }
  const paint = painter(colour)
  const { hunks } = structuredPatch(file, file, before ?? '', after, undefined, undefined, { context: 3 })
  const names = [`--- ${before === null ? '/dev/null' : esc(file)}`, `+++ ${esc(file)}`]
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => [
    paint(`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, 'dim'),
    ...changed.map((line) => painted(line, paint)),
  ])
  return `${[...names.map((name) => paint(name, 'bold')), ...lines].join('\n')}\n`
}

/** Like `renderDiff`, as plain lines for a fence; each on one line, with invisible characters made visible. */
export function diffLines(file: string, before: string, after: string): string[] {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 })
  const text = (line: string) => `${line.charAt(0)}${visible(line.slice(1).replace(/\r$/, ''), LENGTH)}`
  return [
    `--- a/${visible(file)}`,
    `+++ b/${visible(file)}`,
    ...hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
      ...lines.map(text),
    ]),
  ]
}

/** A range of lines in the head of a hunk; for an empty one, the number of the line before it. */
function range(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`
}

/** The first letter is the diff's own; the rest is from outside. */
function painted(line: string, paint: Paint): string {
  const text = `${line.charAt(0)}${esc(line.slice(1).replace(/\r$/, ''), LENGTH)}`
  if (text.startsWith('+')) {
    return paint(text, 'green')
  }
  return text.startsWith('-') ? paint(text, 'red') : text
}
