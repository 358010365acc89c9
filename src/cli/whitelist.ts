import type { Command } from 'commander'
import { readPolicy, readText } from '../io/files/files.js'
import { replaceFile } from '../io/files/replace-file.js'
import { terminal } from '../io/process/terminal.js'
import { proposeEntries, pruned, type WhitelistChange, withEntries } from '../policy/whitelist/change.js'
import { FORMATS, type Format } from '../policy/whitelist/foreign.js'
import { importRules } from '../policy/whitelist/import.js'
import { renderDiff } from '../reports/diff.js'
import { escapeTerminal } from '../reports/escape.js'
import { plural } from '../reports/view/counts.js'
import { missing, readReports, readSaid, readSpan, type WhitelistFlags } from './whitelist-request.js'

const DEFAULT_REPORT = 'seaworthy-report/report.json'

const HELP = `
The change is printed as a diff before it is written; comments, blank lines and order stay as they are.
Exit: 0 done, or nothing to do; 2 it could not be done, and nothing was written.`

/** `seaworthy whitelist add | prune | import`: edits of the whitelist, for review. */
export function addWhitelist(program: Command): void {
  const group = program.command('whitelist').description('edit the whitelist: what the gate accepts')
  const command = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .option('--whitelist <FILE>', 'the whitelist to edit', 'policies/whitelist.yml')
      .option('--gate <FILE>', 'where max-span stands', 'policies/gate.yml')
      .option(
        '--report <FILE...>',
        `report.json of a scan; several for several images (default: ${DEFAULT_REPORT})`,
      )
      .option('--today <DATE>', 'date to reckon from, YYYY-MM-DD, UTC (default: today)')
      .option('--dry-run', 'only print the change')
      .addHelpText('after', HELP)
  const saying = (name: string, description: string) =>
    command(name, description)
      .requiredOption('--owner <NAME>', 'who answers for the entries')
      .option('--expires <DATE>', 'their last day, YYYY-MM-DD, UTC (default: 90 days from today)')
      .option('--image <PATTERN...>', 'only for these images, * only (default: for all)')
      .option('--release <CODENAME...>', 'only for these releases (default: for all)')
  saying('add', 'write entries for what a report has noted')
    .requiredOption('--reason <TEXT>', 'why it needs no action')
    .option('--id <CVE...>', 'only these; also where they block or have no fix')
    .action((flags: WhitelistFlags) => finish(add(flags), flags))
  command('prune', 'take out entries that have expired or match nothing; give the reports of all images')
    .option('--expired', 'only those that have expired; needs no report')
    .action((flags: WhitelistFlags) => finish(prune(flags), flags))
  saying('import', "carry over another tool's file: clair-scanner, Trivy, Grype")
    .argument('<file>', 'the file of the other tool')
    .option('--reason <TEXT>', 'reason of entries that have none there', 'imported, to be reviewed')
    .option('--format <WORD>', `${FORMATS.join(', ')} (default: as name and keys of the file tell)`)
    .option('--any-package', 'where nothing tells the package, accept it in any')
    .action((file: string, flags: WhitelistFlags) => finish(importFile(file, flags), flags))
}

function add(flags: WhitelistFlags): WhitelistChange {
  const said = readSaid(flags)
  const { entries, notes } = proposeEntries(
    readReports(flags.report ?? [DEFAULT_REPORT]),
    flags.id ?? [],
    said,
  )
  return withEntries(flags.whitelist, readPolicy(flags.whitelist), entries, notes, said)
}

function prune(flags: WhitelistFlags): WhitelistChange {
  const { today } = readSpan(flags)
  const text = readPolicy(flags.whitelist)
  if (text === null) {
    throw missing('whitelist', flags.whitelist)
  }
  const images = flags.expired === true ? [] : readReports(flags.report ?? [DEFAULT_REPORT])
  return pruned(flags.whitelist, text, images, today)
}

function importFile(file: string, flags: WhitelistFlags): WhitelistChange {
  const said = readSaid(flags)
  const text = readText(file)
  if (text === null) {
    throw missing('file to import', file)
  }
  // Where no report is named, the usual one helps if it is there.
  const isThere = flags.report !== undefined || readPolicy(DEFAULT_REPORT) !== null
  const images = isThere ? readReports(flags.report ?? [DEFAULT_REPORT]) : []
  const format = (flags.format ?? null) as Format | null
  const { entries, notes } = importRules(text, file, format, said, images, flags.anyPackage === true)
  return withEntries(flags.whitelist, readPolicy(flags.whitelist), entries, notes, said)
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
      print(`written: ${escapeTerminal(file)}; review it before you commit it`)
    }
  }
  process.exitCode = 0
}
