import { createHash } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasSecuritySupport, supportOf } from '../../../debian/support-table.js'
import { listFolder } from '../../../io/files/files.js'
import { makeFolders } from '../../../io/files/make-folders.js'
import { stagesFor, unreadBecause } from './elsewhere.js'
import {
  KEPT_INDEXES,
  type KeptRelease,
  openIndexCache,
  RELEASES_FOLDER,
  readKeptRelease,
} from './index-cache.js'
import { COMPONENTS } from './mirrors.js'
import { hostsNamed, type MirrorSources, mirrorsOf } from './mirrors-of.js'
import { type SuitePlan, suitesFor } from './needs.js'
import {
  DEBIAN_TRUST,
  machineSources,
  openSession,
  type SessionOptions,
  type TrustedData,
} from './session.js'
import { fetchSuite, type MirrorAnswer } from './suite.js'
import { readKeyring } from './verify.js'

/** A suite that was requested for the cache, and the result. */
export type KeptSuite = Pick<MirrorAnswer, 'suite' | 'date' | 'problem'>

export interface KeepOptions extends SessionOptions {
  readonly inputs: MirrorSources['inputs']
  /** Debian's name, as in `binary-amd64`. */
  readonly architecture: string
}

/** Node.js's name of a processor → Debian's, where they differ. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: 'i386',
  arm: 'armhf',
  ppc64: 'ppc64el',
}

/** @param arch as process.arch has it */
export function debianArchitecture(arch: string): string {
  return ARCHITECTURES[arch] ?? arch
}

/**
 * Reads into the cache the suites that images of any supported release need: the release's own suites, and those in
 * which packages from elsewhere are searched for. A suite that Debian does not have is recorded as absent.
 * @param trust for tests, which sign archives of their own
 */
export async function keepArchive(
  options: KeepOptions,
  trust: TrustedData = DEBIAN_TRUST,
  machine = machineSources(),
): Promise<readonly KeptSuite[]> {
  const sources = { inputs: options.inputs, image: [], machine }
  const session = openSession(options, trust, readKeyring(trust.certificates), new Set(), hostsNamed(sources))
  const today = options.now.toISOString().slice(0, 10)
  const plans = trust.support
    .filter(({ codename }) => hasSecuritySupport(supportOf(codename, today, trust.support)))
    .flatMap(({ codename }): readonly SuitePlan[] => {
      const suites = suitesFor(codename, [options.architecture], [], COMPONENTS)
      const otherSuites = stagesFor({ codename, suites }, session).flat()
      return [...suites, ...otherSuites.map((plan) => ({ ...plan, architectures: [options.architecture] }))]
    })
  const kept: KeptSuite[] = []
  for (const plan of plans.filter((one, at) => plans.findIndex(({ suite }) => suite === one.suite) === at)) {
    const answer = await fetchSuite(plan, mirrorsOf(plan.archive, sources), session)
    const isAbsent = answer.fetched === null && unreadBecause(answer) === null
    if (isAbsent) {
      session.cache.keepRelease(plan.suite, { text: '', readAt: options.now.toISOString(), validators: {} })
    }
    const [problem = null] = answer.asked.flatMap((one) => one.problem ?? [])
    const date = answer.fetched?.release.date ?? null
    kept.push({ suite: plan.suite, date, problem: answer.fetched === null && !isAbsent ? problem : null })
  }
  return kept
}

/** The files of Debian's archive in a cache directory, or in a folder exported from one. */
export interface ArchiveInCache {
  readonly suites: number
  /** When the oldest of these suites was read, ISO 8601 UTC. */
  readonly readAt: string | null
}

export function archiveInCache(folder: string): ArchiveInCache {
  const times = releasesIn(folder).map(({ kept }) => kept.readAt ?? '')
  return { suites: times.length, readAt: times.sort()[0] || null }
}

/**
 * Copies the Release files and all indexes that they list and that are there.
 * @returns what was copied, and the names of files that have changed since they were written: then nothing is copied
 */
export async function copyArchive(
  from: string,
  to: string,
): Promise<ArchiveInCache & { readonly damaged: readonly string[] }> {
  const releases = releasesIn(from)
  const listedHashes = new Set(releases.flatMap(({ kept }) => kept.text.match(/\b[0-9a-f]{64}\b/g) ?? []))
  const names = listFolder(join(from, KEPT_INDEXES.folder)).filter(
    (name) => KEPT_INDEXES.names.test(name) && listedHashes.has(name.replace(/\.zst$/, '')),
  )
  const damaged: string[] = []
  for (const name of names) {
    if (!(await isIntact(from, name.replace(/\.zst$/, '')))) {
      damaged.push(name)
    }
  }
  if (releases.length === 0 || damaged.length > 0) {
    return { suites: 0, readAt: null, damaged }
  }
  makeFolders(join(to, KEPT_INDEXES.folder), 0o700)
  for (const name of names) {
    await copyFile(join(from, KEPT_INDEXES.folder, name), join(to, KEPT_INDEXES.folder, name))
  }
  const cache = openIndexCache(to, true)
  for (const { suite, kept } of releases) {
    cache.keepRelease(suite, kept)
  }
  return { ...archiveInCache(from), damaged }
}

function releasesIn(folder: string): readonly { readonly suite: string; readonly kept: KeptRelease }[] {
  return listFolder(join(folder, RELEASES_FOLDER)).flatMap((name) => {
    const isCachedRelease = /^[a-z0-9_-]+\.json$/.test(name)
      ? readKeptRelease(join(folder, RELEASES_FOLDER, name))
      : null
    return isCachedRelease === null ? [] : [{ suite: name.replace(/\.json$/, ''), kept: isCachedRelease }]
  })
}

async function isIntact(folder: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of (await openIndexCache(folder, false).index(sha256)) ?? []) {
      hash.update(chunk)
    }
    return hash.digest('hex') === sha256
  } catch {
    return false
  }
}
