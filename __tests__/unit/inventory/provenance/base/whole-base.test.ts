import { describe, expect, test } from '@jest/globals'
import type { BaseClaims } from '../../../../../src/inventory/provenance/base/claims.js'
import { deduceBase } from '../../../../../src/inventory/provenance/base/deduce.js'
import {
  type BaseDocument,
  type RegistryAnswer,
  readBaseDocument,
} from '../../../../../src/inventory/provenance/base/document.js'
import { debianTags, questionsFor, REASONS } from '../../../../../src/inventory/provenance/base/questions.js'
import { parseReference } from '../../../../../src/model/image/reference.js'
import { aLayer, anEvidence, anImage } from '../../../../support/builders.js'

const [ROOT, MIDDLE, APP, OTHER] = ['a', 'b', 'c', 'd'].map((letter) => `sha256:${letter.repeat(64)}`) as [
  ...[string, string, string, string],
]
const DEBIAN = "# debian.sh --arch 'amd64' out/ 'bookworm' '@1749513600'"
const FULL = 'docker.io/library/debian:bookworm'
const SLIM = `${FULL}-slim`
const DATED = `${FULL}-20250610`
const ACME = 'ghcr.io/acme/base:12'

interface Parts {
  readonly layers?: readonly string[]
  readonly history?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly os?: string
  readonly answers?: readonly RegistryAnswer[]
  readonly atHand?: BaseDocument['atHand']
}

function deduced({
  layers = [ROOT, APP],
  history = [],
  labels = {},
  os = '',
  answers = [],
  atHand = [],
}: Parts) {
  const image = anImage({
    config: { config: { Labels: labels } },
    history: history.map((createdBy) => ({ createdBy, comment: null, created: null, emptyLayer: false })),
    layers: layers.map((diffId, at) => aLayer({ diffId, files: at === 0 ? { 'etc/os-release': os } : {} })),
  })
  return deduceBase(image, { asked: [...answers], atHand })
}

function answer(
  reference: string,
  reason: RegistryAnswer['reason'],
  diffIds: readonly string[],
  more: Partial<RegistryAnswer> = {},
): RegistryAnswer {
  const about = { outcome: 'ok', detail: null, digest: 'sha256:now', manifest: null, created: null }
  return { reference, reason, diffIds: [...diffIds], ...about, ...more }
}

const name = (text: string) => ({ 'org.opencontainers.image.base.name': text })
const NOTHING = {
  ...{ name: null, digest: null, restsOn: 'nothing', layers: 0, movedOn: null, tag: null },
  ...{ contradicted: false, claimed: null, proven: [], beginnings: [], unanswered: null },
}
const proven = (one: string, layers: number) => ({ name: one, layers, grade: 'proven' })

describe('the base of an image, as a whole', () => {
  test.each<[string, Parts, object]>([
    ['nothing is known', {}, NOTHING],
    ['it has no layers', { layers: [], answers: [answer(FULL, 'history', [ROOT])] }, NOTHING],
    [
      'the tag of its label has its layers',
      { labels: name(ACME), answers: [answer(ACME, 'label', [ROOT])] },
      {
        ...{ ...NOTHING, name: ACME, digest: 'sha256:now', restsOn: 'layers', layers: 1, movedOn: false },
        ...{ tag: ACME, claimed: ACME, proven: [ACME], beginnings: [proven(ACME, 1)] },
      },
    ],
    [
      'a registry has more of its layers under one name than under another',
      {
        layers: [ROOT, MIDDLE, APP],
        answers: [answer(FULL, 'history', [ROOT]), answer(ACME, 'allowed', [ROOT, MIDDLE])],
      },
      {
        ...{ ...NOTHING, name: ACME, digest: 'sha256:now', restsOn: 'layers', layers: 2, movedOn: false },
        ...{ tag: ACME, proven: [ACME], beginnings: [proven(FULL, 1), proven(ACME, 2)] },
      },
    ],
    [
      'two names have the same layers',
      { answers: [answer(SLIM, 'history', [ROOT]), answer(ACME, 'allowed', [ROOT])] },
      {
        ...{ ...NOTHING, name: SLIM, digest: 'sha256:now', restsOn: 'layers', layers: 1, movedOn: false },
        ...{ tag: SLIM, proven: [SLIM, ACME], beginnings: [proven(SLIM, 1), proven(ACME, 1)] },
      },
    ],
    [
      'a dated tag has its layers, and the tag of today was not answered',
      {
        history: [DEBIAN],
        answers: [answer(DATED, 'dated', [ROOT]), answer(FULL, 'history', [], { outcome: 'http-timeout' })],
      },
      {
        ...{ ...NOTHING, name: DATED, digest: 'sha256:now', restsOn: 'layers', layers: 1, movedOn: null },
        ...{ tag: FULL, proven: [DATED], beginnings: [proven(DATED, 1)] },
      },
    ],
    [
      'a dated tag has its layers, and the other tag of today was answered',
      { history: [DEBIAN], answers: [answer(DATED, 'dated', [ROOT]), answer(SLIM, 'history', [OTHER])] },
      {
        ...{ ...NOTHING, name: DATED, digest: 'sha256:now', restsOn: 'layers', layers: 1, movedOn: null },
        ...{ tag: FULL, proven: [DATED], beginnings: [proven(DATED, 1)] },
      },
    ],
    [
      'it is distroless',
      { os: 'PRETTY_NAME="Distroless"\nID=debian\nVERSION_ID="12"\n' },
      { ...NOTHING, name: 'gcr.io/distroless', restsOn: 'os-release' },
    ],
    [
      'its history names a release, and nobody was asked',
      { history: [DEBIAN] },
      { ...NOTHING, name: 'docker.io/library/debian', restsOn: 'history', tag: FULL },
    ],
    [
      'the registry has no such name',
      { history: [DEBIAN], answers: [answer(FULL, 'history', [], { outcome: 'registry-not-found' })] },
      { ...NOTHING, name: 'docker.io/library/debian', restsOn: 'history', tag: FULL },
    ],
    [
      'a registry failed without a reason',
      { answers: [answer(ACME, 'allowed', [], { outcome: 'registry-status' })] },
      { ...NOTHING, unanswered: `${ACME}: registry-status` },
    ],
    [
      'two images of the engine have its layers',
      {
        atHand: [
          { reference: FULL, diffIds: [ROOT] },
          { reference: ACME, diffIds: [ROOT, APP] },
        ],
      },
      {
        ...{ ...NOTHING, name: ACME, restsOn: 'at-hand', layers: 2 },
        beginnings: [
          { name: FULL, layers: 1, grade: 'at-hand' },
          { name: ACME, layers: 2, grade: 'at-hand' },
        ],
      },
    ],
    [
      'its label names what no registry answered for',
      {
        labels: name(ACME),
        answers: [answer(ACME, 'label', [], { outcome: 'registry-refused', detail: 'why' })],
      },
      {
        ...{ ...NOTHING, name: ACME, restsOn: 'label', claimed: ACME, unanswered: `${ACME}: why` },
      },
    ],
  ])('when %s, then that is what is known', (_, parts, base) => {
    expect(deduced(parts)).toEqual(base)
  })

  test.each([
    ['the manifest of today is the one of the label', { manifest: OTHER }, true],
    ['the digest of today is the one of the label', { digest: OTHER }, true],
    ['neither is', {}, false],
  ])(
    'when the tag of its label has other layers, and %s, then the label lies: %s',
    (_, more, contradicted) => {
      const labels = { ...name(ACME), 'org.opencontainers.image.base.digest': OTHER }
      const answers = [answer(ACME, 'label', [MIDDLE], more)]
      expect(deduced({ labels, answers }).contradicted).toBe(contradicted)
    },
  )

  test('when both tags of today have to be newer, then one that is not, or has no date, is not enough', () => {
    const movedOn = (...created: readonly (string | null)[]) => {
      const answers = created.map((day, at) => {
        return answer(at === 0 ? FULL : SLIM, 'history', [OTHER], { created: day })
      })
      return deduced({ history: [DEBIAN], answers }).movedOn
    }
    const [before, after] = ['2025-06-10T23:00:00Z', '2025-06-11T00:00:00Z']
    expect([movedOn(after, after), movedOn(after, before), movedOn(after, null), movedOn(after)]).toEqual([
      ...[true, null, null, null],
    ])
  })
})

describe('the questions', () => {
  const claims = (part: Partial<BaseClaims>): BaseClaims => ({
    ...{ label: null, debian: null, officialNames: [], distroless: null },
    ...part,
  })
  const questions = (
    part: Partial<BaseClaims>,
    allowed: readonly string[] = [],
    mirrors: readonly string[] = [],
  ) =>
    questionsFor(claims(part), allowed, mirrors).map((round) =>
      round.map(({ reference, reason }) => `${reason} ${reference}`),
    )

  test('when an image has a release without a day, then its two tags are asked for, at each mirror too', () => {
    const debian = { codename: 'bookworm', asOf: null }
    expect(
      questions({ debian, officialNames: ['docker.io/library/python:3'] }, [], ['mirror.example/library/']),
    ).toEqual([
      [
        ...[`history ${FULL}`, 'history mirror.example/library/debian:bookworm'],
        ...[`history ${SLIM}`, 'history mirror.example/library/debian:bookworm-slim'],
        ...['history docker.io/library/python:3', 'history mirror.example/library/python:3'],
      ],
    ])
    expect(debianTags(claims({}))).toEqual([])
  })

  test('when it is distroless, then each kind is', () => {
    expect(questions({ distroless: '12' })).toEqual([
      ['static', 'base', 'cc'].map((kind) => `history gcr.io/distroless/${kind}-debian12:latest`),
    ])
  })

  test('when a label has a tag, or a digest, then these are', () => {
    const label = (text: string, digest: string | null) => {
      const reference = parseReference(text)
      return { label: reference === null ? null : { reference, digest } }
    }
    expect(questions(label('acme/base:1', OTHER))).toEqual([
      ['label docker.io/acme/base:1'],
      [`label-digest docker.io/acme/base@${OTHER}`],
    ])
    expect(questions(label('acme/base:1', null))).toEqual([['label docker.io/acme/base:1']])
    expect(questions(label(`acme/base@${OTHER}`, OTHER))).toEqual([
      [`label-digest docker.io/acme/base@${OTHER}`],
    ])
  })

  test('when a policy names many bases, then the first eight without a wildcard are', () => {
    const allowed = ['acme/*', 'not a name', ...Array.from({ length: 9 }, (_, at) => `acme/b${at}:1`)]
    expect(questions({}, allowed)).toEqual([
      Array.from({ length: 8 }, (_, at) => `allowed docker.io/acme/b${at}:1`),
    ])
  })

  test.each(REASONS)('when evidence has an answer to the question "%s", then it is read', (reason) => {
    const document = { asked: [answer(FULL, reason, [ROOT])], atHand: [{ reference: FULL, diffIds: [ROOT] }] }
    const evidence = anEvidence({ documents: { 'base.json': JSON.stringify(document) } })
    expect(readBaseDocument(evidence)).toEqual(document)
  })
})

test('when questions were asked, then for one of these reasons', () => {
  expect(REASONS).toEqual(['label', 'label-digest', 'allowed', 'history', 'dated'])
})
