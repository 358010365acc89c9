import * as z from 'zod'
import { ECOSYSTEMS, type Ecosystem, lookUpKeys } from '../../../feeds/formats/osv/ecosystem.js'
import { type OsvRecord, packRecord, unpackRecord } from '../../../feeds/formats/osv/record.js'
import {
  compareText,
  documentIn,
  incomplete,
  listText,
  neededDocument,
  PROBLEM_CODES,
  type Problem,
  problemOf,
  SeaworthyError,
  withAdvice,
} from '../../../model/index.js'
import type { ListedPackage } from './indexed.js'
import type { ComparedPackage } from './subjects.js'

// What the evidence keeps of OSV: osv.json says how each ecosystem was obtained, or why not;
// osv-<ecosystem>.json has the names that were looked up and the records about them.

export const OSV_INDEX = 'osv.json'

/** How an ecosystem was obtained. */
const OSV_SOURCE = z.object({
  /** `kept`: the source was unavailable, so an earlier copy was used. */
  state: z.enum(['read', 'kept']),
  /** Why it was not read again; empty if there is nothing to report. */
  why: z.string(),
})
type OsvSource = Readonly<z.infer<typeof OSV_SOURCE>>

export interface OsvLookup extends OsvSource {
  readonly names: readonly string[]
  readonly records: readonly OsvRecord[]
}

export interface ImageAdvisories {
  /** `null`: advisories were not requested. */
  readonly advisories: Advisories | null
}

/** SHA-1 of jars that do not state their group -> `group:artifact` and version, if advisories know them. */
export type JarNames = ReadonlyMap<string, readonly [name: string, version: string]>

/** What is looked up for the application packages of all images, in their order. */
export interface Lookup<Image extends ImageAdvisories = ImageAdvisories> {
  /** Known without Clair's index: Clair asks for these while it indexes. */
  readonly jars: Promise<readonly JarNames[]>
  /** Known once `indexed` was called for each image. */
  readonly evidence: Promise<readonly Image[]>
  /** Takes the packages of Clair's index of an image; none if there is no index. Later calls change nothing. */
  readonly addIndex: (image: number, packages: readonly ListedPackage[]) => void
}

export type Advisories = ReadonlyMap<Ecosystem, OsvLookup | { readonly problem: Problem }>

/** Limit for the records of one ecosystem of an image, in characters: 2,000 npm names take about 10 MB. */
const MAX_CHARACTERS = 64 * 2 ** 20

const PROBLEM = z.object({
  code: z.enum(PROBLEM_CODES),
  what: z.string(),
  where: z.string(),
  todo: z.string(),
})
const INDEX = z.object({
  /** `off`: not wanted. */
  state: z.enum(['asked', 'off']),
  ecosystems: z.partialRecord(z.enum(ECOSYSTEMS), z.union([z.object({ problem: PROBLEM }), OSV_SOURCE])),
})
const DOCUMENT = z.object({ names: z.array(z.string()), records: z.array(z.string()) })

/** @param advisories `null`: not wanted */
export function osvDocuments(advisories: Advisories | null): Record<string, string> {
  const texts = new Map<string, string>()
  const sources = ECOSYSTEMS.flatMap((ecosystem): [Ecosystem, object][] => {
    const ecosystemAdvisories = advisories?.get(ecosystem)
    if (ecosystemAdvisories === undefined) {
      return []
    }
    if ('problem' in ecosystemAdvisories) {
      return [[ecosystem, { problem: ecosystemAdvisories.problem }]]
    }
    const text = textOf(ecosystemAdvisories)
    if (text.length > MAX_CHARACTERS) {
      return [[ecosystem, { problem: tooLargeProblem(ecosystem) }]]
    }
    texts.set(documentOf(ecosystem), text)
    return [[ecosystem, { state: ecosystemAdvisories.state, why: ecosystemAdvisories.why }]]
  })
  const index = { state: advisories === null ? 'off' : 'asked', ecosystems: Object.fromEntries(sources) }
  return { [OSV_INDEX]: JSON.stringify(index), ...Object.fromEntries(texts) }
}

/**
 * Reads the OSV documents of evidence.
 * @returns `null` if nothing was looked up: it was not wanted, or the evidence is older than OSV support
 * @throws SeaworthyError `evidence-incomplete` if the index is not in Seaworthy's format
 */
export function readOsvDocuments(documents: Readonly<Record<string, string>>): Advisories | null {
  const index = documentIn(documents, OSV_INDEX, INDEX)
  if (index === null || index.state === 'off') {
    return null
  }
  const all = ECOSYSTEMS.flatMap((ecosystem) => {
    const source = index.ecosystems[ecosystem]
    if (source === undefined) {
      return []
    }
    return [[ecosystem, 'problem' in source ? source : readLookup(ecosystem, source, documents)] as const]
  })
  return new Map(all)
}

/** Whether OSV was turned off: by the input, or because the policy wants nothing judged that it is for. */
export function isOsvOff(documents: Readonly<Record<string, string>>): boolean {
  return documentIn(documents, OSV_INDEX, INDEX)?.state === 'off'
}

/** A document that is not in Seaworthy's format is a problem of this ecosystem alone. */
function readLookup(ecosystem: Ecosystem, source: OsvSource, documents: Readonly<Record<string, string>>) {
  const name = documentOf(ecosystem)
  try {
    const { names, records } = neededDocument(documents, name, DOCUMENT)
    return { ...source, names, records: records.map(unpackRecord) }
  } catch (error) {
    const cause = error instanceof SeaworthyError ? error : incomplete(`${name} has no advisories`, name)
    return { problem: problemOf(cause, name) }
  }
}

/** The document of an ecosystem; the same records always give the same text. */
function textOf({ names, records }: OsvLookup): string {
  const lines = [...new Set(records.map(packRecord))].sort(compareText)
  return JSON.stringify({ names: [...names].sort(compareText), records: lines })
}

function documentOf(ecosystem: Ecosystem): string {
  return `osv-${ecosystem.toLowerCase()}.json`
}

function tooLargeProblem(ecosystem: Ecosystem): Problem {
  return {
    code: 'feed-too-large',
    what: `OSV's advisories for this image's ${ecosystem} packages exceed ${MAX_CHARACTERS / 2 ** 20} MiB`,
    where: `osv-${ecosystem}`,
    todo: 'check what the image contains: no ordinary application has this many advisories',
  }
}

/** Missing records prove nothing about a name that was not looked up. */
export function unrequested(
  ecosystem: Ecosystem,
  subjects: readonly ComparedPackage[],
  { names }: OsvLookup,
): Problem | null {
  const requested = new Set(names)
  const isRequested = (name: string) =>
    requested.has(name) || lookUpKeys(ecosystem, name).some((key) => requested.has(key))
  const missing = subjects.filter(({ item }) => !isRequested(item.name)).map(({ item }) => item.name)
  const what = `advisories for ${listText(missing, 3)} were not looked up`
  return missing.length === 0
    ? null
    : withAdvice({ code: 'evidence-incomplete', what, where: `osv-${ecosystem}` })
}

/** As above, for an ecosystem of which nothing was looked up. */
export function notRequestedError(ecosystem: Ecosystem, subjects: readonly ComparedPackage[]): Problem {
  const names = [...new Set(subjects.map(({ item }) => item.name))]
  const what = `the image has ${ecosystem} packages (${listText(names, 3)}), but no advisories were looked up for them`
  return withAdvice({ code: 'evidence-incomplete', what, where: `osv-${ecosystem}` })
}
