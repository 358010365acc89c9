import type { ApplicationStatement, ProgramName } from '../../../../model/index.js'
import type { Body } from '../../formats/tar-reader.js'
import { statement } from '../application/texts.js'
import { DISTINCTIVE_PATTERNS, namedProgram, type Pattern } from './patterns.js'
import { javaVersion } from './texts.js'

/** Programs that the bytes of a file identify, with their versions; `other`: it is a different program. */
type ProgramVersions = ReadonlyMap<ProgramName, string> | 'other'
const OTHER = 'other'

/**
 * Longer than any match. Matches that end closer to the end of a chunk than LOOKAHEAD_BYTES may continue in
 * the next one.
 */
const OVERLAP_BYTES = 512
const LOOKAHEAD_BYTES = 32
/** BusyBox has the names of other programs, but is none of them. */
const BUSYBOX = { text: '(BusyBox v)\\d', rarePart: 'BusyBox' }

/**
 * Searches a program while it is read, in constant memory, until the first match.
 * @param onFound called once, with an empty map if nothing was found
 */
function searchPatterns(patterns: readonly Pattern[], onFound: (found: ProgramVersions) => void): Body {
  // One regular expression for all patterns: a separate search for each would take many times as long.
  const all = [...patterns, BUSYBOX]
  const anyPattern = new RegExp(all.map(({ text }) => text).join('|'), 'g')
  const mayMatch = mayContain(new Set(all.map(({ rarePart }) => rarePart)))
  const search = (text: string, isEnd: boolean) => {
    for (const match of text.matchAll(anyPattern)) {
      if (isEnd || match.index + match[0].length <= text.length - LOOKAHEAD_BYTES) {
        const patternIndex = match.slice(1).findIndex((group) => group !== undefined)
        const [program, version] = [patterns[patternIndex]?.program, match[patternIndex + 1]]
        return program === undefined || version === undefined ? OTHER : versionsOf(program, version)
      }
    }
    return null
  }
  return createSearch(search, onFound, mayMatch)
}

function mayContain(parts: ReadonlySet<string>): (bytes: Buffer) => boolean {
  const needles = [...parts].map((part) => Buffer.from(part, 'latin1'))
  return (bytes) => needles.some((needle) => bytes.includes(needle))
}

function versionsOf(program: ProgramName, version: string): ProgramVersions {
  switch (program) {
    case 'openresty':
      return new Map([
        [program, version],
        ['nginx', version.split('.').slice(0, 3).join('.')],
      ])
    case 'openjdk':
      return new Map([[program, javaVersion(version)]])
    default:
      return new Map([[program, version]])
  }
}

/**
 * In Redis and Valkey, the version is one of many strings, and also the beginning of the build id, in which
 * the host's name or the time in nanoseconds follows.
 */
const REDIS_VERSION_OR_BUILD_ID =
  /\0(\d{1,3}\.\d{1,3}\.\d{1,3})(?=\0)|\0(valkey)?(\d{1,3}\.\d{1,3}\.\d{1,3}[\w.-]{0,120}?[12]\d{18}[0-9a-f]{0,60})(?=\0)/g
const BUILD_ID_SUFFIX = /^(?:[\w.-]*-)?[12]\d{18}[0-9a-f]*$/
/** Limit for strings that look like versions or build ids: Redis 8 has some hundred, from its commands. */
const MAX_CANDIDATES = 2000

function searchRedis(onFound: (found: ProgramVersions) => void): Body {
  const versions = new Set<string>()
  const programByBuildId = new Map<string, 'redis' | 'valkey'>()
  return createSearch((text) => {
    for (const [, version, valkeyPrefix, buildId] of text.matchAll(REDIS_VERSION_OR_BUILD_ID)) {
      if (version !== undefined && versions.size < MAX_CANDIDATES) {
        versions.add(version)
      } else if (buildId !== undefined && programByBuildId.size < MAX_CANDIDATES) {
        programByBuildId.set(buildId, valkeyPrefix === undefined ? 'redis' : 'valkey')
      }
    }
    for (const [buildId, program] of programByBuildId) {
      const version = versionPrefixes(buildId).find(
        (prefix) => versions.has(prefix) && BUILD_ID_SUFFIX.test(buildId.slice(prefix.length)),
      )
      if (version !== undefined) {
        return new Map([[program, version]])
      }
    }
    return null
  }, onFound)
}

/** The versions that an id may begin with, the longest first: `7.0.15`, `7.0.1`. */
function versionPrefixes(id: string): readonly string[] {
  const [, series = '', digits = ''] = /^(\d+\.\d+\.)(\d{1,3})/.exec(id) ?? []
  return [3, 2, 1].map((length) => series + digits.slice(0, length))
}

/**
 * @param search what the text up to here says; it gets the end of one piece again with the next
 * @param mayMatch false if `search` would return `null` for these bytes: then they need not become text
 */
function createSearch(
  search: (text: string, isEnd: boolean) => ProgramVersions | null,
  onFound: (found: ProgramVersions) => void,
  mayMatch: (bytes: Buffer) => boolean = () => true,
): Body {
  let overlap: Buffer = Buffer.alloc(0)
  let found: ProgramVersions | null = null
  return {
    write(bytes) {
      if (found !== null) {
        return
      }
      const boundary = Buffer.concat([overlap, bytes.subarray(0, OVERLAP_BYTES)])
      if (mayMatch(boundary) || mayMatch(bytes)) {
        found = search(overlap.toString('latin1') + bytes.toString('latin1'), false)
      }
      overlap =
        bytes.length < OVERLAP_BYTES
          ? boundary.subarray(-OVERLAP_BYTES)
          : Buffer.from(bytes.subarray(-OVERLAP_BYTES))
    },
    end() {
      onFound(found ?? search(overlap.toString('latin1'), true) ?? new Map())
    },
  }
}

/**
 * Returns the receiver of an ELF file's bytes; `null`: its name is not that of a well-known program.
 * @param onStatements called with the statements about the program
 */
export function namedVersions(
  path: string,
  onStatements: (statements: readonly ApplicationStatement[]) => void,
): Body | null {
  const known = namedProgram(path)
  if (known === null) {
    return null
  }
  const { program, patterns } = known
  const report = (found: ProgramVersions) => onStatements(statements(found, program))
  return program === 'redis' || program === 'valkey' ? searchRedis(report) : searchPatterns(patterns, report)
}

/** Like `namedVersions`, for a file of any name. */
export function versionsInAny(onStatements: (statements: readonly ApplicationStatement[]) => void): Body {
  return searchPatterns(DISTINCTIVE_PATTERNS, (found) => onStatements(statements(found, null)))
}

/** @param namedProgram the program by its name, if its bytes do not tell its version */
function statements(
  found: ProgramVersions,
  namedProgram: ProgramName | null,
): readonly ApplicationStatement[] {
  if (found === OTHER) {
    return []
  }
  return found.size === 0 && namedProgram !== null
    ? [statement('program', namedProgram)]
    : [...found].map(([program, version]) => statement('program', program, version))
}
