import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../live/support.js'

/** Judges, unless the same question has been answered by the same `dist`. */
export type Once = <T>(question: readonly string[], judge: () => Promise<T>) => Promise<T>

/**
 * A run of all mutations takes hours: what it has found is kept, a line for each batch, so that one that was ended goes on
 * where it was. Another `dist`, or other mutations in a batch, is another question.
 */
export function keptIn(file: string): Once {
  const dist = distOf(join(ROOT, 'dist'))
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  const known = new Map(
    lines
      .filter((line) => line.endsWith('}'))
      .map((line) => {
        const { key, result } = JSON.parse(line) as { key: string; result: unknown }
        return [key, result]
      }),
  )
  mkdirSync(dirname(file), { recursive: true })
  return async <T>(question: readonly string[], judge: () => Promise<T>): Promise<T> => {
    const key = createHash('sha256')
      .update([dist, ...question].join('\n'))
      .digest('hex')
    if (known.has(key)) {
      return known.get(key) as T
    }
    const result = await judge()
    appendFileSync(file, `${JSON.stringify({ key, result })}\n`)
    return result
  }
}

function distOf(folder: string): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) {
    hash.update(name).update(readFileSync(join(folder, name)))
  }
  return hash.digest('hex')
}
