import * as z from 'zod'
import { documentIn, type Evidence, type UpdateFinding } from '../../../model/index.js'

/** pool.json: whether the mirrors still have the files of updates; absent if the release is supported. */
export const POOL_DOCUMENT = 'pool.json'

/** `gone`: each mirror with the index answered that it lacks the file. `unknown` does not mean gone. */
export const FILE_STATES = ['there', 'gone', 'unknown'] as const

const POOL = z.array(
  z.object({
    /** As in the finding: the mirror of the index, without credentials, and the path that the index names. */
    url: z.string(),
    state: z.enum(FILE_STATES),
    /** A mirror's error as text; `null` if the mirror has the file. */
    detail: z.string().nullable(),
  }),
)

export type PoolAnswers = z.infer<typeof POOL>

/** @throws SeaworthyError `evidence-incomplete` */
export function readPool({ documents }: Evidence): PoolAnswers {
  return documentIn(documents, POOL_DOCUMENT, POOL) ?? []
}

/**
 * Updates whose files the mirrors no longer have cannot be installed. A file that was not asked for counts as
 * gone if all files of the same archive that were asked for are.
 */
export function withPool(updates: readonly UpdateFinding[], pool: PoolAnswers): readonly UpdateFinding[] {
  const states = new Map(pool.map(({ url, state }) => [url, state]))
  const byArchive = Map.groupBy(pool, ({ url }) => archiveOf(url))
  const isGone = (url: string) => {
    const answers = byArchive.get(archiveOf(url)) ?? []
    const state = states.get(url)
    return state === undefined
      ? answers.length > 0 && answers.every((one) => one.state === 'gone')
      : state === 'gone'
  }
  return updates.map((update) =>
    update.deb !== null && isGone(update.deb.url) ? { ...update, installable: false } : update,
  )
}

/** The address above pool/. */
function archiveOf(url: string): string {
  return url.replace(/\/pool\/.*$/s, '')
}

export function poolNote(pool: PoolAnswers): string[] {
  if (pool.length === 0) {
    return []
  }
  const count = (state: (typeof FILE_STATES)[number]) => pool.filter((one) => one.state === state).length
  const unknown = count('unknown') === 0 ? '' : `, ${count('unknown')} could not be checked`
  return [
    `support for the release has ended; update files: ${pool.length} in total, ${count('there')} still on the mirrors, ${count('gone')} gone${unknown}`,
  ]
}
