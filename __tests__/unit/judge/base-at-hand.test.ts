import { describe, expect, test } from '@jest/globals'
import type { DockerfileDocument } from '../../../src/dockerfile/choose.js'
import { chooseAtHand } from '../../../src/judge/base-at-hand.js'
import type { Beginning } from '../../../src/model/base-image.js'
import { DEFAULT_GATE } from '../../../src/policy/gate/thresholds.js'
import { aBase, aLayer, anImage } from '../../support/builders.js'

const DEBIAN = { name: 'docker.io/library/debian:12', layers: 1, grade: 'at-hand' } as const
const PLATFORM = { name: 'docker.io/acme/platform:1', layers: 2, grade: 'at-hand' } as const
const EARLIER = { name: 'docker.io/acme/shop-dev:latest', layers: 3, grade: 'at-hand' } as const

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

function chosen(
  beginnings: readonly Beginning[],
  documents: readonly DockerfileDocument[] = [],
  allowedBases: typeof DEFAULT_GATE.allowedBases = 'official',
) {
  const nearest = beginnings.at(-1)
  const base = aBase({
    name: nearest?.name ?? null,
    restsOn: 'at-hand',
    layers: nearest?.layers ?? 0,
    beginnings,
    proven: [],
  })
  const { name, layers } = chooseAtHand(base, image, documents, { ...DEFAULT_GATE, allowedBases })
  return { name, layers }
}
const only = ({ name, layers }: Beginning) => ({ name, layers })

describe('the base, where only the engine shows it', () => {
  test('when an earlier build has more layers, then the official image below it is the base', () => {
    expect(chosen([DEBIAN, EARLIER])).toEqual(only(DEBIAN))
  })

  test('when the Dockerfile is the image’s own, then it is what its FROM leaves room for', () => {
    const all = [DEBIAN, PLATFORM, EARLIER]
    expect(chosen(all, dockerfile(ON_PLATFORM))).toEqual(only(PLATFORM))
    expect(chosen(all, dockerfile(ON_DEBIAN))).toEqual(only(DEBIAN))
    expect(chosen(all, dockerfile('FROM acme/platform\nRUN other\n'))).toEqual(only(DEBIAN))
  })

  test('when two names are of the image of FROM, then that of a base is taken', () => {
    const other = { ...DEBIAN, name: 'docker.io/acme/copy:12' }
    expect(chosen([DEBIAN, other, EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(DEBIAN))
  })

  test('when the policy names a base, then the nearest of these and of official ones is taken', () => {
    expect(chosen([DEBIAN, PLATFORM, EARLIER], [], ['acme/platform'])).toEqual(only(PLATFORM))
  })

  test('when none is a base by its name, or FROM’s is not at hand, then nothing becomes unknown', () => {
    expect(chosen([PLATFORM, EARLIER])).toEqual(only(EARLIER))
    expect(chosen([EARLIER], dockerfile(ON_DEBIAN))).toEqual(only(EARLIER))
  })

  test('when history and layers do not fit each other, then the Dockerfile says nothing', () => {
    const odd = { ...image, layers: image.layers.slice(0, 3) }
    const base = aBase({ ...only(PLATFORM), restsOn: 'at-hand', beginnings: [DEBIAN, PLATFORM] })
    expect(chooseAtHand(base, odd, dockerfile(ON_PLATFORM), DEFAULT_GATE).name).toBe(DEBIAN.name)
  })

  test('when layers of a registry prove another, then that stays', () => {
    const base = aBase({ ...only(EARLIER), restsOn: 'layers', beginnings: [DEBIAN, EARLIER] })
    expect(chooseAtHand(base, image, dockerfile(ON_DEBIAN), DEFAULT_GATE)).toBe(base)
  })
})
