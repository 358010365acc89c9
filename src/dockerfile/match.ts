import {
  type CreatedBy,
  DEFAULT_SHELL,
  type HistoryLine,
  type Image,
  linesOfLayers,
  readCreatedBy,
  shellOf,
} from '../model/index.js'
import { type Instruction, type Stage, UPDATE_MARK } from './parse.js'
import { execForm, isSame } from './same.js'

/** An image's history, oldest first, matched with the instructions of a Dockerfile. */
export interface DockerfileMatch {
  /** FROM of the image that everything was built on. */
  readonly from: Instruction
  /** Instructions that made the image, oldest first, including those of earlier stages that it builds on. */
  readonly chain: readonly Instruction[]
  /** The instruction for each history line; `null`: a line of the base image, or of no instruction. */
  readonly owners: readonly (Instruction | null)[]
  /** Lines that the base image brought. */
  readonly baseLines: number
  /** True if something that makes a layer agrees: what any image may have, such as a CMD, proves nothing. */
  readonly proven: boolean
}

/** The last instruction that the history does not have. */
export interface Mismatch {
  readonly instruction: Instruction
  /** How many instructions after it agreed. */
  readonly agreed: number
}

const PROVING_KEYWORDS = ['RUN', 'COPY', 'ADD']
/** A stage may build on a stage, and so on; real Dockerfiles do not exceed this depth (hostile ones may). */
const MAX_STAGES = 100

/**
 * Matches a history with the stage that it was built from: the last one that agrees with the most lines,
 * whatever `--target` was. Lines are compared from the end, and every instruction has to agree, so that a
 * Dockerfile that was changed since, or belongs to another image, is detected.
 * @param shell SHELL of the image's config, which a base image may have set
 */
export function matchHistory(
  stages: readonly Stage[],
  history: readonly HistoryLine[],
  shell: string | null,
): DockerfileMatch | Mismatch | null {
  const instructions = readHistory(history, shell)
  const tried = stages
    .slice(0, MAX_STAGES)
    .map((_, index) => align(chainOf(stages, index), instructions))
    .reverse()
  const matches = tried.filter((one): one is DockerfileMatch => 'owners' in one)
  const [best] = [...matches].sort((a, b) => b.chain.length - a.chain.length)
  if (best !== undefined) {
    return best
  }
  return tried.find((one): one is Mismatch => 'instruction' in one) ?? null
}

interface InstructionWithShells extends CreatedBy {
  readonly shells: readonly string[]
}

function readHistory(history: readonly HistoryLine[], configured: string | null): InstructionWithShells[] {
  let shell = DEFAULT_SHELL
  return history.map(({ createdBy }) => {
    const read = readCreatedBy(createdBy ?? '', shell)
    if (read.keyword === 'SHELL') {
      shell = shellOf(read.text)
    }
    return { ...read, shells: configured === null ? [shell] : [shell, configured] }
  })
}

interface Chain {
  readonly from: Instruction
  readonly instructions: readonly Instruction[]
}

/** `FROM name` of an earlier stage continues where that one ended. */
function chainOf(stages: readonly Stage[], index: number): Chain {
  const instructions: Instruction[][] = []
  let at = index
  for (;;) {
    const stage = stages[at]
    if (stage === undefined) {
      break
    }
    instructions.unshift([...stage.instructions])
    const below = stages
      .slice(0, at)
      .findLastIndex(({ name }) => name !== null && name === stage.base.toLowerCase())
    if (below === -1) {
      return { from: stage.from, instructions: instructions.flat() }
    }
    at = below
  }
  throw new RangeError(`there is no stage ${index}`)
}

/**
 * Index of the last history line that an instruction of the Dockerfile may have made: those at the end that squashing
 * or `seaworthy update` (update/plan/patch-file.ts) added come from no instruction.
 */
function lastOfDockerfile(recorded: readonly InstructionWithShells[]): number {
  const isRun = (line: number) =>
    recorded[line]?.keyword === 'RUN' && recorded[line].text.includes(UPDATE_MARK)
  const isUser = (line: number) => recorded[line]?.keyword === 'USER'
  let line = recorded.length - 1
  for (;;) {
    if (recorded[line]?.keyword === '' || isRun(line)) {
      line -= 1
    } else if (isUser(line - 2) && isRun(line - 1) && isUser(line)) {
      line -= 3
    } else {
      return line
    }
  }
}

function align(
  { from, instructions: chain }: Chain,
  recorded: readonly InstructionWithShells[],
): DockerfileMatch | Mismatch {
  const owners: (Instruction | null)[] = recorded.map(() => null)
  let line = lastOfDockerfile(recorded)
  let agreed = 0
  for (const instruction of [...chain].reverse()) {
    const isHere = () => {
      const one = recorded[line]
      return one !== undefined && isSame(instruction, one, one.shells)
    }
    // `docker build --label` of the classic builder.
    while (agreed === 0 && !isHere() && recorded[line]?.keyword === 'LABEL') {
      line -= 1
    }
    if (isHere()) {
      owners[line] = instruction
      line -= 1
      agreed += 1
    } else if (instruction.keyword !== 'ONBUILD') {
      // BuildKit writes no line for ONBUILD.
      return { instruction, agreed }
    }
  }
  const proven = owners.some((owner) => owner !== null && PROVING_KEYWORDS.includes(owner.keyword))
  return { from, chain, owners, baseLines: line + 1, proven }
}

/**
 * diff_ids of the layers whose files come from the build context, as they are there: those of a COPY without `--from`,
 * and of an ADD that neither downloads nor unpacks anything
 * (https://docs.docker.com/reference/dockerfile/#add). None if nothing proves that the image was built from this file.
 */
export function copiedLayers(match: DockerfileMatch | null, image: Image): ReadonlySet<string> {
  const lines = linesOfLayers(image)
  if (match === null || !match.proven || lines === null) {
    return new Set()
  }
  return new Set(
    image.layers.flatMap(({ diffId }, index) => {
      const owner = match.owners[lines[index] ?? -1]
      return owner && isCopied(owner) ? [diffId] : []
    }),
  )
}

function isCopied({ keyword, text, flags }: Instruction): boolean {
  if (keyword === 'COPY') {
    return ![...flags, ...text.split(/\s+/)].some((arg) => /^--from\b/i.test(arg))
  }
  return keyword === 'ADD' && sourcesOf(text).every(isPlainFile)
}

function sourcesOf(text: string): readonly string[] {
  const [first = ''] = text.split('\n', 1)
  return (execForm(text) ?? first.split(/\s+/).filter((arg) => arg !== '')).slice(0, -1)
}

/**
 * True if the source is not a URL, a repository or, by its name, an archive. Variables and patterns are not expanded,
 * so they are not plain.
 */
function isPlainFile(source: string): boolean {
  return !/:\/\/|^git@|\.git(?:[#/]|$)|[$*?[]|\.(?:tar|tgz|tbz2?|txz|tzst)$|\.tar\.|\.(?:gz|bz2|xz|zst)$/i.test(
    source,
  )
}
