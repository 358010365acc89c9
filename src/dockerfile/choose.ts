import type { Image } from '../model/image.js'
import type { DockerfileUse } from '../model/verdict.js'
import { DEFAULT_SHELL, readCreatedBy } from './created-by.js'
import { type DockerfileMatch, matchHistory } from './match.js'
import { parseDockerfile } from './parse.js'

/** A Dockerfile that was read, or that could not be. */
export interface DockerfileDocument {
  /** Path as it is shown, with `/`, from the working folder. */
  readonly file: string
  /** `null` where it could not be read. */
  readonly text: string | null
  /** True where the user named it, false where it was found. */
  readonly named: boolean
  /** Why it could not be read, in words; else `null`. */
  readonly problem: string | null
  /** Why it is not the image's, where that is all that was kept of it. */
  readonly note?: string | undefined
}

/** Letters of a Dockerfile that are looked at: the work grows with them, and nobody writes more. */
const LONGEST = 256 * 1024

export interface Chosen {
  readonly use: DockerfileUse
  readonly match: DockerfileMatch | null
}

/**
 * The Dockerfile that this image was built from. The image's history has to agree with every instruction of the file,
 * or no finding is laid to it: a wrong line is worse than none.
 */
export function chooseDockerfile(documents: readonly DockerfileDocument[], image: Image): Chosen {
  const tried = documents.map((document) => ({ document, ...tryOne(document, image) }))
  const usable = tried.filter(({ document, match }) => match && (match.proven || document.named))
  const [first, second] = usable.sort((a, b) => lengthOf(b.match) - lengthOf(a.match))
  if (first && (!second || lengthOf(first.match) > lengthOf(second.match))) {
    const from = first.match === null ? null : fromOf(first.match, image)
    return { use: { file: first.document.file, note: first.note, from }, match: first.match }
  }
  if (first) {
    const names = usable.map(({ document }) => document.file).join(' and ')
    return none(`the image's history agrees with ${names}: name one with dockerfile`)
  }
  const notes = tried.flatMap(({ note }) => note ?? [])
  if (notes.length > 2) {
    return none(`the image's history agrees with none of ${notes.length} Dockerfiles here`)
  }
  return none(notes.length === 0 ? null : notes.join('; '))
}

/**
 * The same documents, without the text of those that are of another image: whatever a work tree calls a Dockerfile is
 * not to be carried about with the evidence. The choice among them is the same.
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

function none(note: string | null): Chosen {
  return { use: { file: null, note, from: null }, match: null }
}

/**
 * The last USER that the base image's own history has; `null` for a stage FROM scratch, where nothing can be run: its
 * packages come from elsewhere.
 */
function fromOf(match: DockerfileMatch, { history }: Image): DockerfileUse['from'] {
  if (/^scratch(?:\s|$)/.test(match.from.text)) {
    return null
  }
  const made = history
    .slice(0, match.baseLines)
    .map(({ createdBy }) => readCreatedBy(createdBy ?? '', DEFAULT_SHELL))
  const user = made.findLast(({ keyword }) => keyword === 'USER')?.text ?? 'root'
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
  if (text.length > LONGEST) {
    return { match: null, note: `${file} is too long to be looked at` }
  }
  if (!image.history.some(({ createdBy }) => createdBy)) {
    const why = "the image's history does not say how it was made (imported, or emptied)"
    return { match: null, note: `${file} was not used: ${why}` }
  }
  const stages = parseDockerfile(text)
  if (stages.length === 0) {
    return { match: null, note: `${file} was not used: it has no FROM` }
  }
  const found = matchHistory(stages, image.history, configuredShell(image))
  if (found !== null && 'owners' in found) {
    const why = 'nothing in it that makes a layer can be compared with the history of the image'
    return { match: found, note: found.proven ? null : `${file} may belong to another image: ${why}` }
  }
  const where = found ? `${found.instruction.keyword} in line ${found.instruction.line}` : 'it'
  return {
    match: null,
    note: `${file} was not used: it belongs to another image, or has changed since (${where} is not in the image's history)`,
  }
}

function configuredShell({ config }: Image): string | null {
  const inner = config.config
  const shell = typeof inner === 'object' && inner !== null && 'Shell' in inner ? inner.Shell : null
  return Array.isArray(shell) && shell.length > 0 ? shell.join(' ') : null
}
