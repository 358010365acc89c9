import { expect, test } from '@jest/globals'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { outputsOf } from '../../../../src/reports/github/outputs.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderJson } from '../../../../src/reports/json/json.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderOpenVex } from '../../../../src/reports/openvex.js'
import { renderSarif } from '../../../../src/reports/sarif/sarif.js'
import { findingTables } from '../../../../src/reports/view/findings.js'
import { ownersLine } from '../../../../src/reports/view/owners.js'
import { aBase, anImageVerdict, aRuledFinding, aVerdict } from '../../../support/builders.js'

const findings = [
  aRuledFinding({ id: 'CVE-2026-1', owner: 'own' }),
  aRuledFinding({ id: 'CVE-2026-2', owner: 'base' }),
  aRuledFinding({ id: 'CVE-2026-3', owner: 'base', ruling: 'noted', blocks: false }),
]
const settled = { needed: true, why: '', settles: findings.slice(1, 2) }
const image = anImageVerdict({ findings, rebuild: settled })
const LINE =
  'Own layers: 1 finding, 1 to act on. Base: 2 findings, 1 to act on. A rebuild alone resolves 1 finding.'
const TOOL = { name: 'seaworthy', version: '1.2.3' }

test('when findings are split, then it is counted who has to act, and what a rebuild settles', () => {
  expect(ownersLine(image)).toBe(LINE)
  expect(ownersLine({ ...image, rebuild: { needed: false, why: '', settles: [] } })).toMatch(
    / A rebuild alone resolves nothing\.$/,
  )
  const unknown = { ...image, rebuild: { needed: null, why: '', settles: [] } }
  for (const base of [null, aBase()]) {
    expect(ownersLine({ ...unknown, base })).not.toContain('rebuild')
  }
  expect(ownersLine({ ...image, findings: findings.slice(2) })).toBe(
    'Own layers: 0 findings. Base: 1 finding.',
  )
})

test('when of some it is not known whose they are, then the head says nothing about these', () => {
  const some = [...findings, aRuledFinding({ id: 'CVE-2026-4' })]
  expect(ownersLine({ ...image, findings: some })).toBe(LINE)
})

test('when a finding is held to another owner’s threshold, then it says so', () => {
  const rated = { severity: 'high', source: 'nvd', score: 7.5, takenFor: null } as const
  const lineOf = (of: 'own' | null, owner: 'own' | 'base' | null = null) => {
    const because = [{ reason: 'at-or-above', rated, input: 'fail-on', threshold: 'high', of }] as const
    return ownersLine(anImageVerdict({ findings: [aRuledFinding({ because, owner })] }))
  }
  for (const owner of [null, 'base'] as const) {
    expect(lineOf('own', owner)).toContain('the stricter threshold applies.')
  }
  expect(lineOf('own', 'own')).not.toContain('stricter')
  expect(lineOf(null)).toBeNull()
})

test('when nobody knows any, or there are none, then nothing is said, and there is no column', () => {
  const unknown = anImageVerdict({ findings: [aRuledFinding()] })
  expect(ownersLine(unknown)).toBeNull()
  expect(findingTables(unknown)[0]?.heads).not.toContain('whose')
  expect(findingTables(image)[0]?.heads).toContain('whose')
  expect(ownersLine({ ...image, findings: [] })).toBeNull()
})

test('when any report is written, then it says whose findings are', () => {
  const verdict = aVerdict({ images: [image] })
  const run = {
    ...{ key: '0123456789abcdef', family: '0123456789abcdef', run: 1, attempt: 1, head: 'a'.repeat(40) },
    ...{ url: 'https://github.com/acme/shop/actions/runs/1', change: null },
  }
  expect(renderMarkdown(verdict, { limit: 100_000 })).toContain(LINE)
  expect(renderComment([jobOf(verdict, run)], 'gate')).toContain(LINE)
  expect(renderHtml(verdict, TOOL)).toContain(LINE)
  expect(
    JSON.parse(renderJson(verdict, TOOL)).images[0].findings.map(({ owner }: { owner: string }) => owner),
  ).toEqual(['own', 'base', 'base'])
  expect(renderOpenVex(verdict, TOOL)).toContain('"status_notes": "act, own layers: ')
  expect(renderSarif(verdict, TOOL)).toContain('"owner": "base"')
})

test('when outputs are set, then those to act on are split; what is not known is in neither', () => {
  const some = [...findings, aRuledFinding({ id: 'CVE-2026-4' })]
  const images = [anImageVerdict({ findings: some }), anImageVerdict({ findings })]
  expect(outputsOf(aVerdict({ images }))).toMatchObject({ act: '5', own: '2', base: '2' })
})
