import { join } from 'node:path'
import { removePath, writeText } from '../io/files/files.js'
import { TOOL } from '../model/tool.js'
import type { Verdict } from '../model/verdict.js'
import { REPORTS } from '../reports/index.js'
import type { Pages } from '../reports/view/pages.js'
import type { UpdateOutcome } from '../update/plan/outcome.js'

const UPDATE = 'update.json'

/** Removes reports of an earlier run, so that a run that fails early leaves no old verdict to be published. */
export function removeReports(folder: string): void {
  for (const name of [...Object.keys(REPORTS), UPDATE]) {
    removePath(join(folder, name))
  }
}

/** Writes every report that has something to say into the folder; gives their paths. */
export function writeReports(folder: string, verdict: Verdict, pages: Pages = null): readonly string[] {
  return Object.entries(REPORTS).flatMap(([name, render]) => {
    const path = join(folder, name)
    const text = render(verdict, { ...TOOL, pages })
    if (text === null) {
      return []
    }
    writeText(path, text)
    return [path]
  })
}

/** Writes what came of an update into the folder; gives its path. */
export function writeUpdate(folder: string, outcome: UpdateOutcome): string {
  const path = join(folder, UPDATE)
  writeText(path, `${JSON.stringify(outcome, null, 2)}\n`)
  return path
}
