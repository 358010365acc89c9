import type { Group, Mutation } from '../mutation.js'

/** An image with one mutation, and the same image without it. */
export interface Pair {
  readonly mutation: Mutation
  readonly image: string
  readonly unchanged: string
  /** The folder of each in the evidence that the gate has saved. */
  readonly evidence: { readonly mutated: string; readonly unchanged: string }
}

/** Another tool, asked about the same images. */
export interface Other {
  readonly name: string
  /** The groups that it is about; it is not asked about the others. */
  readonly groups: readonly Group[]
  version(): Version
  /** @returns what became of each mutation, by its id; rejects where the tool itself fails */
  judge(pairs: readonly Pair[]): Promise<ReadonlyMap<string, Comparison>>
}

/** Which one runs here, or why none does. */
export type Version = { readonly version: string } | { readonly notRun: string }

/** `informed`: reported, at a level at which the tool itself stops nothing. `not run`: it could not be asked about this one. */
export interface Comparison {
  readonly fate: 'killed' | 'informed' | 'survived' | 'not run'
  /** What it reported, or why it could not be asked. */
  readonly by: string
}

/** One thing that a tool reports of an image. */
export interface ReportedByOther {
  /** The same text for the same thing in another image: no name of the image or of a container. */
  readonly text: string
  /** Whether it is a warning or worse, in the tool's own words, and not only an information. */
  readonly warns: boolean
}

/**
 * The rule, the same for all tools: a mutation is killed if the tool warns of something of which it does not warn for the
 * unchanged image. What it warns of need not be what was changed, which is kinder than the rule for the gate (gate.ts).
 */
export function compare(
  mutated: readonly ReportedByOther[],
  unchanged: readonly ReportedByOther[],
): Comparison {
  const known = new Set(unchanged.map(({ text, warns }) => `${warns} ${text}`))
  const news = mutated.filter(({ text, warns }) => !known.has(`${warns} ${text}`))
  const warnings = news.filter(({ warns }) => warns)
  const by = (reported: readonly ReportedByOther[]) => reported.map(({ text }) => text).join(', ')
  if (warnings.length > 0) {
    return { fate: 'killed', by: by(warnings) }
  }
  return news.length > 0 ? { fate: 'informed', by: by(news) } : { fate: 'survived', by: '' }
}
