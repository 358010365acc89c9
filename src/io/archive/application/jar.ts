import { createHash } from 'node:crypto'
import type { ApplicationStatement } from '../../../model/application.js'
import { asUnreadable, statement } from './texts.js'
import { unpackEntry, type ZipEntry, ZipFault, zipEntries } from './zip.js'

/** The remaining budget for unpacking: bytes of one image's nested archives, with their manifests. */
export interface UnpackBudget {
  left: number
}

/** An ear contains wars, wars contain jars, and a shaded jar may contain one more. */
const DEEPEST = 5
/** Manifests with a digest of each class have some megabytes; pom.properties has three lines. */
const MANIFEST_BYTES = 4 * 2 ** 20
const POM_BYTES = 64 * 2 ** 10
/** A jar in a jar, unpacked. */
const INNER_BYTES = 64 * 2 ** 20
/** The cost of one entry in addition to its bytes. */
const ENTRY_COST = 100
/** Statements per file: a server with all of its parts has some thousand. */
const MOST_STATEMENTS = 5000

const POM = /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/
const MANIFEST = 'META-INF/MANIFEST.MF'
const INNER = /\.(?:jar|war|ear)$/i
/** `commons-text-1.9.jar`, `spring-webmvc-5.2.20.RELEASE.jar`, `guava-29.0-jre.jar`. */
const FILE_NAME = /^(.+?)-(\d[^/]*)\.(?:jar|war|ear)$/i
/** What Maven accepts as an artifact; titles for people have spaces. */
const ARTIFACT = /^[A-Za-z0-9_.-]+$/

/**
 * The content of a jar, war or ear and of those inside it, by pom.properties (all of them: a shaded jar has several),
 * else by the manifest, else by the file name. What cannot be read becomes a statement too. Nothing is executed.
 */
export function readJar(
  bytes: Buffer,
  fileName: string,
  budget: UnpackBudget,
): readonly ApplicationStatement[] {
  const found: ApplicationStatement[] = []
  read(bytes, fileName, [], budget, found)
  return found
}

function read(
  bytes: Buffer,
  fileName: string,
  inside: readonly string[],
  budget: UnpackBudget,
  found: ApplicationStatement[],
): void {
  const where = inside.length === 0 ? null : inside.join(':')
  const failed = (error: unknown) => {
    if (!(error instanceof ZipFault)) {
      throw error
    }
    found.push(asUnreadable(error.message, where))
  }
  let entries: readonly ZipEntry[]
  try {
    entries = zipEntries(bytes)
    pay(budget, entries.length * ENTRY_COST)
  } catch (error) {
    failed(error)
    return
  }
  const unpack = (entry: ZipEntry, most: number) => unpacked(bytes, entry, most, budget)
  const named = found.length
  let manifest = ''
  let isBroken = false
  for (const entry of entries) {
    if (found.length >= MOST_STATEMENTS) {
      found.push(asUnreadable(`it contains more than ${MOST_STATEMENTS} packages`, where))
      return
    }
    try {
      if (POM.test(entry.name)) {
        const one = fromPom(unpack(entry, POM_BYTES).toString('utf8'), where)
        found.push(...(one === null ? [] : [one]))
      } else if (entry.name === MANIFEST) {
        manifest = unpack(entry, MANIFEST_BYTES).toString('utf8')
      }
    } catch (error) {
      isBroken = true
      failed(error)
    }
  }
  if (found.length === named && !isBroken) {
    const one = fromManifest(manifest, fileName, where) ?? fromName(fileName, where)
    // It does not state its group, by which advisories name it: Clair will ask for it by this.
    const sha1 = one.kind === 'maven' ? createHash('sha1').update(bytes).digest('hex') : null
    found.push(sha1 === null ? one : { ...one, sha1 })
  }
  for (const entry of entries.filter(({ name }) => INNER.test(name))) {
    const path = [...inside, entry.name]
    try {
      if (path.length > DEEPEST || found.length >= MOST_STATEMENTS) {
        throw new ZipFault(
          `its archives are nested more than ${DEEPEST} levels deep, or it contains more than ${MOST_STATEMENTS} packages`,
        )
      }
      const inner = unpack(entry, INNER_BYTES)
      read(inner, entry.name.slice(entry.name.lastIndexOf('/') + 1), path, budget, found)
    } catch (error) {
      failed(error)
      if (found.length > MOST_STATEMENTS) {
        return
      }
    }
  }
}

/**
 * Reading costs the bytes that are read, packed or not, plus something per entry, since one may be named again and
 * again.
 */
function unpacked(bytes: Buffer, entry: ZipEntry, most: number, budget: UnpackBudget): Buffer {
  if (Math.max(entry.size, entry.packed) <= most) {
    pay(budget, Math.max(entry.size, entry.packed) + ENTRY_COST)
  }
  return unpackEntry(bytes, entry, most)
}

function pay(budget: UnpackBudget, cost: number): void {
  if (cost > budget.left) {
    throw new ZipFault('the archives in this image unpack to more than the limit')
  }
  budget.left -= cost
}

function fromPom(text: string, where: string | null): ApplicationStatement | null {
  const value = (key: string) => new RegExp(`^[ \\t]*${key}[ \\t]*[=:][ \\t]*(\\S+)`, 'm').exec(text)?.[1]
  const [group, artifact] = [value('groupId'), value('artifactId')]
  return group === undefined || artifact === undefined
    ? null
    : statement('maven', `${group}:${artifact}`, value('version') ?? null, where)
}

/** The file's name is Maven's own if the manifest confirms its version. */
function fromManifest(text: string, fileName: string, where: string | null): ApplicationStatement | null {
  // JAR file specification: lines continue after a space; the main section ends with an empty line.
  const [main = ''] = text.replace(/\r\n?/g, '\n').replace(/\n /g, '').split('\n\n', 1)
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*([^;\\n]+)`, 'im').exec(main)?.[1]?.trim()
  const version = field('Implementation-Version') ?? field('Bundle-Version')
  const [, artifact, ofName] = FILE_NAME.exec(fileName) ?? []
  if (artifact !== undefined && ofName === version) {
    return statement('maven', artifact, ofName, where)
  }
  const name = [field('Implementation-Title'), field('Bundle-SymbolicName')].find(
    (one) => one !== undefined && ARTIFACT.test(one),
  )
  return name === undefined || version === undefined ? null : statement('maven', name, version, where)
}

function fromName(fileName: string, where: string | null): ApplicationStatement {
  const [, artifact, version] = FILE_NAME.exec(fileName) ?? []
  return artifact === undefined || version === undefined
    ? statement('jar', fileName, null, where)
    : statement('maven', artifact, version, where)
}
