import { compareNumbers } from './text.js'

/**
 * The ids of Docker Bench for Security. Release 1.6.1 renumbered all of sections 5 and 7, and its JSON still says
 * 1.6.0. Ids here are those of 1.6.1 and later, whichever numbering a file or a tool uses.
 */
export const NUMBERINGS = ['dbs-1.6.1', 'dbs-1.6.0'] as const
export type Numbering = (typeof NUMBERINGS)[number]

/** How many checks each group has; the groups of section 1 are 1.1 and 1.2. */
const NEW: Readonly<Record<string, number>> = { '1.1': 18, '1.2': 2, 2: 18, 3: 24, 4: 12, 5: 32, 6: 2, 7: 9 }
const OLD: Readonly<Record<string, number>> = { ...NEW, 5: 31, 7: 10 }

export function isCheckId(id: string, numbering: Numbering): boolean {
  const lastDot = id.lastIndexOf('.')
  const group = id.slice(0, Math.max(lastDot, 0))
  const count = (numbering === 'dbs-1.6.1' ? NEW : OLD)[group]
  const number = id.slice(lastDot + 1)
  return count !== undefined && /^[1-9]\d?$/.test(number) && Number(number) <= count
}

/** True for a check, a section or a group of a section: `4.1`, `1`, `1.1`. */
export function isIdOrSection(id: string, numbering: Numbering): boolean {
  return /^[1-7]$/.test(id) || id === '1.1' || id === '1.2' || isCheckId(id, numbering)
}

/** The id in 1.6.1's numbering (swarm mode moved from 7.1 to 5.1). Sections and unknown ids stay as they are. */
export function toNewNumbering(id: string, numbering: Numbering): string {
  if (numbering === 'dbs-1.6.1' || !isCheckId(id, numbering)) {
    return id
  }
  return id === '7.1' ? '5.1' : moved(id, 1)
}

/** The reverse of `toNewNumbering`: an id of 1.6.1, as a file with that numbering writes it. */
export function fromNewNumbering(id: string, numbering: Numbering): string {
  if (numbering === 'dbs-1.6.1') {
    return id
  }
  return id === '5.1' ? '7.1' : moved(id, -1)
}

/**
 * An id of section 5 with its number changed by `by`, or one of section 7 by `-by`: 1.6.1 moved one check from 7 to 5.
 */
function moved(id: string, by: 1 | -1): string {
  const [section, number] = id.split('.')
  if (number === undefined || (section !== '5' && section !== '7')) {
    return id
  }
  return `${section}.${Number(number) + (section === '5' ? by : -by)}`
}

export function isWithin(id: string, section: string): boolean {
  return id === section || id.startsWith(`${section}.`)
}

/**
 * True for a check about how a container is run, which is judged only if run options are set: section 5, except 5.1,
 * which is about the daemon.
 */
export function isOfRun(id: string): boolean {
  return isWithin(id, '5') && id !== '5.1'
}

/** The id of Seaworthy's start test, which has no number: whether the image becomes healthy. */
export const START_TEST = 'start-test'

/** The user that the example lines for 4.1 create. */
export const CREATED_USER = { name: 'app', uid: 10001 } as const

/**
 * The section about one id, on the page about all of them. Its heading is `Check 4.1`, from which GitHub drops the dot; it
 * would take a bare #41 for the number of an issue.
 */
export function pageOfId(id: string): string {
  return `docs/findings/docker-bench.md#${id === START_TEST ? id : `check-${id.replace('.', '')}`}`
}

/** 4.2 before 4.10; ids without a number come last. */
export function compareIds(a: string, b: string): number {
  if (a === START_TEST || b === START_TEST) {
    return Number(a === START_TEST) - Number(b === START_TEST)
  }
  return compareNumbers(a.split('.').map(Number), b.split('.').map(Number), -1)
}
