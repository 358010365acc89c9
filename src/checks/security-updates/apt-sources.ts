import type { Target } from '../../debian/apt/sources.js'
import { packageKey } from '../../debian/package-key.js'
import {
  type AptSource,
  DEBIAN_ARCHIVE,
  isSafeSource,
  SECURITY_ARCHIVE,
  type UpdateFinding,
  withoutEnd,
} from '../../model/index.js'
import { pendingOf } from './apt/pending.js'
import type { AptIndex } from './apt/state.js'
import type { AptStates } from './apt-states.js'
import { type ArchiveName, archiveOf, isDebianArchive, isSnapshot } from './archive/mirrors.js'

/** Debian's addresses of an archive. The second is used if the image's own source excludes the first. */
const ARCHIVE_ADDRESSES: Readonly<Record<ArchiveName, readonly string[]>> = {
  main: [DEBIAN_ARCHIVE, 'http://ftp.debian.org/debian'],
  security: [SECURITY_ARCHIVE, 'http://deb.debian.org/debian-security'],
}

/** The keyring of the package debian-archive-keyring, on which apt depends. */
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * The same updates, each with the source that the image's apt lacks for it: if the candidate is from contrib,
 * non-free or non-free-firmware, and the image reads no index that has it.
 */
export function withAptSources(updates: readonly UpdateFinding[], states: AptStates): UpdateFinding[] {
  const isRead = new Set(states.asConfigured.indexes.map(indexKey))
  return updates.map((update) => {
    const indexesWithUpdate = indexesOf(update, states)
    const [first] = indexesWithUpdate
    const isLacking = indexesWithUpdate.every(
      (index) => !isRead.has(indexKey(index)) && index.release.component !== 'main',
    )
    return first === undefined || !isLacking || !update.hasApt
      ? update
      : { ...update, aptSource: sourceOf(first, states) }
  })
}

/** The updates as the image's apt would choose them with the sources that it lacks now. Pins count as before. */
export function asWithSources(
  updates: readonly UpdateFinding[],
  states: AptStates,
): readonly UpdateFinding[] {
  const updatesWithoutSource = updates.filter(({ aptSource }) => aptSource !== null)
  if (updatesWithoutSource.length === 0) {
    return updates
  }
  const { asConfigured } = states
  const added = new Set(updatesWithoutSource.flatMap((update) => indexesOf(update, states)))
  const { pending } = pendingOf({ ...asConfigured, indexes: [...asConfigured.indexes, ...added] })
  const chosen = new Map(pending.map(({ key, candidate }) => [key, candidate.version.version]))
  const keyOf = ({ package: name, architecture }: UpdateFinding) =>
    packageKey(name, architecture, asConfigured.architectures[0])
  return updates.map((update) =>
    update.aptSource === null ? update : { ...update, asConfigured: chosen.get(keyOf(update)) ?? null },
  )
}

function indexesOf({ indexes }: UpdateFinding, { reference }: AptStates): AptIndex[] {
  return reference.indexes.filter(({ name }) => indexes.includes(name))
}

/** A key for an index. It has the codename, since the image's source may name the suite by an alias. */
function indexKey({ release: { codename, component, architecture } }: AptIndex): string {
  return `${codename} ${component} ${architecture}`
}

/** The source to add, with the image's mirror and key for this suite: apt refuses two different keys for one suite. */
function sourceOf({ name, release }: AptIndex, { configured, unavailable }: AptStates): AptSource | null {
  const [suite = ''] = name.split('/')
  const component = release.component ?? ''
  const debian = configured.targets.filter(isDebianArchive)
  const isUsable = (target: Target) =>
    archiveOf(target.suite) === archiveOf(suite) &&
    !isSnapshot(target.uri) &&
    !unavailable.some((one) => one.code === 'archive-expired' && one.target === target)
  const usable = debian.filter(isUsable)
  const style = debian.some(({ file }) => file.endsWith('.sources')) ? 'deb822' : 'one-line'
  const [key = KEYRING] = usable.flatMap(({ signedBy }) => keyOf(signedBy) ?? [])
  const uris = [
    ...usable.filter((target) => target.suite === suite).map(({ uri }) => uri),
    ...usable.map(({ uri }) => uri),
    ...ARCHIVE_ADDRESSES[archiveOf(suite)],
  ].map((uri) => withoutEnd(uri, '/'))
  const sources = uris.map((uri): AptSource => {
    const sameSource = configured.targets.find(
      (target) => withoutEnd(target.uri, '/') === uri && target.suite === suite && target.signedBy !== null,
    )
    const signedBy = sameSource === undefined ? key : (keyOf(sameSource.signedBy) ?? '')
    return { uri, suite, component, signedBy, style }
  })
  // A source with a password, or whose key is a whole block, does not belong in a command.
  return sources.find(isSafeSource) ?? null
}

/** Signed-By as files or fingerprints, separated by commas; `null` if it is absent or has a whole key. */
function keyOf(signedBy: string | null): string | null {
  const keys = (signedBy ?? '').split(/[\s,]+/).filter((key) => key !== '')
  const key = keys.join(',')
  const isKey = isSafeSource({ uri: DEBIAN_ARCHIVE, suite: 'a', component: 'a', signedBy: key })
  return isKey ? key : null
}
