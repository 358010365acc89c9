/** Hardly wider than a phone: pictures shrink with the page, and their words with them (CSS pixels). */
export const WIDTH = 400

/** Where a count from 0 to `most` lies between two coordinates. @param most above 0 */
export function scaleOf(most: number, from: number, to: number): (count: number) => number {
  return (count) => {
    const share = count / most
    return from * (1 - share) + to * share
  }
}

/** Coordinates to a tenth: the same text on every machine. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}
