import { readFileSync } from 'node:fs'

interface PullRequestEvent {
  readonly pull_request?: {
    readonly head?: { readonly repo?: { readonly full_name?: unknown } | null }
    readonly base?: { readonly repo?: { readonly full_name?: unknown } }
  }
}

/**
 * True where the run is for a pull request whose branch lies in another repository: its options are a
 * stranger's. A deleted fork has no head repository any more, and an event that can't be read may be one.
 */
export function isFork(env: NodeJS.ProcessEnv = process.env): boolean {
  if (!env.GITHUB_EVENT_PATH || !/^pull_request/.test(env.GITHUB_EVENT_NAME ?? '')) return false
  try {
    const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) as PullRequestEvent
    const head = event.pull_request?.head?.repo?.full_name
    return typeof head !== 'string' || head !== event.pull_request?.base?.repo?.full_name
  } catch {
    return true
  }
}
