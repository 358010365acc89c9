import type { Problem } from '../../model/index.js'

/** The name of an input, a check or a command: no place that somebody could look at. */
const BARE_NAME = /^(?:--)?[a-z][a-z0-9-]*$|^seaworthy [a-z ]+$/

/** Names that say nothing even where the error does not mention them. */
const GENERAL: readonly string[] = [
  'inputs',
  'flags',
  'push',
  'image',
  'dockerfile',
  'gate',
  'judge',
  'network',
]

/** The places of a problem that say more than its text. Not escaped. */
export function placesOf({ what, where }: Pick<Problem, 'what' | 'where'>): string[] {
  const lines = what.split('\n')
  return where.split(', ').filter((place) => {
    if (BARE_NAME.test(place)) {
      return !GENERAL.includes(place) && !place.startsWith('seaworthy ') && !what.includes(place)
    }
    return place !== '' && !lines.some((line) => line.startsWith(`${place}:`))
  })
}
