import { dirname, join } from 'node:path'
import type { Command } from 'commander'
import { documentsHere } from '../io/files/documents.js'
import { readPolicy } from '../io/files/files.js'
import { terminal } from '../io/process/terminal.js'
import { readOrNull, TOOL, type Verdict } from '../model/index.js'
import { renderCycloneDx } from '../reports/cyclonedx/cyclonedx.js'
import { parseReport, verdictIn } from '../reports/json/untrusted.js'
import { type ReportedTask, renderExplanation, renderNoFinding } from '../reports/terminal/explain.js'
import { actionsOf } from '../reports/view/tasks.js'
import { readReplayed, verdictOf } from './replayed.js'
import { DEFAULT_REPORT, missingFile } from './whitelist.js'

interface ExplainFlags {
  readonly report: string
  readonly evidence?: string
  readonly policies: string
}

const EXITS = `
Exit: 0 explained, or there is no such finding; 2 there is no report that can be read.`

/** `seaworthy explain ID`: the findings with an id, or of a package, in the last report or of saved evidence. */
export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('explain a finding: why it counts, who says so, what ends it')
    .argument('<id>', 'CVE or other id of a finding or a Docker Bench check, or the name of a package')
    .option('--report <FILE>', 'report.json from a scan', DEFAULT_REPORT)
    .option('--evidence <DIR>', 'folder written by --save-evidence, judged again, instead of a report')
    .option('--policies <DIR>', 'folder with the policies, for --evidence', 'policies')
    .addHelpText('after', EXITS)
    .action((id: string, flags: ExplainFlags) => {
      const { colour, width } = terminal()
      const options = { colour, width, pages: documentsHere(process.env) }
      const { verdict, tasks, bom } = explained(flags)
      const text =
        renderExplanation(verdict, tasks, id, options) ?? renderNoFinding(verdict, bom(), id, options)
      process.stdout.write(text)
      process.exitCode = 0
    })
}

function explained({ report, evidence, policies }: ExplainFlags): {
  readonly verdict: Verdict
  readonly tasks: readonly ReportedTask[]
  /** report.cdx.json, for the packages that have no finding; empty if it cannot be read. */
  readonly bom: () => string
} {
  if (evidence !== undefined) {
    const verdict = verdictOf(readReplayed(evidence, (name) => (name === 'policies' ? policies : '')))
    const tasks = actionsOf(verdict).map(({ image, action }) => ({ ...action, image: image.reference }))
    return { verdict, tasks, bom: () => renderCycloneDx(verdict, TOOL) ?? '' }
  }
  const text = readPolicy(report)
  if (text === null) {
    throw missingFile('report', report)
  }
  const parsed = parseReport(text, report)
  const bom = () => readOrNull(() => readPolicy(join(dirname(report), 'report.cdx.json'))) ?? ''
  return { verdict: verdictIn(parsed, report), tasks: parsed.actions, bom }
}
