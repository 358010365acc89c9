import { join } from 'node:path'
import type { Command } from 'commander'
import { folderNotFile } from '../inputs/policy-files.js'
import { readPolicy, readText } from '../io/files/files.js'
import { replaceFile } from '../io/files/replace-file.js'
import { terminal } from '../io/process/terminal.js'
import { BY_PATH_IDS, isDate, oneLine, plural, SeaworthyError, VULNERABILITY_ID } from '../model/index.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { DEFAULT_GATE } from '../policy/gate/thresholds.js'
import {
  proposeEntries,
  pruned,
  type SignOff,
  unknownIds,
  type WhitelistChange,
  withEntries,
} from '../policy/whitelist/change.js'
import { FORMATS, type Format } from '../policy/whitelist/foreign.js'
import { importRules } from '../policy/whitelist/import.js'
import { type SpanLimit, spanError } from '../policy/whitelist/read.js'
import { readSurveyedImages, type SurveyedImage } from '../policy/whitelist/report.js'
import { DEFAULT_CHECK } from '../policy/whitelist/schema.js'
import { renderDiff } from '../reports/diff.js'
import { escapeTerminal } from '../reports/escape.js'

export const DEFAULT_REPORT = 'seaworthy-report/report.json'

const HELP = `
The change is printed as a diff before it is written; comments, blank lines and the order of entries are kept.
Exit: 0 done, or nothing to do; 2 failed, and nothing was written.`

/** `seaworthy whitelist add | prune | import`: edits of the whitelist, for review. */
export function addWhitelist(program: Command): void {
  const group = program.command('whitelist').description('edit the whitelist of accepted findings')
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option('--policies <DIR>', 'folder with gate.yml and whitelist.yml', 'policies')
      .option('--whitelist <FILE>', 'the whitelist to edit (default: whitelist.yml in that folder)')
      .option(
        '--report <FILE...>',
        `report.json from a scan; pass several for several images (default: ${DEFAULT_REPORT})`,
      )
      .option('--today <DATE>', 'start date, YYYY-MM-DD, UTC (default: today)')
      .option('--dry-run', 'only print the change')
      .addHelpText('after', HELP)
  const commandWithSignOff = (name: string, description: string) =>
    command(name, description)
      .option('--owner <NAME>', 'owner of the entries (required)')
      .option(
        '--expires <DATE>',
        'last day on which the entries apply, YYYY-MM-DD, UTC (default: 90 days from today)',
      )
      .option('--image <PATTERN...>', 'only for these images; * matches any characters (default: all)')
      .option('--release <CODENAME...>', 'only for these releases (default: all)')
  commandWithSignOff('add', 'add entries for findings that a report lists as "noted"')
    .option('--reason <TEXT>', 'why the findings need no action (required)')
    .option('--id <ID...>', 'only for findings with these ids, even if they block the release or have no fix')
    .action((flags: WhitelistFlags) => finish(add(flags), flags))
  command('prune', 'remove entries that have expired or match nothing; pass the reports of all images')
    .option('--expired', 'remove only expired entries; needs no report')
    .action((flags: WhitelistFlags) => finish(prune(flags), flags))
  commandWithSignOff('import', "import another tool's ignore file: clair-scanner, Trivy, Grype")
    .argument('<file>', "the other tool's ignore file")
    .option('--reason <TEXT>', 'reason for imported entries that have no reason', 'imported, to be reviewed')
    .option(
      '--format <WORD>',
      `${FORMATS.join(', ')} (default: detected from the name and the keys of the file)`,
    )
    .option('--any-package', 'accept the vulnerability in any package if the file does not specify a package')
    .action((file: string, flags: WhitelistFlags) => finish(importFile(file, flags), flags))
}

function add(flags: WhitelistFlags): WhitelistChange {
  const signOff = readSignOff(flags)
  const reports = flags.report ?? [DEFAULT_REPORT]
  const images = readReports(reports)
  const unknown = unknownIds(images, flags.id ?? [])
  if (unknown.length > 0) {
    const what = unknown.map((id) => `${id}: the report has no such finding; nothing was written`).join('\n')
    const todo =
      'pass ids that the report lists; write an entry for a missing security update by hand (check: security-updates)'
    throw new SeaworthyError({ code: 'bad-input', what, where: reports.join(', '), todo })
  }
  const { entries, notes } = proposeEntries(images, flags.id ?? [], signOff)
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, signOff)
}

function prune(flags: WhitelistFlags): WhitelistChange {
  const { today } = readSpan(flags)
  const text = readPolicy(whitelistOf(flags))
  if (text === null) {
    throw missingFile('whitelist', whitelistOf(flags))
  }
  const images = flags.expired === true ? [] : readReports(flags.report ?? [DEFAULT_REPORT])
  return pruned(whitelistOf(flags), text, images, today)
}

function importFile(file: string, flags: WhitelistFlags): WhitelistChange {
  const signOff = readSignOff(flags)
  const text = readText(file)
  if (text === null) {
    throw missingFile('file to import', file)
  }
  // If no report is named, the default one is used if it exists.
  const hasReport = flags.report !== undefined || readPolicy(DEFAULT_REPORT) !== null
  const images = hasReport ? readReports(flags.report ?? [DEFAULT_REPORT]) : []
  const format = (flags.format ?? null) as Format | null
  const { entries, notes } = importRules(text, file, format, signOff, images, flags.anyPackage === true)
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, signOff)
}

function finish(change: WhitelistChange, flags: WhitelistFlags): void {
  const { file, before, after, notes } = change
  const print = (line: string) => process.stdout.write(`${line}\n`)
  for (const note of notes) {
    print(escapeTerminal(note))
  }
  if (after === null || after === before) {
    print('nothing to change')
  } else {
    process.stdout.write(renderDiff(file, before, after, terminal().colour))
    if (flags.dryRun === true) {
      print(`${plural(1, 'file')} would be written: ${escapeTerminal(file)}`)
    } else {
      replaceFile(file, before, after)
      print(`written: ${escapeTerminal(file)}; review it before you commit`)
    }
  }
  process.exitCode = 0
}

/** Flags of `seaworthy whitelist`, as the command read them. */
interface WhitelistFlags {
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
function readSpan(flags: WhitelistFlags): SpanLimit {
  const today = flags.today ?? new Date().toISOString().slice(0, 10)
  if (!isDate(today)) {
    throw badInput([`today: ${JSON.stringify(today)} is not a date (YYYY-MM-DD)`])
  }
  const file = join(folderNotFile(flags.policies), 'gate.yml')
  const gate = readPolicy(file)
  const { maxSpan = DEFAULT_GATE.maxSpan } = gate === null ? {} : readGatePolicy(gate, file)
  return { today, maxSpan }
}

/** The whitelist to edit: another one may be included by that of the folder. */
function whitelistOf({ whitelist, policies }: WhitelistFlags): string {
  return whitelist ?? join(folderNotFile(policies), 'whitelist.yml')
}

/** The flags about new entries. All errors at once; throws `bad-input`. */
function readSignOff(flags: WhitelistFlags): SignOff {
  const span = readSpan(flags)
  const errors: string[] = []
  const textOf = (name: 'owner' | 'reason') => {
    const text = flags[name]
    const value = oneLine(text ?? '')
    if (value === '') {
      errors.push(`${name}: it is ${text === undefined ? `missing (--${name})` : 'empty'}`)
    }
    return value
  }
  const all = (name: 'image' | 'release' | 'id', pattern: RegExp, what: string) => {
    for (const value of flags[name] ?? []) {
      if (!pattern.test(value)) {
        errors.push(`${name}: ${JSON.stringify(value)} is not ${what}`)
      }
    }
    return flags[name] ?? null
  }
  const expires = flags.expires ?? null
  if (expires !== null && !isDate(expires)) {
    errors.push(`expires: ${JSON.stringify(expires)} is not a date (YYYY-MM-DD)`)
  } else if (expires !== null && expires < span.today) {
    errors.push(`expires: ${expires} is in the past`)
  } else if (expires !== null) {
    const error = spanError({ check: DEFAULT_CHECK, added: null, expires }, span)
    if (error !== null) {
      errors.push(`expires: ${error}`)
    }
  }
  const formats: readonly string[] = FORMATS
  if (flags.format !== undefined && !formats.includes(flags.format)) {
    errors.push(`format: ${JSON.stringify(flags.format)} is not one of ${formats.join(', ')}`)
  }
  all(
    'id',
    new RegExp(`${VULNERABILITY_ID.source}|^(?:${BY_PATH_IDS.join('|')})$`),
    `a CVE id (CVE-2011-3374), a TEMP-, GHSA-, GO-, MAL- or PYSEC- id, or one of ${BY_PATH_IDS.join(', ')}`,
  )
  const signOff: SignOff = {
    ...span,
    owner: textOf('owner'),
    reason: textOf('reason'),
    expires,
    images: all('image', /^[^\s?[\]{}!]+$/, 'an image reference; the only wildcard is *'),
    releases: all('release', /^[a-z]+$/, 'a release codename'),
  }
  if (errors.length > 0) {
    throw badInput(errors)
  }
  return signOff
}

/** The images in these reports. Throws `file-unreadable`, `policy-missing`, `report-unreadable`. */
function readReports(files: readonly string[]): readonly SurveyedImage[] {
  return files.flatMap((file) => {
    const text = readPolicy(file)
    if (text === null) {
      throw missingFile('report', file)
    }
    return readSurveyedImages(text, file)
  })
}

export function missingFile(what: string, file: string): SeaworthyError {
  const isReport = what === 'report'
  const todo = isReport
    ? 'specify another report with --report, or create this one: scan the image, or replay its evidence with --report-dir. If a policy or an input is invalid, no report is written, so correct it first'
    : 'specify another file'
  const code = isReport ? 'report-unreadable' : 'policy-missing'
  return new SeaworthyError({ code, what: `the ${what} does not exist`, where: file, todo })
}

function badInput(errors: readonly string[]): SeaworthyError {
  const what = errors.join('\n')
  const todo = 'correct these flags; run the command with --help to list all options'
  return new SeaworthyError({ code: 'bad-input', what, where: 'flags', todo })
}
