import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { devCache } from '../../support/dev-cache.js'
import type { Mutation } from '../mutation.js'

/**
 * A folder that `make` fills once: later runs find it in the dev cache and need neither network nor tool.
 * @param recipe all that the content depends on
 */
export function kept(name: string, recipe: unknown, make: (folder: string) => void): string {
  const key = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12)
  const folder = devCache(join('mutations', `${name}-${key}`))
  if (!existsSync(folder)) {
    const part = `${folder}.${process.pid}`
    rmSync(part, { recursive: true, force: true })
    mkdirSync(part, { recursive: true })
    make(part)
    try {
      renameSync(part, folder)
    } catch (error) {
      // Another run was faster.
      rmSync(part, { recursive: true })
      if (!existsSync(folder)) {
        throw error
      }
    }
  }
  return folder
}

/** The part of a mutation that lays these paths of a tree over the image. */
export function copiedFrom(
  tree: () => string,
  paths: readonly string[],
  more: readonly string[] = [],
): Pick<Mutation, 'files' | 'lines'> {
  return {
    files: (folder) => copyTree(tree(), join(folder, 'image')),
    lines: [...paths.map((path) => `COPY image${path} ${path}`), ...more],
  }
}

/** Hard links, symbolic links and modes stay as they are. */
function copyTree(from: string, into: string): void {
  mkdirSync(into, { recursive: true })
  execFileSync('cp', ['-a', `${from}/.`, into])
}

/** Runs a tool; what it prints on the standard output is of no interest, and on the standard error only if it fails. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(command, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
}
