import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { newFolder, reportOf } from '../live/support.js'
import { build, remove } from './build.js'
import { fateOf, type Judged, judge, judgeRun } from './gate.js'
import { RUN_OPTIONS } from './images.js'
import { IMAGE_NAMES, type ImageName, type Mutation, partsOf } from './mutation.js'
import type { Comparison, Other, Pair } from './others/other.js'
import type { Once } from './results.js'

/** Images of one run: they share layers, which the gate reads once. */
const BATCH = 16

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
  for (const name of IMAGE_NAMES) {
    const own = mutations.filter((one) => one.on === name)
    const ofImage = own.filter(({ runOptions }) => runOptions === undefined)
    for (const batch of batchesOf(ofImage)) {
      const result = await once(requests(batch), () => judgeBatch(name, batch, others))
      outcomes.push(...result.told)
      if (!result.passes) {
        failing.add(name)
      }
    }
    for (const mutation of own.filter(({ runOptions }) => runOptions !== undefined)) {
      outcomes.push(await once(requests([mutation]), () => judgeOptions(name, mutation, others)))
    }
  }
  return { outcomes, failing: [...failing] }
}

function batchesOf(mutations: readonly Mutation[]): readonly (readonly Mutation[])[] {
  const count = Math.max(1, Math.ceil(mutations.length / BATCH))
  return Array.from({ length: count }, (_, at) => mutations.slice(at * BATCH, (at + 1) * BATCH))
}

async function judgeBatch(name: ImageName, batch: readonly Mutation[], others: readonly Other[]) {
  const images = [build(name), ...batch.map((one) => build(name, one))]
  const evidence = join(newFolder(), 'evidence')
  const ran = await judge(images, ['--save-evidence', evidence])
  const { images: reports } = reportOf(ran)
  const folder = (at: number) => join(evidence, `image-${at}`)
  const pairs = batch.map(
    (mutation, at): Pair => ({
      mutation,
      image: images[at + 1] ?? '',
      unchanged: images[0] ?? '',
      evidence: { mutated: folder(at + 1), unchanged: folder(0) },
    }),
  )
  const together = await askOthers(pairs, others)
  const outcomes = batch.map((mutation, at) => {
    const report = reports[at + 1]
    if (report === undefined) {
      throw new Error(`${mutation.id} is not in the report: ${ran.stderr}`)
    }
    return shown({ mutation, ...fateOf(mutation, report), byOthers: together(mutation) })
  })
  remove(images.slice(1))
  rmSync(evidence, { recursive: true })
  return { told: outcomes, passes: reports[0]?.verdict === 'pass' }
}

/** One that is about the options of `docker run`: Docker Bench alone reads these, in a run for each. */
async function judgeOptions(name: ImageName, mutation: Mutation, others: readonly Other[]): Promise<Outcome> {
  const unchanged = build(name)
  const image = build(name, mutation)
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
