import { describe, expect, test } from '@jest/globals'
import type { DockerfileDocument } from '../../../../../src/dockerfile/choose.js'
import {
  type BasePolicy,
  baseFindings,
  isBaseAllowed,
} from '../../../../../src/inventory/provenance/base/allowed.js'
import { withDockerfile } from '../../../../../src/inventory/provenance/base/dockerfile.js'

import {
  authorsBaseName,
  type BaseImage,
  type Beginning,
  baseSentence,
} from '../../../../../src/model/provenance/base-image.js'
import { aBase, aLayer, anImage } from '../../../../support/builders.js'

const DEBIAN = { name: 'docker.io/library/debian:12', layers: 1, grade: 'at-hand' } as const
const PLATFORM = { name: 'docker.io/acme/platform:1', layers: 2, grade: 'at-hand' } as const
const EARLIER = { name: 'docker.io/acme/shop-dev:latest', layers: 3, grade: 'at-hand' } as const

const GATE = { allowedBases: 'official', officialMirrors: [] } as const

const line = (createdBy: string, emptyLayer = false) => {
  return { createdBy, comment: null, created: null, emptyLayer }
}
/** Debian, a layer of the platform, two of the application. */
const image = anImage({
  layers: [1, 2, 3, 4].map((at) => aLayer({ diffId: `sha256:${String(at).repeat(64)}` })),
  history: [
    line('/bin/sh -c #(nop) ADD file:1 in / '),
    line('/bin/sh -c #(nop)  CMD ["bash"]', true),
    line('RUN /bin/sh -c platform # buildkit'),
    line('RUN /bin/sh -c make # buildkit'),
    line('USER app', true),
    line('RUN /bin/sh -c make more # buildkit'),
  ],
})
const dockerfile = (text: string): DockerfileDocument[] => [
  { file: 'Dockerfile', text, named: false, problem: null },
]
const ON_PLATFORM = 'FROM acme/platform\nRUN make\nUSER app\nRUN make more\n'
const ON_DEBIAN = `FROM debian:12\nRUN platform\n${ON_PLATFORM.slice('FROM acme/platform\n'.length)}`

function chosen(beginnings: readonly Beginning[], documents: readonly DockerfileDocument[] = []) {
  const nearest = beginnings.at(-1)
  const base = aBase({
    name: nearest?.name ?? null,
    restsOn: 'at-hand',
    layers: nearest?.layers ?? 0,
    beginnings,
    proven: [],
  })
  const { name, layers } = withDockerfile(base, image, documents, GATE)
  return { name, layers }
}
const only = ({ name, layers }: Beginning) => ({ name, layers })

describe('the base, where only the engine shows it', () => {
  test('when the Dockerfile is the image’s own, then it is what its FROM leaves room for', () => {
    const all = [DEBIAN, PLATFORM, EARLIER]
    expect(chosen(all, dockerfile(ON_PLATFORM))).toEqual(only(PLATFORM))
    expect(chosen(all, dockerfile(ON_DEBIAN))).toEqual(only(DEBIAN))
  })

  test('when two names are of the image of FROM, then that of a base is taken', () => {
    const other = { ...DEBIAN, name: 'docker.io/acme/copy:12' }
    expect(chosen([DEBIAN, other, EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(DEBIAN))
    expect(chosen([other, DEBIAN, EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(DEBIAN))
    expect(chosen([other, EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(other))
  })

  test('when no Dockerfile is its own, or FROM’s image is not in the engine, then the nearest one stays', () => {
    expect(chosen([DEBIAN, EARLIER])).toEqual(only(EARLIER))
    expect(chosen([DEBIAN, EARLIER], dockerfile('FROM debian:12\nRUN other\n'))).toEqual(only(EARLIER))
    expect(chosen([EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(EARLIER))
  })

  test('when history and layers do not fit each other, then the Dockerfile says nothing', () => {
    const odd = { ...image, layers: image.layers.slice(0, 3) }
    const base = aBase({ ...only(PLATFORM), restsOn: 'at-hand', beginnings: [DEBIAN, PLATFORM] })
    const { name, layers, from } = withDockerfile(base, odd, dockerfile(ON_DEBIAN), GATE)
    expect([name, layers, from?.layers]).toEqual([base.name, base.layers, null])
  })

  test('when layers of a registry prove another, then that stays', () => {
    const base = aBase({ ...only(EARLIER), restsOn: 'layers', beginnings: [DEBIAN, EARLIER] })
    expect(withDockerfile(base, image, dockerfile(ON_DEBIAN), GATE)).toMatchObject(only(EARLIER))
  })
})

describe('a label that nothing confirms, over an official image in the engine', () => {
  const EVIL = 'ghcr.io/evil/base:1'
  const labelled = (name: string, beginnings: readonly Beginning[] = [DEBIAN]) =>
    aBase({ name, claimed: name, restsOn: 'label', layers: 0, beginnings, proven: [] })
  const judgedOf = (base: BaseImage, text: string, gate: BasePolicy = GATE) => {
    const found = withDockerfile(base, image, text === '' ? [] : dockerfile(text), gate)
    const findings = baseFindings(found, gate).map(({ id, why }) => `${id}: ${why}`)
    return { findings, official: isBaseAllowed(found, gate), known: authorsBaseName(found) }
  }

  test('when FROM names an official one, then the label is noted, and its name is neither official nor shown', () => {
    expect(judgedOf(labelled(EVIL), ON_DEBIAN)).toEqual({
      findings: [
        'base-label-contradicted: its label names the base ghcr.io/evil/base:1, but FROM names debian:12 (Dockerfile:1)',
      ],
      official: false,
      known: 'docker.io/library/debian:12',
    })
  })

  test('when no Dockerfile says otherwise, then its image is noted as one in between', () => {
    expect(judgedOf(labelled(EVIL), '')).toEqual({
      findings: [
        "intermediate-base: built on ghcr.io/evil/base:1, which adds layers to debian:12: neither Docker's nor yours",
      ],
      official: false,
      known: EVIL,
    })
  })

  test('when FROM agrees with it, or the engine has what it names, then nothing is contradicted', () => {
    const { name } = PLATFORM
    const ids = (base: BaseImage, text: string) =>
      judgedOf(base, text).findings.map((one) => one.replace(/:.*/, ''))
    expect(ids(labelled('docker.io/acme/platform:1'), ON_PLATFORM)).toEqual(['intermediate-base'])
    // Another tag of what FROM names, an image in the engine, and an official one, as images inherit it.
    expect(ids(labelled('docker.io/library/debian:12-slim'), ON_DEBIAN)).toEqual([])
    expect(ids(labelled(name, [DEBIAN, PLATFORM]), ON_DEBIAN)).toEqual([])
    expect(ids(labelled('docker.io/library/python:3'), ON_DEBIAN)).toEqual([])
    // Whoever allows any base is not interested.
    expect(judgedOf(labelled(EVIL), ON_DEBIAN, { ...GATE, allowedBases: 'any' }).findings).toEqual([])
  })
})

describe('what FROM names', () => {
  const proven = { name: 'docker.io/library/debian:12', layers: 1, grade: 'proven' } as const
  const onDebian = aBase({ ...only(proven), beginnings: [proven], proven: [proven.name] })
  const notesOf = (base: Partial<BaseImage>, text: string, gate: BasePolicy = GATE) => {
    const found = withDockerfile({ ...onDebian, ...base }, image, dockerfile(text), gate)
    const notes = baseFindings(found, gate).map(({ id, why }) => `${id}: ${why}`)
    return { ...found, notes }
  }

  test('when it is a copy of the official image, then reports name it, and nothing is between', () => {
    const found = notesOf({}, ON_DEBIAN.replace('debian:12', 'registry.example.com/library/debian:12-slim'))
    expect(authorsBaseName(found)).toBe('registry.example.com/library/debian:12-slim')
    expect([found.intermediate, found.notes, found.name]).toEqual([undefined, [], proven.name])
    expect(baseSentence(found)).toContain(
      'FROM names registry.example.com/library/debian:12-slim (Dockerfile:1)',
    )
  })

  test('when a third party’s image adds layers, then it is noted by name, with its layers', () => {
    const found = notesOf({}, ON_PLATFORM)
    expect(found.intermediate).toEqual({ name: 'docker.io/acme/platform:latest', layers: 2, official: 1 })
    expect(found.notes).toEqual([
      "intermediate-base: built on acme/platform:latest, which adds 1 layer to debian:12: neither Docker's nor yours",
    ])
  })

  test('when a label alone names it, then it is noted too, and no layer is its own', () => {
    const found = withDockerfile({ ...onDebian, claimed: 'docker.io/acme/platform:1' }, image, [], GATE)
    expect(found.intermediate).toEqual({ name: 'docker.io/acme/platform:1', layers: null, official: 1 })
  })

  test('when the layers of what the label names are known, then its own are counted', () => {
    const claimed = 'docker.io/acme/platform:1'
    const between = (layers: number) => {
      const beginnings = [proven, { name: claimed, layers, grade: 'at-hand' } as const]
      return withDockerfile({ ...onDebian, claimed, beginnings }, image, [], GATE).intermediate
    }
    expect(between(2)).toEqual({ name: claimed, layers: 2, official: 1 })
    // A copy of the official image under another name.
    expect(between(1)).toBeUndefined()
  })

  test('when FROM has a platform, then the name behind it counts; scratch is no image', () => {
    const from = (text: string) => withDockerfile(onDebian, image, dockerfile(text), GATE).from
    expect(from(ON_PLATFORM.replace('FROM', 'FROM --platform=linux/amd64'))).toEqual({
      ...{ name: 'docker.io/acme/platform:latest', file: 'Dockerfile', line: 1, layers: 2 },
    })
    expect(from(ON_PLATFORM.replace('acme/platform', 'scratch'))).toBeUndefined()
  })

  test.each<[string, Partial<BaseImage>, string, BasePolicy]>([
    ['it is listed in gate.yml', {}, ON_PLATFORM, { ...GATE, allowedBases: ['acme/platform'] }],
    [
      'no official image is below it',
      { beginnings: [], proven: [], restsOn: 'nothing', layers: 0 },
      ON_PLATFORM,
      GATE,
    ],
    [
      'the label that names it is contradicted',
      { claimed: 'docker.io/acme/platform:1', contradicted: true },
      '',
      GATE,
    ],
    ['it is an official one', {}, ON_DEBIAN, GATE],
    ['a build argument completes the name', {}, ON_PLATFORM.replace('acme/platform', '$BASE'), GATE],
  ])('when %s, then nothing is between', (_, base, text, gate) => {
    expect(notesOf(base, text, gate).intermediate).toBeUndefined()
  })
})

describe('the release that the name of the base says', () => {
  const OS = (codename: string) => `ID=debian\nVERSION_CODENAME=${codename}\n`
  const MIRROR = 'registry.example/docker/'
  /** What its sentence begins with. */
  const sentenceOf = (claimed: string | null, os: string, text = '', more: Partial<BaseImage> = {}) => {
    const base = aBase({
      ...{
        name: claimed,
        claimed,
        restsOn: claimed === null ? 'nothing' : 'label',
        tag: null,
        movedOn: null,
      },
      ...{ layers: 0, proven: [], beginnings: [], ...more },
    })
    const layers = image.layers.map((layer, at) =>
      at > 0 ? layer : { ...layer, files: { 'etc/os-release': os } },
    )
    const documents = text === '' ? [] : dockerfile(text)
    const gate = { ...GATE, officialMirrors: [MIRROR] }
    return baseSentence(withDockerfile(base, { ...image, layers }, documents, gate))
  }

  test.each([
    'debian:bookworm-slim',
    'debian:bookworm-20250610',
    'debian:12',
    'debian:12.5-slim',
    'debian:7',
    'python:3.13-slim-bookworm',
    'public.ecr.aws/docker/library/node:22-bookworm',
    `${MIRROR}debian:bookworm`,
  ])('when the label names %s, then a trixie image is not on it, as far as names go', (name) => {
    const full = name.includes('.') && name.includes('/') ? name : `docker.io/library/${name}`
    expect(sentenceOf(full, OS('trixie'))).toBe(
      `built on ${name}, according to its label, but the image is trixie`,
    )
  })

  test.each([
    ['of the image itself', 'docker.io/library/debian:trixie-slim', OS('trixie')],
    ['of the image itself, as a number', 'docker.io/library/debian:13.1', OS('trixie')],
    ['that moves', 'docker.io/library/debian:stable-slim', OS('trixie')],
    ['that no release has', 'docker.io/library/debian:99', OS('trixie')],
    ['of a tag without one', 'docker.io/library/python:3.12', OS('trixie')],
    ['of sid, where os-release has testing’s', 'docker.io/library/debian:sid', OS('forky')],
    ['of a digest', `docker.io/library/debian@sha256:${'0'.repeat(64)}`, OS('trixie')],
    ['of an image that is not official', 'ghcr.io/acme/debian:bookworm', OS('trixie')],
    ['of one that only sounds official', 'docker.io/library/myapp:bookworm', OS('trixie')],
    ['of an image whose release is not known', 'docker.io/library/debian:bookworm', ''],
    [
      'of an image that is not Debian',
      'docker.io/library/debian:bookworm',
      'ID=ubuntu\nVERSION_CODENAME=noble\n',
    ],
  ])('when it is a name %s, then nothing is said of a release', (_, name, os) => {
    expect(sentenceOf(name, os)).not.toContain('but the image is')
  })

  test('when the base has another name, then the label’s is named too', () => {
    const more = { name: 'docker.io/library/debian', restsOn: 'history' } as const
    expect(sentenceOf('docker.io/library/debian:bookworm-slim', OS('trixie'), '', more)).toBe(
      'built on debian, according to its history; its label names debian:bookworm-slim, but the image is trixie',
    )
  })

  test('when only FROM names another release, then it is FROM that is named, once', () => {
    expect(sentenceOf(null, OS('trixie'), ON_DEBIAN)).toBe(
      "the image's base is not known; FROM names debian:12 (Dockerfile:1), but the image is trixie",
    )
    expect(sentenceOf(null, OS('bookworm'), ON_DEBIAN)).toBe(
      "the image's base is not known; FROM names debian:12 (Dockerfile:1)",
    )
    expect(sentenceOf('docker.io/library/debian:11', OS('trixie'), ON_DEBIAN)).toBe(
      'built on debian:11, according to its label, but the image is trixie; FROM names debian:12 (Dockerfile:1)',
    )
  })
})
