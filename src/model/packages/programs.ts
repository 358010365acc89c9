import * as z from 'zod'
import { cached } from '../cached.js'
import { type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { PROGRAM_FORMS } from './account.js'

const ProgramListingSchema = z.object({
  /** A package's lists, by their name without its ending: `info/libc6:amd64`, `status.d/libc6`. */
  list: text,
  /**
   * How the file compares with the package.
   * - `same`: it has the content that the package's MD5 sums state.
   * - `unsummed`: the package has no sum for it, as for conffiles (deb-md5sums(5)), and the list is no older than the
   *   file.
   * - `replaced`: the package's own file is in a layer below, and this one is no stripped or otherwise processed form
   *   of it.
   * - `other`: anything else.
   */
  content: z.enum(['same', 'unsummed', 'replaced', 'other']),
  /** Index of the layer since which the list has this line. */
  since: z.number(),
})
/** What one of dpkg's lists says about a program. */
export type ProgramListing = TypeOf<typeof ProgramListingSchema>

/** True if the package's lists show that the package installed this file. */
export function isOwnFileOfPackage({ content }: Pick<ProgramListing, 'content'>): boolean {
  return content === 'same' || content === 'unsummed'
}

const ProgramGroupSchema = z.object({
  form: z.enum(PROGRAM_FORMS),
  isExecutable: z.boolean(),
  listings: z.array(ProgramListingSchema),
  /** Folder of the Python package whose RECORD lists it, with its size: `…/numpy-2.1.0.dist-info`. */
  record: textOrNull,
  paths: texts,
})
/** Programs that have everything but their path and hash in common, as those of one package usually do. */
type ProgramGroup = TypeOf<typeof ProgramGroupSchema>

/** A file that is a program, and what in the image shows its owner. */
export interface ProgramFile extends Omit<ProgramGroup, 'paths'> {
  /** SHA-256 of its content, hexadecimal; `null`: not computed. */
  readonly sha256: string | null
}

export const ProgramRecordsSchema = z.object({
  groups: z.array(ProgramGroupSchema),
  /** By path. */
  sha256: z.record(text, text),
  /** Why not all programs of the layer are listed; `null`: all are. */
  cut: textOrNull,
})
/**
 * The programs of one layer. Only programs that the merged file system shows have listings, a record and a hash, and
 * a hash only if nothing else explains the file.
 */
export type ProgramRecords = TypeOf<typeof ProgramRecordsSchema>

/** By path in the image. Cached: the root file system is made of the same records several times. */
export const programsIn = cached(({ groups, sha256 }: ProgramRecords): ReadonlyMap<string, ProgramFile> => {
  return new Map(
    groups.flatMap(({ paths, ...common }) =>
      paths.map((path): [string, ProgramFile] => [
        path,
        { ...common, sha256: Object.hasOwn(sha256, path) ? (sha256[path] ?? null) : null },
      ]),
    ),
  )
})

export function programRecords(
  programs: Iterable<readonly [string, ProgramFile]>,
  cut: string | null,
): ProgramRecords {
  const groups = new Map<string, ProgramGroup & { readonly paths: string[] }>()
  const hashes: [string, string][] = []
  for (const [path, { sha256, ...common }] of programs) {
    const { form, isExecutable, listings, record } = common
    const key = JSON.stringify([form, isExecutable, record, ...listings.map(Object.values)])
    const group = groups.get(key) ?? { ...common, paths: [] }
    group.paths.push(path)
    groups.set(key, group)
    if (sha256 !== null) {
      hashes.push([path, sha256])
    }
  }
  return { groups: [...groups.values()], sha256: Object.fromEntries(hashes), cut }
}
