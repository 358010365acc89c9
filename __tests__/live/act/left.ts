import { existsSync } from 'node:fs'
import { docker, lines } from '../support.js'

const LISTS = {
  container: ['ps', '-aq'],
  network: ['network', 'ls', '-q'],
  volume: ['volume', 'ls', '-q'],
} as const

/** What is left in the engine of runs whose process has ended: other tests may be running beside this one. */
export function leftOfEnded(): readonly string[] {
  return Object.entries(LISTS).flatMap(([kind, list]) =>
    lines(docker(...list, '--filter', 'label=dev.seaworthy.run'))
      .filter((id) => !isOwned(kind, id))
      .map((id) => `${kind} ${id}`),
  )
}

/** The last word of the owner's label is the process id (src/io/leftovers.ts). Gone meanwhile: not left. */
function isOwned(kind: string, id: string): boolean {
  try {
    const [labels] = JSON.parse(docker(kind, 'inspect', id)) as [Inspected]
    const owner = (labels.Config?.Labels ?? labels.Labels)?.['dev.seaworthy.owner'] ?? ''
    return existsSync(`/proc/${owner.split(' ').at(-1) || 'none'}`)
  } catch {
    return true
  }
}

interface Inspected {
  readonly Config?: { readonly Labels?: Readonly<Record<string, string>> }
  readonly Labels?: Readonly<Record<string, string>>
}
