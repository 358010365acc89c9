import { at, percentDecoded, SeaworthyError } from '../../model/index.js'
import { listOf, type Mapping, mappingOf, valueAt } from '../shape.js'
import { type Path, readYaml, type YamlDocument } from '../yaml/read.js'

export const FORMATS = ['clair-scanner', 'trivyignore', 'trivyignore.yaml', 'grype'] as const

export type Format = (typeof FORMATS)[number]

/** One rule of another tool, as far as we can express it. */
export interface ForeignRule {
  readonly line: number
  readonly id: string
  /** A package as the tool names it, binary or source; `null`: any. */
  readonly package: string | null
  readonly images: readonly string[] | null
  readonly reason: string | null
  /** As written; `null`: for ever. */
  readonly expires: string | null
  /** The part that can't be expressed here: then it is not carried over, because the entry would accept more. */
  readonly cannot: string | null
}

/** `notes`: other content of the file that is not carried over, one line each. */
export interface ForeignRules {
  readonly rules: readonly ForeignRule[]
  readonly notes: readonly string[]
}

/**
 * The rules of another tool's file.
 * @param formatInput `null`: detect the format by the file's name and keys
 * @throws SeaworthyError `import-unreadable`
 */
export function readRules(text: string, file: string, formatInput: Format | null): ForeignRules {
  const format = formatInput ?? formatOf(text, file)
  if (format === 'trivyignore') {
    return { rules: readTrivyIgnore(text), notes: [] }
  }
  const document = readYaml(text, file)
  if (mappingOf(document.value) === null) {
    throw unreadable(file, document.errors[0]?.text ?? `the file is not in the ${format} format`)
  }
  const errors = document.errors.map(({ place, text }) => `${at(place)}: ${text}`)
  const { rules, notes } = READERS[format](document)
  return { rules, notes: [...errors, ...notes] }
}

const READERS: Readonly<Record<Exclude<Format, 'trivyignore'>, (document: YamlDocument) => ForeignRules>> = {
  'clair-scanner': readClairScanner,
  'trivyignore.yaml': readTrivyYaml,
  grype: readGrype,
}

/** clair-scanner (scanner.go): CVE to a note, for all images and for images by name without tag. */
function readClairScanner(document: YamlDocument): ForeignRules {
  const rules: ForeignRule[] = []
  const take = (path: Path, images: readonly string[] | null) => {
    for (const [id, field] of membersOf(valueAt(document.value, path))) {
      const line = document.placeOf([...path, id]).line
      const reason = typeof field === 'string' && field !== '' ? field : null
      rules.push({ line, id, package: null, images, reason, expires: null, cannot: null })
    }
  }
  for (const [key, value] of membersOf(document.value)) {
    // Keys are matched case-insensitively, as in its own reader.
    if (key.toLowerCase() === 'generalwhitelist') {
      take([key], null)
    }
    if (key.toLowerCase() !== 'images') {
      continue
    }
    for (const [image] of membersOf(value)) {
      take([key, image], [image, `${image}:*`])
    }
  }
  return { rules, notes: [] }
}

/** Trivy (pkg/result/ignore.go). */
function readTrivyYaml(document: YamlDocument): ForeignRules {
  const notes: string[] = []
  for (const [key, value] of membersOf(document.value)) {
    if (key !== 'vulnerabilities' && Array.isArray(value) && value.length > 0) {
      const place = at(document.placeOf([key]))
      notes.push(`${place}: ${key} not carried over: only vulnerabilities are imported`)
    }
  }
  const rules = itemsOf(document, 'vulnerabilities').flatMap(({ item, line }) => {
    const paths =
      item.paths === undefined
        ? null
        : 'it applies only to some paths, and a whitelist entry cannot be limited to paths'
    const unknown = unconvertibleConditions(item, ['id', 'paths', 'purls', 'expired_at', 'statement'])
    const base = {
      line,
      id: textOf(item.id) ?? '(no id)',
      images: null,
      reason: textOf(item.statement),
      expires: textOf(item.expired_at)?.slice(0, 10) ?? null,
      cannot: paths ?? unknown,
    }
    const purls = listOf(item.purls)
    if (purls.length === 0) {
      return [{ ...base, package: null }]
    }
    return purls.map((purl) => {
      const [, name, atSign] = /^pkg:deb\/[^/@?#]+\/([^/@?#]+)(@)?/.exec(textOf(purl) ?? '') ?? []
      const whole = name === undefined ? null : percentDecoded(name)
      const version =
        atSign === undefined
          ? null
          : 'it applies to only one version, and the import does not support versions'
      const foreign = whole === null ? `${JSON.stringify(purl)} is not a Debian package` : null
      return { ...base, package: whole, cannot: base.cannot ?? foreign ?? version }
    })
  })
  return { rules, notes }
}

/** Grype (grype/match/ignore.go): all conditions of a rule must hold; a package's name is a regular expression. */
function readGrype(document: YamlDocument): ForeignRules {
  const rules = itemsOf(document, 'ignore').map(({ item, line }) => {
    const detail = Object.fromEntries(membersOf(item.package))
    const names = [textOf(detail['upstream-name']), textOf(detail.name)].filter((one) => one !== null)
    const unsupportedName = names.find((name) => !/^[a-z0-9][a-z0-9+.-]*$/.test(name) || /\.[*+]/.test(name))
    const type = textOf(detail.type)
    const unsupportedReason =
      item.vulnerability === undefined
        ? 'it is not for a single vulnerability'
        : (unconvertibleConditions(item, ['vulnerability', 'reason', 'package', 'include-aliases']) ??
          unconvertibleConditions(detail, ['name', 'type', 'upstream-name']) ??
          (type !== null && type !== 'deb' ? `it is for packages of type ${JSON.stringify(type)}` : null) ??
          (unsupportedName === undefined
            ? null
            : `the package name ${JSON.stringify(unsupportedName)} is a pattern`) ??
          (new Set(names).size > 1 ? 'it specifies both a source and a binary package' : null))
    const id = textOf(item.vulnerability) ?? '(no vulnerability)'
    const rest = { images: null, reason: textOf(item.reason), expires: null, cannot: unsupportedReason }
    return { line, id, package: names[0] ?? null, ...rest }
  })
  return { rules, notes: [] }
}

/** Trivy, pkg/result/ignore.go: one id per line, `exp:YYYY-MM-DD` anywhere after it; a note above is its reason. */
function readTrivyIgnore(text: string): ForeignRule[] {
  let note: string | null = null
  return text.split(/\r\n|\r|\n/).flatMap((line, index): ForeignRule[] => {
    const text = line.replace(/^\uFEFF/, '').trim()
    if (text === '' || text.startsWith('#')) {
      note = text === '' ? null : [note, text.replace(/^#+\s*/, '')].filter(Boolean).join(' ')
      return []
    }
    const [id = '', ...rest] = text.split(/\s+/)
    const expires = rest.find((field) => field.startsWith('exp:'))?.slice('exp:'.length) ?? null
    return [{ line: index + 1, id, package: null, images: null, reason: note, expires, cannot: null }]
  })
}

function itemsOf(document: YamlDocument, key: string): { item: Mapping; line: number }[] {
  return listOf(valueAt(document.value, [key])).map((item, index) => ({
    item: Object.fromEntries(membersOf(item)),
    line: document.placeOf([key, index]).line,
  }))
}

/** Conditions of a rule that cannot be converted: without them, the entry would accept more than the rule. */
function unconvertibleConditions(item: Mapping, known: readonly string[]): string | null {
  const unknownKeys = Object.keys(item).filter((key) => !known.includes(key) && item[key] !== '')
  return unknownKeys.length === 0
    ? null
    : `it also sets ${unknownKeys.join(', ')}, which a whitelist entry cannot express`
}

function membersOf(value: unknown): [string, unknown][] {
  return Object.entries(mappingOf(value) ?? {})
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

/** The tool that a file is for, if it was put in place of a whitelist of ours; else `null`. */
export function otherTool(text: string): string | null {
  if (/^["']?(?:entries|include)["']?:/m.test(text)) {
    return null
  }
  const rules = readTrivyIgnore(text)
  if (rules.length > 0 && rules.every(({ id }) => /^(?:CVE-\d|GHSA-|AVD-|DLA-|DSA-)[\w-]+$/.test(id))) {
    return 'Trivy'
  }
  const format = yamlFormat(text)
  return format === null ? null : TOOLS[format]
}

const TOOLS = {
  'clair-scanner': 'clair-scanner',
  'trivyignore.yaml': 'Trivy',
  grype: 'Grype',
} as const satisfies Readonly<Record<Exclude<Format, 'trivyignore'>, string>>

function yamlFormat(text: string): Exclude<Format, 'trivyignore'> | null {
  if (/^["']?(?:generalwhitelist|images)["']?:/im.test(text)) {
    return 'clair-scanner'
  }
  if (/^["']?ignore["']?:/m.test(text)) {
    return 'grype'
  }
  return /^["']?(?:vulnerabilities|misconfigurations|secrets|licenses)["']?:/m.test(text)
    ? 'trivyignore.yaml'
    : null
}

function formatOf(text: string, file: string): Format {
  const isYaml = /\.ya?ml$/i.test(file)
  if (!isYaml && !/^[ \t]*["']?[a-z]+["']?:/m.test(text)) {
    return 'trivyignore'
  }
  const format = yamlFormat(text)
  if (format !== null) {
    return format
  }
  throw unreadable(
    file,
    `the format of the file is not recognized; specify it with --format ${FORMATS.join(' | ')}`,
  )
}

function unreadable(file: string, what: string): SeaworthyError {
  return new SeaworthyError({ code: 'import-unreadable', what, where: file })
}
