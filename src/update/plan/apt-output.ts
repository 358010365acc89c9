export interface AptChange {
  readonly name: string
  /** `null` for a new package. */
  readonly from: string | null
  readonly to: string
}

/**
 * Reads what `apt-get -s install` (apt-get(8), "--simulate") prints: `Inst name [installed] (candidate …)`,
 * `Remv name [installed]`.
 */
export function readSimulation(text: string) {
  const installs = [...text.matchAll(/^Inst (\S+)(?: \[([^\]\n]+)\])? \((\S+)/gm)].map(
    ([, name = '', from, to = '']): AptChange => ({ name, from: from ?? null, to }),
  )
  const removes = [...text.matchAll(/^Remv (\S+)/gm)].map(([, name = '']) => name)
  // These would be changed anyway: with `-y` apt stops there, though not with `-s`.
  const [, packagesOnHold = ''] =
    /^The following held packages will be changed:\n((?: .*\n)*)/m.exec(text) ?? []
  return { installs, removes, packagesOnHold: packagesOnHold.split(/\s+/).filter((name) => name !== '') }
}

export type AptFailure =
  /** The archive could not be reached. */
  | 'no-network'
  /** A requested version is not offered (any more), or its file differs from the index. */
  | 'version-gone'
  /** It would need the removal of a package, or cannot be resolved. */
  | 'unresolvable'
  | 'no-space'
  | 'other'

/** The kind of failure in apt's own words (English: the scripts run with LC_ALL=C). */
export function failureOf(text: string): AptFailure {
  // The engine's own messages begin with a lower-case letter.
  if (/no space left on device|disk quota exceeded|You don't have enough free space/i.test(text)) {
    return 'no-space'
  }
  const gone =
    /^E: (?:Version '[^'\n]*' for '[^'\n]*' was not found|Failed to fetch \S+\.deb\s+(?:404|File not found|Hash Sum|File has unexpected size))/m
  if (gone.test(text)) {
    return 'version-gone'
  }
  const unresolvable =
    /Packages need to be removed but remove is disabled|unmet dependencies|held broken packages/
  if (unresolvable.test(text)) {
    return 'unresolvable'
  }
  const noNetwork =
    /Could not resolve|Temporary failure resolving|Unable to connect|Cannot initiate the connection|Could not connect|Network is unreachable|Failed to fetch/
  return noNetwork.test(text) ? 'no-network' : 'other'
}

/** The lines that describe the error, at most `most` of them. */
export function errorLines(text: string, most = 5): string {
  // dpkg states the cause on a separate line.
  const joined = text.replace(/^(dpkg: error .*):\s*\n\s+/gm, '$1: ')
  const lines = joined.split('\n').filter((line) => /^(E|Err|dpkg):?/.test(line))
  const shownLines = lines.length > 0 ? lines : text.trim().split('\n')
  return shownLines.slice(-most).join('\n')
}
