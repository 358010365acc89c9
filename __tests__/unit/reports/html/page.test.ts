import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { aBenchTable, aBenchTableOf } from '../../../support/bench.js'
import {
  aBase,
  aCheckResult,
  aLine,
  anImageVerdict,
  aPolicyNotice,
  aProblem,
  aRuledFinding,
  aSource,
  aVerdict,
  LAYER,
} from '../../../support/builders.js'
import { anyCharacter } from '../../../support/characters.js'

const TOOL = { name: 'seaworthy', version: '1.0.0' }

type Node = DefaultTreeAdapterTypes.Node

/** Tags with the names of their attributes, in order: the structure of a page. */
function structureOf(html: string): string[] {
  const found: string[] = []
  const walk = (node: Node): void => {
    if ('tagName' in node) {
      found.push(`${node.tagName} ${node.attrs.map(({ name }) => name).join(' ')}`)
    }
    if ('childNodes' in node) {
      node.childNodes.forEach(walk)
    }
  }
  walk(parse(html))
  return found
}

/** All that comes from outside is this text. */
function verdictOf(text: string) {
  const finding = aRuledFinding({
    id: text,
    package: text,
    version: text,
    fixedVersion: text,
    because: text,
    ruling: 'deferred',
    returnsWhen: [{ reason: 'archive-offers', codename: text, fix: text }],
    line: aLine({ file: text, why: text, certain: false }),
    policy: { file: text, line: 1 },
  })
  const image = anImageVerdict({
    base: aBase({ name: `ghcr.io/${text}`, movedOn: true }),
    reference: text,
    distribution: text,
    findings: [finding],
    layers: [{ diffId: LAYER, createdBy: text }],
    sources: [aSource({ instead: `x${text}` })],
    checks: [
      aCheckResult({ state: 'unanswered', problem: aProblem({ what: text }), notes: [text] }),
      aCheckResult({ check: 'docker-bench', notes: [text], bench: aBenchTableOf(text) }),
    ],
  })
  return aVerdict({ images: [image], policyNotices: [aPolicyNotice({ text })] })
}

const HOSTILE = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom(
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onclick='x",
    '<!--',
    ']]>',
  ),
  fc
    .array(fc.constantFrom('<', '>', '"', "'", '&', '`', '/', '=', '\u0000', '\u202e', '\n', 'a', '-->'), {
      maxLength: 40,
    })
    .map((parts) => parts.join('')),
)

describe('renderHtml', () => {
  test('when words from outside are hostile, then the page has the structure that it has with plain ones', () => {
    const plain = structureOf(renderHtml(verdictOf('plain'), TOOL))
    fc.assert(
      fc.property(HOSTILE, (text) => {
        expect(structureOf(renderHtml(verdictOf(text), TOOL))).toEqual(plain)
      }),
    )
  })

  test('when nothing keeps an image from release, then it says so and asks for nothing', () => {
    const html = renderHtml(
      aVerdict({ verdict: 'pass', images: [anImageVerdict({ verdict: 'pass', findings: [] })] }),
      TOOL,
    )
    expect(html).toContain('may be released')
    expect(html).not.toContain('To do')
    expect(html).toContain('No findings.')
  })

  test('when a check has notes, then each stands alone, so that a long one cuts no other', () => {
    const notes = ['x'.repeat(400), 'canary found']
    const html = renderHtml(
      aVerdict({ images: [anImageVerdict({ checks: [aCheckResult({ notes })] })] }),
      TOOL,
    )
    expect(html).toContain(`<li>clair: ${'x'.repeat(400)}</li><li>clair: canary found</li>`)
  })

  test('when layers are few, then each has its number; when many, then none', () => {
    const page = (count: number) => {
      const layers = Array.from({ length: count }, (_, index) => ({
        diffId: `sha256:${index}`,
        createdBy: null,
      }))
      return renderHtml(aVerdict({ images: [anImageVerdict({ layers })] }), TOOL)
    }
    expect(page(3)).toMatch(/<text [^>]*>3<\/text>.*<details><summary>In words/)
    expect(page(100)).not.toMatch(/<text [^>]*>100<\/text>/)
  })

  test('when it is made twice, then it is the same, and it fetches nothing', () => {
    const [once, twice] = [1, 2].map(() => renderHtml(verdictOf('a'), TOOL))
    expect(once).toBe(twice)
    expect(once).toContain("default-src 'none'")
    expect(once).not.toMatch(/<(?:img|link|iframe|script src)/)
  })

  const isUsual = (outcome: string) => outcome === 'match' || outcome === 'not-applicable'
  const withBench = { checks: [aCheckResult({ check: 'docker-bench', bench: aBenchTable() })] }

  test('when Docker Bench judged, then its head is there, and a row for each id with what it is filtered by', () => {
    const html = renderHtml(aVerdict({ images: [anImageVerdict(withBench)] }), {
      ...TOOL,
      pages: 'https://docs.example/',
    })
    expect(html).toContain(
      '<li>Docker Bench: results of its own for 6 of 14 rules; commit ff26d67, in a container of docker:29-cli</li>',
    )
    expect(html).toContain('<strong>2 of 10 as expected</strong>')
    expect(
      [...html.matchAll(/<tr data-result="[^"]*" data-outcome="([\w-]+)"/g)].map(([, one]) => one),
    ).toEqual(
      aBenchTable()
        .rows.map(({ outcome }) => outcome)
        .toSorted((a, b) => Number(isUsual(a)) - Number(isUsual(b))),
    )
    // Also what was found, which no column names.
    expect(html).toMatch(/<tr data-result="4\.8 [^"]*\/usr\/bin\/x[^"]*"/)
    expect(html).toContain(
      '<a href="https://docs.example/docs/findings/docker-bench.md#check-41" rel="noreferrer">4.1</a>',
    )
  })

  test('when Docker Bench did not judge, then nothing is filtered for it', () => {
    expect(renderHtml(aVerdict(), TOOL)).not.toMatch(/<form [^>]*data-of="results"/)
  })

  test('when there are several images, then there is one filter of each kind, and no id twice', () => {
    const html = renderHtml(
      aVerdict({ images: [anImageVerdict(withBench), anImageVerdict({ reference: 'b:1', ...withBench })] }),
      TOOL,
    )
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(html.match(/<form/g)).toHaveLength(2)
    expect(html.match(/<tr data-result/g)).toHaveLength(2 * aBenchTable().rows.length)
  })

  test('when a line is certain, then it is reported for finding and layer; when not, then that it is the nearest', () => {
    const findings = [
      aRuledFinding({ line: aLine({ line: 4 }) }),
      aRuledFinding({ id: 'CVE-2026-2', line: aLine({ line: 9, certain: false, why: 'squashed' }) }),
    ]
    const dockerfile = { file: 'Dockerfile', note: null, from: null }
    const html = renderHtml(
      aVerdict({
        images: [anImageVerdict({ findings, dockerfile, layers: [{ diffId: LAYER, createdBy: null }] })],
      }),
      TOOL,
    )
    expect(html).toContain('<td data-head="line"><code>Dockerfile:4</code></td>')
    expect(html).toContain('<code>Dockerfile:9</code> (nearest)</td>')
    expect(html).toContain('<div class="dim">line: squashed</div>')
    expect(html).toContain('<td data-head="lines with findings"><code>Dockerfile:4</code></td>')
  })

  test('when a fix is announced for what Debian has deferred, then its row says what brings it back', () => {
    const finding = aRuledFinding({
      ruling: 'deferred',
      because: 'fix 2.6.2 is announced; Debian: no-dsa "Minor issue"',
      returnsWhen: [{ reason: 'kev' }, { reason: 'archive-offers', codename: 'bookworm', fix: '2.6.2' }],
      cvss: { vector: 'CVSS:3.1/AV:N', score: 7.5, version: '3.1', scorer: 'nvd@nist.gov' },
    })
    const html = renderHtml(aVerdict({ images: [anImageVerdict({ findings: [finding] })] }), TOOL)
    expect(html).toContain('it comes back when the archive of Debian bookworm offers the fix 2.6.2')
    expect(html).toContain(
      'Each of these findings comes back automatically when CISA lists it as exploited (KEV)',
    )
    expect(html).toContain('CVSS 7.5, CVSS:3.1/AV:N')
  })
})
