import { join } from 'node:path'

/** A folder of what script/setup has made, and what tests keep for later runs: apart from the command's own cache. */
export function devCache(name: string): string {
  const folder = process.env.SEAWORTHY_DEV_CACHE
  if (folder === undefined) {
    throw new Error('SEAWORTHY_DEV_CACHE is not set: support/jest/folders.mjs sets it for a run of Jest')
  }
  return join(folder, name)
}
