import { addDays, isDate } from '../../model/dates.js'
import { SeaworthyError } from '../../model/problem.js'
import { compareSeverity, type Severity } from '../../model/severity.js'
import { readYaml } from '../yaml/read.js'
import { type Said, usualEnd } from './change.js'
import type { NewEntry } from './edit.js'
import { type ForeignRule, readClairScanner, readGrype, readTrivyYaml } from './foreign.js'
import type { SurveyedImage } from './report.js'
import { isVulnerabilityId } from './schema.js'

export const FORMATS = ['clair-scanner', 'trivyignore', 'trivyignore.yaml', 'grype'] as const
export type Format = (typeof FORMATS)[number]

export interface Imported {
  readonly entries: readonly NewEntry[]
  /** What could not be carried over, or not as it was, one line each. */
  readonly notes: readonly string[]
}

/**
 * The rules of another tool's file as entries.
 * @param images of reports, which say the source package where the rule has none or a binary one
 * @param anyPackage entries for any package where nothing says which
 * @throws SeaworthyError `import-unreadable`
 */
export function importRules(
  text: string,
  file: string,
  format: Format | null,
  said: Said,
  images: readonly SurveyedImage[],
  anyPackage: boolean,
): Imported {
  const { rules, notes } = readRules(text, file, format ?? formatOf(text, file))
  const told = [...notes]
  const entries: NewEntry[] = []
  for (const rule of rules) {
    const say = (words: string) => told.push(`${file}:${rule.line}: ${rule.id}: ${words}`)
    const refusal = refusalOf(rule, said.today)
    if (refusal !== null) {
      say(`not carried over: ${refusal}`)
      continue
    }
    const packages = packagesOf(rule, images, anyPackage)
    if (typeof packages === 'string') {
      say(`not carried over: ${packages}`)
      continue
    }
    const end = said.expires ?? usualEnd(said)
    const last = rule.expires === null ? null : lastDay(rule.expires)
    const expires = last !== null && last < end ? last : end
    if (last === null) say(`holds for ever there; here until ${expires}`)
    else if (expires !== last) say(`holds until ${last} there; here until ${expires}`)
    const rated = ratedAbove(rule, images)
    if (rated !== null)
      say(
        `its severity is ${rated}, and the entry accepts no more than low: raise its max-severity if you mean it`,
      )
    for (const name of packages) {
      entries.push({
        ...{ id: rule.id, package: name, check: 'clair', releases: said.releases },
        images: rule.images ?? said.images,
        reason: (rule.reason ?? '').replace(/\s+/g, ' ').trim() || said.reason,
        ...{
          owner: said.owner,
          added: said.today,
          expires,
          maxSeverity: 'low',
          despiteKev: false,
          justification: null,
        },
      })
    }
  }
  return { entries, notes: told }
}

/** A severity by which the reports have it and that the entry will not cover. */
function ratedAbove({ id }: ForeignRule, images: readonly SurveyedImage[]): Severity | null {
  const found = images.flatMap(({ verdict }) => verdict.findings)
  const above = found.filter(
    (one) =>
      one.check === 'clair' &&
      one.id === id &&
      (one.ruling === 'act' || one.ruling === 'unfixed' || one.ruling === 'noted') &&
      (one.severity === 'unknown' || compareSeverity(one.severity, 'low') > 0),
  )
  return above[0]?.severity ?? null
}

function refusalOf({ id, cannot, expires }: ForeignRule, today: string): string | null {
  if (!isVulnerabilityId(id)) return 'it is not about a CVE'
  if (cannot !== null) return cannot
  if (expires !== null && !isDate(expires)) return 'its end is not a date (YYYY-MM-DD)'
  return expires !== null && lastDay(expires) < today ? `it expired on ${expires}` : null
}

/** Trivy's rules end when the day that they name begins; ours hold on their last day. */
function lastDay(expires: string): string {
  return addDays(expires, -1)
}

/** Source packages by what the reports found; a word where nobody can say. */
function packagesOf(
  rule: ForeignRule,
  images: readonly SurveyedImage[],
  anyPackage: boolean,
): readonly (string | null)[] | string {
  const named = rule.package
  const found = images
    .flatMap(({ verdict }) => verdict.findings)
    .filter(({ check, id }) => check === 'clair' && id === rule.id)
    .filter(
      (one) => named === null || one.package === named || one.binaries.some(({ name }) => name === named),
    )
    .flatMap((one) => (one.package === null ? [] : [one.package]))
  if (found.length > 0) return [...new Set(found)].sort()
  if (named !== null)
    return `no report says of which source package ${JSON.stringify(named)} is; scan an image that has it`
  return anyPackage
    ? [null]
    : 'it names no package, and no report does; scan an image that has it, or say --any-package'
}

function readRules(text: string, file: string, format: Format): { rules: ForeignRule[]; notes: string[] } {
  if (format === 'trivyignore') return { rules: readTrivyIgnore(text), notes: [] }
  const document = readYaml(text, file)
  if (typeof document.value !== 'object' || document.value === null || Array.isArray(document.value)) {
    throw unreadable(file, document.faults[0]?.text ?? `it is not a file of ${format}`)
  }
  const read = { 'clair-scanner': readClairScanner, 'trivyignore.yaml': readTrivyYaml, grype: readGrype }[
    format
  ]
  const faults = document.faults.map(({ place, text: words }) => `${place.file}:${place.line}: ${words}`)
  const { rules, notes } = read(document)
  return { rules, notes: [...faults, ...notes] }
}

/** Trivy, pkg/result/ignore.go: an id a line, `exp:YYYY-MM-DD` anywhere behind it; a note above is its reason. */
function readTrivyIgnore(text: string): ForeignRule[] {
  let note: string | null = null
  return text.split(/\r\n|\r|\n/).flatMap((line, index): ForeignRule[] => {
    const words = line.replace(/^\uFEFF/, '').trim()
    if (words === '' || words.startsWith('#')) {
      note = words === '' ? null : [note, words.replace(/^#+\s*/, '')].filter(Boolean).join(' ')
      return []
    }
    const [id = '', ...rest] = words.split(/\s+/)
    const expires = rest.find((word) => word.startsWith('exp:'))?.slice('exp:'.length) ?? null
    return [{ line: index + 1, id, package: null, images: null, reason: note, expires, cannot: null }]
  })
}

function formatOf(text: string, file: string): Format {
  const isYaml = /\.ya?ml$/i.test(file)
  if (!isYaml && !/^\s*["']?[a-z]+["']?:/m.test(text)) return 'trivyignore'
  if (/^["']?(?:generalwhitelist|images)["']?:/im.test(text)) return 'clair-scanner'
  if (/^["']?ignore["']?:/m.test(text)) return 'grype'
  if (/^["']?(?:vulnerabilities|misconfigurations|secrets|licenses)["']?:/m.test(text))
    return 'trivyignore.yaml'
  throw unreadable(file, `it can't be told whose it is; say --format ${FORMATS.join(' | ')}`)
}

function unreadable(file: string, what: string): SeaworthyError {
  return new SeaworthyError({
    code: 'import-unreadable',
    what,
    where: file,
    todo: 'check the file, or name its format with --format',
  })
}
