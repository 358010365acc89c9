import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { type Ran, ROOT, reportOf, seaworthy } from './support.js'

const { buildMany, removeMany } = (await import(join(ROOT, 'script/lib/many-images.mjs'))) as {
  buildMany: (name: string, count: number, base: string) => readonly string[]
  removeMany: (images: readonly string[]) => void
}

export { buildMany, removeMany }

/** What of a report differs from run to run, by its key, and why. */
const VOLATILE: Readonly<Record<string, string>> = {
  tookMs: 'how long a check took',
  fetchedAt: 'when a source was read',
}

/** A report's value with these blanked. */
function blanked(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, one: unknown) => (Object.hasOwn(VOLATILE, key) ? 'volatile' : one)),
  )
}

interface Sarif {
  readonly runs: readonly { readonly automationDetails: { readonly id: string } }[]
}

const sarifOf = (ran: Ran) =>
  JSON.parse(readFileSync(join(ran.folder, 'report/report.sarif'), 'utf8')) as Sarif

/** Judges each of these alone, and compares what the reports say of it with what those of all together say. */
export async function expectAsAlone(
  together: Ran,
  all: readonly string[],
  some: readonly string[],
  flags: readonly string[],
): Promise<void> {
  const [report, sarif] = [reportOf(together), sarifOf(together)]
  expect(report.images.map(({ reference }) => reference)).toEqual(all)
  for (const image of some) {
    const at = all.indexOf(image)
    const alone = await seaworthy(['scan', image, ...flags])
    const own = reportOf(alone)
    expect(blanked(report.images[at])).toEqual(blanked(own.images[0]))
    expect(blanked(sarif.runs[at])).toEqual(blanked(sarifOf(alone).runs[0]))
    // Sources are reported once for a run; a task for each image, in the order of the images.
    expect(blanked(report.sources)).toEqual(expect.arrayContaining(blanked(own.sources) as unknown[]))
  }
}
