import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { docker, newFolder } from '../../live/support.js'
import { type Comparison, compare, type Other, type ReportedByOther } from './other.js'

/** Built by script/setup oracles. */
const PROGRAM = process.env.SEAWORTHY_DOCKLE ?? ''

/** dockle judges an image's configuration and files, and knows nothing of how it is run. */
export const dockle: Other = {
  name: 'dockle',
  groups: ['configuration'],
  version: () => {
    if (PROGRAM === '') {
      return { notRun: 'script/setup oracles has not built it' }
    }
    const version = execFileSync(PROGRAM, ['--version'], { encoding: 'utf8' })
    return { version: /\d+(\.\d+)+/.exec(version)?.[0] ?? 'unknown' }
  },
  judge: async (pairs) => {
    const unchanged = new Map<string, readonly ReportedByOther[]>()
    const fates = new Map<string, Comparison>()
    for (const { mutation, image, unchanged: name } of pairs) {
      if (mutation.runOptions !== undefined && image === name) {
        fates.set(mutation.id, { fate: 'not run', by: 'it does not see the options of docker run' })
        continue
      }
      const before = unchanged.get(name) ?? reportedOn(name)
      unchanged.set(name, before)
      fates.set(mutation.id, compare(reportedOn(image), before))
    }
    return fates
  },
}

interface Detail {
  readonly code: string
  readonly level: string
  readonly alerts: readonly string[]
}

function reportedOn(image: string): readonly ReportedByOther[] {
  const archive = join(newFolder(), 'image.tar')
  docker('save', '-o', archive, image)
  const details = detailsOn(archive)
  rmSync(archive)
  return details.flatMap(({ code, level, alerts }) =>
    alerts.map((alert) => ({
      text: `${code} ${alert.replaceAll(image, 'the image')}`,
      warns: level === 'WARN' || level === 'FATAL',
    })),
  )
}

/** What it says about an archive as `docker save` writes it, one alert a line. */
export function alertsOfDockle(archive: string): string {
  return detailsOn(archive)
    .flatMap(({ alerts }) => alerts)
    .join('\n')
}

function detailsOn(archive: string): readonly Detail[] {
  const folder = newFolder()
  const report = join(folder, 'report.json')
  // Its exit code is 0 whatever it finds, unless one is asked for.
  const args = ['--input', archive, '--format', 'json', '--output', report, '--cache-dir', folder]
  execFileSync(PROGRAM, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  return (JSON.parse(readFileSync(report, 'utf8')) as { details: readonly Detail[] }).details
}
