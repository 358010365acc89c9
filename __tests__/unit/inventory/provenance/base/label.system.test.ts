import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { baseFindings } from '../../../../../src/inventory/provenance/base/allowed.js'
import { claimsOf } from '../../../../../src/inventory/provenance/base/claims.js'
import { deduceBase } from '../../../../../src/inventory/provenance/base/deduce.js'
import { withDockerfile } from '../../../../../src/inventory/provenance/base/dockerfile.js'
import { beginsWith, type RegistryAnswer } from '../../../../../src/inventory/provenance/base/document.js'
import { questionsFor } from '../../../../../src/inventory/provenance/base/questions.js'
import { ruleByKind } from '../../../../../src/judge/kind-rules.js'
import type { AllowedBases } from '../../../../../src/model/provenance/base-image.js'
import { DEFAULT_GATE } from '../../../../../src/policy/gate/thresholds.js'
import { aLayer, anImage, TODAY } from '../../../../support/builders.js'
import { runs } from '../../../../support/runs.js'

const DIGEST = `sha256:${'e'.repeat(64)}`
const DIFF_IDS = ['1', '2', '3', '4'].map((digit) => `sha256:${digit.repeat(64)}`)
const NAMES = [
  'docker.io/library/debian:bookworm',
  'docker.io/library/debian:bookworm-slim',
  'docker.io/library/python:3.12.4-bookworm',
  'gcr.io/distroless/base-debian12:latest',
  'ghcr.io/acme/base:12',
]
const LABELS = [...NAMES, 'docker.io/library/debian:trixie', 'ghcr.io/acme/none:1']
const HISTORY = ["# debian.sh --arch 'amd64' out/ 'bookworm' '@1749513600'", 'ENV PYTHON_VERSION=3.12.4']
const FILES = [
  '',
  'ID=debian\nVERSION_CODENAME=bookworm\n',
  'ID=debian\nVERSION_CODENAME=trixie\n',
  'PRETTY_NAME="Distroless"\nID=debian\nVERSION_ID="12"\n',
]
const ALLOWED: readonly AllowedBases[] = [
  'official',
  'any',
  ['debian:*'],
  ['debian:bookworm', 'python:*'],
  ['ghcr.io/acme/base:12'],
]

const layers = fc.integer({ min: 0, max: DIFF_IDS.length }).map((count) => DIFF_IDS.slice(0, count))
/** What a name stands for in a registry; `null`: it has none. */
const stored = fc.option(fc.oneof(layers, fc.constant([DIGEST])))
const situation = fc.record({
  os: fc.constantFrom(...FILES),
  history: fc.constantFrom(...[0, 1, 2].map((count) => HISTORY.slice(0, count))),
  // Often nothing is shown: then only what the image says of itself decides.
  registry: fc
    .oneof(fc.constant([]), fc.tuple(...NAMES.map(() => stored)))
    .map((all) => new Map(NAMES.map((name, at) => [name, all[at]]))),
  engine: fc.oneof(fc.constant([]), fc.tuple(...NAMES.map(() => layers))),
  allowedBases: fc.constantFrom(...ALLOWED),
})
type Situation = typeof situation extends fc.Arbitrary<infer One> ? One : never

/** The base of an image with these labels, and whether anything about it blocks. */
function judged(
  { os, history, registry, engine, allowedBases }: Situation,
  labels: Readonly<Record<string, string>>,
) {
  const gate = { ...DEFAULT_GATE, allowedBases }
  const image = anImage({
    config: { config: { Labels: labels } },
    history: history.map((createdBy) => ({ createdBy, comment: null, created: null, emptyLayer: false })),
    layers: DIFF_IDS.map((diffId, at) => aLayer({ diffId, files: at === 0 ? { 'etc/os-release': os } : {} })),
  })
  const patterns = typeof allowedBases === 'string' ? [] : allowedBases
  const answers = questionsFor(claimsOf(image), patterns)
    .flat()
    .map((question): RegistryAnswer => {
      const diffIds = registry.get(question.reference.replace(`@${DIGEST}`, ':12')) ?? null
      const about = { detail: null, digest: null, manifest: null, created: null }
      const outcome = diffIds === null ? 'registry-not-found' : 'ok'
      return { ...question, ...about, outcome, diffIds: [...(diffIds ?? [])] }
    })
  const atHand = NAMES.map((reference, at) => ({ reference, diffIds: engine[at] ?? [] }))
  const base = withDockerfile(deduceBase(image, { asked: answers, atHand }), image, [], gate)
  const { restsOn, contradicted, layers: count, beginnings } = base
  return {
    blocks: baseFindings(base, gate).some((one) => ruleByKind(one, gate, null, TODAY).blocks),
    /** How many layers have the thresholds of the base. */
    ofBase: restsOn === 'layers' && !contradicted ? count : 0,
    beginnings,
  }
}

test('when a label names a base, and no registry proves it, then nothing is milder than without the label', () => {
  fc.assert(
    fc.property(situation, fc.constantFrom(...LABELS), fc.boolean(), (one, name, hasDigest) => {
      fc.pre(!beginsWith(DIFF_IDS, one.registry.get(name) ?? []))
      const labels = {
        'org.opencontainers.image.base.name': name,
        ...(hasDigest && { 'org.opencontainers.image.base.digest': DIGEST }),
      }
      const [without, withLabel] = [judged(one, {}), judged(one, labels)]
      expect(withLabel.blocks || !without.blocks).toBe(true)
      expect(withLabel.ofBase).toBeLessThanOrEqual(without.ofBase)
      expect(withLabel.beginnings).toEqual(without.beginnings)
    }),
    runs(4000),
  )
})
