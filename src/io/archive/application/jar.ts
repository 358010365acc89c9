import { createHash } from 'node:crypto'
import type { ApplicationStatement } from '../../../model/application.js'
import { readPythonFileName, statement } from './texts.js'
import type { ZipSource } from './zip-records.js'

/** `commons-text-1.9.jar`, `spring-webmvc-5.2.20.RELEASE.jar`, `guava-29.0-jre.jar`. */
const FILE_NAME = /^(.+?)-(\d[^/]*)$/
const JAVA_END = /\.(?:[jwe]ar|[jh]pi|[nrk]ar|aar)$/i
/** What Maven accepts as an artifact; titles for people have spaces. */
const ARTIFACT = /^[A-Za-z0-9_.-]+$/
/** Clair, which asks for the group by the hash, does not read larger ones. */
const HASHED_BYTES = 128 * 2 ** 20

/** What is known about an archive of code, apart from those inside it. */
export interface KnownArchive {
  readonly source: ZipSource
  readonly fileName: string
  readonly where: string | null
  /** Its packages, by pom.properties and Python's metadata. */
  readonly statements: readonly ApplicationStatement[]
  readonly manifest: string
  /** Whether some of that could not be read. */
  readonly isBroken: boolean
}

/** What an archive says that it is itself. */
interface OwnName {
  readonly kind: 'maven' | 'pypi'
  readonly name: string
  readonly version: string
  /** Whether it is the file's name, or one in the manifest. */
  readonly isOfFile: boolean
}

/** pom.properties, which Maven adds to each jar. */
export function readPom(text: string, where: string | null): readonly ApplicationStatement[] {
  const value = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*(\\S+)`, 'm').exec(text)?.[1]
  const [group, artifact] = [value('groupId'), value('artifactId')]
  return group === undefined || artifact === undefined
    ? []
    : [statement('maven', `${group}:${artifact}`, value('version') ?? null, where)]
}

/**
 * The name of the archive itself, unless one of its packages is about it: the others are what was shaded into it. An
 * archive about which nothing at all is known is a statement too.
 */
export function archiveName(archive: KnownArchive): readonly ApplicationStatement[] {
  const { fileName, where, statements, isBroken } = archive
  const [first, second] = [fromManifest(archive), fromFileName(fileName)].filter((one) => one !== null)
  if (first === undefined) {
    return statements.length > 0 || isBroken ? [] : [statement('jar', fileName, null, where)]
  }
  const isSame = second === undefined || (first.name === second.name && first.version === second.version)
  const names = isSame ? [first] : [first, second]
  // Manifests have titles for people and OSGi's versions (derby 10.14.2000000.1828579): where the two differ, both count.
  return names.some((own) => statements.some((one) => isAbout(one, own, fileName)))
    ? []
    : names.map((own) => ownStatement(archive, own))
}

function ownStatement(archive: KnownArchive, own: OwnName): ApplicationStatement {
  const { where, statements } = archive
  const plainStatement = statement(own.kind, own.name, own.version, where)
  // It does not state its group, by which advisories name it: Clair will ask for it by its hash.
  const isNamed =
    own.kind === 'maven' &&
    statements.every(({ kind }) => kind === 'gem') &&
    archive.source.size <= HASHED_BYTES
  return isNamed ? { ...plainStatement, sha1: sha1Of(archive.source) } : plainStatement
}

function sha1Of(source: ZipSource): string {
  return createHash('sha1').update(source.read(0, source.size)).digest('hex')
}

/** The file's name is Maven's own if the manifest confirms its version. */
function fromManifest({ manifest, fileName }: KnownArchive): OwnName | null {
  // JAR file specification: lines continue after a space; the main section ends with an empty line.
  const [main = ''] = manifest.replace(/\r\n?/g, '\n').replace(/\n /g, '').split('\n\n', 1)
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*([^;\\n]+)`, 'im').exec(main)?.[1]?.trim()
  const version = field('Implementation-Version') ?? field('Bundle-Version')
  const ofFile = fromFileName(fileName)
  if (ofFile?.version === version) {
    return ofFile
  }
  const name = [field('Implementation-Title'), field('Bundle-SymbolicName')].find(
    (one) => one !== undefined && ARTIFACT.test(one),
  )
  return name === undefined || version === undefined
    ? null
    : { kind: 'maven', name, version, isOfFile: false }
}

function fromFileName(fileName: string): OwnName | null {
  const stem = fileName.replace(JAVA_END, '')
  const [, artifact, version] = (stem === fileName ? null : FILE_NAME.exec(stem)) ?? []
  if (artifact !== undefined && version !== undefined) {
    return { kind: 'maven', name: artifact, version, isOfFile: true }
  }
  const python = readPythonFileName(fileName)
  return python === null ? null : { kind: 'pypi', ...python, isOfFile: true }
}

/**
 * Whether one of an archive's packages is the archive itself. Files are renamed, and manifests have titles for people
 * and versions that OSGi understands, so a name alone or a version alone may differ.
 */
function isAbout({ kind, name, version }: ApplicationStatement, own: OwnName, fileName: string): boolean {
  if (kind !== own.kind) {
    return false
  }
  if (kind === 'pypi') {
    return partsOf(name).join() === partsOf(own.name).join()
  }
  const artifact = name.slice(name.indexOf(':') + 1)
  return (
    artifact === own.name ||
    isInFileName(artifact, version ?? '', fileName) ||
    (isSameVersion(version ?? '', own.version) && (!own.isOfFile || areAlike(artifact, own.name)))
  )
}

/** The artifact, or `artifact-version`, maybe with the group in front, or a classifier or a snapshot's time behind it. */
function isInFileName(artifact: string, version: string, fileName: string): boolean {
  const stem = fileName.slice(0, fileName.lastIndexOf('.'))
  if (partsOf(stem).join() === partsOf(artifact).join()) {
    return true
  }
  const base = version.replace(/-SNAPSHOT$/, '')
  return ['-', '_'].some((between) => {
    const whole = `${artifact}${between}${base}`
    return stem === whole || stem.startsWith(`${whole}-`) || stem.endsWith(`.${whole}`)
  })
}

/** By the numbers that they begin with: `1.9` is OSGi's `1.9.0`, and `1.0-SNAPSHOT` its `1.0.0.SNAPSHOT`. */
function isSameVersion(one: string, other: string): boolean {
  const [first, second] = [one, other].map((version) =>
    /^\d+(?:\.\d+)*/.exec(version)?.[0].replace(/(?:\.0+)+$/, ''),
  )
  return first !== undefined && first === second
}

/** One has all words of the other: `org.apache.logging.log4j.core` and `log4j-core`. */
function areAlike(one: string, other: string): boolean {
  const [few = [], many = []] = [partsOf(one), partsOf(other)].sort((a, b) => a.length - b.length)
  return few.every((part) => many.includes(part))
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[-_.]+/)
}
