import type { ApplicationStatement } from '../../../model/application.js'
import type { ProgramName } from '../../../model/known-programs.js'
import { statement } from '../application/texts.js'
import type { Body } from '../tar-reader.js'
import { ANY_PROGRAM, namedProgram, type Pattern } from './patterns.js'
import { javaVersion } from './texts.js'

/** What a program's bytes say that it is; `other`: none of these. */
type ProgramVersions = ReadonlyMap<ProgramName, string> | 'other'
const OTHER = 'other'

/** The longest evidence is shorter; what ends closer to the end of a piece than this may go on in the next one. */
const SEAM = 512
const BEHIND = 32
/** It goes by the names of others too, and is none of them. */
const BUSYBOX = '(BusyBox v)\\d'

/**
 * Searches a program as it passes, in constant memory, until the first evidence is found.
 * @param put called once, with nothing if nothing was found
 */
function versionBody(patterns: readonly Pattern[], put: (found: ProgramVersions) => void): Body {
  // One regular expression over all: a search for each pattern would take as many times as long.
  const all = new RegExp([...patterns.map(({ text }) => text), BUSYBOX].join('|'), 'g')
  return searching((text, isEnd) => {
    for (const match of text.matchAll(all)) {
      if (isEnd || match.index + match[0].length <= text.length - BEHIND) {
        const at = match.slice(1).findIndex((group) => group !== undefined)
        const [program, version] = [patterns[at]?.program, match[at + 1]]
        return program === undefined || version === undefined ? OTHER : versionsOf(program, version)
      }
    }
    return null
  }, put)
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
 * Redis and Valkey: the version is a text of its own among many others, and the beginning of the build's id, which goes
 * on with the host's name or at once with the time in nanoseconds.
 */
const SERVER =
  /\0(\d{1,3}\.\d{1,3}\.\d{1,3})(?=\0)|\0(valkey)?(\d{1,3}\.\d{1,3}\.\d{1,3}[\w.-]{0,120}?[12]\d{18}[0-9a-f]{0,60})(?=\0)/g
const AFTER_VERSION = /^(?:[\w.-]*-)?[12]\d{18}[0-9a-f]*$/
/** Redis 8 has some hundred, of its commands. */
const MOST_TEXTS = 2000

function serverBody(put: (found: ProgramVersions) => void): Body {
  const texts = new Set<string>()
  const ids = new Map<string, 'redis' | 'valkey'>()
  return searching((text) => {
    for (const [, version, valkey, id] of text.matchAll(SERVER)) {
      if (version !== undefined && texts.size < MOST_TEXTS) {
        texts.add(version)
      } else if (id !== undefined && ids.size < MOST_TEXTS) {
        ids.set(id, valkey === undefined ? 'redis' : 'valkey')
      }
    }
    for (const [id, program] of ids) {
      const version = beginnings(id).find((one) => texts.has(one) && AFTER_VERSION.test(id.slice(one.length)))
      if (version !== undefined) {
        return new Map([[program, version]])
      }
    }
    return null
  }, put)
}

/** The versions that an id may begin with, the longest first: `7.0.15`, `7.0.1`. */
function beginnings(id: string): readonly string[] {
  const [, branch = '', digits = ''] = /^(\d+\.\d+\.)(\d{1,3})/.exec(id) ?? []
  return [3, 2, 1].map((length) => branch + digits.slice(0, length))
}

/** @param search what the text up to here says; it gets the end of one piece again with the next */
function searching(
  search: (text: string, isEnd: boolean) => ProgramVersions | null,
  put: (found: ProgramVersions) => void,
): Body {
  let seam = ''
  let found: ProgramVersions | null = null
  return {
    write(bytes) {
      if (found === null) {
        const text = seam + bytes.toString('latin1')
        found = search(text, false)
        seam = text.slice(-SEAM)
      }
    },
    end() {
      put(found ?? search(seam, true) ?? new Map())
    },
  }
}

/** What a program in a stored layer says that it is, whatever its name. */
export type StatementsOf = (path: string) => readonly ApplicationStatement[]

/**
 * Returns what takes an ELF file's bytes; `null`: its name is not that of a program.
 * @param put called with what it says
 */
export function namedVersions(
  path: string,
  put: (statements: readonly ApplicationStatement[]) => void,
): Body | null {
  const named = namedProgram(path)
  if (named === null) {
    return null
  }
  const { program, patterns } = named
  const take = (found: ProgramVersions) => put(statements(found, program))
  return program === 'redis' || program === 'valkey' ? serverBody(take) : versionBody(patterns, take)
}

/** The same for a file of any name. */
export function versionsInAny(put: (statements: readonly ApplicationStatement[]) => void): Body {
  return versionBody(ANY_PROGRAM, (found) => put(statements(found, null)))
}

/** @param unknown the program by its name, if its bytes do not tell its version */
function statements(found: ProgramVersions, unknown: ProgramName | null): readonly ApplicationStatement[] {
  if (found === OTHER) {
    return []
  }
  return found.size === 0 && unknown !== null
    ? [statement('program', unknown)]
    : [...found].map(([program, version]) => statement('program', program, version))
}
