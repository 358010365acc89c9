import { type Ecosystem, lookUpKeys, nameKey } from '../../../feeds/formats/osv/ecosystem.js'
import type { OsvRecord } from '../../../feeds/formats/osv/record.js'
import { lookUpOsv, type OsvAnswer } from '../../../feeds/osv/look-up.js'
import type { FeedsRequest, OsvFor } from '../../../feeds/rate.js'
import {
  type ApplicationInventory,
  type ApplicationItem,
  applicationInventory,
  grouplessKey,
  ownItems,
} from '../../../inventory/application/inventory.js'
import { listingOf } from '../../../inventory/listing.js'
import { namedVersions } from '../../../io/archive/layer/versions/search.js'
import type { Evidence } from '../../../model/evidence.js'
import type { Image } from '../../../model/image/image.js'
import type { OpeningImage } from '../../../model/image/opening.js'
import type { ApplicationStatement } from '../../../model/packages/application.js'
import { problemOf } from '../../../model/problem.js'
import type { ForeignPackage } from '../../../model/provenance/origin.js'
import type { CheckContext } from '../../collecting.js'
import { type AdvisedImage, type Advisories, type JarNames, type Lookup, osvDocuments } from './documents.js'
import { namesOnlyFromClair } from './fates.js'
import { groupsOf } from './groups.js'
import { type ListedPackage, MAX_PACKAGES } from './indexed.js'
import { PROGRAM_CANARY } from './program-canary.js'
import { canaryProblem } from './programs.js'
import { namesOf } from './subjects.js'

type Names = ReadonlyMap<Ecosystem, ReadonlySet<string>>
type Answers = ReadonlyMap<Ecosystem, OsvAnswer>

/** What is added to the evidence of an image. */
export type AdvisoryEvidence = Pick<Evidence, 'documents' | 'sources'> & AdvisedImage

/** What a lookup needs from a run. */
export type LookContext = Pick<CheckContext, 'signal' | 'progress' | 'kept' | 'origins'>

/**
 * Looks up the application packages of each image as soon as it has been read, only in ecosystems that it
 * contains. Two things are known later, and are looked up then, so that nobody waits for them needlessly: which
 * Debian packages are a third party's (the check that reads the archive knows), since their files count as the
 * application's too, and which packages only Clair lists.
 */
export function lookUpAdvisories(
  images: readonly OpeningImage[],
  sources: Pick<FeedsRequest, 'osv' | 'osvFor' | 'osvDays' | 'offline' | 'trustedRoot'>,
  run: LookContext,
): Lookup<AdvisoryEvidence> {
  const indexes = images.map(() => Promise.withResolvers<readonly ListedPackage[]>())
  const indexed: Lookup['indexed'] = (image, packages) => indexes[image]?.resolve(packages)
  if (sources.osv.length === 0) {
    const none = { documents: osvDocuments(null), sources: [], advisories: null }
    return { jars: Promise.resolve([]), advised: Promise.resolve(images.map(() => none)), indexed }
  }
  const ask = advisoryRequester(sources, run)
  const ownLookup = lookUpOwn(images, ask, run, sources.osvFor)
  const jars = ownLookup.then(({ readings, rounds }) => readings.map((one) => jarsIn(one, rounds)))
  const advised = ownLookup.then(async ({ readings, names, rounds }) => {
    const listed = await Promise.all(indexes.map(({ promise }) => promise))
    const all = readings.map((one, at) => union([one.names, clairsNames(one, listed[at] ?? [])]))
    const more = await ask(without(union(all), names))
    return all.map((wanted) => lookedUp(wanted, [...rounds, more]))
  })
  jars.catch(() => undefined) // whoever waits for it gets the error
  return { jars, advised, indexed }
}

type RequestAdvisories = (names: Names) => Promise<Answers>

function advisoryRequester(
  { osv, osvDays, offline, trustedRoot = null }: Parameters<typeof lookUpAdvisories>[1],
  run: LookContext,
): RequestAdvisories {
  const options = {
    signal: run.signal,
    offline,
    trustedRoot,
    cacheDir: run.kept,
    now: new Date(),
    maxDays: osvDays,
  }
  return (names) => {
    if (names.size > 0) {
      run.progress(`reading OSV's advisories for ${[...names.keys()].join(', ')}`)
    }
    return lookUpOsv(names, osv, options)
  }
}

/** What an image contains, by Seaworthy's own reading; `image` is `null` if it could not be read. */
interface Reading {
  readonly image: Image | null
  readonly inventory: ApplicationInventory | null
  readonly items: readonly ApplicationItem[]
  readonly names: Names
}

/** The packages of the images' own inventories, in two rounds. */
async function lookUpOwn(
  images: readonly OpeningImage[],
  ask: RequestAdvisories,
  run: LookContext,
  only: OsvFor | undefined,
): Promise<{
  readonly readings: readonly Reading[]
  readonly names: Names
  readonly rounds: readonly Answers[]
}> {
  // The code that reads an image reports that it cannot be read.
  const opened = await Promise.all(images.map(({ image }) => image.catch(() => null)))
  const ownNames = union(opened.map((image) => readingOf(image, [], only).names))
  const requested = ask(ownNames)
  requested.catch(() => undefined) // whoever waits for it gets the error
  const readings = await Promise.all(
    images.map(async (opening, at) => {
      const { foreign } = await run.origins(opening)
      return readingOf(opened[at] ?? null, foreign, only)
    }),
  )
  const names = union([ownNames, ...readings.map((one) => one.names)])
  return { readings, names, rounds: [await requested, await ask(without(names, ownNames))] }
}

/** Of packages that only Clair lists. An index with too many packages is refused later, when it is read. */
function clairsNames({ image, inventory }: Reading, packages: readonly ListedPackage[]): Names {
  return image === null || inventory === null || packages.length > MAX_PACKAGES
    ? new Map()
    : namesOnlyFromClair({ image, inventory }, packages)
}

/** Adds what was looked up to each evidence, even if Clair failed: it does not depend on Clair. */
export async function withAdvisories(
  evidence: readonly Evidence[],
  advisories: Promise<readonly AdvisoryEvidence[]>,
): Promise<readonly Evidence[]> {
  try {
    const lookedUpAdvisories = await advisories
    return evidence.map((one, at) => {
      const { documents = {}, sources = [] } = lookedUpAdvisories[at] ?? {}
      return {
        ...one,
        documents: { ...one.documents, ...documents },
        sources: [...one.sources, ...sources],
      }
    })
  } catch (error) {
    const problem = problemOf(error, 'osv')
    return evidence.map((one) => (one.problem === null ? { ...one, problem } : one))
  }
}

function readingOf(
  image: Image | null,
  foreign: readonly ForeignPackage[],
  only: OsvFor | undefined,
): Reading {
  const installedPackages = image === null ? null : { installed: installedIn(image), foreign }
  const inventory =
    image === null || installedPackages === null ? null : applicationInventory(image, installedPackages)
  const own = inventory === null ? [] : ownItems(inventory)
  const items = own.filter(({ kind }) => only === undefined || (kind === 'bitnami') === (only === 'programs'))
  return { image, inventory, items, names: namesOf(items) }
}

/** Without a readable package database, no file belongs to Debian. */
function installedIn(image: Image) {
  try {
    return listingOf(image).main
  } catch {
    return []
  }
}

function lookedUp(names: Names, answers: readonly Answers[]): AdvisoryEvidence {
  const advisories = advisoriesIn(names, answers)
  const sources = [...names.keys()].flatMap((ecosystem) =>
    answers
      .flatMap((one) => one.get(ecosystem) ?? [])
      .slice(0, 1)
      .flatMap((one) => ('problem' in one ? [] : [one.source])),
  )
  return { documents: osvDocuments(advisories), sources, advisories }
}

/** Whether the reader of programs finds the planted one. */
function isCanaryFound(): boolean {
  const { bytes, path, name, version } = PROGRAM_CANARY
  let found: readonly ApplicationStatement[] = []
  const body = namedVersions(path, (statements) => {
    found = statements
  })
  body?.write(Buffer.from(bytes, 'latin1'))
  body?.end()
  return found.some((one) => one.name === name && one.version === version)
}

function advisoriesIn(names: Names, answers: readonly Answers[]): Advisories {
  const found = [...names].map(([ecosystem, own]) => {
    const answersOfOne = answers.flatMap((one) => one.get(ecosystem) ?? [])
    const isProven = ecosystem !== 'Bitnami' || isCanaryFound()
    const problem = canaryProblem('the planted program was not found')
    return [ecosystem, isProven ? together(ecosystem, own, answersOfOne) : { problem }] as const
  })
  return new Map(found)
}

/** What Clair may learn about jars that do not state their group. */
function jarsIn({ items, names }: Reading, answers: readonly Answers[]): JarNames {
  const maven = advisoriesIn(names, answers).get('Maven')
  if (maven === undefined || 'problem' in maven) {
    return new Map()
  }
  const groups = groupsOf(items, maven.names, maven.records)
  const found = items.flatMap((item) => {
    const [name, { version }] = [groups.get(grouplessKey(item)), item]
    return name === undefined || version === null || item.kind !== 'jar-without-group'
      ? []
      : item.places.flatMap(({ sha1 }) => (sha1 === undefined ? [] : [[sha1, [name, version]] as const]))
  })
  return new Map(found)
}

/** The answers of all rounds; if one failed, the ecosystem has no answer. */
function together(ecosystem: Ecosystem, names: ReadonlySet<string>, answers: readonly OsvAnswer[]) {
  const failed = answers.find((one) => 'problem' in one)
  if (failed !== undefined) {
    return { problem: failed.problem }
  }
  const answered = answers.flatMap((one) => ('problem' in one ? [] : [one]))
  const keys = new Set([...names].map((name) => nameKey(ecosystem, name)))
  const records = [...names].flatMap((name) => answered.flatMap((one) => one.records.get(name) ?? []))
  const unique = new Map(records.map((record) => [record.id, narrowed(record, ecosystem, keys)]))
  const withRecords = [...names].filter((name) => answered.some((one) => one.records.has(name)))
  const [{ state, why } = { state: 'read', why: '' } as const] = answered
  return { state, why, names: withRecords, records: [...unique.values()] }
}

/** A record may be about many packages; only those of the image are kept. */
function narrowed(record: OsvRecord, ecosystem: Ecosystem, keys: ReadonlySet<string>): OsvRecord {
  const isWanted = ({ name }: OsvRecord['affected'][number]) =>
    lookUpKeys(ecosystem, name).some((key) => keys.has(key))
  return { ...record, affected: record.affected.filter(isWanted) }
}

function union(all: readonly Names[]): Names {
  const names = new Map<Ecosystem, Set<string>>()
  for (const [ecosystem, own] of all.flatMap((one) => [...one])) {
    names.set(ecosystem, new Set([...(names.get(ecosystem) ?? []), ...own]))
  }
  return names
}

function without(all: Names, known: Names): Names {
  return new Map(
    [...all].flatMap(([ecosystem, names]) => {
      const additionalNames = [...names].filter((name) => !known.get(ecosystem)?.has(name))
      return additionalNames.length === 0 ? [] : [[ecosystem, new Set(additionalNames)] as const]
    }),
  )
}
