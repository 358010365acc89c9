import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import * as z from 'zod'
import { judge } from '../../../src/judge/judge.js'
import { JUSTIFICATIONS } from '../../../src/model/justification.js'
import type { RuledFinding, Verdict } from '../../../src/model/verdict.js'
import { readVex } from '../../../src/policy/vex/read.js'
import { renderOpenVex } from '../../../src/reports/openvex.js'
import { imagePurl } from '../../../src/reports/product.js'
import {
  aFinding,
  aJudgedInput,
  anImageVerdict,
  anUnfixedFinding,
  aPolicy,
  aRuledApplication,
  aRuledFinding,
  aVerdict,
  aWhitelistEntry,
  TODAY,
} from '../../support/builders.js'
import { hostileText } from '../../support/hostile.js'

const tool = { name: 'seaworthy', version: '0.1.0' }

/** OpenVEX 0.2.0 as its text says it ("Document Struct Fields" to "Status Justifications"), not by what we read. */
const iri = z.string().regex(/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i)
const time = z.iso.datetime({ offset: true })
const named = { '@id': iri, identifiers: z.strictObject({ purl: iri }).optional() }
const hashes = z.strictObject({ 'sha-256': z.string().regex(/^[0-9a-f]{64}$/) })
const common = {
  vulnerability: z.strictObject({
    name: z.string().min(1),
    aliases: z.array(z.string().min(1)).min(1).optional(),
  }),
  products: z
    .array(
      z.strictObject({ ...named, hashes, subcomponents: z.array(z.strictObject(named)).min(1).optional() }),
    )
    .min(1),
  status_notes: z.string(),
}
const Spec = z.strictObject({
  '@context': z.literal('https://openvex.dev/ns/v0.2.0'),
  '@id': iri,
  author: z.string().min(1),
  role: z.string().optional(),
  timestamp: time,
  version: z.int().min(1),
  tooling: z.string(),
  statements: z
    .array(
      z.discriminatedUnion('status', [
        z.strictObject({
          status: z.literal('not_affected'),
          ...common,
          justification: z.enum(JUSTIFICATIONS),
          impact_statement: z.string(),
        }),
        z.strictObject({ status: z.literal('affected'), ...common, action_statement: z.string().min(1) }),
        z.strictObject({ status: z.literal('fixed'), ...common }),
      ]),
    )
    .min(1),
})

function documentOf(verdict: Verdict): z.infer<typeof Spec> {
  const text = renderOpenVex(verdict, tool)
  if (text === null) {
    throw new Error('nothing was rendered')
  }
  // What we write we must be able to read, too.
  readVex(text, 'report.openvex.json')
  return Spec.parse(JSON.parse(text))
}
const statementOf = (part: Partial<RuledFinding>) =>
  documentOf(aVerdict({ images: [anImageVerdict({ findings: [aRuledFinding(part)] })] })).statements[0]

describe('report.openvex.json', () => {
  test('when a risk was accepted by the whitelist then it is affected: it was not said that it is not', () => {
    const policy = aPolicy([aWhitelistEntry()])
    const verdict = judge([aJudgedInput([aFinding({ severity: 'low' })])], policy, TODAY)
    expect(documentOf(verdict).statements[0]).toMatchObject({
      status: 'affected',
      action_statement: expect.stringMatching(
        /^Nothing to do for now: policies\/whitelist\.yml:21 accepts it until 2027-03-31/,
      ),
    })
  })

  test('when an entry of the whitelist gives a justification then it is not affected', () => {
    const justification = 'vulnerable_code_not_present' as const
    const policy = aPolicy([aWhitelistEntry({ justification })])
    const verdict = judge([aJudgedInput([aFinding({ severity: 'low' })])], policy, TODAY)
    expect(documentOf(verdict).statements[0]).toMatchObject({
      status: 'not_affected',
      justification,
      impact_statement: expect.stringContaining('apt-key is not used in the image (platform)'),
    })
  })

  test('when it was stated that it is not affected then that is passed on, with the justification', () => {
    const statement = { status: 'not_affected', justification: 'component_not_present' } as const
    expect(statementOf({ ruling: 'accepted', statement })).toMatchObject(statement)
    expect(
      statementOf({ ruling: 'accepted', statement: { status: 'fixed', justification: null } })?.status,
    ).toBe('fixed')
  })

  test('when it is deferred, unfixed, noted or to act on then it is affected, with what to do', () => {
    const debian = { kind: 'no-dsa', words: 'Minor issue' } as const
    const verdict = judge(
      [
        aJudgedInput([
          aFinding(),
          aFinding({ id: 'CVE-2026-2', severity: 'low' }),
          anUnfixedFinding({ id: 'CVE-2026-3', debian }),
          anUnfixedFinding({ id: 'CVE-2026-4' }),
        ]),
      ],
      aPolicy(),
      TODAY,
    )
    const reported = documentOf(verdict).statements.map((one) => [
      one.vulnerability.name,
      'action_statement' in one ? one.action_statement : one.status,
    ])
    expect(reported).toEqual([
      ['CVE-2026-10001', 'Update apt to 2.6.2.'],
      [
        'CVE-2026-3',
        'Nothing to do until Debian decides otherwise: no fix in Debian bookworm; Debian: no-dsa "Minor issue"',
      ],
      ['CVE-2026-4', 'Wait for a fix: no fix in Debian bookworm'],
      ['CVE-2026-2', 'Update apt to 2.6.2.'],
    ])
  })

  test('when an essential package has no fix, then nobody is asked to remove it', () => {
    const actionFor = (essential: readonly string[]) => {
      const part = essential.length === 0 ? {} : { essential: [...essential] }
      const statement = statementOf({ fixedVersion: null, installable: null, package: 'tar', ...part })
      return statement !== undefined && 'action_statement' in statement ? statement.action_statement : null
    }
    expect(actionFor(['tar'])).toMatch(
      /^Accept it with max-severity: high until there is a fix, or wait, because an essential package cannot be removed: /,
    )
    expect(actionFor([])).toMatch(/^Remove or replace tar: /)
  })

  test('when Clair is refuted then the version holds the fix', () => {
    expect(statementOf({ agreement: 'refuted', ruling: 'noted', blocks: false })?.status).toBe('fixed')
  })

  test('when the image is named then it is by reference and digest, and its packages by version and release', () => {
    const [product] = statementOf({})?.products ?? []
    expect(product?.['@id']).toBe('pkg:oci/app?arch=amd64&tag=1.4.0')
    expect(imagePurl(anImageVerdict({ reference: 'ghcr.io/acme/app:1' }))).toBe(
      'pkg:oci/app?arch=amd64&repository_url=ghcr.io%2Facme%2Fapp&tag=1',
    )
    expect(imagePurl(anImageVerdict({ reference: 'nginx:1' }))).toContain('docker.io%2Flibrary%2Fnginx')
    expect(imagePurl(anImageVerdict({ reference: 'localhost/nginx:1' }))).toBe(
      'pkg:oci/nginx?arch=amd64&tag=1',
    )
    expect(product?.subcomponents?.map((one) => one['@id'])).toEqual([
      'pkg:deb/debian/apt@2.6.1?arch=amd64&distro=bookworm',
      'pkg:deb/debian/libapt-pkg6.0@2.6.1?arch=amd64&distro=bookworm',
    ])
  })

  test('when there is no vulnerability then there is no document: one without statements is none', () => {
    const bench = aRuledFinding({ check: 'docker-bench', id: '4.1', package: null })
    for (const findings of [[], [bench]]) {
      expect(renderOpenVex(aVerdict({ images: [anImageVerdict({ findings })] }), tool)).toBeNull()
    }
  })

  test('when our own statements are given back then they are about the same findings', () => {
    const statement = { status: 'not_affected', justification: 'component_not_present' } as const
    const accepted = aRuledFinding({ ruling: 'accepted', blocks: false, statement })
    const text = renderOpenVex(aVerdict({ images: [anImageVerdict({ findings: [accepted] })] }), tool) ?? ''
    const vex = [readVex(text, 'report.openvex.json')]
    const again = judge([aJudgedInput([aFinding()])], { ...aPolicy(), vex }, TODAY)
    expect(again).toMatchObject({ verdict: 'pass', policyNotices: [] })
  })

  test('when somebody is named as its author then the statements are theirs, and the tool is only named', () => {
    const by = (vexAuthor: string | null) =>
      documentOf(judge([aJudgedInput([aFinding()])], aPolicy([], { vexAuthor }), TODAY))
    const named = by('security@acme.example')
    expect(named).toMatchObject({ author: 'security@acme.example', tooling: 'seaworthy 0.1.0' })
    expect(named).not.toHaveProperty('role')
    expect(by(null)).toMatchObject({ author: 'seaworthy', role: 'Release gate (automated)' })
    expect(by('a\u202eb\n').author).toBe('a\\u{202e}b\\n')
  })

  test('when it is made again then it is the same to the byte, and another verdict has another id', () => {
    expect(renderOpenVex(aVerdict(), tool)).toBe(renderOpenVex(aVerdict(), tool))
    expect(documentOf(aVerdict({ today: '2026-11-25' }))['@id']).not.toBe(documentOf(aVerdict())['@id'])
  })

  test('when names and words are hostile then it is a document all the same', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), hostileText(), (id, name, because) => {
        const finding = aRuledFinding({ id: `x${id}`, package: name, because, version: name, binaries: [] })
        documentOf(aVerdict({ images: [anImageVerdict({ reference: name, findings: [finding] })] }))
      }),
    )
  })
})

test('when a package of an application is vulnerable, then it is named by its purl, with all ids', () => {
  const images = [anImageVerdict({ findings: [aRuledApplication()] })]
  expect(documentOf(aVerdict({ images })).statements[0]).toMatchObject({
    vulnerability: { name: 'CVE-2021-23337', aliases: ['GHSA-35jh-r3h4-6jhm'] },
    products: [{ subcomponents: [{ '@id': 'pkg:npm/lodash@4.17.4' }] }],
    status: 'affected',
    action_statement: 'Change package.json: use npm/lodash 4.17.21 or later.',
  })
})
