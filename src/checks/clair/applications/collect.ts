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
import { mainOf } from '../../../inventory/listing.js'
import { namedVersions } from '../../../io/archive/readers/versions/search.js'
import {
  type ApplicationStatement,
  type Evidence,
  type ForeignPackage,
  type Image,
  type OpeningImage,
  problemOf,
} from '../../../model/index.js'
import { type CheckContext, withMoreData } from '../../collecting.js'
import {
  type Advisories,
  type ImageAdvisories,
  type JarNames,
  type Lookup,
  osvDocuments,
} from './documents.js'
import { namesOnlyFromClair } from './fates.js'
import { groupsOf } from './groups.js'
import { type ListedPackage, MAX_PACKAGES } from './indexed.js'
import { PROGRAM_CANARY } from './program-canary.js'
import { canaryProblem } from './programs.js'
import { namesOf } from './subjects.js'

type NamesByEcosystem = ReadonlyMap<Ecosystem, ReadonlySet<string>>
type OsvAnswers = ReadonlyMap<Ecosystem, OsvAnswer>

export type AdvisoryEvidence = Pick<Evidence, 'documents' | 'sources'> & ImageAdvisories

export type LookupContext = Pick<CheckContext, 'signal' | 'progress' | 'trustedCacheDir' | 'origins'>

/**
 * Looks up advisories for the application packages of each image as soon as it has been read, only in ecosystems that
 * it contains. Two kinds of packages are known later and looked up then, so that no other lookup waits for them: those
 * in files of third-party Debian packages (the check that reads the archive finds them), and those that only Clair
 * lists.
 */
export function lookUpAdvisories(
  images: readonly OpeningImage[],
  sources: Pick<FeedsRequest, 'osv' | 'osvFor' | 'osvDays' | 'offline' | 'trustedRoot'>,
  run: LookupContext,
): Lookup<AdvisoryEvidence> {
  const indexes = images.map(() => Promise.withResolvers<readonly ListedPackage[]>())
  const addIndex: Lookup['addIndex'] = (image, packages) => indexes[image]?.resolve(packages)
  if (sources.osv.length === 0) {
    const none = { documents: osvDocuments(null), sources: [], advisories: null }
    return { jars: Promise.resolve([]), evidence: Promise.resolve(images.map(() => none)), addIndex }
  }
  const ask = advisoryRequester(sources, run)
  const ownLookup = lookUpOwnPackages(images, ask, run, sources.osvFor)
  const jars = ownLookup.then(({ readings, rounds }) => readings.map((one) => knownJars(one, rounds)))
  const evidence = ownLookup.then(async ({ readings, names, rounds }) => {
    const listed = await Promise.all(indexes.map(({ promise }) => promise))
    const all = readings.map((one, at) => unionOfNames([one.names, namesFromClair(one, listed[at] ?? [])]))
    const clairAnswers = await ask(withoutKnown(unionOfNames(all), names))
    return all.map((wanted) => evidenceOfLookup(wanted, [...rounds, clairAnswers]))
  })
  jars.catch(() => undefined) // whoever waits for it gets the error
  return { jars, evidence, addIndex }
}

type RequestAdvisories = (names: NamesByEcosystem) => Promise<OsvAnswers>

function advisoryRequester(
  { osv, osvDays, offline, trustedRoot = null }: Parameters<typeof lookUpAdvisories>[1],
  run: LookupContext,
): RequestAdvisories {
  const options = {
    signal: run.signal,
    offline,
    trustedRoot,
    cacheDir: run.trustedCacheDir,
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

/** The application packages of an image in Seaworthy's own inventory; `image` is `null` if it could not be read. */
interface ImagePackages {
  readonly image: Image | null
  readonly inventory: ApplicationInventory | null
  readonly items: readonly ApplicationItem[]
  readonly names: NamesByEcosystem
}

/** Looks up the packages of the images' inventories, in two rounds: before and after package origins are known. */
async function lookUpOwnPackages(
  images: readonly OpeningImage[],
  ask: RequestAdvisories,
  run: LookupContext,
  osvFor: OsvFor | undefined,
): Promise<{
  readonly readings: readonly ImagePackages[]
  readonly names: NamesByEcosystem
  readonly rounds: readonly OsvAnswers[]
}> {
  // The code that reads an image reports that it cannot be read.
  const opened = await Promise.all(images.map(({ image }) => image.catch(() => null)))
  const ownNames = unionOfNames(opened.map((image) => packagesOf(image, [], osvFor).names))
  const requested = ask(ownNames)
  requested.catch(() => undefined) // whoever waits for it gets the error
  const readings = await Promise.all(
    images.map(async (opening, at) => {
      const { foreign } = await run.origins(opening)
      return packagesOf(opened[at] ?? null, foreign, osvFor)
    }),
  )
  const names = unionOfNames([ownNames, ...readings.map((one) => one.names)])
  return { readings, names, rounds: [await requested, await ask(withoutKnown(names, ownNames))] }
}

/** Names of packages that only Clair lists. An index with too many packages is refused later, when it is read. */
function namesFromClair(
  { image, inventory }: ImagePackages,
  packages: readonly ListedPackage[],
): NamesByEcosystem {
  return image === null || inventory === null || packages.length > MAX_PACKAGES
    ? new Map()
    : namesOnlyFromClair({ image, inventory }, packages)
}

/** Adds the advisories to each image's evidence, even if Clair failed: they do not depend on Clair. */
export async function withAdvisories(
  evidence: readonly Evidence[],
  advisories: Promise<readonly AdvisoryEvidence[]>,
): Promise<readonly Evidence[]> {
  try {
    return withMoreData(evidence, await advisories)
  } catch (error) {
    const problem = problemOf(error, 'osv')
    return evidence.map((one) => (one.problem === null ? { ...one, problem } : one))
  }
}

function packagesOf(
  image: Image | null,
  foreign: readonly ForeignPackage[],
  osvFor: OsvFor | undefined,
): ImagePackages {
  // Without a readable package database, no file belongs to Debian.
  const inventory = image && applicationInventory(image, { installed: mainOf(image), foreign })
  const own = inventory === null ? [] : ownItems(inventory)
  const items = own.filter(
    ({ kind }) => osvFor === undefined || (kind === 'bitnami') === (osvFor === 'programs'),
  )
  return { image, inventory, items, names: namesOf(items) }
}

function evidenceOfLookup(names: NamesByEcosystem, answers: readonly OsvAnswers[]): AdvisoryEvidence {
  const advisories = advisoriesIn(names, answers)
  const sources = [...names.keys()].flatMap((ecosystem) =>
    answers
      .flatMap((one) => one.get(ecosystem) ?? [])
      .slice(0, 1)
      .flatMap((one) => ('problem' in one ? [] : [one.source])),
  )
  return { documents: osvDocuments(advisories), sources, advisories }
}

/** Whether the code that recognizes programs finds the canary program. */
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

function advisoriesIn(names: NamesByEcosystem, answers: readonly OsvAnswers[]): Advisories {
  const found = [...names].map(([ecosystem, own]) => {
    const answersOfOne = answers.flatMap((one) => one.get(ecosystem) ?? [])
    const isProven = ecosystem !== 'Bitnami' || isCanaryFound()
    const problem = canaryProblem('the planted program was not found')
    return [ecosystem, isProven ? mergedAnswer(ecosystem, own, answersOfOne) : { problem }] as const
  })
  return new Map(found)
}

/** Group and version of jars that do not state them, if advisories know the jar: Clair asks for these. */
function knownJars({ items, names }: ImagePackages, answers: readonly OsvAnswers[]): JarNames {
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
function mergedAnswer(ecosystem: Ecosystem, names: ReadonlySet<string>, answers: readonly OsvAnswer[]) {
  const failed = answers.find((one) => 'problem' in one)
  if (failed !== undefined) {
    return { problem: failed.problem }
  }
  const answered = answers.flatMap((one) => ('problem' in one ? [] : [one]))
  const keys = new Set([...names].map((name) => nameKey(ecosystem, name)))
  const records = [...names].flatMap((name) => answered.flatMap((one) => one.records.get(name) ?? []))
  const unique = new Map(records.map((record) => [record.id, narrowedRecord(record, ecosystem, keys)]))
  const withRecords = [...names].filter((name) => answered.some((one) => one.records.has(name)))
  const [{ state, why } = { state: 'read', why: '' } as const] = answered
  return { state, why, names: withRecords, records: [...unique.values()] }
}

/** A record may be about many packages; only those of the image are kept. */
function narrowedRecord(record: OsvRecord, ecosystem: Ecosystem, keys: ReadonlySet<string>): OsvRecord {
  const isWanted = ({ name }: OsvRecord['affected'][number]) =>
    lookUpKeys(ecosystem, name).some((key) => keys.has(key))
  return { ...record, affected: record.affected.filter(isWanted) }
}

function unionOfNames(all: readonly NamesByEcosystem[]): NamesByEcosystem {
  const names = new Map<Ecosystem, Set<string>>()
  for (const [ecosystem, own] of all.flatMap((one) => [...one])) {
    names.set(ecosystem, new Set([...(names.get(ecosystem) ?? []), ...own]))
  }
  return names
}

function withoutKnown(all: NamesByEcosystem, known: NamesByEcosystem): NamesByEcosystem {
  return new Map(
    [...all].flatMap(([ecosystem, names]) => {
      const additionalNames = [...names].filter((name) => !known.get(ecosystem)?.has(name))
      return additionalNames.length === 0 ? [] : [[ecosystem, new Set(additionalNames)] as const]
    }),
  )
}
