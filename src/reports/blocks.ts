import type { BenchTable, DockerfileChange, ImageVerdict, Verdict } from '../model/index.js'
import { benchOf } from './view/bench.js'
import { type ChangeView, changesOf } from './view/changes.js'
import { deferredLine, dueLine } from './view/counts.js'
import { modeLine } from './view/headline.js'
import { auditEndOf, type NoticeView, noticesOf } from './view/notices.js'
import { ownersAndKev } from './view/owners.js'
import { imageStatements, verdictStatements } from './view/statements.js'
import { type TaskView, tasksOf } from './view/tasks.js'
import { entriesOf } from './view/whitelist-entry.js'

/** What the blocks of a report contain, by kind. Nothing in it is escaped. */
interface Contents {
  heading: { readonly mode: string | null }
  image: { readonly image: ImageVerdict }
  /** What could have made the verdict another one. */
  limits: { readonly limits: readonly string[] }
  /** Whose the findings are, which are known to be exploited, when they are due, what Debian has deferred. */
  counts: { readonly image: ImageVerdict; readonly lines: readonly string[] }
  changes: { readonly change: ChangeView }
  tasks: { readonly image: ImageVerdict; readonly tasks: readonly TaskView[] }
  diff: { readonly change: DockerfileChange }
  checks: { readonly image: ImageVerdict }
  /** Why findings have no lines of a Dockerfile. */
  note: { readonly text: string }
  findings: { readonly image: ImageVerdict }
  bench: { readonly bench: BenchTable }
  programs: { readonly image: ImageVerdict }
  /** How it was judged: what checks compared and proved, counts, the age of the data. */
  details: { readonly details: readonly string[] }
  /** Of a whitelist, which would accept findings. */
  entries: { readonly entries: readonly string[] }
  notices: { readonly notices: readonly NoticeView[] }
  data: unknown
}

type Kind = keyof Contents

export type Block<Of extends Kind = Kind> = {
  readonly [One in Of]: { readonly kind: One } & Contents[One]
}[Of]

/**
 * How a format shows each kind of block. It decides what it folds, and what its readers have no use for; it never leaves
 * out limits.
 */
export type Painters<Painted> = { readonly [One in Kind]: (block: Block<One>) => Painted }

export function paintBlock<Of extends Kind, Painted>(block: Block<Of>, painters: Painters<Painted>): Painted {
  return painters[block.kind](block)
}

/** The blocks of all reports for people, in one sequence. */
export function blocksOf(verdict: Verdict): Block[] {
  const { head, images, tail } = partsOf(verdict)
  return [...head, ...images.flatMap(({ blocks }) => blocks), ...tail]
}

/** As `blocksOf`, for a format that has a part of its own for each image. */
export function partsOf(verdict: Verdict): {
  readonly head: readonly Block[]
  readonly images: readonly { readonly image: ImageVerdict; readonly blocks: readonly Block[] }[]
  readonly tail: readonly Block[]
} {
  // A single image has the statements of the whole among its own.
  const statements = verdictStatements(verdict)
  const [ofAll, ofOne] = verdict.images.length === 1 ? [NONE, statements] : [statements, NONE]
  const notices = noticesOf(verdict)
  return {
    head: [{ kind: 'heading', mode: modeLine(verdict, auditEndOf(verdict)) }, ...limitsBlock(ofAll.limits)],
    images: verdict.images.map((image) => ({ image, blocks: imageBlocks(image, verdict, ofOne) })),
    tail: [
      ...(notices.length === 0 ? [] : [{ kind: 'notices', notices } as const]),
      ...detailsBlock(ofAll.details),
      { kind: 'data' },
    ],
  }
}

const NONE: ReturnType<typeof verdictStatements> = { limits: [], details: [] }

const limitsBlock = (limits: readonly string[]): Block[] =>
  limits.length === 0 ? [] : [{ kind: 'limits', limits }]

const detailsBlock = (details: readonly string[]): Block[] =>
  details.length === 0 ? [] : [{ kind: 'details', details }]

function imageBlocks(image: ImageVerdict, verdict: Verdict, ofAll: typeof NONE): Block[] {
  const { dockerfileChange, dockerfile } = image
  const [change, tasks, bench] = [changesOf(image), tasksOf(image), benchOf(image)]
  const entries = entriesOf(image, verdict)
  const own = imageStatements(image, verdict.judgedBy.release)
  const lines = [ownersAndKev(image), dueLine(image), deferredLine(image)].filter((line) => line !== null)
  const blocks: (Block | null)[] = [
    { kind: 'image', image },
    change && { kind: 'changes', change },
    tasks.length === 0 ? null : { kind: 'tasks', image, tasks },
    dockerfileChange && { kind: 'diff', change: dockerfileChange },
    ...limitsBlock([...own.limits, ...ofAll.limits]),
    { kind: 'counts', image, lines },
    { kind: 'checks', image },
    dockerfile.note === null ? null : { kind: 'note', text: `Lines: ${dockerfile.note}` },
    { kind: 'findings', image },
    bench && { kind: 'bench', bench },
    { kind: 'programs', image },
    entries.length === 0 ? null : { kind: 'entries', entries },
    ...detailsBlock([...own.details, ...ofAll.details]),
  ]
  return blocks.filter((block) => block !== null)
}
