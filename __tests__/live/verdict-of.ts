import { type Ran, reportOf } from './support.js'

/**
 * What a report says of the image: all of it, but for
 * - `reference` and an action's `image`: the words by which the user named it;
 * - `tookMs` of a check and `fetchedAt` of a source: times of this run.
 * The order of members is kept: one text stands for one report.
 */
export function verdictOf(ran: Ran): string {
  const fleeting = ['reference', 'image', 'tookMs', 'fetchedAt']
  const report = reportOf(ran)
  // Each store has a digest of its own for what ran next to the gate.
  const sources = report.sources.filter(({ name }) => !name.endsWith('-image'))
  // The containerd store gives a digest to what it has loaded, so that a registry is asked which platforms there are.
  const images = report.images.map(({ others, ...image }) => ({
    ...image,
    others: others && { ...others, unknown: null },
  }))
  const limits = report.limits.filter(({ text }) => !text.includes(' may have other platforms'))
  const reported = { ...report, sources, images, limits }
  return JSON.stringify(reported, (key, value: unknown) => (fleeting.includes(key) ? null : value), 1)
}
