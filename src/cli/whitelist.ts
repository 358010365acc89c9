import type { Command } from 'commander'
import { readPolicy, readText } from '../io/files/files.js'
import { replaceFile } from '../io/files/replace-file.js'
import { terminal } from '../io/process/terminal.js'
import { SeaworthyError } from '../model/problem.js'
import { plural } from '../model/text.js'
import {
  proposeEntries,
  pruned,
  unknownIds,
  type WhitelistChange,
  withEntries,
} from '../policy/whitelist/change.js'
import { FORMATS, type Format } from '../policy/whitelist/foreign.js'
import { importRules } from '../policy/whitelist/import.js'
import { renderDiff } from '../reports/diff.js'
import { escapeTerminal } from '../reports/escape.js'
import {
  missing,
  readReports,
  readSaid,
  readSpan,
  type WhitelistFlags,
  whitelistOf,
} from './whitelist-request.js'

const DEFAULT_REPORT = 'seaworthy-report/report.json'

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
  const saying = (name: string, description: string) =>
    command(name, description)
      .option('--owner <NAME>', 'owner of the entries (required)')
      .option(
        '--expires <DATE>',
        'last day on which the entries apply, YYYY-MM-DD, UTC (default: 90 days from today)',
      )
      .option('--image <PATTERN...>', 'only for these images; * matches any characters (default: all)')
      .option('--release <CODENAME...>', 'only for these releases (default: all)')
  saying('add', 'add entries for findings that a report lists as "noted"')
    .option('--reason <TEXT>', 'why the findings need no action (required)')
    .option('--id <ID...>', 'only for findings with these ids, even if they block the release or have no fix')
    .action((flags: WhitelistFlags) => finish(add(flags), flags))
  command('prune', 'remove entries that have expired or match nothing; pass the reports of all images')
    .option('--expired', 'remove only expired entries; needs no report')
    .action((flags: WhitelistFlags) => finish(prune(flags), flags))
  saying('import', "import another tool's ignore file: clair-scanner, Trivy, Grype")
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
  const said = readSaid(flags)
  const reports = flags.report ?? [DEFAULT_REPORT]
  const images = readReports(reports)
  const unknown = unknownIds(images, flags.id ?? [])
  if (unknown.length > 0) {
    throw new SeaworthyError({
      code: 'bad-input',
      what: unknown.map((id) => `${id}: the report has no such finding; nothing was written`).join('\n'),
      where: reports.join(', '),
      todo: 'pass ids that the report lists; write an entry for a missing security update by hand (check: security-updates)',
    })
  }
  const { entries, notes } = proposeEntries(images, flags.id ?? [], said)
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, said)
}

function prune(flags: WhitelistFlags): WhitelistChange {
  const { today } = readSpan(flags)
  const text = readPolicy(whitelistOf(flags))
  if (text === null) {
    throw missing('whitelist', whitelistOf(flags))
  }
  const images = flags.expired === true ? [] : readReports(flags.report ?? [DEFAULT_REPORT])
  return pruned(whitelistOf(flags), text, images, today)
}

function importFile(file: string, flags: WhitelistFlags): WhitelistChange {
  const said = readSaid(flags)
  const text = readText(file)
  if (text === null) {
    throw missing('file to import', file)
  }
  // If no report is named, the default one is used if it exists.
  const isThere = flags.report !== undefined || readPolicy(DEFAULT_REPORT) !== null
  const images = isThere ? readReports(flags.report ?? [DEFAULT_REPORT]) : []
  const format = (flags.format ?? null) as Format | null
  const { entries, notes } = importRules(text, file, format, said, images, flags.anyPackage === true)
  return withEntries(whitelistOf(flags), readPolicy(whitelistOf(flags)), entries, notes, said)
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
