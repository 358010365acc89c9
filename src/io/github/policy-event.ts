import { readFileSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import type { Repository } from './base.js'

/** A run about a change that is not in its base yet. */
export interface ProposedChange extends Repository {
  readonly apiUrl: string
  /** The commit that would be the base's next: of a pull request its merge. */
  readonly merge: string
  /** The base's commit; `null`: the first parent of `merge`. */
  readonly base: string | null
}

const SHA = /^[0-9a-f]{40}([0-9a-f]{24})?$/

/** `null` where the run is about no such change; `unclear` where it is, and the runner does not tell enough. */
export function readProposedChange(env: NodeJS.ProcessEnv = process.env): ProposedChange | 'unclear' | null {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const isQueue = event === 'merge_group'
  if (!isQueue && !/^pull_request/.test(event)) return null
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? '') ?? []
  const merge = env.GITHUB_SHA ?? ''
  const base = isQueue ? baseOf(env) : null
  if (owner === undefined || repo === undefined || !SHA.test(merge)) return 'unclear'
  if (isQueue && base === null) return 'unclear'
  const apiUrl = (env.GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '')
  return { owner, repo, apiUrl, merge, base }
}

function baseOf(env: NodeJS.ProcessEnv): string | null {
  try {
    const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8')) as {
      merge_group?: { base_sha?: unknown }
    }
    const sha = event.merge_group?.base_sha
    return typeof sha === 'string' && SHA.test(sha) ? sha : null
  } catch {
    return null
  }
}

/** A path relative to the root of the repository, with `/`; `null` where it lies outside. */
export function pathInRepository(path: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const root = env.GITHUB_WORKSPACE || process.cwd()
  const inside = relative(root, isAbsolute(path) ? path : `${root}${sep}${path}`)
  if (inside === '' || isAbsolute(inside) || /(^|[\\/])\.\.([\\/]|$)|\p{Cc}/u.test(inside)) return null
  return inside.split(sep).join('/')
}
