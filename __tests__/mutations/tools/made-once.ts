import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { devCache } from '../../support/dev-cache.js'

/**
 * A folder that `make` fills once: later runs find it, and need neither the network nor the tool.
 * @param recipe all that its content depends on
 */
export function madeOnce(name: string, recipe: unknown, make: (folder: string) => void): string {
  const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12)
  const folder = devCache(join('mutations', `${name}-${key}`))
  if (!existsSync(folder)) {
    const part = `${folder}.${process.pid}`
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part, { recursive: true })
    make(part)
    renameSync(part, folder)
  }
  return folder
}
