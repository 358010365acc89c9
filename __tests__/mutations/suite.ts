import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder, reportOf } from '../live/support.js'
import { build, remove } from './build.js'
import { fateOf, type Judged, judge, judgeRun } from './gate.js'
import { RUN_OPTIONS } from './images.js'
import { IMAGE_NAMES, type ImageName, type Mutation, partsOf } from './mutation.js'
import type { Comparison, Other, Pair } from './others/other.js'
import type { Once } from './results.js'

/**
 * Mutations of one run, in the order of their images: those of an image share layers, which the gate reads once. Each run
 * starts Clair and its database, which takes longer than to judge an image.
 */
const BATCH = 20

/** What became of a mutation. */
export interface Outcome extends Judged {
  readonly mutation: Mutation
  /** By the name of the tool; a tool that does not run here, or is about something else, has none. */
  readonly byOthers: Readonly<Record<string, Comparison>>
}

export interface Result {
  readonly outcomes: readonly Outcome[]
  /** Of the unchanged images, those that do not pass. */
  readonly failing: readonly ImageName[]
}

const always: Once = (_, judge) => judge()

/**
 * Builds, judges and removes the images of these mutations, each batch next to the unchanged image.
 * @param once where batches that were judged before are kept
 */
export async function judgeAll(
  mutations: readonly Mutation[],
  others: readonly Other[],
  once: Once = always,
): Promise<Result> {
  const requests = (batch: readonly Mutation[]) => [
    ...batch.map(({ id, what }) => `${id} ${what}`),
    ...others.map((one) => `${one.name} ${JSON.stringify(one.version())}`),
  ]
  const outcomes: Outcome[] = []
  const failing = new Set<ImageName>()
  const sorted = IMAGE_NAMES.flatMap((name) => {
    const own = mutations.filter(({ on }) => on === name)
    return [...own.filter((one) => !isOfOptions(one)), ...own.filter(isOfOptions)]
  })
  const ofOptions = sorted.filter(isOfOptions)
  const batches = batchesOf(sorted.filter((one) => !isOfOptions(one)))
  for (const batch of batches) {
    // The image of mutations of its options is to pass too.
    const names = namesOf(batch === batches[0] ? [...batch, ...ofOptions] : batch)
    const result = await once([...names, ...requests(batch)], () => judgeBatch(names, batch, others))
    outcomes.push(...result.told)
    for (const name of result.failing) {
      failing.add(name)
    }
  }
  for (const mutation of ofOptions) {
    outcomes.push(await once(requests([mutation]), () => judgeOptions(mutation, others)))
  }
  const placeOf = ({ mutation: { id } }: Outcome) => sorted.findIndex((one) => one.id === id)
  return { outcomes: outcomes.toSorted((a, b) => placeOf(a) - placeOf(b)), failing: [...failing] }
}

const isOfOptions = ({ runOptions }: Mutation) => runOptions !== undefined

function batchesOf(mutations: readonly Mutation[]): readonly (readonly Mutation[])[] {
  const count = Math.max(1, Math.ceil(mutations.length / BATCH))
  return Array.from({ length: count }, (_, at) => mutations.slice(at * BATCH, (at + 1) * BATCH))
}

const namesOf = (mutations: readonly Mutation[]): readonly ImageName[] =>
  IMAGE_NAMES.filter((name) => mutations.some(({ on }) => on === name))

async function judgeBatch(names: readonly ImageName[], batch: readonly Mutation[], others: readonly Other[]) {
  const unchanged = names.map((name) => build(name))
  const mutated = batch.map((one) => build(one.on, one))
  const images = [...unchanged, ...mutated]
  const evidence = join(newFolder(), 'evidence')
  const ran = await judge(images, ['--save-evidence', evidence])
  const { images: reports } = reportOf(ran)
  const folder = (at: number) => join(evidence, `image-${at}`)
  const pairs = batch.map((mutation, at): Pair => {
    const own = names.indexOf(mutation.on)
    return {
      mutation,
      image: mutated[at] ?? '',
      unchanged: unchanged[own] ?? '',
      evidence: { mutated: folder(names.length + at), unchanged: folder(own) },
    }
  })
  const together = await askOthers(pairs, others)
  const outcomes = batch.map((mutation, at) => {
    const report = reports[names.length + at]
    if (report === undefined) {
      throw new Error(`${mutation.id} is not in the report: ${ran.stderr}`)
    }
    return shown({ mutation, ...fateOf(mutation, report), byOthers: together(mutation) })
  })
  remove(mutated)
  rmSync(evidence, { recursive: true })
  return { told: outcomes, failing: names.filter((_, at) => reports[at]?.verdict !== 'pass') }
}

/** One that is about the options of `docker run`: Docker Bench alone reads these, in a run for each. */
async function judgeOptions(mutation: Mutation, others: readonly Other[]): Promise<Outcome> {
  const unchanged = build(mutation.on)
  const image = build(mutation.on, mutation)
  const ran = await judgeRun(image, mutation.runOptions?.(RUN_OPTIONS) ?? RUN_OPTIONS)
  const [report] = reportOf(ran).images
  if (report === undefined) {
    throw new Error(`${mutation.id} is not in the report: ${ran.stderr}`)
  }
  const pair = { mutation, image, unchanged, evidence: { mutated: '', unchanged: '' } }
  const together = await askOthers([pair], others)
  if (image !== unchanged) {
    remove([image])
  }
  return shown({ mutation, ...fateOf(mutation, report), byOthers: together(mutation) })
}

/** Each of those that are about the group of a mutation, and run here. */
async function askOthers(pairs: readonly Pair[], others: readonly Other[]) {
  const outcomes = new Map<string, Record<string, Comparison>>()
  for (const other of others.filter((one) => 'version' in one.version())) {
    const about = pairs.filter(({ mutation }) => other.groups.includes(partsOf(mutation).group))
    for (const [id, together] of about.length === 0 ? [] : await other.judge(about)) {
      outcomes.set(id, { ...outcomes.get(id), [other.name]: together })
    }
  }
  return ({ id }: Mutation): Outcome['byOthers'] => outcomes.get(id) ?? {}
}

/** A run takes long: what it found so far stays in its log. */
function shown(reported: Outcome): Outcome {
  process.stderr.write(`  ${reported.mutation.id}: ${reported.fate} (${reported.by})\n`)
  return reported
}
