import type { ComparedResult, EngineSays } from '../../model/finding/bench.js'
import type { DbsResult } from './dbs/read.js'
import type { BenchResult } from './result.js'
import type { RunDocument } from './run/document.js'

/** Names of tests whose findings are the items, where Docker Bench looks at nothing (4.8, 4.10, 4.11). */
const EVIDENCE: Readonly<Record<string, string>> = {
  '4.8': 'setuid-scan',
  '4.10': 'secret-scan',
  '4.11': 'apt-signature-check',
}
/** What it judges of an image, whether or not one runs. */
const OF_IMAGE = ['4.6', '4.7', '4.9']
/** It looks at nothing there, and says so. */
const OF_PEOPLE = ['4.4', '4.8', '4.10', '4.11']
/** About the client and the daemon: facts of the machine it runs on. */
const OF_MACHINE = new Set(['4.5', '5.1'])

/** What both engines say of one check, as one result. */
export interface Combined {
  readonly ours: BenchResult
  readonly compared: ComparedResult
}

/**
 * Puts the answers of the two engines together. Docker Bench's counts only for what it could judge: without a
 * container of the image's own 4.6, 4.7, 4.9, and 4.1 where one waits; and never an option that was changed for the start.
 */
export function combine(
  builtin: readonly BenchResult[],
  dbs: readonly DbsResult[] | null,
  run: RunDocument,
  host: readonly string[],
): readonly Combined[] {
  const theirs = new Map((dbs ?? []).filter(({ id }) => isTaken(id, run)).map((one) => [one.id, one]))
  return builtin.map((ours) => {
    const found = theirs.get(ours.id)
    const own: EngineSays | null = { word: ours.word, items: ours.items }
    const said = found === undefined ? null : { word: found.word, items: found.items }
    const asked = run.engine !== 'dbs' || ours.state === 'not-applicable' || isChanged(ours.id, run)
    const state = asked ? ours.state : said === null ? 'not-evaluated' : 'evaluated'
    const why =
      !asked && said === null
        ? (run.notAsked.find(({ id }) => id === ours.id)?.why ??
          'Docker Bench judges it only on a container that runs (start: true).')
        : ours.why
    const evidence = asked && ours.state === 'evaluated' ? EVIDENCE[ours.id] : undefined
    return {
      ours,
      compared: {
        ...{ id: ours.id, state, why, builtin: asked ? own : null, dbs: said, compat: ours.compatWord },
        ...{ dbsTitle: found?.title ?? null, evidence: evidence === undefined ? [] : [evidence], host },
      },
    }
  })
}

function isTaken(id: string, run: RunDocument): boolean {
  if (OF_MACHINE.has(id) || isChanged(id, run) || run.notAsked.some((one) => one.id === id)) return false
  if (OF_IMAGE.includes(id)) return true
  if (id === '4.1') return run.started !== null || run.waiter !== null
  return run.started !== null && (run.hasOptions || OF_PEOPLE.includes(id))
}

function isChanged(id: string, { started }: RunDocument): boolean {
  return started?.changed.includes(id) === true
}
