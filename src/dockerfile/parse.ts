import {
  DockerfileParser,
  type From,
  ModifiableInstruction,
  type Instruction as Parsed,
} from 'dockerfile-ast'

/** This text is in the RUN of each layer that `seaworthy update` has added. */
export const UPDATE_MARK = '@seaworthy simulated'

export interface Instruction {
  /** In capitals. */
  readonly keyword: string
  /** What follows keyword and flags: continued lines joined, comment lines removed, here-documents whole. */
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

/** `${NAME}`, `$NAME` and `${NAME:-default}`, resolved by an ARG before the first FROM or by the text itself. */
function withDefaults(text: string, defaults: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$(?:\{(\w+)(?::?-([^}]{0,200}))?\}|(\w+))/g,
    (whole, braced?: string, otherwise?: string, plain?: string) =>
      defaults.get(braced ?? plain ?? '') || otherwise || whole,
  )
}
