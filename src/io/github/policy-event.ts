import { isAbsolute, relative, sep } from 'node:path'
import type { Repository } from './base.js'
import { apiUrlOf, readEvent, repositoryOf, SHA } from './environment.js'

/** A run about a change that is not in its base yet. */
export interface ProposedChange extends Repository {
  readonly apiUrl: string
  /** The commit that would be the base's next: of a pull request its merge. */
  readonly merge: string
  /** The base's commit; `null`: the first parent of `merge`. */
  readonly base: string | null
}

/** `null` where the run is about no such change; `unclear` where it is, and the runner does not tell enough. */
export function readProposedChange(env: NodeJS.ProcessEnv = process.env): ProposedChange | 'unclear' | null {
  const event = env.GITHUB_EVENT_NAME ?? ''
  const isQueue = event === 'merge_group'
  if (!isQueue && !/^pull_request/.test(event)) return null
  const repository = repositoryOf(env)
  const merge = env.GITHUB_SHA ?? ''
  const base = isQueue ? baseOf(env) : null
  if (repository === null || !SHA.test(merge)) return 'unclear'
  if (isQueue && base === null) return 'unclear'
  return { ...repository, apiUrl: apiUrlOf(env), merge, base }
}

function baseOf(env: NodeJS.ProcessEnv): string | null {
  const sha = readEvent<{ merge_group: { base_sha?: unknown } }>(env).merge_group?.base_sha
  return typeof sha === 'string' && SHA.test(sha) ? sha : null
}

/** A path relative to the root of the repository, with `/`; `null` where it lies outside. */
export function pathInRepository(path: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const root = env.GITHUB_WORKSPACE || process.cwd()
  const inside = relative(root, isAbsolute(path) ? path : `${root}${sep}${path}`)
  if (inside === '' || isAbsolute(inside) || /(^|[\\/])\.\.([\\/]|$)|\p{Cc}/u.test(inside)) return null
  return inside.split(sep).join('/')
}
