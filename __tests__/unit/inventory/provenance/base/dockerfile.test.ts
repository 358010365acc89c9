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
