import { join, relative } from 'node:path'
import { linkInside, listFolder, removePath, writeText } from '../io/files/files.js'
import {
  type Attestable,
  type InRegistry,
  listText,
  SeaworthyError,
  TOOL,
  type Verdict,
} from '../model/index.js'
import { FORMATS, type FormatName, REPORTS } from '../reports/index.js'
import type { Pages } from '../reports/view/pages.js'
import { renderVsaStatement } from '../reports/vsa.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'
import { tokenRedaction } from './redact-token.js'

const UPDATE = 'update.json'
/** The signed verdict (DSSE), which "seaworthy attest" writes. */
export const ENVELOPE = 'report.vsa.dsse.json'

/**
 * Removes reports of an earlier run, so that a run that fails early leaves no old verdict to be published.
 * @param uploaded the folder is uploaded as it is: any other file in it, perhaps committed by a pull request,
 * would be taken for the gate's own
 * @throws SeaworthyError `folder-is-link`, `report-dir-in-use`
 */
export function removeReports(folder: string, { uploaded = false } = {}): void {
  refuseLinks(folder, 'report-dir', uploaded)
  for (const name of [...Object.keys(REPORTS), UPDATE, ENVELOPE]) {
    removePath(join(folder, name))
  }
  const others = uploaded ? listFolder(folder) : []
  if (others.length > 0) {
    const what = `the report folder contains other files, which would be uploaded with the reports: ${listText(others, 1)}`
    throw new SeaworthyError({ code: 'report-dir-in-use', what, where: folder })
  }
}

/**
 * Refuses a folder that a link in the working directory leads to. A checkout may contain such a link; the gate would
 * write, and the next step upload, wherever it leads.
 * @param input that names the folder
 * @param uploaded the link itself is removed too, because the next step may name the folder
 * @throws SeaworthyError `folder-is-link`
 */
export function refuseLinks(folder: string, input: string, uploaded: boolean): void {
  const link = linkInside(folder, process.cwd())
  if (link === null) {
    return
  }
  if (uploaded) {
    removePath(link)
  }
  const what = `${relative(process.cwd(), link)} is a link, and the path in ${input} goes through it${uploaded ? ' (the link was removed)' : ''}`
  throw new SeaworthyError({ code: 'folder-is-link', what, where: input })
}

/** Data that makes a verdict of today attestable; `null` if it was reached for a day that was set. */
export function attestableOf(
  { isDaySet }: { readonly isDaySet: boolean },
  inRegistry: InRegistry | null,
): Attestable | null {
  return isDaySet ? null : { time: new Date().toISOString(), inRegistry }
}

/**
 * Writes every non-empty report into the folder; returns their paths. If one cannot be written, none stays: its verdict
 * would be read as that of a run that has ended.
 */
export function writeReports(
  folder: string,
  verdict: Verdict,
  pages: Pages = null,
  attestable: Attestable | null = null,
  job: string | null = null,
): readonly string[] {
  const redact = tokenRedaction()
  const paths: string[] = []
  try {
    for (const [name, render] of Object.entries(REPORTS)) {
      const text = render(verdict, { ...TOOL, pages, attestable, job })
      if (text !== null) {
        const path = join(folder, name)
        paths.push(path)
        writeText(path, redact(text))
      }
    }
  } catch (error) {
    paths.forEach(removePath)
    throw error
  }
  return paths
}

/** The statement to sign: the text of report.vsa.intoto.json. `null` if there is none. */
export function statementText(verdict: Verdict, attestable: Attestable): string | null {
  const text = renderVsaStatement(verdict, { ...TOOL, pages: null, attestable })
  return text === null ? null : tokenRedaction()(text)
}

/** The verdict in one of the formats for other programs. */
export function renderFormat(format: FormatName, verdict: Verdict, pages: Pages): string {
  return tokenRedaction()(FORMATS[format](verdict, { ...TOOL, pages }))
}

/** Writes the result of an update into the folder; returns its path. */
export function writeUpdate(folder: string, outcome: UpdateOutcome): string {
  const path = join(folder, UPDATE)
  writeText(path, `${JSON.stringify(outcome, null, 2)}\n`)
  return path
}
