import type { FeedSources } from '../feeds/rate.js'
import type { Given } from './table.js'

export interface FeedsRequest extends FeedSources {
  /** Asks no server: what the cache has must do. */
  readonly offline: boolean
}

/**
 * Reads where the feeds come from.
 * @param env GITHUB_ACTION_REPOSITORY names the repository of the action that runs, at GITHUB_SERVER_URL: its release
 * `feeds` has the map
 */
export function readFeeds(
  given: Given,
  faults: string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): FeedsRequest {
  const source = (name: string) => {
    const value = given(name).trim()
    return value === '' || value === 'none' ? null : value
  }
  const offline = given('offline').trim()
  if (!['', 'true', 'false'].includes(offline)) {
    faults.push(`offline: ${JSON.stringify(offline)} is not true or false`)
  }
  for (const name of ['cvss', 'epss', 'kev']) {
    if (given(name).trim() === '') faults.push(`${name}: name a URL or a file, or none to do without it`)
  }
  const map = given('cvss-map').trim() === '' ? publishedMap(env) : source('cvss-map')
  return {
    ...{ cvss: source('cvss'), cvssMap: map, epss: source('epss'), kev: source('kev') },
    offline: offline === 'true',
  }
}

/** From the server that the runner belongs to: a name of an enterprise server may be a stranger's at github.com. */
function publishedMap({
  GITHUB_ACTION_REPOSITORY: repository = '',
  GITHUB_SERVER_URL: server,
}: Readonly<Record<string, string | undefined>>): string | null {
  const at = server || 'https://github.com'
  if (!/^[\w-]+\/[\w.-]+$/.test(repository) || !/^https:\/\/[\w.:-]+$/.test(at)) return null
  return `${at}/${repository}/releases/download/feeds/cvss-map.json.gz`
}
