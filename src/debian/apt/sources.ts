import { groupsBy } from '../../model/index.js'
import { fieldsWithBrackets, lineOptions, withoutComment } from './source-line.js'
import { aptBoolean, parseAptStanzas, splitFields, trimBlanks } from './stanzas.js'
import { aptStops } from './stops.js'

/** One Packages file that a source names. */
export interface Target {
  /** As written, with $(ARCH) replaced, with a slash at the end. */
  readonly uri: string
  /** Host of the URI; empty for file:, copy: and cdrom:. */
  readonly site: string
  /** Suite or codename; ends with a slash if the repository is flat. */
  readonly suite: string
  /** Empty in a flat repository. */
  readonly component: string
  readonly architecture: string
  /** Path of the file that names it. */
  readonly file: string
  /** Files or fingerprints; a whole key if it begins with -----BEGIN. `null`: the image's trusted.gpg.d. */
  readonly signedBy: string | null
  /** `trusted=yes`: used without a valid signature. `null` if unset. */
  readonly trusted: boolean | null
  /** `check-valid-until=no`: old snapshots count too. `null` if unset. */
  readonly checkValidUntil: boolean | null
}

/** `deb` lines and stanzas before they are expanded into targets. */
interface Entry {
  readonly uri: string
  readonly suite: string
  readonly components: readonly string[]
  readonly options: ReadonlyMap<string, string>
  readonly file: string
}

/**
 * Every index of binary packages that the image's sources name, in the order in which apt reads them;
 * duplicates keep the first.
 * @param files texts by path, without a leading slash
 * @param architectures native first (dpkg --print-architecture, --print-foreign-architectures)
 * @throws SeaworthyError `apt-stops`: one malformed entry makes apt refuse all of them
 */
export function readSources(
  files: Readonly<Record<string, string>>,
  architectures: readonly string[],
): Target[] {
  const entries: Entry[] = []
  let count = 0
  for (const file of sourceFiles(files)) {
    const text = files[file] ?? ''
    for (const entry of file.endsWith('.sources') ? readStanzas(text, file) : readLines(text, file)) {
      entries.push(entry)
      count += Math.max(1, entry.components.length) * architecturesOf(entry.options, architectures).length
      refuseTooManyTargets(count, file)
    }
  }
  const targets = entries.flatMap((entry) => targetsOf(entry, architectures))
  return groupsBy(targets, ({ uri, suite, component, architecture }) =>
    [uri, suite, component, architecture].join(' '),
  ).map(([first]) => first)
}

/** How many indexes sources may name: a few hundred are many. The lists of a stanza multiply. */
const MAX_TARGETS = 20_000

function refuseTooManyTargets(count: number, file: string): void {
  if (count > MAX_TARGETS) {
    const what = `the image's apt sources contain more than ${MAX_TARGETS} indexes (/${file})`
    throw aptStops(what, file, 'list only the sources that are used')
  }
}

/** `sources.list`, then `sources.list.d` in name order; other extensions are not read. */
function sourceFiles(files: Readonly<Record<string, string>>): string[] {
  const parts = Object.keys(files).filter((path) =>
    /^etc\/apt\/sources\.list\.d\/[A-Za-z0-9_:-][A-Za-z0-9_.:-]*\.(?:list|sources)$/.test(path),
  )
  return ['etc/apt/sources.list', ...parts.sort()]
}

function readLines(text: string, file: string): Entry[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = trimBlanks(withoutComment(raw))
    return line === '' ? [] : readLine(line, index + 1, file)
  })
}

function readLine(line: string, number: number, file: string): Entry[] {
  const place = `${file}:${number}`
  const badLine = (what: string) =>
    aptStops(`Malformed entry ${number} in list file /${file} (${what})`, place)
  const [type = '', ...after] = splitFields(line)
  if (after.length === 0) {
    throw aptStops(`Malformed line ${number} in source list /${file} (type)`, place)
  }
  if (type !== 'deb' && type !== 'deb-src') {
    throw aptStops(`Type '${type}' is not known on line ${number} in source list /${file}`, place)
  }
  const { options, rest } = lineOptions(trimBlanks(line.slice(type.length)), badLine)
  const [uri, suite, ...components] = fieldsWithBrackets(rest)
  return checked({ uri, suite, components, options, file }, badLine, type)
}

/** Names of the fields, and of the same options in the one-line style. */
const FIELDS: Readonly<Record<string, string>> = {
  architectures: 'arch',
  'architectures-add': 'arch+',
  'architectures-remove': 'arch-',
  'signed-by': 'signed-by',
  trusted: 'trusted',
  'check-valid-until': 'check-valid-until',
}

function readStanzas(text: string, file: string): Entry[] {
  return parseAptStanzas(text).flatMap(({ fields, number }) => {
    const badStanza = (what: string) =>
      aptStops(`Malformed entry ${number} in sources file /${file} (${what})`, file)
    const valuesOf = (name: string) => splitFields(fields.get(name) ?? '')
    if (!fields.has('types')) {
      throw aptStops(`Malformed stanza ${number} in source list /${file} (type)`, file)
    }
    const options = new Map<string, string>()
    for (const [field, key] of Object.entries(FIELDS)) {
      const value = fields.get(field)
      if (value !== undefined) {
        options.set(key, value)
      }
    }
    const components = valuesOf('components')
    const [uris, suites] = [valuesOf('uris'), valuesOf('suites')]
    return valuesOf('types').flatMap((type) => {
      if (type !== 'deb' && type !== 'deb-src') {
        throw aptStops(`Type '${type}' is not known on stanza ${number} in source list /${file}`, file)
      }
      // A word that is not a boolean counts as on (measured with "maybe").
      if (aptBoolean(fields.get('enabled')) === false) {
        return []
      }
      if (uris.length === 0) {
        throw badStanza('URI')
      }
      if (suites.length === 0) {
        throw badStanza('Suite')
      }
      refuseTooManyTargets(uris.length * suites.length, file)
      return uris.flatMap((uri) =>
        suites.flatMap((suite) => checked({ uri, suite, components, options, file }, badStanza, type)),
      )
    })
  })
}

/** apt refuses an incomplete deb-src entry too, although deb-src provides no index of binary packages. */
function checked(
  entry: Omit<Entry, 'uri' | 'suite'> & {
    readonly uri: string | undefined
    readonly suite: string | undefined
  },
  bad: (what: string) => Error,
  type: string,
): Entry[] {
  const { uri, suite, components } = entry
  if (uri === undefined) {
    throw bad('URI')
  }
  if (suite === undefined) {
    throw bad('Suite')
  }
  if (!/^[A-Za-z0-9+.-]+:/.test(uri)) {
    throw bad('URI parse')
  }
  const flat = suite.endsWith('/')
  if (flat && components.length > 0) {
    throw bad('absolute Suite Component')
  }
  if (!flat && components.length === 0) {
    throw bad('Component')
  }
  return type === 'deb' ? [{ ...entry, uri, suite }] : []
}

function targetsOf(entry: Entry, configured: readonly string[]): Target[] {
  const { options, file } = entry
  const shared = {
    signedBy: options.get('signed-by') ?? null,
    trusted: aptBoolean(options.get('trusted')),
    checkValidUntil: aptBoolean(options.get('check-valid-until')),
    file,
  }
  const components = entry.components.length === 0 ? [''] : entry.components
  return components.flatMap((component) =>
    architecturesOf(options, configured).map((architecture) => {
      const [uri, suite] = [entry.uri, entry.suite].map((text) => text.replaceAll('$(ARCH)', architecture))
      const folderUri = uri?.endsWith('/') ? uri : `${uri}/`
      return {
        uri: folderUri,
        site: siteOf(folderUri),
        suite: suite ?? '',
        component,
        architecture,
        ...shared,
      }
    }),
  )
}

function architecturesOf(options: ReadonlyMap<string, string>, configured: readonly string[]): string[] {
  const list = (key: string) => splitFields(options.get(key) ?? '')
  const named = list('arch')
  const base = named.length > 0 ? named : configured
  const removed = list('arch-')
  return [...new Set([...base, ...list('arch+')])].filter((one) => !removed.includes(one))
}

function siteOf(uri: string): string {
  return /^(?:file|copy|cdrom):/i.test(uri)
    ? ''
    : (/^[a-z0-9+.-]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:]*)/i.exec(uri)?.[1] ?? '')
}
