import { type CreatedBy, DEFAULT_SHELL, jsonIn, oneLine, withoutEnd } from '../model/index.js'
import type { Instruction } from './parse.js'

type Comparison = (written: Instruction, recorded: string, shells: readonly string[]) => boolean

/**
 * How to recognize each instruction in what a builder writes into the history. Builders expand variables,
 * drop quotes and flags, and print lists in Go's formats, each a little differently; only what all of them
 * keep is compared.
 */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  RUN: sameRun,
  COPY: sameCopy,
  ADD: sameCopy,
  // The value may be set at build time.
  ARG: ({ text }, recorded) => nameOf(text) === nameOf(recorded),
  ENV: ({ text }, recorded) => fits(withoutQuoting(withEquals(text)), withoutQuoting(recorded)),
  LABEL: ({ text }, recorded) => fits(withoutQuoting(withEquals(text)), withoutQuoting(recorded)),
  // The history has the whole path.
  WORKDIR: ({ text }, recorded) => fits(`$ROOT${folder(text)}`, withoutQuoting(recorded)),
  EXPOSE: ({ text }, recorded) => /[$-]/.test(text) || ports(text) === ports(recorded),
  HEALTHCHECK: ({ text }, recorded) =>
    endsWithCommand(withoutQuoting(recorded), withoutQuoting(text.replace(/^CMD\s+/i, ''))),
  CMD: sameCommand,
  ENTRYPOINT: sameCommand,
}

/**
 * True if this instruction made the history line.
 * @param shells what may come before a RUN: the current shell, and other likely ones
 */
export function isSame(written: Instruction, recorded: CreatedBy, shells: readonly string[]): boolean {
  if (written.keyword !== recorded.keyword) {
    return false
  }
  const compare =
    COMPARISONS[written.keyword] ?? (({ text }, of) => fits(withoutQuoting(text), withoutQuoting(of)))
  return compare(written, recorded.text, shells)
}

/** Build arguments and a shell in front, with any blanks. Variables stay as they are: the shell reads them. */
function sameRun({ text, hereDocument }: Instruction, recorded: string, shells: readonly string[]): boolean {
  const args = execForm(text)
  const commands = args ? [args.join(' ')] : hereDocument === null ? [text] : [text, hereDocument]
  const historyText = oneLine(recorded)
  return commands.map(oneLine).some((want) => {
    if (want === '' || !historyText.endsWith(want)) {
      return false
    }
    const prefix = historyText.slice(0, historyText.length - want.length).trimEnd()
    if (args !== null) {
      return prefix === '' || prefix.startsWith('|') || shells.includes(prefix)
    }
    return [...shells, DEFAULT_SHELL].some(
      (shell) => prefix === shell || (prefix.startsWith('|') && prefix.endsWith(` ${shell}`)),
    )
  })
}

/** A plain text is a shell command, and is recorded with the shell. */
function sameCommand({ text }: Instruction, recorded: string, shells: readonly string[]): boolean {
  const args = execForm(text)
  const expectedTexts = args
    ? [args.join(' ')]
    : [...shells, DEFAULT_SHELL].map((shell) => `${shell} ${text}`)
  return expectedTexts.some((want) => withoutQuoting(want) === withoutQuoting(recorded))
}

/** The classic builder keeps only the target: `COPY file:<sha256> in /x `. BuildKit drops some of the flags. */
function sameCopy({ text }: Instruction, recorded: string): boolean {
  const [first = ''] = text.split('\n', 1)
  const args = execForm(text) ?? first.split(/\s+/)
  const [, target] = /[0-9a-f]{64} in (\S.*)$/s.exec(recorded) ?? []
  if (target !== undefined) {
    return fits(withoutQuoting(args.at(-1) ?? ''), withoutQuoting(target))
  }
  const withoutFlags = recorded.replace(/^(?:--\S+\s+)+/, '')
  return fits(withoutQuoting(args.join(' ')), withoutQuoting(withoutFlags))
}

/** True if `text` is `pattern` with anything in place of its variables. In linear time. */
function fits(pattern: string, text: string): boolean {
  const parts = pattern.split(/\$(?:\{[^}]{0,200}\}|\w+)/).map((part) => part.trim())
  const [first = '', ...more] = parts
  const last = more.pop()
  if (last === undefined) {
    return first === text
  }
  if (!text.startsWith(first) || !text.endsWith(last)) {
    return false
  }
  let at = first.length
  for (const part of more) {
    const found = text.indexOf(part, at)
    if (found === -1) {
      return false
    }
    at = found + part.length
  }
  return at <= text.length - last.length
}

/** Without characters that depend on the quoting style. */
function withoutQuoting(text: string): string {
  return oneLine(text.replace(/["'\\,]|[[\]](?=\s|$)|(?<=^|\s)\[/g, (char) => (char === ',' ? ' ' : '')))
}

/** `ENV NAME some words` is an old form of `ENV NAME="some words"`. */
function withEquals(text: string): string {
  return /^\S+=/.test(text) ? text : text.replace(/^(\S+)\s+/, '$1=')
}

function nameOf(text: string): string {
  return /^[\w.]+/.exec(text)?.[0] ?? text
}

function folder(text: string): string {
  const path = withoutQuoting(text).replace(/^\.\//, '')
  return withoutEnd(path, '/') || path.slice(0, 1)
}

/** `map[443/udp:{} 80/tcp:{}]`, `[443/udp 80/tcp]` and `80 443/udp` are the same ports. */
function ports(text: string): string {
  const found = text.toLowerCase().match(/\d+(?:\/\w+)?/g) ?? []
  return [...new Set(found.map((port) => port.replace(/\/tcp$/, '')))].sort().join(' ')
}

/** True if a recorded HEALTHCHECK contains this command: Go prints it in brackets, with times after it. */
function endsWithCommand(recorded: string, command: string): boolean {
  return (
    command !== '' &&
    oneLine(recorded.replace(/[[\]{}]/g, ' ')).includes(oneLine(command.replace(/[[\]{}]/g, ' ')))
  )
}

export function execForm(text: string): readonly string[] | null {
  const args = text.startsWith('[') ? jsonIn(text) : undefined
  return Array.isArray(args) && args.every((arg) => typeof arg === 'string') ? args : null
}
