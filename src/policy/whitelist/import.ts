import {
  addDays,
  CHECKS,
  isDate,
  mostSevere,
  neededKeys,
  oneLine,
  VULNERABILITY_ID,
} from '../../model/index.js'
import { entryBy, type SignOff, usualEnd } from './change.js'
import type { NewEntry } from './edit.js'
import { type ForeignRule, type Format, readRules } from './foreign.js'
import type { SurveyedImage } from './report.js'

export interface Imported {
  readonly entries: readonly NewEntry[]
  /** What could not be carried over, or only with changes, one line each. */
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
  signOff: SignOff,
  images: readonly SurveyedImage[],
  anyPackage: boolean,
): Imported {
  const { rules, notes } = readRules(text, file, format)
  const lines = [...notes]
  const entries: NewEntry[] = []
  for (const rule of rules) {
    const note = (text: string) => lines.push(`${file}:${rule.line}: ${rule.id}: ${text}`)
    const refusal = refusalOf(rule, signOff.today)
    if (refusal !== null) {
      note(`not carried over: ${refusal}`)
      continue
    }
    const packages = packagesOf(rule, images, anyPackage)
    if (typeof packages === 'string') {
      note(`not carried over: ${packages}`)
      continue
    }
    const end = signOff.expires ?? usualEnd(signOff)
    const last = rule.expires === null ? null : lastDay(rule.expires)
    const [expires = end] = [end, last ?? end].sort()
    if (last === null) {
      note(`never expires in that file; the new entry is valid until ${expires}`)
    } else if (expires !== last) {
      note(`valid until ${last} in that file; the new entry is valid until ${expires}`)
    }
    const keys = missingKeys(rule, images)
    if (keys.length > 0) {
      note(
        `the new entry does not accept it as the report rates it; if you want to accept it anyway, add ${keys.join(' and ')}`,
      )
    }
    for (const name of packages) {
      const reason = oneLine(rule.reason ?? '') || signOff.reason
      const images = rule.images ?? signOff.images
      entries.push(entryBy(signOff, { id: rule.id, package: name, images, reason, expires }))
    }
  }
  return { entries, notes: lines }
}

/** What the new entry would need to accept what the reports have; they are decisions, so they are not written. */
function missingKeys({ id }: ForeignRule, images: readonly SurveyedImage[]): readonly string[] {
  const found = images.flatMap(({ verdict }) => verdict.findings)
  const ofRule = found.filter(
    (one) =>
      CHECKS[one.check].entries.rated && one.id === id && !['accepted', 'deferred'].includes(one.ruling),
  )
  const [first, ...others] = ofRule
  return first === undefined
    ? []
    : neededKeys({
        ...mostSevere([first, ...others]),
        kev: ofRule.some(({ kev }) => kev === true),
        malware: ofRule.some(({ malware }) => malware === true),
      })
}

function refusalOf({ id, cannot, expires }: ForeignRule, today: string): string | null {
  if (!VULNERABILITY_ID.test(id)) {
    return 'it has no valid vulnerability id'
  }
  if (cannot !== null) {
    return cannot
  }
  if (expires !== null && !isDate(expires)) {
    return 'its expiry date is not a valid date (YYYY-MM-DD)'
  }
  return expires !== null && lastDay(expires) < today ? `it expired on ${expires}` : null
}

/** Trivy's rules end at the start of the named day; ours still hold on their last day. */
function lastDay(expires: string): string {
  return addDays(expires, -1)
}

/** Source packages from the reports' findings; an explanation if they are not known. */
function packagesOf(
  rule: ForeignRule,
  images: readonly SurveyedImage[],
  anyPackage: boolean,
): readonly (string | null)[] | string {
  const named = rule.package
  const found = images
    .flatMap(({ verdict }) => verdict.findings)
    .filter(({ check, id }) => CHECKS[check].entries.rated && id === rule.id)
    .filter(
      (one) => named === null || one.package === named || one.binaries.some(({ name }) => name === named),
    )
    .flatMap((one) => (one.package === null ? [] : [one.package]))
  if (found.length > 0) {
    return [...new Set(found)].sort()
  }
  if (named !== null) {
    return `no report shows which source package ${JSON.stringify(named)} comes from; scan an image that contains it`
  }
  return anyPackage
    ? [null]
    : 'neither the rule nor a report specifies the package; scan an image with this vulnerability, or pass --any-package'
}
