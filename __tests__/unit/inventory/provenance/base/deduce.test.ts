import { describe, expect, test } from '@jest/globals'
import { baseFindings } from '../../../../../src/inventory/provenance/base/allowed.js'
import { claimsOf } from '../../../../../src/inventory/provenance/base/claims.js'
import { deduceBase } from '../../../../../src/inventory/provenance/base/deduce.js'
import {
  type BaseDocument,
  type RegistryAnswer,
  readBaseDocument,
} from '../../../../../src/inventory/provenance/base/document.js'
import { floatingTag, questionsFor } from '../../../../../src/inventory/provenance/base/questions.js'
import type { Image } from '../../../../../src/model/image/image.js'
import { baseSentence } from '../../../../../src/model/provenance/base-image.js'
import { aLayer, anEvidence, anImage } from '../../../../support/builders.js'

/** What registries said, and what the engine has. */
const deduce = (of: Image, answers: readonly RegistryAnswer[], atHand: BaseDocument['atHand'] = []) =>
  deduceBase(of, { asked: [...answers], atHand })

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const [ROOT, NEW_ROOT, PYTHON, APP, OTHER] = ['a', 'b', 'c', 'd', 'e'].map(digest) as [
  string,
  string,
  string,
  string,
  string,
]

const OS =
  'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n'
// Lines of public images, as docker-library/repo-info lists them.
const DEBUERREOTYPE = "# debian.sh --arch 'amd64' out/ 'bookworm' '@1749513600'"
const ROOT_FILE = `/bin/sh -c #(nop) ADD file:${'9'.repeat(64)} in / `
const SHELL = '/bin/sh -c #(nop)  CMD ["bash"]'

interface Parts {
  readonly layers?: readonly string[]
  readonly labels?: Readonly<Record<string, unknown>>
  readonly history?: readonly string[]
  readonly os?: string
}
function image({ layers = [ROOT, APP], labels = {}, history = [], os = OS }: Parts = {}): Image {
  return anImage({
    config: { config: { Labels: labels } },
    history: history.map((createdBy) => ({ createdBy, comment: null, created: null, emptyLayer: false })),
    layers: layers.map((diffId, at) => aLayer({ diffId, files: at === 0 ? { 'etc/os-release': os } : {} })),
  })
}
const label = (name: string, of?: string) => ({
  'org.opencontainers.image.base.name': name,
  ...(of === undefined ? {} : { 'org.opencontainers.image.base.digest': of }),
})
function ok(
  reference: string,
  reason: RegistryAnswer['reason'],
  diffIds: readonly string[],
  more: Partial<RegistryAnswer> = {},
): RegistryAnswer {
  const found = { digest: OTHER, manifest: null, created: '2025-06-10T00:00:00Z' }
  return { reference, reason, outcome: 'ok', detail: null, diffIds: [...diffIds], ...found, ...more }
}
const failed = (reference: string, reason: RegistryAnswer['reason'], outcome: string): RegistryAnswer =>
  ok(reference, reason, [], { outcome, detail: 'why not', digest: null, created: null })

const SLIM = 'docker.io/library/debian:bookworm-slim'
const FULL = 'docker.io/library/debian:bookworm'
const DATED = 'docker.io/library/debian:bookworm-20250610-slim'
const ACME = 'ghcr.io/acme/base:12'

describe('what an image says of its base', () => {
  test.each([
    ['debuerreotype', [DEBUERREOTYPE], { codename: 'bookworm', asOf: '2025-06-10' }],
    ['one file and a shell', [ROOT_FILE, SHELL], { codename: 'bookworm', asOf: null }],
    ['one file and no shell', [ROOT_FILE, 'CMD ["/app"]'], null],
    ['a file into a folder', [ROOT_FILE.replace(' in / ', ' in /srv '), SHELL], null],
    ['an import', ['Imported from -'], null],
    ['a line made to look like it', [`RUN echo ${DEBUERREOTYPE}`], null],
    ['none', [], null],
  ])('when history begins with %s, then that is read', (_, history, debian) => {
    expect(claimsOf(image({ history })).debian).toEqual(debian)
  })

  test('when the root came as one file and os-release is not Debian’s, then it is not Debian’s image', () => {
    expect(claimsOf(image({ history: [ROOT_FILE, SHELL], os: 'ID=ubuntu\n' })).debian).toBeNull()
  })

  test.each([
    ['ENV PYTHON_VERSION=3.12.4', ['python:3.12.4-slim-bookworm', 'python:3.12.4-bookworm']],
    ['/bin/sh -c #(nop)  ENV NODE_VERSION=22.3.0', ['node:22.3.0-bookworm-slim', 'node:22.3.0-bookworm']],
    ['ENV GOLANG_VERSION=1.22.4', ['golang:1.22.4-bookworm']],
    ['ENV NGINX_VERSION=1.29.3', ['nginx:1.29.3-bookworm', 'nginx:1.29.3']],
    ['ENV PG_VERSION=17.6-2.pgdg12+1', ['postgres:17.6-bookworm', 'postgres:17.6']],
    ['ENV PG_VERSION=18~beta1-1.pgdg12+1', []],
    ['ENV PYTHON_VERSION=../../x', []],
    ['ENV constructor_VERSION=1', []],
  ])('when a later line is %s, then these names are looked up too', (line, names) => {
    const claims = claimsOf(image({ history: [DEBUERREOTYPE, line] }))
    expect(claims.officialNames).toEqual(names.map((name) => `docker.io/library/${name}`))
  })

  test.each([
    [
      'of the OCI specification',
      label('python:3-slim', digest('f')),
      'docker.io/library/python:3-slim',
      digest('f'),
    ],
    [
      'with the digest in the name',
      label(`debian@${digest('f')}`),
      `docker.io/library/debian@${digest('f')}`,
      digest('f'),
    ],
    ['with a digest that is none', label('debian:12', 'latest'), 'docker.io/library/debian:12', null],
    [
      'of buildpacks',
      { 'io.buildpacks.lifecycle.metadata': '{"stack":{"runImage":{"image":"paketobuildpacks/run:base"}}}' },
      'docker.io/paketobuildpacks/run:base',
      null,
    ],
  ])('when there is a label %s, then it is read', (_, labels, name, of) => {
    const base = deduce(image({ labels }), [])
    expect(base).toMatchObject({ name, claimed: name, digest: of, restsOn: 'label', movedOn: null })
  })

  test.each([
    ['markup', label('<img src=x>')],
    ['a URL', label('https://evil.example/x')],
    ['an object', { 'org.opencontainers.image.base.name': { a: 1 } }],
    ['broken metadata', { 'io.buildpacks.lifecycle.metadata': '{' }],
    ['null as metadata', { 'io.buildpacks.lifecycle.metadata': 'null' }],
  ])('when the label is %s, then it says nothing', (_, labels) => {
    expect(claimsOf(image({ labels })).label).toBeNull()
  })

  test('when the config has no labels at all, then there is no claim', () => {
    for (const config of [{}, { config: null }, { config: { Labels: null } }]) {
      expect(claimsOf({ ...image(), config }).label).toBeNull()
    }
  })
})

describe('which names are looked up', () => {
  test('when there is a label with a digest, then its tag, its digest, and only then what history says', () => {
    const claims = claimsOf(
      image({ labels: label('ghcr.io/acme/base:12', digest('f')), history: [DEBUERREOTYPE] }),
    )
    expect(
      questionsFor(claims, ['debian:*', 'ghcr.io/acme/other:1']).map((round) =>
        round.map((one) => one.reference),
      ),
    ).toEqual([
      [ACME, 'ghcr.io/acme/other:1'],
      [`ghcr.io/acme/base@${digest('f')}`],
      [FULL, SLIM],
      ['docker.io/library/debian:bookworm-20250610', DATED],
    ])
  })

  test('when nothing is said, then nothing is asked', () => {
    expect(questionsFor(claimsOf(image()), [])).toEqual([])
  })

  test('when it is distroless, then its images are looked up', () => {
    const os = 'PRETTY_NAME="Distroless"\nID="debian"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n'
    const [round = []] = questionsFor(claimsOf(image({ os })), [])
    expect(round.map(({ reference }) => reference)).toContain('gcr.io/distroless/static-debian12:latest')
  })

  test('when a tag is dated, then the tag that it was is known', () => {
    expect([DATED, 'docker.io/library/debian:bookworm-20250610'].map(floatingTag)).toEqual([SLIM, FULL])
  })
})

describe('what it is built on', () => {
  test('when the tag of the label has the first layers, then they prove it, and it has not moved on', () => {
    const base = deduce(image({ labels: label(ACME) }), [ok(ACME, 'label', [ROOT])])
    expect(base).toMatchObject({
      name: ACME,
      restsOn: 'layers',
      layers: 1,
      movedOn: false,
      proven: [ACME],
      digest: OTHER,
    })
  })

  test('when the digest of the label has them and the tag has others, then it has moved on', () => {
    const base = deduce(image({ labels: label(ACME, digest('f')) }), [
      ok(ACME, 'label', [NEW_ROOT]),
      ok(`ghcr.io/acme/base@${digest('f')}`, 'label-digest', [ROOT]),
    ])
    expect(base).toMatchObject({ name: ACME, restsOn: 'layers', movedOn: true, tag: ACME, proven: [ACME] })
  })

  test('when the digest of the label has other layers, then the label is contradicted, whatever else fits', () => {
    const answers = [
      ok(ACME, 'label', [NEW_ROOT]),
      ok(`${ACME}@x`, 'label-digest', [OTHER]),
      ok(SLIM, 'history', [ROOT]),
    ]
    const base = deduce(image({ labels: label(ACME, digest('f')), history: [DEBUERREOTYPE] }), answers)
    expect(base).toMatchObject({ name: SLIM, restsOn: 'layers', contradicted: true, claimed: ACME })
    expect(baseSentence(base)).toContain(
      "its label names the base ghcr.io/acme/base:12, but the image does not have that base's layers",
    )
  })

  test('when the tag still has the digest of the label and other layers, then the label lies', () => {
    const base = deduce(image({ labels: label(ACME, OTHER) }), [ok(ACME, 'label', [NEW_ROOT])])
    expect(base).toMatchObject({
      name: null,
      restsOn: 'nothing',
      layers: 0,
      contradicted: true,
      movedOn: null,
    })
  })

  test('when the label has no digest and its tag has other layers, then its word is all there is', () => {
    const base = deduce(image({ labels: label(ACME) }), [ok(ACME, 'label', [NEW_ROOT])])
    expect(base).toMatchObject({
      name: ACME,
      restsOn: 'label',
      movedOn: true,
      proven: [],
      contradicted: false,
    })
  })

  test('when a tag of the day has the layers and the tag of now has not, then it has moved on', () => {
    const answers = [
      ok(FULL, 'history', [OTHER]),
      ok(SLIM, 'history', [NEW_ROOT]),
      failed('docker.io/library/debian:bookworm-20250610', 'dated', 'registry-not-found'),
      ok(DATED, 'dated', [ROOT]),
    ]
    const base = deduce(image({ history: [DEBUERREOTYPE] }), answers)
    expect(base).toMatchObject({ name: DATED, restsOn: 'layers', movedOn: true, tag: SLIM, proven: [DATED] })
    expect(baseSentence(base)).toBe(
      'built on debian:bookworm-20250610-slim: the image begins with the layers that the registry has for it (later layers may hide their files); the tag debian:bookworm-slim has moved on',
    )
  })

  test('when two names have the layers, then the one with more of them is the base', () => {
    const python = 'docker.io/library/python:3.12.4-slim-bookworm'
    const answers = [ok(SLIM, 'history', [ROOT]), ok(python, 'history', [ROOT, PYTHON])]
    const history = [DEBUERREOTYPE, 'ENV PYTHON_VERSION=3.12.4']
    const base = deduce(image({ layers: [ROOT, PYTHON, APP], history }), answers)
    expect(base).toMatchObject({ name: python, proven: [python], movedOn: false })
  })

  test.each([
    ['longer than the image', [ROOT, APP, OTHER]],
    ['in another order', [APP, ROOT]],
    ['none', []],
    ['later ones', [APP]],
  ])('when the layers of a name are %s, then they prove nothing', (_, diffIds) => {
    const base = deduce(image({ history: [DEBUERREOTYPE] }), [ok(SLIM, 'history', diffIds)])
    expect(base).toMatchObject({ restsOn: 'history', proven: [], name: 'docker.io/library/debian' })
  })

  test('when only history speaks and both tags are newer, then they have moved on, by its word', () => {
    const newer = { created: '2026-11-17T00:00:00Z' }
    const answers = [ok(FULL, 'history', [OTHER], newer), ok(SLIM, 'history', [NEW_ROOT], newer)]
    const base = deduce(image({ history: [DEBUERREOTYPE] }), answers)
    expect(base).toMatchObject({ restsOn: 'history', movedOn: true })
    const one = deduce(image({ history: [DEBUERREOTYPE] }), answers.slice(0, 1))
    expect(one).toMatchObject({ restsOn: 'history', movedOn: null })
    const same = answers.map((each) => ({ ...each, created: '2025-06-10T00:00:00Z' }))
    expect(deduce(image({ history: [DEBUERREOTYPE] }), same)).toMatchObject({ movedOn: null })
  })

  test('when the registry said nothing, then neither do we, and the reason is reported', () => {
    const answers = [failed(FULL, 'history', 'registry-status'), failed(SLIM, 'history', 'http-timeout')]
    const base = deduce(image({ history: [DEBUERREOTYPE] }), answers)
    expect(base).toMatchObject({
      restsOn: 'history',
      movedOn: null,
      proven: [],
      unanswered: `${FULL}: why not`,
    })
    expect(deduce(image(), [])).toMatchObject({
      name: null,
      restsOn: 'nothing',
      movedOn: null,
      unanswered: null,
    })
  })

  test('when the registry of the label was not asked, then the base has its name, unless layers prove one', () => {
    const labels = label('registry.example/base:1', OTHER)
    const answers = [failed('registry.example/base:1', 'label', 'registry-stranger')]
    expect(deduce(image({ labels }), answers).stranger).toBe('registry.example/base:1')
    const refused = [failed('registry.example/base:1', 'label', 'registry-refused')]
    for (const base of [deduce(image({ labels }), refused), deduce(image(), [ok(SLIM, 'allowed', [ROOT])])]) {
      expect(base).not.toHaveProperty('stranger')
    }
  })

  test('when an allowed name fits under a label that is not proven, then both are reported', () => {
    const base = deduce(image({ labels: label('ghcr.io/acme/app:1') }), [
      failed('ghcr.io/acme/app:1', 'label', 'registry-refused'),
      ok(SLIM, 'allowed', [ROOT]),
    ])
    expect(base).toMatchObject({
      name: 'ghcr.io/acme/app:1',
      restsOn: 'label',
      proven: [SLIM],
      movedOn: null,
    })
    expect(baseSentence(base)).toContain('the image begins with the layers of debian:bookworm-slim')
  })
})

describe('a label of an image whose os-release is distroless', () => {
  const DISTROLESS = 'PRETTY_NAME="Distroless"\nID=debian\nVERSION_ID="12"\n'

  test('when nothing confirms it, then os-release is not forgotten, and blocks as without the label', () => {
    const base = deduce(image({ labels: label('debian:bookworm'), os: DISTROLESS }), [])
    expect(base).toMatchObject({ name: FULL, restsOn: 'label', osRelease: 'gcr.io/distroless' })
    expect(baseSentence(base)).toBe(
      'built on debian:bookworm, according to its label; its os-release file is that of gcr.io/distroless',
    )
    const gate = { allowedBases: 'official', officialMirrors: [] } as const
    const without = deduce(image({ os: DISTROLESS }), [])
    for (const one of [base, without]) {
      expect(baseFindings(one, gate)).toMatchObject([
        { id: 'unofficial-base', details: { base: 'gcr.io/distroless' } },
      ])
    }
  })

  test('when a registry proves it, or os-release is not that, then there is nothing to remember', () => {
    const labels = label('debian:bookworm')
    expect(deduce(image({ labels, os: DISTROLESS }), [ok(FULL, 'label', [ROOT])])).not.toHaveProperty(
      'osRelease',
    )
    expect(deduce(image({ labels }), [])).not.toHaveProperty('osRelease')
    expect(deduce(image({ os: DISTROLESS }), [])).not.toHaveProperty('osRelease')
  })
})

describe('images of the engine', () => {
  const atHand = (reference: string, ...diffIds: string[]) => ({ reference, diffIds })

  test('when the image begins with the layers of one, then that is at hand, not proven', () => {
    const base = deduce(
      image({ layers: [ROOT, PYTHON, APP] }),
      [],
      [atHand(FULL, ROOT), atHand(ACME, ROOT, PYTHON)],
    )
    expect(base).toMatchObject({ name: ACME, restsOn: 'at-hand', layers: 2, proven: [], digest: null })
    expect(base.beginnings).toEqual([
      { name: FULL, layers: 1, grade: 'at-hand' },
      { name: ACME, layers: 2, grade: 'at-hand' },
    ])
    expect(baseSentence(base)).toBe(
      "built on ghcr.io/acme/base:12 (at hand, not proven): the image begins with the layers of the engine's image of that name; the image begins with the layers of debian:bookworm (at hand, not proven)",
    )
  })

  test('when it does not begin with them, or has fewer layers, then it is not at hand', () => {
    const inEngine = [atHand(FULL, NEW_ROOT), atHand(ACME, ROOT, APP, OTHER), atHand('docker.io/acme/none:1')]
    expect(deduce(image(), [], inEngine)).toMatchObject({ name: null, restsOn: 'nothing', beginnings: [] })
  })

  test('when a registry has proven it, then it is not at hand only', () => {
    const base = deduce(
      image({ history: [DEBUERREOTYPE] }),
      [ok(FULL, 'history', [ROOT])],
      [atHand(FULL, ROOT)],
    )
    expect(base).toMatchObject({ name: FULL, restsOn: 'layers', proven: [FULL] })
    expect(base.beginnings).toEqual([{ name: FULL, layers: 1, grade: 'proven' }])
  })

  test('when a label names the base, then what lies below it is reported next to it', () => {
    const labels = label(ACME)
    const base = deduce(image({ labels }), [ok(ACME, 'label', [ROOT, APP])], [atHand(FULL, ROOT)])
    expect(base).toMatchObject({ name: ACME, restsOn: 'layers' })
    expect(base.beginnings.map(({ name, grade }) => [name, grade])).toEqual([
      [FULL, 'at-hand'],
      [ACME, 'proven'],
    ])
    expect(baseSentence(base)).toContain(
      'the image begins with the layers of debian:bookworm (at hand, not proven)',
    )
  })
})

describe('base.json', () => {
  test('when it is not there, then nothing was asked', () => {
    expect(readBaseDocument(anEvidence({ documents: {} }))).toEqual({ asked: [], atHand: [] })
  })

  test.each(['', '{', '[]', '{"asked":[{}]}', '{"asked":[{"reference":"x","reason":"other"}]}'])(
    'when it is %j, then the evidence is damaged',
    (text) => {
      expect(() => readBaseDocument(anEvidence({ documents: { 'base.json': text } }))).toThrow(
        'base.json is not',
      )
    },
  )
})
