import { createHash } from 'node:crypto'
import type { ApplicationStatement } from '../../../../model/index.js'
import type { ZipSource } from '../../formats/zip-records.js'
import { readPythonFileName, statement } from './texts.js'

/** `commons-text-1.9.jar`, `spring-webmvc-5.2.20.RELEASE.jar`, `guava-29.0-jre.jar`. */
const VERSIONED_FILE_NAME = /^(.+?)-(\d[^/]*)$/
const JAVA_EXTENSION = /\.(?:[jwe]ar|[jh]pi|[nrk]ar|aar)$/i
/** What Maven accepts as an artifact id; titles for people contain spaces. */
const ARTIFACT_ID = /^[A-Za-z0-9_.-]+$/
/** Larger archives are not hashed: Clair, which looks up the group id by the hash, does not read them. */
const MAX_HASHED_BYTES = 128 * 2 ** 20

/** What is known about a code archive, apart from the archives inside it. */
export interface ArchiveFacts {
  readonly source: ZipSource
  readonly fileName: string
  readonly nestedIn: string | null
  /** Its packages, by pom.properties and Python's metadata. */
  readonly statements: readonly ApplicationStatement[]
  readonly manifest: string
  /** Whether some of that could not be read. */
  readonly isBroken: boolean
}

interface ArchiveIdentity {
  readonly kind: 'maven' | 'pypi'
  readonly name: string
  readonly version: string
  /** True if it comes from the file name, false if from the manifest. */
  readonly isFromFileName: boolean
}

export const POM_PATH = /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/

/** pom.properties, which Maven adds to each jar. */
export function readPomProperties(text: string, nestedIn: string | null): readonly ApplicationStatement[] {
  const value = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*(\\S+)`, 'm').exec(text)?.[1]
  const [group, artifact] = [value('groupId'), value('artifactId')]
  return group === undefined || artifact === undefined
    ? []
    : [statement('maven', `${group}:${artifact}`, value('version') ?? null, nestedIn)]
}

/**
 * Statements about the archive itself, unless one of its packages is the archive: the other packages were
 * shaded into it. An archive about which nothing is known gets a statement too.
 */
export function archiveName(archive: ArchiveFacts): readonly ApplicationStatement[] {
  const { fileName, nestedIn: where, statements, isBroken } = archive
  const [first, second] = [fromManifest(archive), fromFileName(fileName)].filter((name) => name !== null)
  if (first === undefined) {
    return statements.length > 0 || isBroken ? [] : [statement('jar', fileName, null, where)]
  }
  const isSame = second === undefined || (first.name === second.name && first.version === second.version)
  const identities = isSame ? [first] : [first, second]
  // Manifests have titles for people and OSGi's versions (derby 10.14.2000000.1828579): where the two differ, both
  // count.
  return identities.some((identity) =>
    statements.some((packageStatement) => isSameArchive(packageStatement, identity, fileName)),
  )
    ? []
    : identities.map((identity) => statementOf(archive, identity))
}

function statementOf(archive: ArchiveFacts, identity: ArchiveIdentity): ApplicationStatement {
  const { nestedIn: where, statements } = archive
  const plainStatement = statement(identity.kind, identity.name, identity.version, where)
  // Advisories name packages by group id, which this archive does not state: Clair looks it up by the hash.
  const needsGroup =
    identity.kind === 'maven' &&
    statements.every(({ kind }) => kind === 'gem') &&
    archive.source.size <= MAX_HASHED_BYTES
  return needsGroup ? { ...plainStatement, sha1: sha1Of(archive.source) } : plainStatement
}

function sha1Of(source: ZipSource): string {
  return createHash('sha1').update(source.read(0, source.size)).digest('hex')
}

/** The file name counts as the name if the manifest confirms its version. */
function fromManifest({ manifest, fileName }: ArchiveFacts): ArchiveIdentity | null {
  // JAR file specification: lines continue after a space; the main section ends with an empty line.
  const [main = ''] = manifest.replace(/\r\n?/g, '\n').replace(/\n /g, '').split('\n\n', 1)
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*([^;\\n]+)`, 'im').exec(main)?.[1]?.trim()
  const version = field('Implementation-Version') ?? field('Bundle-Version')
  const fromName = fromFileName(fileName)
  if (fromName?.version === version) {
    return fromName
  }
  const name = [field('Implementation-Title'), field('Bundle-SymbolicName')].find(
    (one) => one !== undefined && ARTIFACT_ID.test(one),
  )
  return name === undefined || version === undefined
    ? null
    : { kind: 'maven', name, version, isFromFileName: false }
}

function fromFileName(fileName: string): ArchiveIdentity | null {
  const stem = fileName.replace(JAVA_EXTENSION, '')
  const [, artifact, version] = (stem === fileName ? null : VERSIONED_FILE_NAME.exec(stem)) ?? []
  if (artifact !== undefined && version !== undefined) {
    return { kind: 'maven', name: artifact, version, isFromFileName: true }
  }
  const python = readPythonFileName(fileName)
  return python === null ? null : { kind: 'pypi', ...python, isFromFileName: true }
}

/**
 * Whether one of an archive's packages is the archive itself. Files are renamed, and manifests contain titles
 * for people and versions in OSGi's form, so either the name or the version may differ.
 */
function isSameArchive(
  { kind, name, version }: ApplicationStatement,
  identity: ArchiveIdentity,
  fileName: string,
): boolean {
  if (kind !== identity.kind) {
    return false
  }
  if (kind === 'pypi') {
    return partsOf(name).join() === partsOf(identity.name).join()
  }
  const artifact = name.slice(name.indexOf(':') + 1)
  return (
    artifact === identity.name ||
    isInFileName(artifact, version ?? '', fileName) ||
    (isSameVersion(version ?? '', identity.version) &&
      (!identity.isFromFileName || shareAllParts(artifact, identity.name)))
  )
}

/**
 * Whether a file is named `artifact` or `artifact-version`, possibly with the group id before it, or a
 * classifier or a snapshot's time after it.
 */
function isInFileName(artifact: string, version: string, fileName: string): boolean {
  const stem = fileName.slice(0, fileName.lastIndexOf('.'))
  if (partsOf(stem).join() === partsOf(artifact).join()) {
    return true
  }
  const base = version.replace(/-SNAPSHOT$/, '')
  return ['-', '_'].some((separator) => {
    const nameAndVersion = `${artifact}${separator}${base}`
    return (
      stem === nameAndVersion || stem.startsWith(`${nameAndVersion}-`) || stem.endsWith(`.${nameAndVersion}`)
    )
  })
}

/** Compares the numbers at the start: `1.9` is OSGi's `1.9.0`; `1.0-SNAPSHOT` its `1.0.0.SNAPSHOT`. */
function isSameVersion(one: string, other: string): boolean {
  const [first, second] = [one, other].map((version) =>
    /^\d+(?:\.\d+)*/.exec(version)?.[0].replace(/(?:\.0+)+$/, ''),
  )
  return first !== undefined && first === second
}

/** True if one name has all parts of the other: `org.apache.logging.log4j.core` and `log4j-core`. */
function shareAllParts(one: string, other: string): boolean {
  const [fewerParts = [], moreParts = []] = [partsOf(one), partsOf(other)].sort((a, b) => a.length - b.length)
  return fewerParts.every((part) => moreParts.includes(part))
}

function partsOf(name: string): readonly string[] {
  return name.toLowerCase().split(/[-_.]+/)
}
