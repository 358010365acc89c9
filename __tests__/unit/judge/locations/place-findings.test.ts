import { describe, expect, test } from '@jest/globals'
import { placeFindings } from '../../../../src/judge/locations/place-findings.js'
import type { Outcome } from '../../../../src/model/finding/bench.js'
import { BARE } from '../../../../src/model/finding/common.js'
import type { HistoryLine, Image, LayerFacts } from '../../../../src/model/image.js'
import type { RuledFinding } from '../../../../src/model/verdict.js'
import { aComparison } from '../../../support/bench.js'
import {
  aBinary,
  aLayer,
  anImage,
  anImageVerdict,
  aPlace,
  aRuledApplication,
  aRuledFinding,
  type RuledPart,
} from '../../../support/builders.js'

const stanza = (name: string, version: string) =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`
const status = (...packages: readonly string[]) => ({ 'var/lib/dpkg/status': packages.join('') })
const layer = (number: number, part: Partial<LayerFacts> = {}) =>
  aLayer({ diffId: `sha256:${String(number).repeat(64)}`, ...part })
const line = (createdBy: string, emptyLayer = false): HistoryLine => {
  return { createdBy, comment: null, created: null, emptyLayer }
}

const TEXT = `FROM debian:12
ENV API_TOKEN=abc
ADD app /app
RUN apt-get update
RUN apt-get install -y \\
    curl
RUN chmod u+s /app/run
USER root
CMD ["x"]
`
const IMAGE = anImage({
  history: [
    line('/bin/sh -c #(nop) ADD file:0 in / '),
    line('ENV API_TOKEN=abc', true),
    line('ADD app /app # buildkit'),
    line('RUN /bin/sh -c apt-get update # buildkit'),
    line('RUN /bin/sh -c apt-get install -y     curl # buildkit'),
    line('RUN /bin/sh -c chmod u+s /app/run # buildkit'),
    line('USER root', true),
    line('CMD ["x"]', true),
  ],
  layers: [
    layer(0, { files: status(stanza('apt', '2.6.1'), stanza('libc6', '2.36')) }),
    layer(1),
    layer(2, { files: { 'etc/apt/sources.list.d/x.list': 'deb http://x y z\n' } }),
    layer(3, { files: status(stanza('apt', '2.6.1'), stanza('libc6', '2.37'), stanza('curl', '7.88')) }),
    layer(4, { setuid: [{ path: 'app/run', mode: 0o4755, uid: 0, gid: 0 }] }),
  ],
})

const package_ = (name: string, version: string, part: RuledPart = {}) =>
  aRuledFinding({ package: name, binaries: [aBinary({ name, version })], layer: null, ...part })

interface Result {
  readonly outcome?: Outcome
  readonly items?: readonly string[]
  /** Lines of the history, from 0. */
  readonly history?: readonly number[]
}
const bench = (
  id: string,
  { outcome = 'worse', items = [], history = [] }: Result = {},
  part: RuledPart = {},
) =>
  aRuledFinding({
    ...BARE,
    ...{ check: 'docker-bench', id },
    compared: aComparison(outcome, { reported: { word: 'WARN', items } }),
    places: history.map((at) => ({ line: at, instruction: '' })),
    ...part,
  })

function placed(finding: RuledFinding, text: string | null = TEXT, image: Image | null = IMAGE) {
  const documents = text === null ? [] : [{ file: 'Dockerfile', text, named: true, problem: null }]
  const verdict = placeFindings(anImageVerdict({ findings: [finding] }), image, documents)
  return verdict.findings[0]?.line ?? null
}

describe('packages', () => {
  test.each([
    ['of the base image', 'apt', '2.6.1', 1, 1],
    ['that a RUN installed', 'curl', '7.88', 5, 6],
    ['of the base image that a RUN updated', 'libc6', '2.37', 5, 6],
  ])('when a package is one %s, then it is laid there', (_, name, version, first, last) => {
    expect(placed(package_(name, version))).toMatchObject({ line: first, endLine: last, certain: true })
    expect(
      placed(package_(name, version, { check: 'security-updates', id: 'security-update' })),
    ).toMatchObject({
      line: first,
    })
  })

  test('when its binaries came by several lines, then the oldest is it, and the others are named', () => {
    const binaries = [aBinary({ name: 'curl', version: '7.88' }), aBinary({ name: 'apt', version: '2.6.1' })]
    expect(placed(package_('apt', '2.6.1', { binaries }))).toMatchObject({
      line: 1,
      why: 'it came with the base image; other parts come from line 5',
    })
  })

  test('when dpkg does not know it, then the layer that Clair names counts, and without one nothing is certain', () => {
    expect(placed(package_('ruby', '1', { layer: IMAGE.layers[1]?.diffId ?? '' }))).toMatchObject({
      line: 3,
      certain: true,
    })
    expect(placed(package_('ruby', '1'))).toMatchObject({ line: 1, certain: false })
    expect(placed(package_('ruby', '1', { layer: 'sha256:other' }))).toMatchObject({
      line: 1,
      certain: false,
    })
  })

  test('when it is of another root inside the image, then dpkg’s own database says nothing of it', () => {
    const packageDb = 'srv/root/var/lib/dpkg/status'
    expect(
      placed(package_('apt', '2.6.1', { packageDb, layer: IMAGE.layers[1]?.diffId ?? '' })),
    ).toMatchObject({
      line: 3,
    })
  })

  test('when the image was squashed, then only the base is near', () => {
    const history = IMAGE.history.map((one) => ({ ...one, emptyLayer: true }))
    const squashed = {
      createdBy: null,
      comment: 'create new from sha256:0',
      created: null,
      emptyLayer: false,
    }
    const image = { ...IMAGE, history: [...history, squashed], layers: IMAGE.layers.slice(0, 1) }
    expect(placed(package_('apt', '2.6.1'), TEXT, image)).toMatchObject({
      line: 1,
      certain: false,
      why: 'the layers were squashed into one',
    })
  })

  test('when the history has more layers than the image, then only the base is near', () => {
    const image = { ...IMAGE, layers: IMAGE.layers.slice(0, 4) }
    expect(placed(package_('curl', '7.88'), TEXT, image)).toMatchObject({ line: 1, certain: false })
  })
})

describe('the image as a whole', () => {
  const about = (id: string, details: object) =>
    aRuledFinding({ check: 'security-updates', id, package: null, binaries: [], layer: null, details })
  test.each([
    ['not-current-stable', {}, 1, true],
    ['end-of-life', {}, 1, true],
    ['expired-source', { file: '/etc/apt/sources.list.d/x.list' }, 4, true],
    ['snapshot-source', { file: 'etc/apt/sources.list' }, 1, false],
    ['no-security-source', {}, 4, true],
    ['dpkg-broken', {}, 5, false],
  ])(
    'when the finding is %s, then it is laid to the base image or to what wrote the file',
    (id, details, at, certain) => {
      expect(placed(about(id, details))).toMatchObject({ line: at, certain })
    },
  )
})

describe('Docker Bench', () => {
  test.each<[string, Result, number]>([
    ['4.1', {}, 8],
    ['4.2', {}, 1],
    ['4.7', { history: [3] }, 4],
    ['4.8', { items: ['/usr/bin/su', '/app/run'] }, 7],
    ['4.8', { items: ['/app/run cap_setuid cap_setgid'] }, 7],
    ['4.9', { history: [0, 2] }, 3],
    ['4.10', { items: ['ENV API_TOKEN'], history: [1] }, 2],
    ['4.11', { history: [4] }, 5],
  ])('when %s is not as expected, then it is laid to the instruction', (id, result, at) => {
    expect(placed(bench(id, result))).toMatchObject({ line: at, certain: true })
  })

  test.each(['4.6', '4.1'])(
    'when what %s asks for is missing, then it is laid near the command, and says so',
    (id) => {
      const without = TEXT.replace('USER root\n', '')
      const image = { ...IMAGE, history: IMAGE.history.filter(({ createdBy }) => createdBy !== 'USER root') }
      const keyword = id === '4.1' ? 'USER' : 'HEALTHCHECK'
      expect(placed(bench(id), without, image)).toMatchObject({
        line: 8,
        certain: false,
        why: `the ${keyword} instruction is missing: add it before this line`,
      })
    },
  )

  test('when several instructions are to blame, then the first is it, and the others are named', () => {
    expect(placed(bench('4.9', { history: [2, 4, 5] }))).toMatchObject({
      line: 3,
      why: 'this ADD instruction introduced it; see also lines 5, 7',
    })
  })

  test.each<[string, Result]>([
    ['5.4', {}],
    ['4.5', {}],
    ['4.1', { outcome: 'better' }],
    ['4.9', { outcome: 'missing' }],
  ])('when %s says nothing of the Dockerfile, then its line of the dictionary is it', (id, result) => {
    const policy = aPlace({ file: 'policies/dictionary.yml', line: 14 })
    expect(placed(bench(id, result, { policy }))).toMatchObject({ ...policy, endLine: 14, certain: true })
  })
})

describe('without a Dockerfile', () => {
  test.each([
    ['there is none', null, IMAGE],
    ['it is of another image', 'FROM a\nRUN other\n', IMAGE],
    ['the image could not be opened', TEXT, null],
  ])('when %s, then the policy’s line is left, or none', (_, text, image) => {
    expect(placed(package_('curl', '7.88'), text, image)).toBeNull()
    expect(placed(package_('curl', '7.88', { policy: aPlace() }), text, image)).toMatchObject(aPlace())
  })

  test('when nothing proves that the named one is the image’s, then no line is certain', () => {
    const image = { ...IMAGE, history: [line('ADD rootfs /')], layers: IMAGE.layers.slice(0, 1) }
    expect(placed(package_('apt', '2.6.1'), 'FROM debian:12\n', image)).toMatchObject({
      line: 1,
      certain: false,
    })
  })
})

test('when a result is about run options, then it is where they are set, with or without a Dockerfile', () => {
  const optionsAt = { file: 'policies/gate.yml', line: 4 }
  const finding = { ...bench('5.4'), optionsAt }
  const verdict = anImageVerdict({ findings: [finding] })
  const document = { file: 'D', text: TEXT, named: false, problem: null }
  for (const documents of [[], [document]]) {
    const [placed] = placeFindings(verdict, IMAGE, documents).findings
    expect(placed?.line).toMatchObject({ ...optionsAt, certain: true, why: 'the run options are set here' })
  }
})

test('when findings are laid to lines, then nothing else of the verdict changes', () => {
  const verdict = anImageVerdict({ findings: [bench('4.1'), package_('curl', '7.88')] })
  const after = placeFindings(verdict, IMAGE, [{ file: 'D', text: TEXT, named: false, problem: null }])
  const without = { ...after, findings: after.findings.map((one) => ({ ...one, line: null })) }
  const installed = new Map([
    ['libc6:amd64=2.37', 6],
    ['curl:amd64=7.88', 6],
  ])
  expect(without).toEqual({
    ...verdict,
    dockerfile: { file: 'D', note: null, from: { endLine: 1, user: null, installed } },
  })
})

describe('packages of an application', () => {
  const placed = (...numbers: readonly number[]) => {
    const layers = numbers.map((number) => `sha256:${String(number).repeat(64)}`)
    const findings = [aRuledApplication({ layers, layer: layers[0] ?? null })]
    const documents = [{ file: 'Dockerfile', text: TEXT, named: true, problem: null }]
    return placeFindings(anImageVerdict({ findings }), IMAGE, documents).findings[0]?.line
  }

  test('when a COPY or RUN brought it, then it is laid there', () => {
    expect(placed(1)).toMatchObject({ line: 3, why: 'this ADD instruction introduced it' })
  })

  test('when several layers have it, then it is laid to the oldest, and the others are named', () => {
    expect(placed(1, 3)).toMatchObject({
      line: 3,
      why: 'this ADD instruction introduced it; other parts come from line 5',
    })
  })

  test('when the base has it, then it is laid to FROM', () => {
    expect(placed(0)?.line).toBe(1)
  })
})
