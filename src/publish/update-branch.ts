import { shortHash } from '../io/files/hash.js'
import type { Proposal } from '../io/github/pulls.js'
import { blobSha } from '../io/github/repository.js'
import type { DockerfileChange } from '../model/index.js'
import { undated } from '../update/plan/dockerfile-change.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'

const PREFIX = 'seaworthy/update-'

/** True for a branch that contains an update: no other update is based on such a branch. */
export function isUpdateBranch(name: string): boolean {
  return name.startsWith(PREFIX)
}

/** What distinguishes one update from another: matrix jobs must not overwrite each other's, nor close another's. */
export interface UpdateJob {
  /** The image's repository: tag and digest change with each build. */
  readonly image: string
  readonly platform: string
  /** The Dockerfile, from the root of the repository: variants by tag have their own. */
  readonly file: string
  readonly base: string
}

/** One for each job; only the image's name is visible in it (git-check-ref-format(1)). */
export function updateBranch({ image, platform, file, base }: UpdateJob): string {
  const slug = image
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(-40)
    .replace(/^-|-$/g, '')
  return `${PREFIX}${slug === '' ? 'image' : slug}-${shortHash(JSON.stringify([image, platform, file, base])).slice(0, 8)}`
}

/** Identifies the content: the same packages in the same file on another day are the same update. */
export function updateKey({ file, before, after }: DockerfileChange, { packages }: UpdateOutcome): string {
  const versions = packages.map(({ name, architecture, from, to }) => [name, architecture, from, to])
  return shortHash(JSON.stringify([file, before, undated(after), versions]))
}

export interface UpdateBranch {
  /** The update that it contains; `null` if it contains none, or someone else has worked on it. */
  readonly key: string | null
  /** True if overwriting it would lose nothing. */
  readonly ours: boolean
  /** True if its one commit directly follows the base's head. */
  readonly current: boolean
}

const TRAILER = /^Seaworthy-Update: ([0-9a-f]{16}) ([0-9a-f]{40}|[0-9a-f]{64})$/m

/** The last line of the commit's message. @param like any name of the repository's */
export function trailerOf(key: string, { after }: DockerfileChange, like: string): string {
  return `Seaworthy-Update: ${key} ${blobSha(Buffer.from(after), like)}`
}

/**
 * Whose work is on the branch, if it exists. Ours has our trailer in each message, and changes one file to exactly the content that
 * the last trailer names: an amended commit keeps its trailer, but not that content.
 */
export function readUpdateBranch(branch: Proposal['branch']): UpdateBranch {
  const { messages, files, behind, whole } = branch ?? { messages: [], files: [], behind: 0, whole: true }
  if (messages.length === 0 && whole) {
    return { key: null, ours: true, current: false }
  }
  const trailers = messages.map((message) => TRAILER.exec(message))
  const [, key, blob] = trailers.at(-1) ?? []
  const [file, ...others] = files
  const isUnmodified = others.length === 0 && file?.status === 'modified' && file.sha === blob
  if (!whole || !isUnmodified || trailers.includes(null) || key === undefined) {
    return { key: null, ours: false, current: false }
  }
  return { key, ours: true, current: messages.length === 1 && behind === 0 }
}

/**
 * Why the change cannot be made on top of the base's head; else the file's mode and the tree that it is in. The proof
 * was made with the run's commit; the head's file is overwritten, which may have changed since.
 */
export function commitPlace(
  { atHead, atRun }: NonNullable<Proposal['file']>,
  { file, before }: DockerfileChange,
): string | { readonly tree: string; readonly mode: '100644' | '100755' } {
  const isProven = ({ entry }: typeof atHead) =>
    entry !== null && entry.sha === blobSha(Buffer.from(before), entry.sha)
  if (!isProven(atRun)) {
    return `${file} differs from the version in the repository at this run's commit`
  }
  if (!isProven(atHead)) {
    return `${file} has changed in the repository since this run started`
  }
  const mode = atHead.entry?.mode
  return mode === '100644' || mode === '100755'
    ? { tree: atHead.tree, mode }
    : `${file} is not a plain file in the repository`
}
