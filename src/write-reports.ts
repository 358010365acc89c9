import { join } from 'node:path'
import type { Verdict } from './core/verdict.js'
import { writeText } from './io/files.js'
import { REPORTS } from './reports/index.js'
import { TOOL } from './tool.js'

/** Writes every report into the folder; gives their paths. */
export function writeReports(folder: string, verdict: Verdict): readonly string[] {
  return Object.entries(REPORTS).map(([name, render]) => {
    const path = join(folder, name)
    writeText(path, render(verdict, TOOL))
    return path
  })
}
