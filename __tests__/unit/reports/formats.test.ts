import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { TOOL } from '../../../src/model/tool.js'
import { FORMATS } from '../../../src/reports/index.js'
import { noticesOf } from '../../../src/reports/view/notices.js'
import { statementsOf } from '../../../src/reports/view/statements.js'
import { aCheckResult, anImageVerdict, aProblem, aRuledFinding, aVerdict } from '../../support/builders.js'
import { hostileText } from '../../support/hostile.js'

const verdictOf = (text: string) =>
  aVerdict({
    images: [
      anImageVerdict({
        reference: text,
        findings: [
          aRuledFinding({ package: text, because: text }),
          aRuledFinding({ id: 'CVE-2026-2', ruling: 'accepted', blocks: false }),
        ],
        checks: [
          aCheckResult({ limits: [text], notes: [text] }),
          aCheckResult({ state: 'unanswered', problem: aProblem({ what: text, todo: text }) }),
        ],
      }),
    ],
  })

/** Names of elements and attributes, in order: what a text from outside must not change. */
function structure(xml: string): unknown {
  const of = (node: DefaultTreeAdapterTypes.ChildNode): unknown =>
    'tagName' in node
      ? [
          node.tagName,
          node.attrs.map(({ name }) => name),
          node.childNodes.map(of).filter((one) => one !== null),
        ]
      : null
  return parseFragment(xml.replace(/^<\?xml.*\n/, '')).childNodes.map(of)
}

test('when JUnit is asked for, then each check and each blocking finding is a case, whatever their texts are', () => {
  const xml = FORMATS.junit(verdictOf('app:1'))
  expect(xml).toContain('<testsuite name="app:1" tests="3" failures="1" errors="1">')
  expect(xml).toContain('<testcase classname="seaworthy.clair" name="CVE-2026-10001 in app:1"><failure ')
  expect(xml).not.toContain('CVE-2026-2')
  const expected = structure(xml)
  fc.assert(
    fc.property(hostileText(), (text) => {
      const hostile = FORMATS.junit(verdictOf(`x${text}`))
      expect(structure(hostile)).toEqual(expected)
      // XML 1.0, 2.2: no control characters, not even as references.
      expect(hostile).not.toMatch(/[^\n\P{Cc}]|[\ufffe\uffff]/u)
    }),
  )
})

test('when GitLab is asked for, then vulnerabilities that count have what its schema requires, and accepted ones are left out', () => {
  const report = JSON.parse(FORMATS.gitlab(verdictOf('apt'), TOOL))
  expect(report.vulnerabilities).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      name: 'CVE-2026-10001 in apt',
      description: 'apt',
      severity: 'High',
      solution: expect.any(String),
      identifiers: [
        expect.objectContaining({ type: 'cve', name: 'CVE-2026-10001', value: 'CVE-2026-10001' }),
      ],
      location: {
        dependency: { package: { name: 'apt' }, version: '2.6.1' },
        operating_system: 'Debian 12 bookworm',
        image: 'apt',
      },
    },
  ])
  expect(report.scan).toMatchObject({
    type: 'container_scanning',
    status: 'success',
    start_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    scanner: { id: 'seaworthy', version: TOOL.version },
  })
})

test('when a format is asked for, then it has all that limits the verdict', () => {
  const verdict = verdictOf('app')
  const { junit, gitlab, markdown, json } = FORMATS
  for (const text of [junit, gitlab, markdown, json].map((render) =>
    render(verdict, TOOL).replaceAll('\\"', '"'),
  )) {
    expect(statementsOf(verdict, 'limits').filter((one) => !text.includes(one.text))).toEqual([])
  }
})

test('when a pull request changes how the image is run, then each report says that its version is not judged, once', () => {
  const text = 'compose.yml says how the image is run'
  const verdict = aVerdict({ policyNotices: [{ kind: 'run-differs', place: null, text }] })
  expect(statementsOf(verdict, 'limits')).toContainEqual({ image: null, text })
  expect(noticesOf(verdict)).toEqual([])
})
