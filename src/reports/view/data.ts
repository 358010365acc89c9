import type { Source } from '../../model/evidence.js'
import type { Verdict } from '../../model/verdict.js'
import { plural } from './counts.js'

const MOST_AGES = 8

/** Sources of all images, each once, in the order of their first use. */
export function sourcesOf(verdict: Verdict): Source[] {
  const all = verdict.images.flatMap(({ sources }) => sources)
  return [...new Map(all.map((source) => [JSON.stringify(source), source])).values()]
}

/** What to tell of the data's age in one line: of an archive its suites, whose Release file names all of their indexes. */
export function agesOf(verdict: Verdict, most = MOST_AGES): (readonly [name: string, age: string])[] {
  const all = sourcesOf(verdict)
  const indexed = new Set(all.map(({ name }) => name))
  return all
    .filter(({ name }) => !/ .* /.test(name) || !indexed.has(name.split(' ', 2).join(' ')))
    .slice(0, most)
    .map((source) => [source.name, ageOf(source, verdict.today)])
}

/** "2026-11-24, today", "2026-11-20, 4 days old", or that the data carries no date of its own. */
export function ageOf({ date, fetchedAt }: Source, today: string): string {
  if (date === null)
    return fetchedAt === null ? 'of unknown date' : `of unknown date, read ${fetchedAt.slice(0, 10)}`
  const day = date.slice(0, 10)
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  if (Number.isNaN(days) || days < 0) return day
  return days === 0 ? `${day}, today` : `${day}, ${plural(days, 'day')} old`
}

/** "2026-11-24 06:12 UTC"; empty where it is not known. */
export function readAt({ fetchedAt }: Source): string {
  return fetchedAt === null ? '' : `${fetchedAt.slice(0, 16).replace('T', ' ')} UTC`
}
