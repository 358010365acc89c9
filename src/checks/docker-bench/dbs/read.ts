import * as z from 'zod'
import {
  BENCH_STATUSES,
  type BenchStatus,
  isCheckId,
  jsonIn,
  type Numbering,
  oneLine,
  toNewNumbering,
} from '../../../model/index.js'
import { type BenchMeta, type BenchSubject, benchError, type DbsRun, metaSchema, shortId } from './meta.js'
import { proveSelection } from './selection.js'

export interface DbsResult {
  /** The check's id in the numbering of Docker Bench 1.6.1. */
  readonly id: string
  readonly word: BenchStatus
  readonly title: string
  readonly items: readonly string[]
}

const resultSchema = z.object({
  id: z.string(),
  desc: z.string(),
  result: z.enum(BENCH_STATUSES),
  details: z.string().optional(),
  items: z.array(z.string()).optional(),
})
type RawResult = z.infer<typeof resultSchema>

// A section with its results, or a single result: Docker Bench prints either, depending on its arguments.
const sectionSchema = z.object({ id: z.string(), desc: z.string(), results: z.array(resultSchema) })
const documentSchema = z.object({
  dockerbenchsecurity: z.string(),
  start: z.int(),
  tests: z.array(z.union([sectionSchema, resultSchema])),
  checks: z.int(),
  score: z.int(),
  end: z.int(),
})

/** How many seconds Docker Bench's clock may differ from ours: it is the same machine's, truncated to whole seconds. */
const CLOCK_TOLERANCE = 2
/** Results without items: about the client, the daemon, or left to people. */
const NAMELESS = new Set(['4.5', '5.1', '5.23', '5.24', '5.28'])
const IMAGE_CHECKS = new Set(['4.6', '4.7', '4.9'])

/**
 * Docker Bench's results about the image of this evidence. Any doubt about the run is an error: Docker Bench exits with
 * 0 whatever it found, passes what it did not examine, and prints JSON without escaping.
 * @throws SeaworthyError `bench-…`
 */
export function readBench(json: string, log: string, metaText: string): readonly DbsResult[] {
  const meta = readMeta(metaText)
  const subject = meta.subjects[meta.subject]
  if (subject === undefined) {
    throw doubtfulResult('the data recorded about its run is invalid')
  }
  const { raw, numbering } = provenResults({ json, log, meta })
  return raw.flatMap((one) => {
    const id = toNewNumbering(one.id, numbering)
    const items = itemsOf(id, one, subject, meta.subjects)
    const status = statusOf(id, one, items, subject, meta.subjects)
    return status === null ? [] : [{ id, word: status, title: one.desc, items }]
  })
}

/** Throws if anything about a run is doubtful, for any of its images. @throws SeaworthyError `bench-…` */
export function proveRun(run: DbsRun): void {
  const { raw, numbering } = provenResults(run)
  for (const subject of run.meta.subjects) {
    for (const one of raw) {
      itemsOf(toNewNumbering(one.id, numbering), one, subject, run.meta.subjects)
    }
  }
}

function provenResults({ json, log, meta }: DbsRun): { raw: readonly RawResult[]; numbering: Numbering } {
  proveEnd(meta)
  proveSelection(meta)
  const document = parse(json, meta)
  const raw = document.tests.flatMap((test) => ('results' in test ? test.results : [test]))
  if (document.checks !== raw.length) {
    throw doubtfulResult(`it reports ${document.checks} checks but lists ${raw.length} results`)
  }
  const judgesContainers =
    meta.sections === 'all' && meta.subjects.some(({ container }) => container !== null)
  const numbering = numberingOf(raw, judgesContainers)
  proveIds(raw, numbering, judgesContainers)
  proveLog(log, raw, document)
  return { raw, numbering }
}

function readMeta(text: string): BenchMeta {
  const read = metaSchema.safeParse(jsonIn(text))
  if (read.success) {
    return read.data
  }
  throw doubtfulResult('the data recorded about its run is invalid')
}

function proveEnd({ exitCode, stderr }: DbsRun['meta']): void {
  if (exitCode === null) {
    throw benchError('bench-timeout', 'Docker Bench did not finish within its time limit')
  }
  if (exitCode !== 0) {
    throw benchError('bench-failed', `Docker Bench exited with code ${exitCode}${printed(stderr)}`)
  }
  if (stderr.trim() !== '') {
    throw benchError('bench-failed', `Docker Bench reported errors${printed(stderr)}`)
  }
}

function printed(stderr: string): string {
  const text = oneLine(stderr)
  return text === '' ? '' : `; it said: ${text.slice(0, 300)}`
}

function parse(json: string, meta: DbsRun['meta']): z.infer<typeof documentSchema> {
  if (json.trim() === '') {
    throw doubtfulResult('it wrote no JSON')
  }
  const value = jsonIn(json)
  if (value === undefined) {
    throw doubtfulResult('its JSON is malformed')
  }
  const read = documentSchema.safeParse(value)
  if (!read.success) {
    const [place] = read.error.issues.map(({ path }) => path.join('.'))
    throw doubtfulResult(`its JSON has an unexpected structure at ${place || 'the root'}`)
  }
  const { start, end } = read.data
  if (start < meta.started - CLOCK_TOLERANCE || end > meta.ended + CLOCK_TOLERANCE || end < start) {
    throw doubtfulResult('its JSON is from a different run')
  }
  return read.data
}

/** The numbering of the checks' ids: the printed version did not change with it, but the title of 5.1 did. */
function numberingOf(raw: readonly RawResult[], judgesContainers: boolean): Numbering {
  const first = raw.find(({ id }) => id === '5.1')
  if (first === undefined && !judgesContainers && !raw.some(({ id }) => id.startsWith('5.'))) {
    return 'dbs-1.6.0'
  }
  if (first !== undefined && /\bswarm\b/i.test(first.desc)) {
    return 'dbs-1.6.1'
  }
  if (first !== undefined && /\bapparmor\b/i.test(first.desc)) {
    return 'dbs-1.6.0'
  }
  throw doubtfulResult(
    'its numbering of checks is unknown: its check 5.1 is about neither swarm mode nor AppArmor',
  )
}

function proveIds(raw: readonly RawResult[], numbering: Numbering, judgesContainers: boolean): void {
  const ids = raw.map(({ id }) => id)
  const unknown = ids.find((id) => !/^[45]\./.test(id) || !isCheckId(id, numbering))
  if (unknown !== undefined) {
    throw doubtfulResult(`it has a result with the unknown id ${JSON.stringify(unknown)}`)
  }
  const double = ids.find((id, index) => ids.indexOf(id) !== index)
  if (double !== undefined) {
    throw doubtfulResult(`it has two results for ${double}`)
  }
  const missing = expected(numbering, judgesContainers).filter((id) => !ids.includes(id))
  if (missing.length > 0) {
    throw doubtfulResult(`it has no result for ${missing.join(', ')}`)
  }
  if (judgesContainers) {
    return
  }
  // A container that is not ours would be judged in the name of the image.
  if (ids.some((id) => id.startsWith('5.') && toNewNumbering(id, numbering) !== '5.1')) {
    throw leaked('it judged a container, although no container was passed to it')
  }
}

function expected(numbering: Numbering, judgesContainers: boolean): string[] {
  const section = (name: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${name}.${index + 1}`)
  // Without containers, the new numbering is known by its 5.1, so that one cannot be missing.
  const ofContainers = judgesContainers ? section('5', numbering === 'dbs-1.6.1' ? 32 : 31) : []
  return [...section('4', 12), ...ofContainers]
}

/** Different code writes its two outputs from the same result, so they must agree, in the same order. */
function proveLog(log: string, raw: readonly RawResult[], { checks, score }: z.infer<typeof documentSchema>) {
  const lines = [...log.matchAll(/^\[(PASS|WARN|INFO|NOTE)\] (\d+(?:\.\d+)+) +- (.*)$/gm)]
  const texts = lines.map(([, status, id, title]) => `${id} ${status} ${title?.trim()}`)
  const expectedLines = raw.map(({ id, result, desc }) => `${id} ${result} ${desc.trim()}`)
  const at = expectedLines.findIndex((line, index) => line !== texts[index])
  if (at !== -1 || texts.length !== expectedLines.length) {
    throw doubtfulResult(`its log and its JSON differ at ${raw[at]?.id ?? 'the end'}`)
  }
  const [total, points] = [/^\[INFO\] Checks: (\d+)$/m, /^\[INFO\] Score: (-?\d+)$/m].map(
    (one) => one.exec(log)?.[1],
  )
  if (Number(total) !== checks || Number(points) !== score) {
    throw doubtfulResult('the totals in its log and in its JSON differ')
  }
}

/** The items of this image and its container that caused the result; only our own may be named. */
function itemsOf(
  id: string,
  { items = [], result, desc }: RawResult,
  subject: BenchSubject,
  subjects: readonly BenchSubject[],
): readonly string[] {
  // `[one two]` comes as two items with half a bracket each, once per tag.
  const whole = [...new Set(items.map((item) => item.replace(/^\[|\]$/g, '')))]
  const { container } = subject
  // 5.30 is the only check that ignores the selection of containers.
  if (id === '5.30') {
    const isOurs = ({ id: ours, name }: NonNullable<BenchSubject['container']>) =>
      whole.includes(name) || whole.includes(`${ours}:${name}`)
    return container !== null && isOurs(container) ? [container.name] : []
  }
  const foreign = whole.find((item) => !subjects.some((one) => isItemOfSubject(one, item, id)))
  if (foreign !== undefined) {
    throw leaked(`check ${id} names ${JSON.stringify(foreign.slice(0, 80))}, which is not part of this run`)
  }
  const mustName = result === 'WARN' || (result === 'INFO' && !isVacuous(id, subjects))
  const untagged = namesByTag(id) && subjects.some(({ imageNames }) => imageNames.length === 0)
  if (mustName && whole.length === 0 && !NAMELESS.has(id) && !untagged) {
    throw doubtfulResult(`check ${id}: ${result}, but no image or container is named (${desc.slice(0, 60)})`)
  }
  return whole.filter((item) => isItemOfSubject(subject, item, id))
}

/**
 * The status for one image: Docker Bench prints one result for everything selected, which is the worst, and whatever it
 * does not name passes. `null`: it says nothing about this image.
 */
function statusOf(
  id: string,
  { result }: RawResult,
  items: readonly string[],
  subject: BenchSubject,
  subjects: readonly BenchSubject[],
): BenchStatus | null {
  const isRunCheck = !IMAGE_CHECKS.has(id) && !NAMELESS.has(id) && result !== 'NOTE'
  // 5.30 names every container on the default bridge, whatever was selected: if ours is not named, it passes.
  if (id === '5.30') {
    return subject.container === null ? null : items.length === 0 ? 'PASS' : result
  }
  if (isRunCheck && subject.container === null && subjects.some(({ container }) => container !== null)) {
    return null
  }
  if (!IMAGE_CHECKS.has(id) && !isRunCheck) {
    return result
  }
  if (result === 'PASS' || items.length > 0 || isVacuous(id, subjects)) {
    return result
  }
  const alone = new Set(subjects.map(({ imageId }) => imageId)).size === 1
  if (IMAGE_CHECKS.has(id) && alone) {
    return result
  }
  return namesByTag(id) && subject.imageNames.length === 0 ? null : 'PASS'
}

/** True for checks that name images by their tags: they judge an untagged image too, but do not name it. */
function namesByTag(id: string): boolean {
  return IMAGE_CHECKS.has(id) && id !== '4.6'
}

function isItemOfSubject(
  { imageNames, imageId, container }: BenchSubject,
  item: string,
  id: string,
): boolean {
  if (IMAGE_CHECKS.has(id)) {
    return item === shortId(imageId) || imageNames.includes(item)
  }
  return container !== null && (item === container.name || item.startsWith(`${container.name}:`))
}

/** True for a result that examined nothing: 4.1 reports INFO if there is no container. */
function isVacuous(id: string, subjects: readonly BenchSubject[]): boolean {
  return id === '4.1' && subjects.every(({ container }) => container === null)
}

function doubtfulResult(why: string): Error {
  return benchError('bench-doubtful', `Docker Bench's output cannot be trusted: ${why}`)
}

function leaked(why: string): Error {
  return benchError('bench-leaked', `Docker Bench examined more than it was asked to: ${why}`)
}
