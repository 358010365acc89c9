import { join } from 'node:path'
import { readPolicy } from '../io/files/files.js'
import { BY_PATH_IDS, VULNERABILITY_ID } from '../model/checks.js'
import { isDate } from '../model/dates.js'
import { oneLine } from '../model/order.js'
import { SeaworthyError } from '../model/problem.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE } from '../policy/gate/thresholds.js'
import type { Said } from '../policy/whitelist/change.js'
import { FORMATS } from '../policy/whitelist/foreign.js'
import { type SpanLimit, spanFault } from '../policy/whitelist/read.js'
import { readSurveyedImages, type SurveyedImage } from '../policy/whitelist/report.js'

/** Flags of `seaworthy whitelist`, as the command read them. */
export interface WhitelistFlags {
  readonly policies: string
  readonly whitelist?: string
  readonly report?: readonly string[]
  readonly today?: string
  readonly dryRun?: boolean
  readonly owner?: string
  readonly reason?: string
  readonly expires?: string
  readonly image?: readonly string[]
  readonly release?: readonly string[]
  readonly id?: readonly string[]
  readonly expired?: boolean
  readonly format?: string
  readonly anyPackage?: boolean
}

/** The day to count from, and gate.yml's `max-span`. Throws `bad-input` or `policy-invalid`. */
export function readSpan(flags: WhitelistFlags): SpanLimit {
  const today = flags.today ?? new Date().toISOString().slice(0, 10)
  if (!isDate(today)) {
    throw badInput([`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`])
  }
  const file = join(flags.policies, 'gate.yml')
  const gate = readPolicy(file)
  const { maxSpan = DEFAULT_GATE.maxSpan } = gate === null ? {} : readGatePolicy(gate, file)
  return { today, maxSpan }
}

/** The whitelist to edit: another one may be included by that of the folder. */
export function whitelistOf({ whitelist, policies }: WhitelistFlags): string {
  return whitelist ?? join(policies, 'whitelist.yml')
}

/** The flags about new entries. All errors at once; throws `bad-input`. */
export function readSaid(flags: WhitelistFlags): Said {
  const span = readSpan(flags)
  const faults: string[] = []
  const words = (name: 'owner' | 'reason') => {
    const given = flags[name]
    const value = oneLine(given ?? '')
    if (value === '') {
      faults.push(`${name}: it is ${given === undefined ? `missing (--${name})` : 'empty'}`)
    }
    return value
  }
  const all = (name: 'image' | 'release' | 'id', pattern: RegExp, what: string) => {
    for (const value of flags[name] ?? []) {
      if (!pattern.test(value)) {
        faults.push(`${name}: ${JSON.stringify(value)} is not ${what}`)
      }
    }
    return flags[name] ?? null
  }
  const expires = flags.expires ?? null
  if (expires !== null && !isDate(expires)) {
    faults.push(`expires: ${JSON.stringify(expires)} is not a date (YYYY-MM-DD)`)
  } else if (expires !== null && expires < span.today) {
    faults.push(`expires: ${expires} is in the past`)
  } else if (expires !== null) {
    const fault = spanFault({ check: 'clair', added: null, expires }, span)
    if (fault !== null) {
      faults.push(`expires: ${fault}`)
    }
  }
  const formats: readonly string[] = FORMATS
  if (flags.format !== undefined && !formats.includes(flags.format)) {
    faults.push(`format: ${JSON.stringify(flags.format)} is not one of ${formats.join(', ')}`)
  }
  all(
    'id',
    new RegExp(`${VULNERABILITY_ID.source}|^(?:${BY_PATH_IDS.join('|')})$`),
    `a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, or one of ${BY_PATH_IDS.join(', ')}`,
  )
  const said: Said = {
    ...span,
    owner: words('owner'),
    reason: words('reason'),
    expires,
    images: all('image', /^[^\s?[\]{}!]+$/, 'an image reference; the only wildcard is *'),
    releases: all('release', /^[a-z]+$/, 'a release codename'),
  }
  if (faults.length > 0) {
    throw badInput(faults)
  }
  return said
}

/** The images in these reports. Throws `file-unreadable`, `policy-missing`, `report-unreadable`. */
export function readReports(files: readonly string[]): readonly SurveyedImage[] {
  return files.flatMap((file) => {
    const text = readPolicy(file)
    if (text === null) {
      throw missing('report', file)
    }
    return readSurveyedImages(text, file)
  })
}

export function missing(what: string, file: string): SeaworthyError {
  return new SeaworthyError({
    code: what === 'report' ? 'report-unreadable' : 'policy-missing',
    what: `the ${what} does not exist`,
    where: file,
    todo:
      what === 'report'
        ? 'specify another report with --report, or create this one: scan the image or replay its evidence. If a policy or an input is invalid, no report is written, so correct it first'
        : 'specify another file',
  })
}

function badInput(faults: readonly string[]): SeaworthyError {
  return new SeaworthyError({
    code: 'bad-input',
    what: faults.join('\n'),
    where: 'flags',
    todo: 'correct these flags; run the command with --help to list all options',
  })
}
