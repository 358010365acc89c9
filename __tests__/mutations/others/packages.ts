import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { docker, newFolder } from '../../live/support.js'
import { askScanner, askSyft, runOracle, writeBucket } from '../../long/applications/oracles.js'
import type { Subject } from '../mutation.js'
import { type Comparison, compare, type Other, type Pair, type ReportedByOther } from './other.js'

/** Clair, osv-scanner and syft on the same images: the packages that they report, or list. */

const GROUPS = ['debian', 'application', 'placement', 'database'] as const

/**
 * Clair itself, with the same advisories: its own report, as the gate has saved it. Where the gate has none, because Clair
 * could not index the image, it reported nothing.
 */
export const clairAlone: Other = {
  name: 'Clair alone',
  groups: GROUPS,
  version: () => ({ version: '4.9.0' }),
  judge: async (pairs) =>
    new Map(
      pairs.map(({ mutation, evidence }) => {
        const [reported, before] = [evidence.mutated, evidence.unchanged].map(reportedByClair)
        return [mutation.id, compare(about(reported ?? [], mutation.subject), before ?? [])]
      }),
    ),
}

export const osvScanner: Other = {
  name: 'osv-scanner',
  groups: GROUPS,
  version: () => versionOf('SEAWORTHY_OSV_SCANNER'),
  judge: async (pairs) => {
    const { scanner } = writeBucket(newFolder())
    return onArchives(pairs, (archive) => askScanner(archive, scanner).map(({ about: name }) => name))
  },
}

/** It lists packages, and knows no vulnerabilities: whoever reads its list would have to. */
export const syft: Other = {
  name: "syft's listing",
  groups: GROUPS,
  version: () => versionOf('SEAWORTHY_SYFT'),
  judge: async (pairs) =>
    onArchives(pairs, (archive) => askSyft(archive).map((one) => one.split(' ')[0] ?? '')),
}

function versionOf(program: string) {
  if (process.env[program] === undefined) {
    return { notRun: 'script/setup oracles has not built it' }
  }
  // One that `go install` builds does not know its own version: its folder has it.
  const known = `${runOracle(program, ['--version'])} ${process.env[program]}`
  return { version: /\d+\.\d+\.\d+/.exec(known)?.[0] ?? 'unknown' }
}

function onArchives(
  pairs: readonly Pair[],
  ask: (archive: string) => readonly string[],
): ReadonlyMap<string, Comparison> {
  const archive = join(newFolder(), 'image.tar')
  const known = new Map<string, readonly ReportedByOther[]>()
  const reportedOn = (image: string): readonly ReportedByOther[] => {
    const reported = known.get(image) ?? archived(image)
    known.set(image, reported)
    return reported
  }
  const archived = (image: string) => {
    docker('save', '-o', archive, image)
    try {
      return ask(archive).map(warned)
    } finally {
      rmSync(archive)
    }
  }
  return new Map(
    pairs.map(({ mutation, image, unchanged }) => {
      const before = reportedOn(unchanged)
      return [mutation.id, compare(about(reportedOn(image), mutation.subject), before)]
    }),
  )
}

const warned = (text: string): ReportedByOther => ({ text, warns: true })

/** Where the subject is a package, only what is said of it counts: all of these name what they report. */
function about(reported: readonly ReportedByOther[], { package: name }: Subject): readonly ReportedByOther[] {
  return name === undefined ? reported : reported.filter(({ text }) => bareName(text) === bareName(name))
}

/** Tools differ in how they name a package: `pypi/Django@3.2` and `django` are one. */
function bareName(text: string): string {
  const [whole = ''] = text.toLowerCase().split(/(?<=.)@/)
  const name = whole.replace(/^(?:pypi|npm|maven|gem|golang|composer|cargo)\//, '')
  return name.replace(/^.*:/, '').replaceAll('_', '-')
}

interface ClairReport {
  readonly packages: Readonly<Record<string, { readonly name: string; readonly version: string }>>
  readonly package_vulnerabilities: Readonly<Record<string, readonly string[]>> | null
}

/** @param folder of one image in saved evidence */
function reportedByClair(folder: string): readonly ReportedByOther[] {
  const path = join(folder, 'clair/vulnerability-report.json')
  if (!existsSync(path)) {
    return []
  }
  const { packages, package_vulnerabilities: found } = JSON.parse(readFileSync(path, 'utf8')) as ClairReport
  return Object.entries(found ?? {}).flatMap(([id, vulnerabilities]) => {
    const one = packages[id]
    return one === undefined || vulnerabilities.length === 0 ? [] : [warned(`${one.name}@${one.version}`)]
  })
}
