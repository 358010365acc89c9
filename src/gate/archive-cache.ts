import {
  type ArchiveInCache,
  archiveIn,
  carryArchive,
  debianArchitecture,
  keepArchive,
} from '../checks/security-updates/collect.js'
import { damagedFeeds } from '../feeds/carry.js'
import { readArchiveRequest } from '../inputs/feeds.js'
import { gatherErrors } from '../inputs/input-errors.js'
import type { ReadInput } from '../inputs/row.js'
import { keptPlace } from '../io/files/kept-place.js'
import { renderProblem } from '../reports/terminal/terminal.js'
import type { FeedsAround } from './bench-cache.js'

const TITLE = "Debian's archive"
/** Limit for each request with its retries, in milliseconds. */
const TIMEOUT_MS = 120_000

/** Reads Debian's archive into the cache. @returns true if every suite was read */
export async function reportArchive(
  inputs: ReadInput,
  cacheDir: string,
  { now, signal, progress, print, pages }: FeedsAround,
): Promise<boolean> {
  const gathered = gatherErrors()
  const { mirror: main, securityMirror: security } = readArchiveRequest(inputs, gathered.messages, null)
  gathered.throwAny()
  const architecture = debianArchitecture(process.arch)
  progress(`fetching ${TITLE} for ${architecture}`)
  const location = keptPlace(cacheDir)
  const options = { cacheDir, trustedCacheDir: location, now, signal, timeoutMs: TIMEOUT_MS }
  const suites = await keepArchive({ ...options, inputs: { main, security }, architecture })
  const readSuites = suites.filter(({ date }) => date !== null)
  print(`${TITLE}: ${readSuites.length} suites, ${architecture}\n`)
  const problems = suites.flatMap(({ problem }) => problem ?? [])
  for (const problem of problems) {
    print(renderProblem(problem, pages))
  }
  return problems.length === 0
}

/** @returns a line about what was copied; empty if there was nothing @throws SeaworthyError `feeds-damaged` */
export async function carryDebian(from: string, to: string): Promise<string> {
  const { damaged, ...carried } = await carryArchive(from, to)
  if (damaged.length > 0) {
    throw damagedFeeds(`these files have changed since they were written: ${damaged.join(', ')}`, from)
  }
  return lineOf(carried)
}

/** What the cache has of Debian's archive; empty if it has nothing. */
export function archiveLine(cacheDir: string): string {
  return lineOf(archiveIn(cacheDir))
}

function lineOf({ suites, readAt }: ArchiveInCache): string {
  const time = readAt === null ? '' : `, read ${readAt.slice(0, 16)}Z or later`
  return suites === 0 ? '' : `${TITLE}: ${suites} suites${time}\n`
}
