import type { Path, YamlDocument } from '../yaml/read.js'

/** One rule of another tool, as far as we can say it. */
export interface ForeignRule {
  readonly line: number
  readonly id: string
  /** A package as the tool names it, binary or source; `null`: any. */
  readonly package: string | null
  readonly images: readonly string[] | null
  readonly reason: string | null
  /** As written; `null`: for ever. */
  readonly expires: string | null
  /** What of it can't be said here: then it is not carried over, for an entry would accept more. */
  readonly cannot: string | null
}

interface Read {
  readonly rules: ForeignRule[]
  readonly notes: string[]
}

/** clair-scanner (scanner.go): CVE to a word about it, for all images and for images by name without tag. */
export function readClairScanner(document: YamlDocument): Read {
  const rules: ForeignRule[] = []
  const take = (path: Path, images: readonly string[] | null) => {
    for (const [id, word] of membersOf(valueAt(document, path))) {
      const line = document.placeOf([...path, id]).line
      const reason = typeof word === 'string' && word !== '' ? word : null
      rules.push({ line, id, package: null, images, reason, expires: null, cannot: null })
    }
  }
  for (const [key, value] of membersOf(document.value)) {
    // Keys are taken without regard to case, as its reader does.
    if (key.toLowerCase() === 'generalwhitelist') take([key], null)
    if (key.toLowerCase() !== 'images') continue
    for (const [image] of membersOf(value)) take([key, image], [image, `${image}:*`])
  }
  return { rules, notes: [] }
}

/** Trivy (pkg/result/ignore.go). */
export function readTrivyYaml(document: YamlDocument): Read {
  const notes: string[] = []
  for (const [key, value] of membersOf(document.value)) {
    if (key !== 'vulnerabilities' && Array.isArray(value) && value.length > 0)
      notes.push(noteAt(document, [key], `${key} not carried over: this whitelist is about vulnerabilities`))
  }
  const rules = itemsOf(document, 'vulnerabilities').flatMap(({ item, line }) => {
    const paths = item.paths === undefined ? null : 'it holds for some paths only, which cannot be said here'
    const unknown = strangers(item, ['id', 'paths', 'purls', 'expired_at', 'statement'])
    const base = {
      ...{ line, id: textOf(item.id) ?? '(no id)', images: null, reason: textOf(item.statement) },
      ...{ expires: textOf(item.expired_at)?.slice(0, 10) ?? null, cannot: paths ?? unknown },
    }
    const purls: readonly unknown[] = Array.isArray(item.purls) ? item.purls : []
    if (purls.length === 0) return [{ ...base, package: null }]
    return purls.map((purl) => {
      const name = /^pkg:deb\/[^/@?#]+\/([^/@?#]+)(@)?/.exec(textOf(purl) ?? '')
      const whole = name?.[1] ? decoded(name[1]) : null
      const version = name?.[2] ? 'it holds for one version only, which cannot be said here' : null
      const foreign = whole === null ? `${JSON.stringify(purl)} is no package of Debian` : null
      return { ...base, package: whole, cannot: base.cannot ?? foreign ?? version }
    })
  })
  return { rules, notes }
}

/** Grype (grype/match/ignore.go): all that a rule says must be so; a package's name is a regular expression. */
export function readGrype(document: YamlDocument): Read {
  const rules = itemsOf(document, 'ignore').map(({ item, line }) => {
    const detail = Object.fromEntries(membersOf(item.package))
    const names = [textOf(detail['upstream-name']), textOf(detail.name)].filter((one) => one !== null)
    const odd = names.find((name) => !/^[a-z0-9][a-z0-9+.-]*$/.test(name) || /\.[*+]/.test(name))
    const type = textOf(detail.type)
    const cannot =
      item.vulnerability === undefined
        ? 'it is not about one vulnerability'
        : (strangers(item, ['vulnerability', 'reason', 'package', 'include-aliases']) ??
          strangers(detail, ['name', 'type', 'upstream-name']) ??
          (type !== null && type !== 'deb' ? `it is about packages of type ${JSON.stringify(type)}` : null) ??
          (odd === undefined ? null : `${JSON.stringify(odd)} is a pattern`) ??
          (names.length > 1 && names[0] !== names[1] ? 'it names a source and a binary package' : null))
    const id = textOf(item.vulnerability) ?? '(no vulnerability)'
    const rest = { images: null, reason: textOf(item.reason), expires: null, cannot }
    return { line, id, package: names[0] ?? null, ...rest }
  })
  return { rules, notes: [] }
}

type Members = Readonly<Record<string, unknown>>

function itemsOf(document: YamlDocument, key: string): { item: Members; line: number }[] {
  const list = valueAt(document, [key])
  if (!Array.isArray(list)) return []
  return list.map((item: unknown, index) => ({
    item: Object.fromEntries(membersOf(item)),
    line: document.placeOf([key, index]).line,
  }))
}

/** What a rule says beside what can be carried over: left out, the entry would accept more than it did. */
function strangers(item: Members, known: readonly string[]): string | null {
  const odd = Object.keys(item).filter((key) => !known.includes(key) && item[key] !== '')
  return odd.length === 0 ? null : `it also says ${odd.join(', ')}, which cannot be said here`
}

function membersOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
}

function valueAt({ value }: YamlDocument, path: Path): unknown {
  return path.reduce((at: unknown, step) => new Map(membersOf(at)).get(String(step)), value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
}

function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

function noteAt(document: YamlDocument, path: Path, words: string): string {
  const { file, line } = document.placeOf(path)
  return `${file}:${line}: ${words}`
}
