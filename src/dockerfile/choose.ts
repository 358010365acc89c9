import { DEFAULT_SHELL, type DockerfileUse, type Image, readCreatedBy } from '../model/index.js'
import { type DockerfileMatch, matchHistory } from './match.js'
import { parseDockerfile } from './parse.js'

export interface DockerfileDocument {
  /** Path to show, with `/`, relative to the working directory. */
  readonly file: string
  /** `null` if it could not be read. */
  readonly text: string | null
  /** True where the user named it, false where it was found. */
  readonly named: boolean
  /** Why it could not be read, in words; else `null`. */
  readonly problem: string | null
  /** Why the image was not built from this file, if `withoutStrangers` has dropped its text. */
  readonly note?: string | undefined
}

/** How many characters of a Dockerfile are read: longer ones take too long, and no real Dockerfile is longer. */
const MAX_DOCKERFILE_LENGTH = 256 * 1024

export interface ChosenDockerfile {
  readonly use: DockerfileUse
  readonly match: DockerfileMatch | null
}

/**
 * The Dockerfile that this image was built from. The image's history has to agree with every instruction of
 * the file, or no finding is attributed to it: a wrong line is worse than none.
 */
export function chooseDockerfile(documents: readonly DockerfileDocument[], image: Image): ChosenDockerfile {
  const tried = documents.map((document) => ({ document, ...tryOne(document, image) }))
  const usable = tried.filter(({ document, match }) => match && (match.proven || document.named))
  const [first, second] = usable.sort((a, b) => lengthOf(b.match) - lengthOf(a.match))
  if (first && (!second || lengthOf(first.match) > lengthOf(second.match))) {
    const from = first.match === null ? null : fromInstructionOf(first.match, image)
    return { use: { file: first.document.file, note: first.note, from }, match: first.match }
  }
  if (first) {
    const names = usable.map(({ document }) => document.file).join(' and ')
    return noDockerfile(`the image's history matches ${names}; set "dockerfile" to one of them`)
  }
  const notes = tried.flatMap(({ note }) => note ?? [])
  if (notes.length > 2) {
    return noDockerfile(`the image's history matches none of the ${notes.length} Dockerfiles that were found`)
  }
  return noDockerfile(notes.length === 0 ? null : notes.join('; '))
}

/**
 * The same documents, without the text of those that belong to another image: evidence must not carry
 * everything that a work tree calls a Dockerfile. The choice among them stays the same.
 */
export function withoutStrangers(
  documents: readonly DockerfileDocument[],
  image: Image,
): readonly DockerfileDocument[] {
  return documents.map((document) => {
    const { match, note } = tryOne(document, image)
    const isOwn = match !== null && (match.proven || document.named)
    return isOwn || document.text === null ? document : { ...document, text: null, note: note ?? '' }
  })
}

function noDockerfile(note: string | null): ChosenDockerfile {
  return { use: { file: null, note, from: null }, match: null }
}

/**
 * The last USER in the base image's own history; `null` for a stage FROM scratch, where nothing can be run,
 * because its packages come from elsewhere.
 */
function fromInstructionOf(match: DockerfileMatch, { history }: Image): DockerfileUse['from'] {
  if (/^scratch(?:\s|$)/.test(match.from.text)) {
    return null
  }
  const historyLines = history
    .slice(0, match.baseLines)
    .map(({ createdBy }) => readCreatedBy(createdBy ?? '', DEFAULT_SHELL))
  const user = historyLines.findLast(({ keyword }) => keyword === 'USER')?.text ?? 'root'
  return { endLine: match.from.endLine, user: /^(?:root|0)(?::.*)?$/.test(user) ? null : user }
}

function lengthOf(match: DockerfileMatch | null): number {
  return match?.chain.length ?? -1
}

function tryOne(
  { file, text, problem, note }: DockerfileDocument,
  image: Image,
): { match: DockerfileMatch | null; note: string | null } {
  if (note !== undefined) {
    return { match: null, note }
  }
  if (text === null) {
    return { match: null, note: `${file}: ${problem ?? 'it could not be read'}` }
  }
  if (text.length > MAX_DOCKERFILE_LENGTH) {
    return { match: null, note: `${file} is too long, so it was not read` }
  }
  if (!image.history.some(({ createdBy }) => createdBy)) {
    const why =
      "the image's history does not show how the image was built (it was imported, or its history was removed)"
    return { match: null, note: `${file} was not used: ${why}` }
  }
  const stages = parseDockerfile(text)
  if (stages.length === 0) {
    return { match: null, note: `${file} was not used: it has no FROM instruction` }
  }
  const found = matchHistory(stages, image.history, configuredShell(image))
  if (found !== null && 'owners' in found) {
    const why = "none of its layer-creating instructions can be compared with the image's history"
    return { match: found, note: found.proven ? null : `${file} may belong to a different image: ${why}` }
  }
  const where = found ? `${found.instruction.keyword} on line ${found.instruction.line}` : 'it'
  return {
    match: null,
    note: `${file} was not used: it belongs to a different image, or has changed since this image was built (${where} is not in the image's history)`,
  }
}

function configuredShell({ config }: Image): string | null {
  const inner = config.config
  const shell = typeof inner === 'object' && inner !== null && 'Shell' in inner ? inner.Shell : null
  return Array.isArray(shell) && shell.length > 0 ? shell.join(' ') : null
}
