import {
  DockerfileParser,
  type From,
  ModifiableInstruction,
  type Instruction as Parsed,
} from 'dockerfile-ast'

/** What created a line of an image's history. */
export interface CreatedBy {
  /** Dockerfile keyword in capitals; empty for a line that no instruction made (`docker import`). */
  readonly keyword: string
  /**
   * What follows the keyword. For a RUN it includes the build arguments and the shell, as the builder wrote
   * it.
   */
  readonly text: string
}

const KEYWORDS =
  'ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR'
/** BuildKit, and builders without an engine, write the instruction itself. */
const BUILDKIT = new RegExp(`^(${KEYWORDS})(?:\\s+(.*))?$`, 's')
/** The classic builder writes a no-op command, starting with the current shell. */
const CLASSIC = new RegExp(`^(?:/\\S+(?: -\\S+)*) #\\(nop\\) +(${KEYWORDS})(?:\\s+(.*))?$`, 's')

/** This text is in the RUN of each layer that `seaworthy update` has added. */
export const UPDATE_MARK = '@seaworthy simulated'

/** The shell of a RUN if no SHELL sets another. */
export const DEFAULT_SHELL = '/bin/sh -c'

/**
 * Reads `created_by` of an image's history (OCI image-spec, config.md), from any builder.
 * @param shell the current shell, its words joined by blanks
 */
export function readCreatedBy(createdBy: string, shell: string): CreatedBy {
  const shellPrefix = `${shell} #(nop) `
  const rest = createdBy.startsWith(shellPrefix) ? createdBy.slice(shellPrefix.length).trimStart() : createdBy
  const classicCommand = classicShell(createdBy)
  if (classicCommand !== null) {
    return { keyword: 'SHELL', text: classicCommand }
  }
  const [, keyword, text = ''] = CLASSIC.exec(createdBy) ?? BUILDKIT.exec(rest) ?? []
  if (keyword !== undefined) {
    return { keyword, text: text.replace(/\s# buildkit$/, '').trim() }
  }
  return createdBy.trim() === '' ? { keyword: '', text: '' } : { keyword: 'RUN', text: createdBy }
}

/**
 * The classic builder's SHELL line starts with the shell that it sets: `X #(nop) SHELL [X]`, with some
 * blanks.
 */
function classicShell(createdBy: string): string | null {
  for (let blanks = 1; blanks <= 8; blanks++) {
    const between = ` #(nop)${' '.repeat(blanks)}SHELL [`
    const length = (createdBy.length - between.length - 1) / 2
    const shell = Number.isInteger(length) && length > 0 ? createdBy.slice(0, length) : ''
    if (/^\S/.test(shell) && createdBy === `${shell}${between}${shell}]`) {
      return `[${shell}]`
    }
  }
  return null
}

/** The shell that a SHELL instruction in the history names. */
export function shellOf(text: string): string {
  return text.replace(/^\[(.*)\]$/s, '$1').replaceAll(/["',]/g, '')
}

export interface Instruction {
  /** In capitals. */
  readonly keyword: string
  /**
   * What follows the keyword and its flags: continued lines joined, comment lines removed, here-documents
   * whole.
   */
  readonly text: string
  /** As they are written: `--from=build`. */
  readonly flags: readonly string[]
  /** The text of a single here-document, without its delimiters; `null` if there is none. */
  readonly hereDocument: string | null
  readonly line: number
  readonly endLine: number
}

export interface Stage {
  readonly from: Instruction
  /** `AS name`, in lower case: BuildKit compares names that way. */
  readonly name: string | null
  /** The image or stage that it builds on, with defaults of variables filled in. */
  readonly base: string
  readonly instructions: readonly Instruction[]
}

/**
 * The stages of a Dockerfile, by https://docs.docker.com/reference/dockerfile/; none if there is no FROM.
 * Understands directives (`escape`, `syntax`), here-documents and CR LF. Anything else becomes instructions
 * with unknown keywords, never an error.
 */
export function parseDockerfile(text: string): readonly Stage[] {
  const parsed = DockerfileParser.parse(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))
  const mark = parsed.getEscapeCharacter()
  const defaults = new Map<string, string>()
  for (const arg of parsed.getInitialARGs()) {
    const property = arg.getProperty()
    if (property !== null) {
      defaults.set(property.getName(), property.getValue() ?? '')
    }
  }
  const stages: (Stage & { readonly instructions: Instruction[] })[] = []
  for (const one of parsed.getInstructions()) {
    const instruction = instructionOf(one, mark)
    if (instruction.keyword !== 'FROM') {
      stages.at(-1)?.instructions.push(instruction)
      continue
    }
    const from = one as From
    stages.push({
      from: instruction,
      name: from.getBuildStage()?.toLowerCase() ?? null,
      base: withDefaults(from.getImage() ?? '', defaults),
      instructions: [],
    })
  }
  return stages
}

function instructionOf(parsed: Parsed, mark: string): Instruction {
  const { start, end } = parsed.getRange()
  const raw = parsed.getRawArgumentsContent() ?? ''
  const hasHereDocument = /<<-?["']?\w/.test(raw.split('\n', 1)[0] ?? '') && raw.includes('\n')
  return {
    keyword: parsed.getKeyword(),
    flags: parsed instanceof ModifiableInstruction ? parsed.getFlags().map(String) : [],
    text: hasHereDocument ? raw : joined(raw, mark),
    hereDocument: hasHereDocument ? raw.split('\n').slice(1, -1).join('\n') : null,
    line: start.line + 1,
    endLine: end.line + 1,
  }
}

/** Joins continued lines. Comment lines and empty ones between them do not count. */
function joined(raw: string, mark: string): string {
  const [first = '', ...more] = raw.split('\n')
  const counted = more.filter((line) => !/^\s*(?:#|$)/.test(line))
  return [first, ...counted]
    .map((line) => (line.trimEnd().endsWith(mark) ? line.trimEnd().slice(0, -1) : line))
    .join('')
}

/**
 * `${NAME}`, `$NAME` and `${NAME:-default}`, resolved by an ARG before the first FROM or by the text itself.
 */
function withDefaults(text: string, defaults: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]{0,200}))?\}|(\w+))/g,
    (whole, braced?: string, otherwise?: string, plain?: string) =>
      defaults.get(braced ?? plain ?? '') || otherwise || whole,
  )
}
