import { DEFAULT_SHELL, readCreatedBy, shellOf } from '../../../model/index.js'
import { flagAt, listAt, textAt } from './json.js'
import { type BenchImage, layersOf } from './state.js'

export interface HistoryInstruction {
  /** Index in the image's history, oldest first, from 0. */
  readonly line: number
  /** Keyword in capitals; empty for a line that no instruction made (`docker import`). */
  readonly keyword: string
  /** The text after the keyword; for a RUN only the command, without shell and build arguments. */
  readonly text: string
  /** Build arguments that were set for a RUN, `NAME=value NAME=value`. */
  readonly buildArguments: string
  /** Index of the layer it made; `null` if it made none or that is not known. */
  readonly layer: number | null
}

export interface ReadHistory {
  readonly instructions: readonly HistoryInstruction[]
  /** False if the history has fewer layers than the image, so something was left out. */
  readonly complete: boolean
}

interface Line {
  readonly text: string
  /** True if the line made no layer; `null` if that is not known, as in an engine's answer. */
  readonly empty: boolean | null
}

/**
 * The image's history, oldest first, whichever builder wrote it; `null` if it is not known. The image's
 * config is preferred, because an engine's answer does not show which lines made no layer.
 */
export function readHistory(image: BenchImage): ReadHistory | null {
  const lines = linesOf(image)
  if (lines === null) {
    return null
  }
  const layers = layersOf(image).length
  const isEmptyKnown = lines.every(({ empty }) => empty !== null)
  const instructions: HistoryInstruction[] = []
  let shell = DEFAULT_SHELL
  let layer = 0
  for (const [line, { text, empty }] of lines.entries()) {
    const read = parse(text, shell)
    if (read.keyword === 'SHELL') {
      shell = shellOf(read.text)
    }
    instructions.push({ ...read, line, layer: isEmptyKnown && !empty ? layer : null })
    if (!empty) {
      layer += 1
    }
  }
  return { instructions, complete: layer >= layers }
}

function linesOf(image: BenchImage): readonly Line[] | null {
  if (Array.isArray(image.config?.history)) {
    return listAt(image.config, 'history').map((line) => ({
      text: textAt(line, 'created_by'),
      empty: flagAt(line, 'empty_layer'),
    }))
  }
  if (image.history === null) {
    return null
  }
  return image.history.map((line) => ({ text: textAt(line, 'CreatedBy'), empty: null })).reverse()
}

function parse(
  createdBy: string,
  shell: string,
): Pick<HistoryInstruction, 'keyword' | 'text' | 'buildArguments'> {
  const { keyword, text } = readCreatedBy(createdBy, shell)
  return keyword === 'RUN' ? { keyword, ...runOf(text, shell) } : { keyword, text, buildArguments: '' }
}

function runOf(text: string, shell: string): Pick<HistoryInstruction, 'text' | 'buildArguments'> {
  const { buildArguments, rest } = splitArguments(text, shell)
  return { buildArguments, text: commandText(rest, shell) }
}

/**
 * The text of a RUN in an image's history: `|2 A=1 B= /bin/sh -c COMMAND`. The number and the build arguments
 * are there only if any were declared. Values may contain blanks, so they end at the shell, if there is one.
 */
function splitArguments(
  text: string,
  shell: string,
): { readonly buildArguments: string; readonly rest: string } {
  const head = /^\|(\d+) /.exec(text)
  if (!head) {
    return { buildArguments: '', rest: text }
  }
  const after = text.slice(head[0].length)
  const end = after.startsWith(`${shell} `) ? 0 : after.indexOf(` ${shell} `)
  if (end >= 0) {
    return { buildArguments: after.slice(0, end), rest: after.slice(end).trimStart() }
  }
  const args = after.split(' ')
  const count = Number(head[1])
  return { buildArguments: args.slice(0, count).join(' '), rest: args.slice(count).join(' ') }
}

/** `/bin/bash -euo pipefail -c`, named by a RUN in list form: its history has lost the quotes. */
const SHELL = /^(?:\/\S{0,80}\/)?(?:ba|da|a)?sh(?: -\w*o \w+| -\w+){0,8}? -\w*c (?!["'])/

/** The command without the shell that runs it. */
function commandText(text: string, shell: string): string {
  if (text.startsWith(`${shell} `)) {
    return text.slice(shell.length + 1)
  }
  return text.replace(SHELL, '')
}
