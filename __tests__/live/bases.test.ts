import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { detailOf } from '../support/facts.js'
import { keys } from '../support/policies.js'
import { isEveryCase } from '../support/runs.js'
import { BASES, leftovers, newFolder, pairsOf, type Ran, reportOf, seaworthy } from './support.js'

interface ClairReport {
  readonly packages: Record<string, { name: string }>
  readonly vulnerabilities: Record<string, { name: string; package: { name: string } }>
  readonly package_vulnerabilities: Record<string, string[]>
}

/** (source package, CVE) pairs as Clair itself says them, without the canary's. */
function clairPairs(report: ClairReport): string[] {
  const pairs = Object.entries(report.package_vulnerabilities).flatMap(([id, found]) =>
    report.packages[id]?.name === 'seaworthy-canary'
      ? []
      : found.map((it) => {
          const vulnerability = report.vulnerabilities[it]
          return `${vulnerability?.package.name} ${vulnerability?.name}`
        }),
  )
  return [...new Set(pairs)].sort()
}

/** `script/long` scans bullseye, too, which Debian no longer supports. */
const SCANNED = Object.entries(BASES).filter(([suite]) => isEveryCase || suite !== 'bullseye')

describe.each(SCANNED)('when the %s base image of the main archive is scanned', (suite, image) => {
  const evidence = join(newFolder(), 'evidence')
  let ran: Promise<Ran>
  beforeAll(async () => {
    // Replays in tests have a gate.yml with this key, too.
    ran = seaworthy(['scan', image, keys({ application: 'off' }), '--save-evidence', evidence])
    await ran
  })

  test('then our pairs are Clair’s pairs and those that Clair missed, each explained', async () => {
    const report = reportOf(await ran)
    const text = readFileSync(join(evidence, 'image-0/clair/vulnerability-report.json'), 'utf8')
    const theirs = clairPairs(JSON.parse(text) as ClairReport)
    const findings = report.images[0]?.findings ?? []
    const missed = findings.filter(({ agreement }) => agreement === 'missed-by-clair')
    expect(theirs.length).toBeGreaterThan(10)
    expect(pairsOf(report)).toEqual([...theirs, ...missed.map((f) => `${f.package} ${f.id}`)].sort())
    for (const finding of findings) {
      if (finding.agreement !== 'confirmed') {
        expect(detailOf(finding, 'explanation')).toMatch(/source/)
      }
    }
  })

  test('then nothing is left, the canary is no finding, and the exit code is the verdict’s', async () => {
    const done = await ran
    const report = reportOf(done)
    expect(leftovers(done)).toEqual([])
    expect(JSON.stringify(report.images[0]?.findings)).not.toContain('canary')
    expect(report.images[0]?.distribution).toContain(suite)
    expect(done.code).toBe({ pass: 0, fail: 1, incomplete: 2 }[report.verdict])
    expect(report.unanswered).toEqual([])
  })

  test('then a replay gives the same report, byte for byte', async () => {
    const done = await ran
    const again = await seaworthy(['replay', evidence])
    const read = (folder: string) => readFileSync(join(folder, 'report/report.json'), 'utf8')
    expect(read(again.folder)).toBe(read(done.folder))
    expect(again.code).toBe(done.code)
    expect(again.stdout.split('\nreport:')[0]).toBe(done.stdout.split('\nreport:')[0])
  })
})

afterAll(() => expect(leftovers()).toEqual([]))
