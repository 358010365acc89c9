import { join } from 'node:path'
import type { Verdict } from './core/verdict.js'
import { removePath, writeText } from './io/files.js'
import { REPORTS } from './reports/index.js'
import { TOOL } from './tool.js'

/** Removes reports of an earlier run, so that a run that fails early leaves no old verdict to be published. */
export function removeReports(folder: string): void {
  for (const name of [...Object.keys(REPORTS), 'update.json']) removePath(join(folder, name))
}

/** Writes every report that has something to say into the folder; gives their paths. */
export function writeReports(folder: string, verdict: Verdict): readonly string[] {
  return Object.entries(REPORTS).flatMap(([name, render]) => {
    const path = join(folder, name)
    const text = render(verdict, TOOL)
    if (text === null) return []
    writeText(path, text)
    return [path]
  })
}
