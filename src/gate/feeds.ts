import { carryBench } from '../checks/docker-bench/collect.js'
import { openFeed } from '../feeds/addresses.js'
import { type CarriedFiles, carry, listKept } from '../feeds/carry.js'
import { ECOSYSTEMS } from '../feeds/formats/osv/ecosystem.js'
import { folderOf, writeTable } from '../feeds/kept.js'
import { readYears } from '../feeds/nvd.js'
import { OSV_BUCKET } from '../feeds/osv/get.js'
import { openOsv } from '../feeds/osv/look-up.js'
import { exportFile, importFile } from '../feeds/published/carry-file.js'
import type { Head } from '../feeds/published/data-file.js'
import type { FeedsRequest } from '../feeds/rate.js'
import type { FeedOptions } from '../feeds/refresh.js'
import { openTracker } from '../feeds/tracker/open.js'
import { readFeeds } from '../inputs/feeds.js'
import { gatherErrors } from '../inputs/input-errors.js'
import type { ReadInput } from '../inputs/row.js'
import { defaultCacheDir } from '../io/files/files.js'
import { keptPlace } from '../io/files/kept-place.js'
import { redactUrl } from '../io/http/url.js'
import {
  FEED_TITLES,
  FEEDS,
  hoursBetween,
  MAX_OSV_DAYS,
  problemOf,
  SeaworthyError,
  withAdvice,
} from '../model/index.js'
import { escapeTerminal } from '../reports/escape.js'
import { renderProblem } from '../reports/terminal/terminal.js'
import { accept, type Signature } from './accept-data-file.js'
import { archiveLine, carryDebian, reportArchive } from './archive-cache.js'
import { type FeedsAround, reportBench } from './bench-cache.js'

/** Updates the tracker and all feeds in the cache. @returns true if all of them were available */
export async function fetchFeeds(inputs: ReadInput, around: FeedsAround): Promise<boolean> {
  const gathered = gatherErrors()
  const sources = readFeeds(inputs, gathered.messages)
  gathered.throwAny()
  const { trustedRoot = null, publishedHours } = sources
  const options = { ...optionsOf(inputs, around), trustedRoot, publishedHours }
  const work = [
    { title: "Debian's security tracker", get: () => trackerSource(sources, options) },
    ...FEEDS.filter((feed) => sources[feed].length > 0).map((feed) => ({
      title: FEED_TITLES[feed],
      get: async () => (await openFeed(feed, sources[feed], options))?.source ?? null,
    })),
  ]
  let isComplete = true
  for (const { title, get } of work) {
    around.progress(`fetching ${title}`)
    try {
      const source = await get()
      const isKept = source !== null && /^https?:/i.test(source.url)
      const facts = [
        source?.date?.slice(0, 10) ?? 'unknown date',
        `${source?.rows ?? '?'} rows`,
        ...(isKept ? [] : ['read from a file, not cached']),
        ...(source?.instead === undefined ? [] : [escapeTerminal(source.instead, 1000)]),
      ]
      around.print(`${title}: ${facts.join(', ')}\n`)
    } catch (error) {
      around.signal.throwIfAborted()
      isComplete = false
      around.print(renderProblem(problemOf(error, title), around.pages))
    }
  }
  if (around.archive === true) {
    isComplete = (await reportArchive(inputs, cacheDirOf(inputs), around)) && isComplete
  }
  await reportBench(cacheDirOf(inputs), around)
  reportPlace(inputs, around)
  return isComplete
}

/**
 * Updates OSV's advisories of all ecosystems in the cache, one after the other: npm's are 142 MB.
 * @param address `bucket` for the OSV project's, or a URL or folder in its layout
 * @returns true if all of them are available
 */
export async function fetchOsv(address: string, inputs: ReadInput, around: FeedsAround): Promise<boolean> {
  const addresses = [{ base: address === 'bucket' ? OSV_BUCKET : address, form: 'bucket' as const }]
  const missing: string[] = []
  for (const ecosystem of ECOSYSTEMS) {
    around.progress(`fetching OSV's advisories for ${ecosystem}`)
    try {
      const opened = await openOsv(ecosystem, addresses, {
        ...optionsOf(inputs, around),
        // What is old is kept too: whether it may be used is up to the scan.
        maxDays: Number.POSITIVE_INFINITY,
      })
      await opened.part.close()
      const { rows, date, url, instead } = opened.source
      const facts = [
        `newest of ${date?.slice(0, 10) ?? 'unknown date'}`,
        `${rows ?? '?'} advisories`,
        ...(/^https?:/i.test(url) ? [] : ['read from a folder, not cached']),
        ...(date === null ? [] : tooOld(hoursBetween(date, around.now))),
        ...(instead === undefined ? [] : [escapeTerminal(instead, 1000)]),
      ]
      around.print(`OSV ${ecosystem}: ${facts.join(', ')}\n`)
    } catch (error) {
      around.signal.throwIfAborted()
      missing.push(ecosystem)
      const what = ecosystem === 'Bitnami' ? 'programs that Debian did not package' : `${ecosystem} packages`
      const todo = `check the address, or try again; only images with ${what} need this file`
      around.print(renderProblem({ ...problemOf(error, `osv-${ecosystem}`), todo }, around.pages))
    }
  }
  if (missing.length > 0) {
    const rest = ECOSYSTEMS.filter((ecosystem) => !missing.includes(ecosystem))
    around.print(`available: ${rest.join(', ') || 'none'}\nnot available: ${missing.join(', ')}\n`)
  }
  reportPlace(inputs, around)
  return missing.length === 0
}

/** Which limit a scan needs for advisories of that age, in hours, if not the usual one. */
function tooOld(hours: number): readonly string[] {
  return hours <= MAX_OSV_DAYS * 24
    ? []
    : [`more than ${MAX_OSV_DAYS} days old, so a scan needs a max-data-age of at least ${hours} (hours)`]
}

/** Writes the map of ratings that the workflow feeds.yml publishes, made from the NVD's feeds. */
export async function writeMap(file: string, inputs: ReadInput, around: FeedsAround): Promise<boolean> {
  const cvss = inputs('cvss').trim()
  if (!cvss.endsWith('/')) {
    const what = "cvss: must be the URL of a folder that contains the NVD's feeds, and must end with a slash"
    throw new SeaworthyError({ code: 'bad-input', what, where: 'inputs' })
  }
  const { table } = await readYears(cvss, optionsOf(inputs, around))
  await writeTable(file, table)
  around.print(`${file}: ${table.rows} CVEs, ${table.date?.slice(0, 10) ?? 'unknown date'}\n`)
  return true
}

/**
 * Copies the cache's content into a folder, or into one data file (.tar), to carry it to an isolated machine.
 */
export async function exportFeeds(
  to: string,
  inputs: ReadInput,
  { print, now }: FeedsAround,
): Promise<boolean> {
  const cacheDir = cacheDirOf(inputs)
  if (to.endsWith('.tar')) {
    printLines(await exportFile(cacheDir, to, now), print)
  } else {
    await carryAll(cacheDir, to, print)
  }
  return true
}

/** Copies a folder or data file that `exportFeeds` wrote into the cache, once all of it is proven whole. */
export async function importFeeds(
  from: string,
  inputs: ReadInput,
  around: FeedsAround,
  signature: Signature | null = null,
): Promise<boolean> {
  const cacheDir = cacheDirOf(inputs)
  if (from.endsWith('.tar')) {
    const acceptSigned = (head: Head) => accept(head, signature, inputs, around)
    printLines(await importFile(from, cacheDir, acceptSigned), around.print)
  } else {
    await carryAll(from, cacheDir, around.print)
  }
  reportPlace(inputs, around)
  return true
}

/**
 * Reports what the cache contains, and how old it is.
 * @returns true if there is something, and all of it is whole and counts
 */
export async function reportFeeds(inputs: ReadInput, around: FeedsAround): Promise<boolean> {
  const { print } = around
  const where = cacheDirOf(inputs)
  const all = await listKept(where)
  printLines(all, print)
  print(archiveLine(where))
  if (all.length === 0) {
    const what = 'the cache contains no feeds'
    const todo =
      'run "seaworthy feeds fetch", or use "seaworthy feeds import" for data that was exported on another machine'
    print(renderProblem({ code: 'feed-not-kept', what, where, todo }, around.pages))
  }
  const counts = all.length === 0 || reportPlace(inputs, around)
  return counts && all.length > 0 && all.every(({ whole }) => whole)
}

/** Reports if a gate would not use the cache's content. @returns true if it would */
function reportPlace(inputs: ReadInput, { print, pages }: Pick<FeedsAround, 'print' | 'pages'>): boolean {
  const folder = cacheDirOf(inputs)
  const counts = keptPlace(folder) !== null && keptPlace(folderOf(folder)) !== null
  if (!counts) {
    const what = 'the gate will not use this cache, because other users can write to it'
    print(renderProblem(withAdvice({ code: 'cache-not-trusted', what, where: folder }), pages))
  }
  return counts
}

/** Copies all that a folder has; a data file (.tar) has only feeds. */
async function carryAll(from: string, to: string, print: FeedsAround['print']): Promise<void> {
  printLines(await carry(from, to), print)
  print(await carryDebian(from, to))
  const commits = carryBench(from, to).map((commit) => `Docker Bench, commit ${commit}\n`)
  print(commits.join(''))
}

function printLines(all: readonly CarriedFiles[], print: FeedsAround['print']): void {
  print(all.map(line).join(''))
}

/** `date` and `url` come from a file that others may have written. */
function line({ name, whole, date, rows, fetchedAt, url }: CarriedFiles): string {
  if (!whole) {
    return `${name.padEnd(8)} is damaged, so it will not be used\n`
  }
  const facts = [
    `of ${date === null ? 'unknown date' : new Date(date).toISOString().slice(0, 10)}`,
    ...(rows === null ? [] : [`${rows} rows`]),
    ...(fetchedAt === null ? [] : [`read ${new Date(fetchedAt).toISOString().slice(0, 16)}Z`]),
    ...(url === null ? [] : [`from ${escapeTerminal(redactUrl(url), 300)}`]),
  ]
  return `${name.padEnd(8)} ${facts.join(', ')}\n`
}

function optionsOf(inputs: ReadInput, { now, signal, progress }: FeedsAround): FeedOptions {
  return { cacheDir: cacheDirOf(inputs), offline: false, now, signal, progress }
}

async function trackerSource(
  { tracker: source, published, trustedRoot = null }: FeedsRequest,
  { cacheDir, signal }: FeedOptions,
) {
  const opened = await openTracker({ source, published, trustedRoot, cacheDir, ...(signal && { signal }) })
  try {
    return (await opened.narrow([])).source
  } finally {
    await opened.close()
  }
}

function cacheDirOf(inputs: ReadInput): string {
  return inputs('cache-dir').trim() || defaultCacheDir()
}
