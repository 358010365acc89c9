import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { judge } from '../../../../src/judge/judge.js'
import type { InstalledPackage } from '../../../../src/model/packages/package.js'
import type { RuledFinding, Verdict } from '../../../../src/model/verdict.js'
import { renderCycloneDx } from '../../../../src/reports/cyclonedx/cyclonedx.js'
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
} from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const tool = { name: 'seaworthy', version: '0.1.0' }

/** The schema of CycloneDX 1.6, as its own library brings it. */
const require = createRequire(import.meta.url)
const folder = join(dirname(require.resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema')
const schema = (name: string) =>
  JSON.parse(readFileSync(join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object
const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } })
// A default export of CommonJS.
;(formats as unknown as (ajv: Ajv) => void)(ajv)
for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
  ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
}
const isBom = ajv.compile(schema('bom-1.6'))

interface Bom {
  readonly serialNumber: string
  readonly metadata: { readonly component?: { readonly 'bom-ref': string; readonly purl?: string } }
  readonly components: readonly {
    'bom-ref': string
    purl: string
    name: string
    components?: { 'bom-ref': string }[]
  }[]
  readonly vulnerabilities?: readonly {
    'bom-ref': string
    id: string
    source?: { name: string; url?: string }
    ratings: {
      severity: string
      source?: { name: string }
      score?: number
      method?: string
      vector?: string
    }[]
    analysis: { state: string; justification?: string; response?: string[]; detail: string }
    affects: { ref: string }[]
  }[]
}

/** Valid by the schema, with names that are there once, and references to what is there. */
function bomOf(verdict: Verdict): Bom {
  const text = renderCycloneDx(verdict, tool)
  if (text === null) {
    throw new Error('nothing was rendered')
  }
  const bom = JSON.parse(text) as Bom
  isBom(bom)
  expect(isBom.errors ?? []).toEqual([])
  const inside = bom.components.flatMap((one) => [
    one['bom-ref'],
    ...(one.components ?? []).map((c) => c['bom-ref']),
  ])
  const own = bom.metadata.component === undefined ? [] : [bom.metadata.component['bom-ref']]
  const refs = [...own, ...inside, ...(bom.vulnerabilities ?? []).map((one) => one['bom-ref'])]
  expect(new Set(refs).size).toBe(refs.length)
  for (const { affects } of bom.vulnerabilities ?? []) {
    for (const { ref } of affects) {
      expect(refs).toContain(ref)
    }
  }
  return bom
}

function aPackage(part: Partial<InstalledPackage> = {}): InstalledPackage {
  return {
    name: 'apt',
    version: '2.6.1',
    architecture: 'amd64',
    source: 'apt',
    sourceVersion: '2.6.1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
    ...part,
  }
}
const packages = [
  aPackage(),
  aPackage({ name: 'libapt-pkg6.0' }),
  aPackage({ name: 'libstdc++6', version: '1:12.2-1+b1' }),
]

const rich = judge(
  [
    aJudgedInput(
      [
        aFinding({ severity: 'critical' }),
        aFinding({ id: 'CVE-2026-2', severity: 'low' }),
        anUnfixedFinding({
          id: 'CVE-2026-3',
          severity: 'negligible',
          debian: { kind: 'ignored', words: 'no' },
        }),
        anUnfixedFinding({ id: 'CVE-2026-4', severity: 'unknown', severitySource: null }),
        aFinding({ id: 'CVE-2026-5', agreement: 'refuted' }),
        aFinding({ id: 'CVE-2026-6', package: 'perl', binaries: [] }),
      ],
      { packages },
    ),
  ],
  aPolicy([aWhitelistEntry({ id: 'CVE-2026-2' })]),
  TODAY,
)

describe('report.cdx.json', () => {
  test('when a verdict is rendered then packages, vulnerabilities and rulings are in it, valid by the schema', () => {
    const bom = bomOf(rich)
    expect(bom.components.map(({ purl }) => purl)).toEqual([
      'pkg:deb/debian/apt@2.6.1?arch=amd64&distro=bookworm',
      'pkg:deb/debian/libapt-pkg6.0@2.6.1?arch=amd64&distro=bookworm',
      'pkg:deb/debian/libstdc%2B%2B6@1:12.2-1%2Bb1?arch=amd64&distro=bookworm',
    ])
    const reported = (bom.vulnerabilities ?? []).map((one) => [
      one.id,
      one.ratings[0]?.severity,
      one.analysis.state,
      one.analysis.response?.join(' ') ?? '',
    ])
    expect(Object.fromEntries(reported.map(([id, ...rest]) => [id, rest.join(', ')]))).toEqual({
      'CVE-2026-10001': 'critical, exploitable, update',
      'CVE-2026-2': 'low, exploitable, will_not_fix',
      'CVE-2026-3': 'info, exploitable, can_not_fix',
      'CVE-2026-4': 'unknown, in_triage, ',
      'CVE-2026-5': 'high, false_positive, ',
      'CVE-2026-6': 'high, exploitable, update',
    })
    const affects = (id: string) =>
      bom.vulnerabilities?.find((one) => one.id === id)?.affects.map(({ ref }) => ref)
    expect(affects('CVE-2026-2')).toEqual(bom.components.slice(0, 2).map((one) => one['bom-ref']))
    expect(affects('CVE-2026-6')).toEqual([bom.metadata.component?.['bom-ref']])
  })

  test('when it is rated by CVSS then score, vector and method are reported, behind a word that goes before', () => {
    const ratings = (part: Partial<RuledFinding>) => {
      const findings = [aRuledFinding(part)]
      return bomOf(aVerdict({ images: [anImageVerdict({ findings })] })).vulnerabilities?.[0]?.ratings
    }
    const v31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
    const cvss = { vector: v31, score: 9.8, version: '3.1', scorer: 'nvd@nist.gov' }
    const reported = {
      severity: 'critical',
      source: { name: 'nvd' },
      score: 9.8,
      method: 'CVSSv31',
      vector: v31,
    }
    expect(ratings({ severity: 'critical', severitySource: 'nvd', cvss })).toEqual([reported])
    expect(ratings({ severity: 'negligible', severitySource: 'debian-tracker', cvss })).toEqual([
      { severity: 'info', source: { name: 'debian-tracker' } },
      reported,
    ])
    const method = (version: string) =>
      ratings({ severitySource: 'nvd', cvss: { ...cvss, version } })?.[0]?.method
    expect(['3.0', '4.0'].map(method)).toEqual(['CVSSv3', 'CVSSv4'])
    expect(ratings({ severitySource: null, cvss: null })).toEqual([{ severity: 'high' }])
  })

  test('when it has an id of others then Debian’s tracker is not named as its source', () => {
    const source = (id: string) => {
      const findings = [aRuledFinding({ id })]
      return bomOf(aVerdict({ images: [anImageVerdict({ findings })] })).vulnerabilities?.[0]?.source
    }
    expect(source('CVE-2026-10001')).toEqual({
      name: 'Debian Security Tracker',
      url: 'https://security-tracker.debian.org/tracker/CVE-2026-10001',
    })
    expect(source('GHSA-2c4m-59x9-fr2g')).toBeUndefined()
  })

  test('when it was stated that it is not affected then state and justification say so', () => {
    const analysis = (
      justification:
        | 'vulnerable_code_not_in_execute_path'
        | 'vulnerable_code_cannot_be_controlled_by_adversary',
    ) => {
      const statement = { status: 'not_affected', justification } as const
      const findings = [aRuledFinding({ ruling: 'accepted', statement })]
      return bomOf(aVerdict({ images: [anImageVerdict({ findings })] })).vulnerabilities?.[0]?.analysis
    }
    expect(analysis('vulnerable_code_not_in_execute_path')).toMatchObject({
      state: 'not_affected',
      justification: 'code_not_reachable',
    })
    expect(analysis('vulnerable_code_cannot_be_controlled_by_adversary')?.justification).toBeUndefined()
  })

  test('when there are several images then each is a component with its own packages', () => {
    const image = { packages, findings: [aRuledFinding()] }
    const bom = bomOf(
      aVerdict({ images: [anImageVerdict(image), anImageVerdict({ ...image, reference: 'db:2' })] }),
    )
    expect(bom.metadata.component).toBeUndefined()
    expect(bom.components.map((one) => [one.name, one.components?.length])).toEqual([
      ['app:1.4.0', 3],
      ['db:2', 3],
    ])
  })

  test('when the packages of an image are not known then there is no BOM, rather than half of one', () => {
    const images = [anImageVerdict({ packages }), anImageVerdict({ reference: 'db:2', packages: null })]
    expect(renderCycloneDx(aVerdict({ images }), tool)).toBeNull()
  })

  test('when it is made again then it is the same to the byte, and another verdict has another serial number', () => {
    expect(renderCycloneDx(rich, tool)).toBe(renderCycloneDx(rich, tool))
    expect(bomOf({ ...rich, today: '2026-11-25' }).serialNumber).not.toBe(bomOf(rich).serialNumber)
  })

  test('when packages come in another order, or twice, then it is the same', () => {
    const of = (all: readonly InstalledPackage[]) =>
      renderCycloneDx(aVerdict({ images: [anImageVerdict({ packages: all })] }), tool)
    expect(of([...packages, ...packages].reverse())).toBe(of(packages))
  })

  test('when names and words are hostile then it is valid all the same', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (name, text) => {
        const finding = aRuledFinding({
          id: `x${name}`,
          package: text,
          because: text,
          severitySource: name,
          binaries: [],
        })
        const image = anImageVerdict({
          reference: name,
          packages: [aPackage({ name, version: text })],
          findings: [finding, finding],
        })
        bomOf(aVerdict({ images: [image, image] }))
      }),
      runs(50),
    )
  })
})

describe('packages of an application', () => {
  const purl = 'pkg:npm/lodash@4.17.4'
  const applications = {
    judged: [],
    unexamined: [],
    packages: [{ name: 'lodash', version: '4.17.4', purl }],
  }

  test('when one is vulnerable, then it is a component by its purl, and the vulnerability names it', () => {
    const image = anImageVerdict({ packages: [], applications, findings: [aRuledApplication()] })
    const { components, vulnerabilities = [] } = bomOf(aVerdict({ images: [image] }))
    expect(components).toMatchObject([{ 'bom-ref': purl, purl, name: 'lodash' }])
    expect(vulnerabilities).toMatchObject([
      {
        id: 'CVE-2021-23337',
        source: { name: 'OSV', url: 'https://osv.dev/vulnerability/GHSA-35jh-r3h4-6jhm' },
        affects: [{ ref: purl }],
        ratings: [{ severity: 'high', score: 7.2, source: { name: 'osv' } }],
        recommendation: 'Change package.json: use npm/lodash 4.17.21 or later.',
      },
    ])
  })

  test('when words of the image are hostile, then the document is valid all the same', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (name, text) => {
        const packages = [{ name, version: text, purl: `pkg:npm/${encodeURIComponent(name.toWellFormed())}` }]
        const findings = [
          aRuledApplication({ package: name, version: text, id: text, own: text, summary: text }),
        ]
        const image = anImageVerdict({ packages: [], applications: { ...applications, packages }, findings })
        bomOf(aVerdict({ images: [image, image] }))
      }),
      runs(50),
    )
  })
})
