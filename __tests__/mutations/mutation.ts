/** One small change to one of four images that pass, after which nobody should release it. */
export interface Mutation {
  /** Unique, `group/form/number`, such as `debian/held-back/1`. */
  readonly id: string
  readonly on: ImageName
  /** What was done, for the table of survivors. */
  readonly what: string
  /** Lines of a Dockerfile behind those of the image; paths are those of `files`. */
  readonly lines?: readonly string[]
  /** The same in front of the application's own lines, so in a lower layer. */
  readonly lower?: readonly string[]
  /** Instructions of the image's own that this one was built without. */
  readonly without?: readonly ('USER' | 'HEALTHCHECK')[]
  /** Build arguments of `lines`, as `docker build` is passed them: `NAME=value`. */
  readonly buildArguments?: readonly string[]
  /** Content of the build context, by path, below a folder of the mutation's own; made by the tools that users have. */
  readonly files?: (folder: string) => void
  /** Options of `docker run` in place of the image's own (images.ts); null for none. */
  readonly runOptions?: (unchanged: readonly string[]) => readonly string[]
  /** What a finding that blocks has to name, or the problem of a check that has no answer. */
  readonly subject: Subject
  /** Cannot be seen by design, and why: counted apart. */
  readonly byDesign?: string
}

/** A finding has all of these that are named. */
export interface Subject {
  /** Package of the finding, as reports write it: `pypi/django`, `openssl`. */
  readonly package?: string
  /** A path that the finding names, or the end of one. */
  readonly path?: string
  /** Id of a Docker Bench check, or of a kind of finding, where the subject is the configuration. */
  readonly id?: string
}

export const IMAGE_NAMES = ['python', 'node', 'java', 'go'] as const
export type ImageName = (typeof IMAGE_NAMES)[number]

export const GROUPS = ['debian', 'application', 'placement', 'database', 'configuration'] as const
export type Group = (typeof GROUPS)[number]

/** @returns group and form of a mutation, which its id names */
export function partsOf({ id }: Pick<Mutation, 'id'>): { readonly group: Group; readonly form: string } {
  const [group = '', form = ''] = id.split('/')
  if (!(GROUPS as readonly string[]).includes(group) || form === '') {
    throw new Error(`${id} names no group and form`)
  }
  return { group: group as Group, form }
}
