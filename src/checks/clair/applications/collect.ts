import { lookUpOsv, type OsvAnswer } from '../../../feeds/osv/look-up.js'
import type { FeedsRequest } from '../../../feeds/rate.js'
import {
  type ApplicationItem,
  applicationInventory,
  grouplessKey,
  ownItems,
} from '../../../inventory/application/inventory.js'
import { listingOf } from '../../../inventory/listing.js'
import type { Evidence } from '../../../model/evidence.js'
import type { Image } from '../../../model/image.js'
import type { OpeningImage } from '../../../model/opening.js'
import type { ForeignPackage } from '../../../model/origin.js'
import { problemOf } from '../../../model/problem.js'
import { type Ecosystem, lookUpKeys, nameKey } from '../../../osv/ecosystem.js'
import type { OsvRecord } from '../../../osv/record.js'
import type { CheckContext } from '../../collecting.js'
import { type AdvisedImage, type Advisories, osvDocuments } from './documents.js'
import { groupsOf } from './groups.js'
import { namesOf } from './subjects.js'

type Names = ReadonlyMap<Ecosystem, ReadonlySet<string>>
type Answers = ReadonlyMap<Ecosystem, OsvAnswer>

/** What is added to the evidence of an image. */
export type Advised = Pick<Evidence, 'documents' | 'sources'> & AdvisedImage

/** What a lookup needs from a run. */
export type LookContext = Pick<CheckContext, 'signal' | 'progress' | 'kept'> & {
  readonly rows: Pick<CheckContext['rows'], 'foreign'>
}

/**
 * Looks up the application packages of each image as soon as it has been read, only in ecosystems that it
 * contains. Files of a third party's Debian package count as the application's too. The check that reads the
 * archive knows which packages these are; they are looked up in a second round, so that nobody waits for it
 * needlessly.
 * @returns for each image, in the same order
 */
export async function lookUpAdvisories(
  images: readonly OpeningImage[],
  {
    osv,
    osvDays,
    offline,
    trustedRoot = null,
  }: Pick<FeedsRequest, 'osv' | 'osvDays' | 'offline' | 'trustedRoot'>,
  run: LookContext,
): Promise<readonly Advised[]> {
  if (osv.length === 0) {
    return images.map(() => ({
      documents: osvDocuments(null),
      sources: [],
      advisories: null,
      jars: new Map(),
    }))
  }
  const options = {
    signal: run.signal,
    offline,
    trustedRoot,
    cacheDir: run.kept,
    now: new Date(),
    maxDays: osvDays,
  }
  const ask = (names: Names): Promise<Answers> => {
    if (names.size > 0) {
      run.progress(`reading OSV's advisories for ${[...names.keys()].join(', ')}`)
    }
    return lookUpOsv(names, osv, options)
  }
  // An image that cannot be read is reported by whoever reads it.
  const opened = await Promise.all(images.map(({ image }) => image.catch(() => null)))
  const own = opened.map((image) => namesOf(itemsIn(image, [])))
  const asked = ask(union(own))
  asked.catch(() => undefined) // whoever waits for it gets the error
  const all = await Promise.all(
    images.map(async (opening, at) => {
      const items = itemsIn(opened[at] ?? null, await run.rows.foreign(opening))
      return { items, names: namesOf(items) }
    }),
  )
  const wanted = union(all.map(({ names }) => names))
  const [before, more] = [await asked, await ask(without(wanted, union(own)))]
  return all.map(({ items, names }) => lookedUp(items, names, [before, more]))
}

/** Adds what was looked up to each evidence, even if Clair failed: it does not depend on Clair. */
export async function withAdvisories(
  evidence: readonly Evidence[],
  advisories: Promise<readonly Advised[]>,
): Promise<readonly Evidence[]> {
  try {
    const looked = await advisories
    return evidence.map((one, at) => {
      const { documents = {}, sources = [] } = looked[at] ?? {}
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

function itemsIn(image: Image | null, foreign: readonly ForeignPackage[]): readonly ApplicationItem[] {
  if (image === null) {
    return []
  }
  const inventory = applicationInventory(image, { installed: installedIn(image), foreign })
  return inventory === null ? [] : ownItems(inventory)
}

/** Without a readable package database, no file belongs to Debian. */
function installedIn(image: Image) {
  try {
    return listingOf(image).main
  } catch {
    return []
  }
}

function lookedUp(items: readonly ApplicationItem[], names: Names, answers: readonly Answers[]): Advised {
  const found = [...names].map(([ecosystem, own]) => {
    const given = answers.flatMap((one) => one.get(ecosystem) ?? [])
    return [ecosystem, own, given] as const
  })
  const advisories: Advisories = new Map(
    found.map(([ecosystem, own, given]) => [ecosystem, together(ecosystem, own, given)] as const),
  )
  const sources = found.flatMap(([, , given]) =>
    given.slice(0, 1).flatMap((one) => ('problem' in one ? [] : [one.source])),
  )
  return { documents: osvDocuments(advisories), sources, advisories, jars: jarsIn(items, advisories) }
}

/** What Clair may learn about jars that do not state their group. */
function jarsIn(items: readonly ApplicationItem[], advisories: Advisories): AdvisedImage['jars'] {
  const maven = advisories.get('Maven')
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

/** The answers of both rounds; if one failed, the ecosystem has no answer. */
function together(ecosystem: Ecosystem, names: ReadonlySet<string>, given: readonly OsvAnswer[]) {
  const failed = given.find((one) => 'problem' in one)
  if (failed !== undefined) {
    return { problem: failed.problem }
  }
  const answered = given.flatMap((one) => ('problem' in one ? [] : [one]))
  const keys = new Set([...names].map((name) => nameKey(ecosystem, name)))
  const records = [...names].flatMap((name) => answered.flatMap((one) => one.records.get(name) ?? []))
  const unique = new Map(records.map((record) => [record.id, narrowed(record, ecosystem, keys)]))
  const asked = [...names].filter((name) => answered.some((one) => one.records.has(name)))
  const [{ state, why } = { state: 'read', why: '' } as const] = answered
  return { state, why, names: asked, records: [...unique.values()] }
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
      const more = [...names].filter((name) => !known.get(ecosystem)?.has(name))
      return more.length === 0 ? [] : [[ecosystem, new Set(more)] as const]
    }),
  )
}
