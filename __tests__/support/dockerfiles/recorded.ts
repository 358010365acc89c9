import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { HistoryLine } from '../../../src/model/image/image.js'

const HERE = import.meta.dirname

/** Text of a Dockerfile that was built, by the name of its folder. */
export function dockerfile(name: string): string {
  return readFileSync(join(HERE, name, 'Dockerfile'), 'utf8')
}

/** Names of the builders (with `-STAGE` where one was asked for) whose history of this Dockerfile was recorded. */
export function buildersOf(name: string): readonly string[] {
  return readdirSync(join(HERE, name))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace(/\.json$/, ''))
}

export interface Recorded {
  readonly shell: string | null
  readonly layers: number
  readonly history: readonly HistoryLine[]
}

/** What the builder wrote into the image's config, as the archive reader gives it. */
export function recorded(name: string, builder: string): Recorded {
  const { shell, layers, history } = JSON.parse(
    readFileSync(join(HERE, name, `${builder}.json`), 'utf8'),
  ) as {
    shell: string[] | null
    layers: number
    history: { created_by?: string; comment?: string; created?: string; empty_layer?: boolean }[]
  }
  return {
    shell: shell?.join(' ') ?? null,
    layers,
    history: history.map((line) => ({
      createdBy: line.created_by ?? null,
      comment: line.comment ?? null,
      created: line.created ?? null,
      emptyLayer: line.empty_layer ?? false,
    })),
  }
}
