import {
  cached,
  compareText,
  type InstalledPackage,
  ROOT,
  type RootView,
  SeaworthyError,
} from '../model/index.js'
import { brokenControl, type InstalledStanza, parseStanzas, type Stanza } from './control.js'
import { versionError } from './version.js'

/** What was read from an image's root: texts, and paths that could not be read, without a leading slash. */
export type Root = Pick<RootView, 'files' | 'unreadable'>

const MAIN = 'var/lib/dpkg/status'
/**
 * One file per package: distroless images have these, and no status file
 * (https://github.com/GoogleContainerTools/distroless).
 */
const MAIN_PARTS = 'var/lib/dpkg/status.d'

/** Debian has about 65,000 packages in a release: no more can be installed. For all databases together. */
const MAX_STANZAS = 100_000

/** Fields of packages that are not removed: Debian's policy, section 3.8; `important` is apt's older name of `protected`. */
const ESSENTIAL = ['essential', 'protected', 'important']

/** The words of dpkg(1): "Package selection states", "Package flags" and "Package states". */
const WANTS = ['unknown', 'install', 'hold', 'deinstall', 'purge']
const FLAGS = ['ok', 'reinstreq']
const STATES = [
  'not-installed',
  'config-files',
  'half-installed',
  'unpacked',
  'half-configured',
  'triggers-awaited',
  'triggers-pending',
  'installed',
]

/**
 * Every package that a dpkg database in the image calls installed, by database path, then in its order.
 * Installed means any state but `not-installed` and `config-files`, as in apt: an unpacked package has its
 * files in the image.
 * @throws SeaworthyError `no-dpkg` (also for a root database without an installed package),
 * `dpkg-unreadable`, `dpkg-status-broken`
 */
export function readPackages(root: Root): readonly InstalledPackage[] {
  return read(root).packages
}

/** The packages that `readPackages` reads, each with its stanza. @throws SeaworthyError like `readPackages` */
export function readStanzas(root: Root): readonly InstalledStanza[] {
  return read(root).stanzas
}

/** Cached: several checks ask for the packages of one root. */
const read = cached((root: Root) => {
  refuseUnreadable(root.unreadable)
  const databases = Object.entries(root.files)
    .filter(([path, text]) => isDatabase(path) && (isMain(path) || hasPackageStanzas(text)))
    .sort(([a], [b]) => compareText(a, b))
  refuseTooMany(databases)
  const stanzas = databases.flatMap(([path, text]) => readDatabase(path, text))
  refuseDoubles(stanzas)
  const packages = stanzas.map((one) => one.package)
  if (mainPackages(packages).length === 0) {
    const hasDatabase = databases.some(([path]) => isMain(path))
    const why = hasDatabase ? 'its dpkg database lists no installed packages' : 'it has no dpkg database'
    throw new SeaworthyError({ code: 'no-dpkg', what: `not a Debian image: ${why}`, where: MAIN })
  }
  return { packages, stanzas }
})

/** The packages of the image's own root, without those of other roots inside it. */
export function mainPackages(packages: readonly InstalledPackage[]): InstalledPackage[] {
  return packages.filter(({ database }) => isMain(database))
}

function readDatabase(path: string, text: string): InstalledStanza[] {
  const isPart = isPartPath(path)
  // The parts are control files of packages, not written by dpkg: the final newline may be missing.
  const fullText = isPart && text !== '' && !text.endsWith('\n') ? `${text}\n` : text
  return parseStanzas(fullText, path).flatMap((stanza) => {
    const found = readPackage(stanza, path, isPart)
    return found === null ? [] : [{ package: found, stanza }]
  })
}

function readPackage(stanza: Stanza, database: string, isPart: boolean): InstalledPackage | null {
  const { fields, line } = stanza
  // dpkg folds names to lower case when it reads them.
  const name = (fields.get('package') ?? '').toLowerCase()
  if (!/^[a-z0-9][a-z0-9+._-]*$/.test(name)) {
    throw brokenControl(database, line, `${JSON.stringify(name.slice(0, 60))} is not a valid package name`)
  }
  const [want, flag, state] = readStatus(fields.get('status'), database, line, isPart)
  if (state === 'not-installed' || state === 'config-files') {
    return null
  }
  const version = readVersion(fields.get('version'), name, database, line)
  const { source, sourceVersion } = readSource(fields.get('source'), name, version, database, line)
  const architecture = fields.get('architecture') ?? ''
  const read = { name, version, architecture, source, sourceVersion, want, flag, state, database }
  return ESSENTIAL.some((field) => fields.get(field)?.toLowerCase() === 'yes')
    ? { ...read, essential: true }
    : read
}

/**
 * For dpkg a stanza of a status file without Status counts as not installed, but dpkg never writes one. Here
 * it is refused: dropping the package would hide it.
 */
function readStatus(
  status: string | undefined,
  database: string,
  line: number,
  isPart: boolean,
): readonly [string, string, string] {
  if (status === undefined) {
    if (isPart) {
      return ['install', 'ok', 'installed']
    }
    throw brokenControl(database, line, 'this stanza has no Status field')
  }
  const [want = '', flag = '', state = '', ...more] = status.toLowerCase().split(/\s+/)
  if (!WANTS.includes(want) || !FLAGS.includes(flag) || !STATES.includes(state) || more.length > 0) {
    throw brokenControl(database, line, `${JSON.stringify(status.slice(0, 60))} is not a valid status`)
  }
  return [want, flag, state]
}

function readVersion(version: string | undefined, name: string, database: string, line: number): string {
  if (!version) {
    throw brokenControl(database, line, `${name} is installed but has no version`)
  }
  const error = versionError(version)
  if (error !== null) {
    throw brokenControl(database, line, `${name}: ${error}`)
  }
  return version
}

/** `Source: name` or `Source: name (version)`; absent if both are the package's own (deb-src-control(5)). */
function readSource(
  field: string | undefined,
  name: string,
  version: string,
  database: string,
  line: number,
): { source: string; sourceVersion: string } {
  if (!field) {
    return { source: name, sourceVersion: version }
  }
  const parts = /^([A-Za-z0-9][A-Za-z0-9+._-]*)\s*(?:\(\s*([^\s()]+)\s*\))?$/.exec(field)
  const source = parts?.[1]?.toLowerCase()
  if (source === undefined) {
    throw brokenControl(database, line, `${JSON.stringify(field.slice(0, 60))} is not a valid source package`)
  }
  const written = parts?.[2]
  return {
    source,
    sourceVersion: written === undefined ? version : readVersion(written, name, database, line),
  }
}

function isDatabase(path: string): boolean {
  return path === 'status' || path.endsWith('/status') || isPartPath(path)
}

function isPartPath(path: string): boolean {
  return /(?:^|\/)status\.d\/[^/]+$/.test(path) && !path.endsWith('.md5sums')
}

function isMain(path: string): boolean {
  return path === MAIN || path.startsWith(`${MAIN_PARTS}/`)
}

/**
 * True if at least one stanza has a package and a version. Outside dpkg's own path a file can be anything
 * that begins with `Package:`; one that has packages and is damaged is refused like dpkg's own.
 */
function hasPackageStanzas(text: string): boolean {
  const hasName = /^package[^\S\n]*:[^\S\n]*[a-z0-9][a-z0-9+._-]*[^\S\n]*$/im
  const hasVersion = /^version[^\S\n]*:[^\S\n]*[0-9a-z]/im
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n\n', at)
    const stanza = text.slice(at, end === -1 ? text.length : end)
    if (hasName.test(stanza) && hasVersion.test(stanza)) {
      return true
    }
    at += stanza.length + 2
  }
  return false
}

/** Checked before parsing: a stanza takes some 30 times as much memory as its text. */
function refuseTooMany(databases: readonly (readonly [path: string, text: string])[]): void {
  let stanzas = 0
  for (const [where, text] of databases) {
    stanzas++
    for (let at = text.indexOf('\n\n'); at !== -1; at = text.indexOf('\n\n', at + 2)) {
      stanzas++
    }
    if (stanzas > MAX_STANZAS) {
      const what = `the package database has more than ${MAX_STANZAS} packages, which is the limit`
      throw new SeaworthyError({ code: 'dpkg-unreadable', what, where })
    }
  }
}

/** A database that is there and was not read, or may be behind a link: then nobody knows what is installed. */
function refuseUnreadable(unreadable: Readonly<Record<string, string>>): void {
  for (const path of Object.keys(unreadable).sort()) {
    const isAbove = path === ROOT || path === MAIN_PARTS || MAIN.startsWith(`${path}/`)
    if (!isDatabase(path) && !isAbove) {
      continue
    }
    const what = `the package database cannot be read: ${path}: ${unreadable[path]}`
    const todo = `make ${MAIN} a regular file in the image`
    throw new SeaworthyError({ code: 'dpkg-unreadable', what, where: path, todo })
  }
}

/** Stanzas of one name, by architecture. */
type Instances = Map<string, InstalledStanza>

/**
 * The known package that cannot be installed together with one of this architecture. `all` is installed as the native
 * architecture, which is not known here, so it excludes every other. (For two different architectures dpkg also
 * requires `Multi-Arch: same`; apt and the archive can distinguish them without it.)
 */
export function otherInstanceOf(known: Instances, architecture: string): InstalledStanza | undefined {
  if (architecture === 'all' || architecture === '') {
    return known.values().next().value
  }
  return known.get(architecture) ?? known.get('all') ?? known.get('')
}

/**
 * A package that is installed twice: a lookup by name finds only one of them. dpkg 1.21 refuses such a
 * database ("multiple non-coinstallable package instances present"). The files of a `status.d` are one
 * database, which may contain the very same package twice.
 * @throws SeaworthyError `dpkg-status-broken`
 */
function refuseDoubles(stanzas: readonly InstalledStanza[]): void {
  const instancesByKey = new Map<string, Instances>()
  for (const one of stanzas) {
    const { name, architecture, database } = one.package
    const key = `${database.replace(/(?<=(?:^|\/)status\.d)\/[^/]*$/, '')} ${name}`
    const instances: Instances = instancesByKey.get(key) ?? new Map()
    const otherInstance = otherInstanceOf(instances, architecture)
    if (otherInstance === undefined) {
      instancesByKey.set(key, instances.set(architecture, one))
    } else if (!isCopy(otherInstance.package, one.package)) {
      const isHere = otherInstance.package.database === database
      const place = isHere
        ? `first on line ${otherInstance.stanza.line}`
        : `also in ${otherInstance.package.database}`
      throw brokenControl(database, one.stanza.line, `${name}:${architecture} appears twice, ${place}`)
    }
  }
}

function isCopy(one: InstalledPackage, other: InstalledPackage): boolean {
  const isElsewhere = one.database !== other.database
  return isElsewhere && one.version === other.version && one.architecture === other.architecture
}
