import { compareNumbers, compareText } from '../text.js'

/** A branch of a program, and until when its project maintains it. */
export interface Cycle {
  /** The numbers that its versions begin with: `18`, `1.27`. */
  readonly name: string
  /** The last day, YYYY-MM-DD; `true`: maintenance ended on an unknown day; `false`: no day is known. */
  readonly end: string | boolean
  /** Its newest version, as the project writes it; `null`: not known. */
  readonly latest: string | null
}

/** End-of-life data: program name -> its branches. */
export interface EndsOfLife {
  /** The day of the data, YYYY-MM-DD. */
  readonly date: string
  /** The newest branch first. */
  readonly programs: ReadonlyMap<string, readonly Cycle[]>
}

/** Programs whose data state as the end of a branch only the day on which the next one began. */
const SUPERSEDED_AT_RELEASE = new Set(['nginx', 'wordpress', 'neo4j', 'rust'])

/**
 * How many days before its end a branch is reported, and how many days after the next branch's release it counts as
 * ended.
 */
const NOTICE_DAYS = 90
/** Age in days from which on the data no longer show whether an end that they expected has come. */
const STALE_DAYS = 180
const DAY_MS = 86_400_000

/**
 * - `recent`: the next branch began less than 90 days ago.
 * - `unknown`: no day is known, or the branch is not listed.
 */
export const END_STATES = ['past', 'recent', 'soon', 'supported', 'unknown'] as const
export type EndState = (typeof END_STATES)[number]

export interface Branch {
  /** `null`: none that is listed. */
  readonly cycle: Cycle | null
  readonly state: EndState
  /** `null` if no day is known. */
  readonly day: string | null
  readonly newest: string
}

/** @returns `null` if nothing is known about the program, or its version has no numbers */
export function branchOf(
  name: string,
  version: string,
  { date, programs }: EndsOfLife,
  today: string,
): Branch | null {
  const cycles = programs.get(name)
  const numbers = numbersOf(version)
  const [first] = cycles ?? []
  if (cycles === undefined || first === undefined || numbers.length === 0) {
    return null
  }
  const cycle = cycleIn(cycles, version)
  const oldest = cycles.map((one) => numbersOf(one.name)).sort(compareNumbers)[0] ?? []
  const isOlder = cycle === null && compareNumbers(numbers.slice(0, oldest.length), oldest) < 0
  const end = cycle === null ? isOlder : cycle.end
  const state = stateOf(name, end, date, today)
  return { cycle, state, day: typeof end === 'string' ? end : null, newest: first.name }
}

function stateOf(name: string, end: Cycle['end'], date: string, today: string): EndState {
  if (typeof end === 'boolean') {
    return end ? 'past' : 'unknown'
  }
  if (daysBetween(date, today) > STALE_DAYS && end > date) {
    return 'unknown'
  }
  const daysLeft = daysBetween(today, end)
  if (daysLeft > 0) {
    return daysLeft <= NOTICE_DAYS ? 'soon' : 'supported'
  }
  return SUPERSEDED_AT_RELEASE.has(name) && -daysLeft < NOTICE_DAYS ? 'recent' : 'past'
}

/** The branch that a version belongs to: the longest name that it begins with. */
export function cycleIn(cycles: readonly Cycle[], version: string): Cycle | null {
  const numbers = numbersOf(version)
  const matchingCycles = cycles.filter((one) => {
    const branch = numbersOf(one.name)
    return branch.length <= numbers.length && compareNumbers(numbers.slice(0, branch.length), branch) === 0
  })
  return matchingCycles.sort((a, b) => numbersOf(b.name).length - numbersOf(a.name).length)[0] ?? null
}

/**
 * A fixed version that exists. Records name some that were never released: then it is the newest of the branch, unless
 * the data are older than the fix.
 */
export function releasedVersion(name: string, fixed: string, { programs }: EndsOfLife): string {
  const cycle = cycleIn(programs.get(name) ?? [], fixed)
  const latest = cycle?.latest ?? null
  if (cycle === null || latest === null) {
    return fixed
  }
  const [fixedNumbers, newest, branch] = [fixed, latest, cycle.name].map(numbersOf)
  if (fixedNumbers === undefined || newest === undefined || branch === undefined) {
    return fixed
  }
  // In a branch whose versions differ in the last number only, all numbers up to the newest were released.
  const isCounted = fixedNumbers.length === branch.length + 1 && newest.length === fixedNumbers.length
  return isCounted || compareNumbers(fixedNumbers, newest) >= 0
    ? fixed
    : latest.replace(/(?:\+.*|-b\d+)$/, '')
}

/** The age of the data in days if a report has to mention it; `null`: the data are recent enough. */
export function dataAge({ date }: EndsOfLife, today: string): { days: number; isStale: boolean } | null {
  const days = daysBetween(date, today)
  return days > NOTICE_DAYS ? { days, isStale: days > STALE_DAYS } : null
}

/** Java's 8u342 is 8.0.342; what follows the numbers does not matter. */
function numbersOf(version: string): readonly number[] {
  const [, java, update] = /^(\d+)u(\d+)/.exec(version) ?? []
  const [numericVersion = ''] =
    /^\d+(?:\.\d+)*/.exec(java === undefined ? version : `${java}.0.${update}`) ?? []
  return numericVersion === '' ? [] : numericVersion.split('.').map(Number)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/**
 * As text: a day, then a line for each program with its branches, `18:2025-04-30:18.20.8`; `yes` and `no` stand for
 * an `end` that is `true` or `false`. A line that begins with a blank continues the one before.
 */
export function endsText(
  { date, programs }: EndsOfLife,
  isWanted: (name: string) => boolean = () => true,
): string {
  const lines = [...programs]
    .filter(([name]) => isWanted(name))
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, cycles]) => {
      const fields = cycles.map(({ name: cycle, end, latest }) => {
        return `${cycle}:${end === true ? 'yes' : end === false ? 'no' : end}:${latest ?? ''}`
      })
      return [name, ...fields].join(' ')
    })
  return `${[date, ...lines].join('\n')}\n`
}

const DAY = /^\d{4}-\d\d-\d\d$/
const CYCLE = /^(\d[\d.]{0,20}):(\d{4}-\d\d-\d\d|yes|no):([\w.+-]{0,40})$/

/** @returns `null` for a text that is not in this form */
export function readEnds(text: string): EndsOfLife | null {
  const [date = '', ...lines] = text.trimEnd().replaceAll('\n ', ' ').split('\n')
  const programs = lines.map((line): readonly [string, readonly (Cycle | null)[]] => {
    const [name = '', ...fields] = line.split(' ')
    return [name, fields.map(readCycle)]
  })
  const isGood =
    DAY.test(date) &&
    !Number.isNaN(Date.parse(date)) &&
    programs.every(
      ([name, cycles]) => /^[a-z0-9-]+$/.test(name) && cycles.length > 0 && !cycles.includes(null),
    )
  return isGood ? { date, programs: new Map(programs as [string, Cycle[]][]) } : null
}

function readCycle(field: string): Cycle | null {
  const [, name, end, latest] = CYCLE.exec(field) ?? []
  return name === undefined || end === undefined
    ? null
    : { name, end: end === 'yes' ? true : end === 'no' ? false : end, latest: latest || null }
}
