import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { JudgedInput } from '../../../../src/judge/answers.js'
import { judge } from '../../../../src/judge/judge.js'
import { addDays } from '../../../../src/model/dates.js'
import type { Finding } from '../../../../src/model/finding/index.js'
import type { Vulnerability } from '../../../../src/model/finding/vulnerability.js'
import type { RuledFinding, Verdict } from '../../../../src/model/verdict.js'
import type { GatePolicy } from '../../../../src/policy/gate/thresholds.js'
import type { VexDocument } from '../../../../src/policy/vex/read.js'
import {
  aFinding,
  aJudgedInput,
  anAnswer,
  anApplicationFinding,
  anEvidence,
  anUnfixedFinding,
  aPolicy,
  aWhitelistEntry,
  TODAY,
} from '../../../support/builders.js'
import { withTexts } from '../../../support/facts.js'
import { APT_SOURCE, aRawStatement, aVexDocument, IMAGE_PRODUCT } from '../../../support/vex.js'

const judged = (
  findings: readonly Finding[],
  vex: readonly VexDocument[],
  part: Partial<JudgedInput> = {},
  gate: Partial<GatePolicy> = {},
): Verdict => judge([aJudgedInput(findings, part)], { ...aPolicy([], gate), vex }, TODAY)

function ruling(
  finding: Finding,
  statements: readonly object[],
  part: Partial<JudgedInput> = {},
): ReturnType<typeof withTexts<RuledFinding>> {
  const [ruled] = judged([finding], [aVexDocument(statements)], part).images[0]?.findings ?? []
  if (ruled === undefined) {
    throw new Error('the finding was lost')
  }
  return withTexts(ruled)
}
const accepts = (product: object, part: Partial<JudgedInput> = {}, finding = aFinding()) =>
  ruling(finding, [aRawStatement({ products: [product] })], part).ruling === 'accepted'

describe('what a statement accepts', () => {
  test('when it says not_affected with a justification then it accepts, and is named with its line', () => {
    expect(ruling(aFinding(), [aRawStatement()])).toMatchObject({
      ruling: 'accepted',
      blocks: false,
      because:
        'vex/app.openvex.json:8 states "not_affected": vulnerable_code_not_in_execute_path, apt-key is not used (Platform Team <platform@example.org>, 2026-11-01; valid until 2027-11-01)',
      policy: { file: 'vex/app.openvex.json', line: 8 },
      statement: { status: 'not_affected', justification: 'vulnerable_code_not_in_execute_path' },
    })
  })

  test('when it says fixed then it accepts too', () => {
    const fixed = aRawStatement({ status: 'fixed', justification: undefined })
    expect(ruling(aFinding(), [fixed])).toMatchObject({
      ruling: 'accepted',
      statement: { status: 'fixed', justification: null },
    })
  })

  test('when it says affected or under_investigation then nothing changes, not even a word', () => {
    const { judgedBy: _, ...without } = judged([aFinding()], [])
    for (const status of ['affected', 'under_investigation']) {
      const document = aVexDocument([aRawStatement({ status, action_statement: 'wait' })])
      // The policy is another one, by its digest.
      expect(judged([aFinding()], [document])).toMatchObject(without)
    }
  })

  test('when it gives words and no justification then it does not accept, and is named', () => {
    expect(ruling(aFinding(), [aRawStatement({ justification: undefined })])).toMatchObject({
      ruling: 'act',
      because: expect.stringContaining(
        'vex/app.openvex.json:8 states "not_affected", but the statement has no justification',
      ),
      policy: { line: 8 },
    })
  })

  test('when it is a year old it counts on its last day, and not the day after; nor does one of tomorrow', () => {
    const on = (day: string) => ruling(aFinding(), [aRawStatement({ timestamp: `${day}T23:00:00Z` })])
    expect(on(addDays(TODAY, -365)).ruling).toBe('accepted')
    expect(on(addDays(TODAY, -366))).toMatchObject({
      ruling: 'act',
      because: expect.stringContaining('is valid for only 365 days'),
    })
    expect(on(TODAY).ruling).toBe('accepted')
    expect(on(addDays(TODAY, 1)).because).toContain('which is in the future')
    const odd = ['0000-01-01T00:00:00+10:00', '9999-12-31T23:59:59-10:00']
    for (const timestamp of odd) {
      expect(ruling(aFinding(), [aRawStatement({ timestamp })]).ruling).toBe('act')
    }
  })

  test('when the CVE is in KEV then it is acted on all the same; only the whitelist says despite: kev', () => {
    const finding = aFinding({ kev: true, severity: 'low' })
    expect(ruling(finding, [aRawStatement()])).toMatchObject({
      ruling: 'act',
      blocks: true,
      because: expect.stringContaining('the statement does not apply to vulnerabilities in KEV'),
    })
    const policy = {
      ...aPolicy([aWhitelistEntry({ despiteKev: true })]),
      vex: [aVexDocument([aRawStatement()])],
    }
    const [image] = judge([aJudgedInput([finding])], policy, TODAY).images
    expect(image?.findings[0]).toMatchObject({ ruling: 'accepted', statement: null })
  })

  test('when a security update is missing then no statement makes it needless', () => {
    const update = aFinding({ check: 'security-updates', id: 'security-update', cves: ['CVE-2026-10001'] })
    const answers = [
      { evidence: anEvidence({ check: 'security-updates' }), answer: anAnswer([update], 'security-updates') },
    ]
    const verdict = judged(
      [],
      [
        aVexDocument([
          aRawStatement({ vulnerability: { name: 'CVE-2026-10001', aliases: ['security-update'] } }),
        ]),
      ],
      { answers },
      { checks: ['security-updates'] },
    )
    expect(verdict.verdict).toBe('fail')
  })
})

describe('what a statement is about', () => {
  const digest = `sha256:${'b'.repeat(64)}`
  test.each([
    ['the digest of the config', IMAGE_PRODUCT],
    [
      'the hash of the config',
      { '@id': 'https://x.example', hashes: { 'sha-256': IMAGE_PRODUCT['@id'].slice(19, 83) } },
    ],
    ['the reference', { '@id': 'app:1.4.0' }],
    [
      'repository and tag',
      { '@id': 'pkg:oci/app?repository_url=docker.io/library/app&tag=1.4.0&arch=amd64' },
    ],
    ['the repository alone', { identifiers: { purl: 'pkg:oci/app' } }],
    ['it beside another name', { '@id': 'https://x.example/app', identifiers: { purl: 'pkg:oci/app' } }],
    ['the image, with the package as its part', { ...IMAGE_PRODUCT, subcomponents: [APT_SOURCE] }],
    ['the source package', APT_SOURCE],
    ['the source package of any version and release', { '@id': 'pkg:deb/debian/apt' }],
    ['the release by its number alone', { '@id': 'pkg:deb/debian/apt@2.6.1?distro=12' }],
    ['its upstream too', { '@id': 'pkg:deb/debian/apt@2.6.1?arch=source&upstream=apt' }],
    ['the release by its number', { '@id': 'pkg:deb/debian/apt@2.6.1?distro=debian-12.5' }],
  ])('when it names %s then it is about it', (_, product) => {
    expect(accepts(product)).toBe(true)
  })

  test.each([
    ['another digest', { '@id': `pkg:oci/app@${digest}?repository_url=docker.io/library/app` }],
    ['another hash beside the reference', { '@id': 'app:1.4.0', hashes: { 'sha-256': 'b'.repeat(64) } }],
    ['another repository', { '@id': 'pkg:oci/app?repository_url=ghcr.io/acme/app' }],
    ['another registry', { '@id': 'pkg:oci/app?repository_url=ghcr.io/library/app' }],
    ['another tag', { '@id': 'pkg:oci/app?tag=1.3.0' }],
    ['a file of the image', { '@id': 'pkg:oci/app?tag=1.4.0#usr/bin/apt-key' }],
    ['another architecture', { '@id': 'pkg:oci/app?tag=1.4.0&arch=arm64' }],
    ['a qualifier that is not known', { '@id': 'pkg:oci/app?tag=1.4.0&flavour=x' }],
    [
      'the image with another package as its part',
      { ...IMAGE_PRODUCT, subcomponents: [{ '@id': 'pkg:deb/debian/perl' }] },
    ],
    ['another version', { '@id': 'pkg:deb/debian/apt@2.6.0?arch=source' }],
    ['another release', { '@id': 'pkg:deb/debian/apt@2.6.1?arch=source&distro=trixie' }],
    ['another release by its number', { '@id': 'pkg:deb/debian/apt@2.6.1?distro=debian-13' }],
    ['a release that begins with the same number', { '@id': 'pkg:deb/debian/apt@2.6.1?distro=debian-120' }],
    ['a package of another archive', { '@id': 'pkg:deb/debian/apt@2.6.1?arch=source&repository_url=x' }],
    ['another distribution', { '@id': 'pkg:deb/ubuntu/apt@2.6.1?arch=source' }],
    ['a file of the package', { '@id': 'pkg:deb/debian/apt@2.6.1?arch=source#usr/bin/apt-key' }],
    ['a part of the package', { ...APT_SOURCE, subcomponents: [{ '@id': 'pkg:generic/apt-key' }] }],
    ['one of two binary packages', { '@id': 'pkg:deb/debian/apt@2.6.1?arch=amd64' }],
  ])('when it names %s then it does not accept', (_, product) => {
    expect(accepts(product)).toBe(false)
  })

  test('when all binary packages are named then it is about it, and of one left out it says so', () => {
    const at = (version: string) =>
      ['apt', 'libapt-pkg6.0'].map((name) => ({ '@id': `pkg:deb/debian/${name}@${version}?arch=amd64` }))
    expect(ruling(aFinding(), [aRawStatement({ products: at('2.6.1') })]).ruling).toBe('accepted')
    expect(ruling(aFinding(), [aRawStatement({ products: at('2.6.0') })]).ruling).toBe('act')
    const anywhere = at('2.6.1').map((one) => ({ '@id': one['@id'].replace('?arch=amd64', '') }))
    const onArm = at('2.6.1').map((one) => ({ '@id': one['@id'].replace('amd64', 'arm64') }))
    expect(ruling(aFinding(), [aRawStatement({ products: anywhere })]).ruling).toBe('accepted')
    expect(ruling(aFinding(), [aRawStatement({ products: onArm })]).ruling).toBe('act')
    expect(ruling(aFinding(), [aRawStatement({ products: at('2.6.1').slice(1) })]).because).toContain(
      "the statement does not cover all of the package's binary packages",
    )
  })

  test('when it is about another package then nothing changes, not even a word', () => {
    const perl = aVexDocument([aRawStatement({ products: [{ '@id': 'pkg:deb/debian/perl' }] })])
    expect(judged([aFinding()], [perl]).images).toEqual(judged([aFinding()], []).images)
  })

  test('when the vulnerability has another name then an alias counts', () => {
    const by = (vulnerability: object) => ruling(aFinding(), [aRawStatement({ vulnerability })]).ruling
    expect(by({ name: 'GHSA-x', aliases: ['CVE-2026-10001'] })).toBe('accepted')
    expect(by({ name: 'CVE-2026-1000' })).toBe('act')
  })

  test('when the image is an archive then its digest is its only name', () => {
    const part = { reference: './app.tar' }
    expect(accepts(IMAGE_PRODUCT, part)).toBe(true)
    expect(accepts({ '@id': 'pkg:oci/app.tar' }, part)).toBe(false)
    expect(accepts({ '@id': 'pkg:oci/app?repository_url=./app.tar' }, part)).toBe(false)
  })
})

describe('statements that disagree', () => {
  const affected = (part: object = {}) =>
    aRawStatement({ status: 'affected', action_statement: 'update', justification: undefined, ...part })
  const [early, late] = ['2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z']

  test('when a later one says affected then it overrules, and an earlier one does not', () => {
    const statements = (first: string, second: string) => [
      aRawStatement({ timestamp: first }),
      affected({ timestamp: second }),
    ]
    expect(ruling(aFinding(), statements(early, late))).toMatchObject({
      ruling: 'act',
      because: expect.stringMatching(
        /:8 states "not_affected", but vex\/app\.openvex\.json:\d+ overrides it$/,
      ),
    })
    expect(ruling(aFinding(), statements(late, early)).ruling).toBe('accepted')
    expect(ruling(aFinding(), statements(early, early)).ruling).toBe('act')
  })

  test('when one is about the image then a later one about the package does not overrule it', () => {
    const ofPackage = affected({ products: [APT_SOURCE], timestamp: late })
    expect(ruling(aFinding(), [aRawStatement({ timestamp: early }), ofPackage]).ruling).toBe('accepted')
    const ofPart = affected({ products: [{ '@id': 'pkg:deb/debian/apt?arch=amd64' }], timestamp: late })
    const accepting = aRawStatement({ products: [APT_SOURCE], timestamp: early })
    expect(ruling(aFinding(), [accepting, ofPart]).ruling).toBe('act')
  })
})

test('when the image is pinned behind its tag then the tag alone names it, and no wildcard does', () => {
  const part = { reference: `app:1.4.0@sha256:${'c'.repeat(64)}` }
  const rulingFor = (name: string) => {
    const document = aVexDocument([aRawStatement({ products: [{ '@id': name }] })])
    return judged([aFinding()], [document], part).images[0]?.findings[0]?.ruling
  }
  expect(['app:1.4.0', 'app:1.4', 'app:*'].map(rulingFor)).toEqual(['accepted', 'act', 'act'])
})

describe('documents of other images', () => {
  const other = aRawStatement({ products: [{ '@id': 'pkg:oci/other?tag=1' }] })
  const apt = {
    name: 'apt',
    version: '2.6.1',
    architecture: 'amd64',
    source: 'apt',
    sourceVersion: '2.6.1',
    want: 'install',
    flag: 'ok',
    state: 'installed',
    database: 'var/lib/dpkg/status',
  }

  test('when no statement is about a judged image then nothing is applied and that is reported', () => {
    const document = aVexDocument([other], 'vex/other.json')
    const verdict = judged([aFinding()], [document])
    expect(verdict.verdict).toBe('fail')
    expect(verdict.policyNotices).toEqual([
      {
        kind: 'not-applied',
        place: { file: 'vex/other.json', line: 1 },
        text: 'no statement in this file was applied, because its products (pkg:oci/other?tag=1) match no judged image and no package in a judged image',
      },
    ])
  })

  test('when it is about a package in the image then nothing is reported, and of one that is not there it is', () => {
    const notices = (name: string) =>
      judged([], [aVexDocument([aRawStatement({ products: [{ '@id': `pkg:deb/debian/${name}` }] })])], {
        packages: [apt],
      }).policyNotices
    expect(notices('apt')).toEqual([])
    expect(notices('perl')).toHaveLength(1)
    expect(notices('apt?distro=bookworm')).toEqual([])
    expect(notices('apt?distro=trixie')).toHaveLength(1)
    const lib = { ...apt, name: 'libapt-pkg6.0' }
    const both = (name: string) =>
      judged([], [aVexDocument([aRawStatement({ products: [{ '@id': `pkg:deb/debian/${name}` }] })])], {
        packages: [lib, { ...apt, name: 'perl', source: 'perl' }],
      }).policyNotices
    expect([both('apt'), both('libapt-pkg6.0')]).toEqual([[], []])
  })

  test('when one product is one of the images then nothing is reported, and of many names three are', () => {
    const products = (...names: string[]) => names.map((name) => ({ '@id': name }))
    const notices = (...names: string[]) => {
      const vex = [aVexDocument([aRawStatement({ products: products(...names) })])]
      const images = [aJudgedInput([]), aJudgedInput([], { reference: 'second:1' })]
      return judge(images, { ...aPolicy(), vex }, TODAY).policyNotices.map(({ text }) => text)
    }
    expect(notices('other:1', 'second:1')).toEqual([])
    expect(notices('a:1', 'b:1', 'c:1')[0]).toContain('its products (a:1, b:1, c:1) match')
    expect(notices('a:1', 'b:1', 'c:1', 'd:1', 'e:1')[0]).toContain(
      'its products (a:1, b:1, c:1 and 2 more) match',
    )
  })

  test('when the packages of an image are not known then nothing is reported', () => {
    expect(judged([], [aVexDocument([other])], { packages: null }).policyNotices).toEqual([])
  })
})

describe('for any findings and statements', () => {
  const findings = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('CVE-2026-10001', 'CVE-2026-10002', 'CVE-2026-10003'),
      severity: fc.constantFrom('unknown', 'low', 'medium', 'high', 'critical'),
      kev: fc.constantFrom(true, false, null),
      fixed: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  )
  const toFindings = (all: typeof findings extends fc.Arbitrary<infer T> ? T : never) =>
    all.map(({ fixed, ...part }) =>
      fixed ? aFinding(part as Partial<Vulnerability>) : anUnfixedFinding(part as Partial<Vulnerability>),
    )
  const statement = (statuses: readonly string[]) =>
    fc
      .record({
        name: fc.constantFrom('CVE-2026-10001', 'CVE-2026-10002', 'CVE-2026-9'),
        status: fc.constantFrom(...statuses),
        product: fc.constantFrom(
          IMAGE_PRODUCT,
          APT_SOURCE,
          { '@id': 'pkg:oci/other' },
          { '@id': 'pkg:deb/debian/apt?arch=amd64' },
        ),
        day: fc.integer({ min: -800, max: 5 }),
        justified: fc.boolean(),
      })
      .map(({ name, status, product, day, justified }) =>
        aRawStatement({
          vulnerability: { name },
          status,
          products: [product],
          action_statement: 'x',
          timestamp: `${addDays(TODAY, day)}T08:00:00Z`,
          justification: justified ? 'inline_mitigations_already_exist' : undefined,
        }),
      )
  const ANY = ['not_affected', 'fixed', 'affected', 'under_investigation']
  const documents = (statuses: readonly string[]) =>
    fc
      .array(fc.array(statement(statuses), { minLength: 1, maxLength: 4 }), { maxLength: 4 })
      .map((all) => all.map((one, index) => aVexDocument(one, `vex/${index}.json`)))
  const gate = { failOnUnfixed: 'medium' } as const
  const badness = (verdict: Verdict) => ['pass', 'incomplete', 'fail'].indexOf(verdict.verdict)
  const blocked = ({ images }: Verdict) =>
    images
      .flatMap((image) => image.findings)
      .filter(({ blocks }) => blocks)
      .map(({ id }) => id)

  test('when documents are read then the verdict is never worse than without, and KEV blocks as before', () => {
    fc.assert(
      fc.property(findings, documents(ANY), (raw, vex) => {
        const all = toFindings(raw)
        const [without, withVex] = [judged(all, [], {}, gate), judged(all, vex, {}, gate)]
        expect(badness(withVex)).toBeLessThanOrEqual(badness(without))
        expect(blocked(without)).toEqual(expect.arrayContaining(blocked(withVex)))
        const kev = all.filter((finding) => finding.kev === true).map(({ id }) => id)
        expect(blocked(withVex)).toEqual(expect.arrayContaining(kev))
      }),
    )
  })

  test('when a statement that accepts is added then it is never worse; one to the contrary, never better', () => {
    fc.assert(
      fc.property(findings, documents(ANY), (raw, vex) => {
        const all = toFindings(raw)
        const before = blocked(judged(all, vex, {}, gate))
        const more = (status: string) =>
          blocked(
            judged(
              all,
              [
                ...vex,
                aVexDocument(
                  [aRawStatement({ status, action_statement: 'x', timestamp: `${TODAY}T08:00:00Z` })],
                  'vex/new.json',
                ),
              ],
              {},
              gate,
            ),
          )
        for (const status of ['not_affected', 'fixed']) {
          expect(before).toEqual(expect.arrayContaining(more(status)))
        }
        for (const status of ['affected', 'under_investigation']) {
          expect(more(status)).toEqual(expect.arrayContaining(before))
        }
      }),
    )
  })

  test('when documents and findings come in another order then the verdict is the same', () => {
    fc.assert(
      fc.property(findings, documents(ANY), (raw, vex) => {
        const all = toFindings(raw)
        expect(judged([...all].reverse(), [...vex].reverse(), {}, gate)).toEqual(judged(all, vex, {}, gate))
      }),
    )
  })

  test('when it is a later day then no statement that did not count counts, but those of days to come', () => {
    fc.assert(
      fc.property(statement(['not_affected']), fc.integer({ min: 5, max: 900 }), (one, days) => {
        const on = (day: string) =>
          judge([aJudgedInput([aFinding()])], { ...aPolicy(), vex: [aVexDocument([one])] }, day).verdict
        const soon = addDays(TODAY, 5)
        if (on(soon) === 'fail') {
          expect(on(addDays(soon, days))).toBe('fail')
        }
      }),
    )
  })
})

describe('statements about packages of an application', () => {
  const about = (part: object, finding = anApplicationFinding()) =>
    ruling(finding, [aRawStatement({ vulnerability: { name: 'CVE-2021-23337' }, ...part })]).ruling

  test.each<[string, object, string]>([
    ['its package URL', { products: [{ '@id': 'pkg:npm/lodash@4.17.4' }] }, 'accepted'],
    ['it in any version', { products: [{ '@id': 'pkg:npm/lodash' }] }, 'accepted'],
    ['it in another version', { products: [{ '@id': 'pkg:npm/lodash@4.17.5' }] }, 'act'],
    ['another package', { products: [{ '@id': 'pkg:npm/lodash-es@4.17.4' }] }, 'act'],
    ['one of its name elsewhere', { products: [{ '@id': 'pkg:pypi/lodash@4.17.4' }] }, 'act'],
    ['a part of it', { products: [{ '@id': 'pkg:npm/lodash@4.17.4#lib' }] }, 'act'],
    ['the image', { products: [IMAGE_PRODUCT] }, 'accepted'],
    [
      'it in the image',
      { products: [{ ...IMAGE_PRODUCT, subcomponents: [{ '@id': 'pkg:npm/lodash' }] }] },
      'accepted',
    ],
    [
      'another one in the image',
      { products: [{ ...IMAGE_PRODUCT, subcomponents: [{ '@id': 'pkg:npm/qs' }] }] },
      'act',
    ],
    ['another id of it', { vulnerability: { name: 'GHSA-35jh-r3h4-6jhm' } }, 'accepted'],
  ])('when it names %s, then it is ruled so', (_, part, expected) => {
    expect(about(part)).toBe(expected)
  })

  test('when PyPI’s name is written otherwise, then it is the same package', () => {
    const jupyter = anApplicationFinding({
      package: 'pypi/jupyter-server',
      kind: 'pypi',
      purl: 'pkg:pypi/jupyter-server@2.7.0',
    })
    expect(about({ products: [{ '@id': 'pkg:pypi/Jupyter_Server@2.7.0' }] }, jupyter)).toBe('accepted')
    const of = (kind: 'golang' | 'composer') =>
      anApplicationFinding({ package: `${kind}/acme/app`, kind, purl: `pkg:${kind}/acme/app@1.0` })
    for (const kind of ['golang', 'composer'] as const) {
      expect(about({ products: [{ '@id': `pkg:${kind}/Acme/App@1.0` }] }, of(kind))).toBe('accepted')
      expect(about({ products: [{ '@id': `pkg:${kind}/Acme/A_pp@1.0` }] }, of(kind))).toBe('act')
    }
    // npm's names differ in case.
    expect(about({ products: [{ '@id': 'pkg:npm/Lodash@4.17.4' }] })).toBe('act')
  })

  test('when it is malware, then no statement accepts it', () => {
    expect(about({}, anApplicationFinding({ malware: true }))).toBe('act')
  })
})
