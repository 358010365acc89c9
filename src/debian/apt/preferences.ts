import { SeaworthyError } from '../../model/index.js'
import { type StateBudget, stateBudget } from './automaton.js'
import { aptPattern } from './pattern.js'
import { parseAptStanzas, splitFields } from './stanzas.js'
import { aptStops } from './stops.js'

/** What a pin can match: the fields of an index's Release file (apt_preferences(5)); absent ones are `null`. */
export interface ReleaseFacts {
  readonly origin: string | null
  readonly label: string | null
  readonly suite: string | null
  readonly codename: string | null
  readonly version: string | null
  readonly component: string | null
  readonly architecture: string | null
  /** Host name; `null` for local files and for installed packages. */
  readonly site: string | null
}

/** One record of the preferences, for one of its names. */
export interface Pin {
  /** `null` for `Package: *`: it applies to indexes, not to packages. */
  readonly package: PackagePattern | null
  readonly kind: 'release' | 'origin' | 'version'
  /** `never`, only for `Package: *`: no other pin brings such an index back. */
  readonly priority: number | 'never'
  readonly matchesRelease: (release: ReleaseFacts) => boolean
  readonly matchesVersion: (version: string) => boolean
}

export interface PackagePattern {
  /** `src:NAME`: by the source package's name. */
  readonly bySource: boolean
  readonly matchesName: (name: string) => boolean
  /** `null` for every architecture. */
  readonly architecture: string | null
}

/**
 * The pins of an image in reading order: `preferences`, then `preferences.d` sorted.
 * @param files texts by path, without a leading slash
 * @throws SeaworthyError `apt-stops` if apt refuses a record
 */
export function readPreferences(files: Readonly<Record<string, string>>): Pin[] {
  const parts = Object.keys(files).filter(isPart).sort()
  const pins: Pin[] = []
  const budget = stateBudget()
  for (const path of ['etc/apt/preferences', ...parts].filter((one) => files[one] !== undefined)) {
    pins.push(...readFile(files[path] ?? '', path, MAX_PINS - pins.length, budget))
  }
  return pins
}

/** Each is tried on each version of each package, and people write only a few. */
const MAX_PINS = 2000

/** No extension or `pref`, and only letters, digits, hyphen, underscore and period; others are skipped. */
function isPart(path: string): boolean {
  const name = /^etc\/apt\/preferences\.d\/([A-Za-z0-9_:-][A-Za-z0-9._:-]*)$/.exec(path)?.[1]
  return name !== undefined && (!name.includes('.') || name.endsWith('.pref'))
}

function readFile(text: string, path: string, most: number, budget: StateBudget): Pin[] {
  let count = 0
  return parseAptStanzas(text).flatMap(({ fields }): Pin[] => {
    const names = fields.get('package') ?? ''
    if (names === '') {
      throw aptStops(`Invalid record in the preferences file /${path}, no Package header`, path)
    }
    const pin = fields.get('pin')
    if (pin === undefined) {
      return []
    }
    const [, keyword = '', data = ''] = /^(\S*)\s*([\s\S]*)$/.exec(pin) ?? []
    const kind = keyword.toLowerCase()
    // `Package: *` with `Pin: version` is ignored with a warning, like an unknown keyword.
    if (kind !== 'release' && kind !== 'origin' && (kind !== 'version' || names === '*')) {
      return []
    }
    const priority = readPriority(fields.get('pin-priority'), path)
    if (priority === 'never' && names !== '*') {
      const what = `/${path}: The special 'Pin-Priority: never' can only be used for 'Package: *' records`
      throw aptStops(what, path)
    }
    const pinFields = { kind, priority, ...matchersOf(kind, data, budget) } as const
    const packageNames = names === '*' ? [null] : splitFields(names)
    count += packageNames.length
    if (count > most) {
      const what = `the image's apt preferences contain more than ${MAX_PINS} pins`
      throw new SeaworthyError({ code: 'apt-pattern', what, where: `/${path}` })
    }
    return packageNames.map((name) => {
      return { package: name === null ? null : packagePattern(name, budget), ...pinFields }
    })
  })
}

function readPriority(text: string | undefined, path: string): Pin['priority'] {
  if (text === 'never') {
    return 'never'
  }
  const number = /^[+-]?\d+/.exec(text ?? '')?.[0]
  const value = number === undefined ? 0 : Number(number)
  if (value < -32768 || value > 32767) {
    const what = `/${path}: Value ${text} is outside the range of valid pin priorities (-32768 to 32767)`
    throw aptStops(what, path)
  }
  if (value === 0) {
    throw aptStops('No priority (or zero) specified for pin', path)
  }
  return value
}

function packagePattern(written: string, budget: StateBudget): PackagePattern {
  const bySource = written.startsWith('src:')
  const bare = bySource ? written.slice(4) : written
  const colon = bare.startsWith('/') ? -1 : bare.lastIndexOf(':')
  const architecture = colon === -1 ? null : bare.slice(colon + 1)
  const name = colon === -1 ? bare : bare.slice(0, colon)
  // A plain name is case-sensitive; a pattern is not.
  const matchesName = /[*?[]|^\/.*\/$/.test(name)
    ? aptPattern(name, budget)
    : (other: string) => other === name
  return { bySource, matchesName, architecture: architecture === 'any' ? null : architecture }
}

type Matchers = Pick<Pin, 'matchesRelease' | 'matchesVersion'>

function matchersOf(kind: 'release' | 'origin' | 'version', data: string, budget: StateBudget): Matchers {
  const never = () => false
  if (kind === 'version') {
    return { matchesRelease: never, matchesVersion: versionMatcher(data, budget) }
  }
  if (kind === 'origin') {
    const site = aptPattern(/^"(.*)"$/.exec(data)?.[1] ?? data, budget)
    return {
      matchesRelease: (release) => release.site !== null && site(release.site),
      matchesVersion: never,
    }
  }
  return { matchesRelease: releaseMatcher(data, budget), matchesVersion: never }
}

/** A `*` at the end makes a case-sensitive prefix; otherwise it is a glob or a regular expression. */
function versionMatcher(data: string, budget: StateBudget): (version: string) => boolean {
  const prefix = data.endsWith('*') ? data.slice(0, -1).toLowerCase() : null
  const pattern = aptPattern(data, budget)
  return (version) => (prefix !== null && version.toLowerCase().startsWith(prefix)) || pattern(version)
}

const KEYS: Readonly<Record<string, keyof ReleaseFacts>> = {
  v: 'version',
  o: 'origin',
  a: 'suite',
  n: 'codename',
  l: 'label',
  c: 'component',
  b: 'architecture',
}

/**
 * A test for a Release file as in `Pin: release …`; also for APT::Default-Release. A bare word is a suite or
 * a codename, a bare number a version; several conditions must all hold.
 */
export function releaseMatcher(
  data: string,
  budget: StateBudget = stateBudget(),
): (release: ReleaseFacts) => boolean {
  if (data === '*') {
    return () => true
  }
  if (!data.includes('=')) {
    if (data === '') {
      return () => false
    }
    const test = /^\d/.test(data) ? versionMatcher(data, budget) : aptPattern(data, budget)
    const keys: readonly (keyof ReleaseFacts)[] = /^\d/.test(data) ? ['version'] : ['suite', 'codename']
    return (release) => keys.some((key) => matchesAnyValue(test, release[key]))
  }
  const conditions = new Map<keyof ReleaseFacts, (text: string) => boolean>()
  for (const part of data.split(',').map((one) => one.trim())) {
    const key = /^[voanlcb]=/i.test(part) ? KEYS[part.charAt(0).toLowerCase()] : undefined
    const value = part.slice(2)
    if (key !== undefined && value !== '') {
      conditions.set(key, key === 'version' ? versionMatcher(value, budget) : aptPattern(value, budget))
    }
  }
  if (conditions.size === 0) {
    return () => false
  }
  return (release) => [...conditions].every(([key, test]) => matchesAnyValue(test, release[key]))
}

function matchesAnyValue(test: (text: string) => boolean, value: string | null): boolean {
  return value !== null && test(value)
}
