import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type EndsOfLife, malformed, readEnds, type Source } from '../model/index.js'
import { keptMeta } from './kept.js'

/** Ends of life, and where they are from. */
export interface OpenedEnds {
  readonly ends: EndsOfLife
  readonly source: Source
}

/** @throws SeaworthyError `feed-malformed` */
export function endsIn(text: string, from: Pick<Source, 'url' | 'fetchedAt' | 'attestedBy'>): OpenedEnds {
  const ends = readEnds(text)
  if (ends === null) {
    throw malformed('ends', "it is not in Seaworthy's format")
  }
  const sha256 = createHash('sha256').update(text).digest('hex')
  const date = `${ends.date}T00:00:00.000Z`
  return { ends, source: { name: 'end-of-life', date, sha256, rows: ends.programs.size, ...from } }
}

/** A copy with its metadata in any folder, for listing and copying. `null` if it is not what was stored. */
export async function readEndsAt(textPath: string, metaPath: string): Promise<OpenedEnds | null> {
  try {
    const { sha256, url, fetchedAt } = keptMeta.parse(JSON.parse(await readFile(metaPath, 'utf8')))
    const ends = endsIn(await readFile(textPath, 'utf8'), { url, fetchedAt })
    return ends.source.sha256 === sha256 ? ends : null
  } catch {
    return null
  }
}
