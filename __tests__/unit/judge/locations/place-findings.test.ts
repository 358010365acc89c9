import { describe, expect, test } from '@jest/globals'
import { placeFindings } from '../../../../src/judge/locations/place-findings.js'
import type { Outcome } from '../../../../src/model/finding/bench.js'
import { BARE } from '../../../../src/model/finding/common.js'
import type { HistoryLine, Image, LayerFacts } from '../../../../src/model/image/image.js'
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
    expect(placed(package_('ruby', '1', { layer: 'sha256:other' }))).toEqual({
      ...{ file: 'Dockerfile', line: 1, endLine: 1, certain: false },
      why: 'the layer that added the package is not known',
    })
    expect(placed(package_('ruby', '1', { layer: IMAGE.layers[0]?.diffId ?? '' }))).toMatchObject({
      ...{ line: 1, certain: true },
      why: 'it came with the base image',
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
    const alone = { ...image, history: [...history.slice(0, 1), squashed] }
    expect(placed(package_('apt', '2.6.1'), 'FROM debian:12\n', alone)?.why).toBe(
      'the layers were squashed into one; nothing proves that the image was built from this file',
    )
  })

  test('when the history has more layers than the image, then only the base is near', () => {
    const image = { ...IMAGE, layers: IMAGE.layers.slice(0, 4) }
    expect(placed(package_('curl', '7.88'), TEXT, image)).toMatchObject({
      ...{ line: 1, certain: false },
      why: 'the layers could not be matched to instructions',
    })
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
  const findings = [
    { ...bench('5.4'), optionsAt },
    { ...bench('4.1'), optionsAt, userOfOptions: true as const },
  ]
  const verdict = anImageVerdict({ findings })
  const document = { file: 'D', text: TEXT, named: false, problem: null }
  for (const documents of [[], [document]]) {
    for (const placed of placeFindings(verdict, IMAGE, documents).findings) {
      expect(placed.line).toMatchObject({ ...optionsAt, certain: true, why: 'the run options are set here' })
    }
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

  test('when three layers have it, then both others are named; a layer that is not of the image is left out', () => {
    expect(placed(1, 3, 4)?.why).toBe('this ADD instruction introduced it; other parts come from lines 5, 7')
    expect(placed(1, 9)?.why).toBe('this ADD instruction introduced it')
    expect(placed(1, 1)?.why).toBe('this ADD instruction introduced it')
    expect(placed(9)).toBeNull()
  })
})

test('when it is not known which layer has a package of an application, then no line is certain', () => {
  expect(placed(aRuledApplication({ layers: [], layer: null }))).toMatchObject({
    ...{ line: 1, certain: false },
    why: 'the layer that added the package is not known',
  })
  const [, second] = IMAGE.layers
  expect(placed(aRuledApplication({ layers: [second?.diffId ?? ''], layer: null }))?.line).toBe(3)
})

describe('where no line is certain, or none is named', () => {
  const without = (text: string, ...keywords: readonly string[]) =>
    text
      .split('\n')
      .filter((one) => !keywords.some((keyword) => one.startsWith(keyword)))
      .join('\n')
  const history = (...keywords: readonly string[]) => ({
    ...IMAGE,
    history: IMAGE.history.filter(
      ({ createdBy }) => !keywords.some((keyword) => createdBy?.startsWith(keyword)),
    ),
  })

  test('when a line was added after those of the Dockerfile, then no instruction made it', () => {
    const added = { ...line('', true), comment: 'create new from sha256:0' }
    const image = { ...IMAGE, history: [...IMAGE.history, added] }
    expect(placed(bench('4.9', { history: [8] }), TEXT, image)).toEqual({
      ...{ file: 'Dockerfile', line: 1, endLine: 1, certain: false },
      why: 'no instruction in this file introduced it',
    })
    expect(placed(bench('4.9', { history: [0] }), TEXT, image)).toEqual({
      ...{ file: 'Dockerfile', line: 1, endLine: 1, certain: true },
      why: 'it came with the base image',
    })
  })

  test('when nothing starts the image, then what is missing belongs at the end', () => {
    const [text, image] = [without(TEXT, 'USER', 'CMD'), history('USER', 'CMD')]
    expect(placed(bench('4.1'), text, image)).toEqual({
      ...{ file: 'Dockerfile', line: 7, endLine: 7, certain: false },
      why: 'the USER instruction is missing: add it after this line',
    })
    const bare = { ...IMAGE, history: IMAGE.history.slice(0, 1), layers: IMAGE.layers.slice(0, 1) }
    expect(placed(bench('4.1'), 'FROM debian:12\n', bare)).toMatchObject({
      ...{ line: 1, certain: false },
      why: 'the USER instruction is missing: add it after this line; nothing proves that the image was built from this file',
    })
  })

  test('when an ENTRYPOINT starts the image, then what is missing belongs before it, though a CMD follows', () => {
    const text = TEXT.replace('USER root', 'ENTRYPOINT ["y"]')
    const image = {
      ...IMAGE,
      history: IMAGE.history.map((one) =>
        one.createdBy === 'USER root' ? line('ENTRYPOINT ["y"]', true) : one,
      ),
    }
    expect(placed(bench('4.1'), text, image)?.line).toBe(8)
    const starts = (of: string, from: Image) => placed(bench('start-test'), of, from)
    expect(starts(text, image)).toEqual({
      ...{ file: 'Dockerfile', line: 8, endLine: 8, certain: false },
      why: 'this defines what the container runs',
    })
    expect(starts(TEXT, IMAGE)?.line).toBe(9)
    expect(starts(without(TEXT, 'CMD'), history('CMD'))).toBeNull()
  })

  test('when a result is about the machine, or a secret has no name, then no instruction is named', () => {
    expect(placed(bench('4.3', { history: [3] }))).toBeNull()
    expect(placed(bench('4.10', { items: ['a secret', 'ARG NONE'], history: [3] }))).toMatchObject({
      line: 4,
    })
    expect(placed(bench('4.8', { items: ['/nowhere'] }))).toBeNull()
  })

  test('when an argument contains a secret, then its instruction is named, with it', () => {
    const found = (item: string) => placed(bench('4.10', { items: [item], history: [3] }))
    expect(found('ENV API_TOKEN')?.why).toBe('this ENV instruction contains API_TOKEN')
    // Of another name it is not.
    expect(found('ENV TOKEN')?.line).toBe(4)
  })

  test('when the last instruction of a kind decides, then it says so', () => {
    expect(placed(bench('4.1'))?.why).toBe('this is the last USER instruction')
    expect(placed(bench('4.2'))?.why).toBe('this is the base image')
  })

  test('when more than five other lines are to blame, then five of them are named', () => {
    const count = 8
    const text = `FROM debian:12\n${Array.from({ length: count }, (_, at) => `ADD ${at} /\n`).join('')}`
    const image = anImage({
      history: [
        line('ADD file:0 in / '),
        ...Array.from({ length: count }, (_, at) => line(`ADD ${at} / # buildkit`)),
      ],
      layers: Array.from({ length: count + 1 }, (_, at) => layer(at)),
    })
    const why = (...all: readonly number[]) => placed(bench('4.9', { history: all }), text, image)?.why
    const ADDED = 'this ADD instruction introduced it'
    expect(why(1)).toBe(ADDED)
    expect(why(1, 2)).toBe(`${ADDED}; see also line 3`)
    expect(why(1, 2, 3, 4, 5, 6)).toBe(`${ADDED}; see also lines 3, 4, 5, 6, 7`)
    expect(why(1, 2, 3, 4, 5, 6, 7)).toBe(`${ADDED}; see also lines 3, 4, 5, 6, 7 …`)
    // Lines of the Dockerfile come before its base, and the base is the other one.
    expect(why(0, 2)).toBe(`${ADDED}; see also line 1`)
  })

  test('when the regression test fails, then nothing in the Dockerfile is named', () => {
    expect(
      placed(aRuledFinding({ check: 'regression-test', id: 'regression-test-failed', layer: null })),
    ).toBeNull()
  })

  test('when options of a run are about an entry of the dictionary, then its own line counts', () => {
    const optionsAt = { file: 'policies/gate.yml', line: 4 }
    const policy = aPlace({ file: 'policies/dictionary.yml', line: 14 })
    const lineFor = (outcome: Outcome) => {
      const finding = { ...bench('5.4', { outcome }, { policy }), optionsAt }
      return placed(finding, null)
    }
    expect(lineFor('worse')).toMatchObject(optionsAt)
    expect(lineFor('match')).toMatchObject(optionsAt)
    expect(lineFor('better')).toMatchObject(policy)
  })

  test('when the package database has a known layer, or none, then that is where it is', () => {
    const about = (part: RuledPart = {}) =>
      aRuledFinding({
        ...{ check: 'security-updates', id: 'dpkg-broken', package: null, binaries: [], layer: null },
        ...part,
      })
    expect(placed(about({ layer: IMAGE.layers[3]?.diffId ?? null }))).toMatchObject({
      ...{ line: 5, certain: true },
      why: 'this RUN instruction introduced it',
    })
    expect(placed(about())?.why).toBe(
      'this RUN instruction introduced it; no later layer wrote the package database',
    )
    const image = { ...IMAGE, layers: IMAGE.layers.map((one) => ({ ...one, files: {} })) }
    expect(placed(about(), TEXT, image)).toEqual({
      ...{ file: 'Dockerfile', line: 1, endLine: 1, certain: true },
      why: 'the base image determines the Debian release',
    })
  })

  test('when an apt source is missing or wrong, then what wrote it is named', () => {
    const about = (file: string) =>
      placed(
        aRuledFinding({
          ...{ check: 'security-updates', id: 'expired-source', package: null, binaries: [], layer: null },
          details: { file },
        }),
      )
    expect(about('/etc/apt/sources.list.d/x.list')?.why).toBe(
      'this RUN instruction introduced it; its layer wrote this source',
    )
    expect(about('/etc/apt/sources.list')?.why).toBe("the image's apt sources come from the base image")
    const none = aRuledFinding({
      ...{ check: 'security-updates', id: 'no-security-source', package: null, binaries: [], layer: null },
    })
    expect(placed(none)?.why).toBe("this RUN instruction introduced it; its layer wrote apt's configuration")
    const image = { ...IMAGE, layers: IMAGE.layers.map((one) => ({ ...one, files: {} })) }
    expect(placed(none, TEXT, image)).toMatchObject({
      ...{ line: 1, certain: true },
      why: "the image's apt sources come from the base image",
    })
  })

  test('when the database of a layer is damaged, then it is not known which layer added a package', () => {
    const damaged = { ...IMAGE, layers: [...IMAGE.layers, layer(5, { files: status('Package: x') })] }
    const history = { ...damaged, history: [...IMAGE.history, line('RUN /bin/sh -c x # buildkit')] }
    const text = `${TEXT}RUN x\n`
    expect(placed(package_('curl', '7.88'), text, history)).toEqual({
      ...{ file: 'Dockerfile', line: 1, endLine: 1, certain: false },
      why: 'the layer that added the package is not known',
    })
  })
})
