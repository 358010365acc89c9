import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type HasTag, withBaseTag } from '../../../src/checks/base-tag.js'
import { judgeApplications } from '../../../src/checks/clair/applications/judge.js'
import { NO_RATINGS } from '../../../src/feeds/formats/documents.js'
import { ENDS } from '../../../src/feeds/formats/ends.js'
import { withTag } from '../../../src/inventory/provenance/base/tag.js'
import { dockerLogins } from '../../../src/io/registry/login.js'
import { hasTag } from '../../../src/io/registry/registry.js'
import { tagActions } from '../../../src/judge/tasks/program-actions.js'
import type { Evidence } from '../../../src/model/evidence.js'
import type { Image } from '../../../src/model/image/image.js'
import { renderJson } from '../../../src/reports/json/json.js'
import { readUntrustedReport } from '../../../src/reports/json/untrusted.js'
import {
  aLayer,
  anEvidence,
  anImage,
  anImageVerdict,
  aRuledApplication,
  aVerdict,
  someApplications,
} from '../../support/builders.js'
import {
  aDiffId,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  put,
  type Shelf,
  serve,
} from '../../support/fake-registry.js'
import { advisoriesOf } from '../../support/osv/advisories.js'

const [ROOT, APP] = [aDiffId('root'), aDiffId('app')]
const ask: HasTag = (reference) =>
  hasTag(reference, { logins: dockerLogins(), signal: new AbortController().signal, timeoutMs: 30_000 })

let shelf: Shelf
let registry: FakeRegistry
let folder: string
let requests: string[]
let refuses = false
const saved = { ...process.env }
beforeEach(async () => {
  shelf = emptyShelf()
  requests = []
  refuses = false
  registry = await fakeRegistry((request, response) => {
    requests.push(`${request.method} ${request.path}`)
    return refuses ? response.writeHead(503).end() : serve(shelf, request, response)
  })
  folder = mkdtempSync(join(tmpdir(), 'sw-base-tag-'))
  process.env.DOCKER_CONFIG = folder
})
afterEach(async () => {
  await registry.close()
  process.env = { ...saved }
  rmSync(folder, { recursive: true })
})

interface Case {
  /** Repository and tag of the base. */
  readonly base?: string
  readonly version?: string
  /** The layer that the program is in. */
  readonly layer?: string
  readonly isProven?: boolean
}

function imageOf({ version = '18.16.0', layer = ROOT }: Case): Image {
  const output = { kind: 'program', name: 'node', version, inside: null } as const
  const files = { 'usr/local/bin/node': { md5: null, says: [output] } }
  const layers = [ROOT, APP].map((diffId) =>
    aLayer({ diffId, applications: someApplications(diffId === layer ? { files } : {}) }),
  )
  return anImage({ layers, history: [] })
}

async function evidenceOf(
  one: Case,
): Promise<{ readonly image: Image; readonly evidence: readonly Evidence[] }> {
  const { base = 'library/node:18-bookworm-slim', isProven = true } = one
  const requests = {
    reference: `${registry.host}/${base}`,
    reason: 'history',
    outcome: 'ok',
    detail: null,
    digest: aDiffId('index'),
    manifest: aDiffId('manifest'),
    diffIds: [isProven ? ROOT : APP],
    created: null,
  }
  const archive = anEvidence({
    check: 'security-updates',
    documents: { 'base.json': JSON.stringify({ asked: [requests], atHand: [] }) },
  })
  const clair = anEvidence({
    check: 'clair',
    documents: {
      ...advisoriesOf({ Bitnami: ['nginx', 'node'] }),
      [ENDS]: '2026-08-22\nnode 20:2026-04-30:20.20.2 18:2025-04-30:18.20.8\n',
    },
  })
  const image = imageOf(one)
  return { image, evidence: await withBaseTag([archive, clair], image, ask) }
}

/** What is asked, and what is found. */
async function outcomeOf(one: Case = {}): Promise<unknown> {
  const { evidence } = await evidenceOf(one)
  const text = evidence[0]?.documents['base-tag.json']
  return text === undefined ? null : JSON.parse(text)
}

describe('the tag of the base with the fixed version of its program', () => {
  test('when the registry has it, then it is asked for once, and the task names it', async () => {
    put(shelf, '18.20.8-bookworm-slim', [ROOT])
    const { image, evidence } = await evidenceOf({})
    expect(requests).toEqual(['HEAD /v2/library/node/manifests/18.20.8-bookworm-slim'])
    const known = { installed: [], foreign: [] }
    const output = judgeApplications(evidence[1]?.documents ?? {}, image, known, NO_RATINGS)
    const tagged = withTag(output, evidence[0])?.findings ?? []
    for (const other of [{ package: 'program/other' }, { version: '18.16.1' }, { fixedVersion: null }]) {
      const findings = tagged.slice(0, 1).map(({ baseTag: _, ...one }) => ({ ...one, ...other }))
      expect(withTag({ findings } as never, evidence[0])).toEqual({ findings })
    }
    expect(tagged[0]?.baseTag).toEqual({
      from: `${registry.host}/library/node:18-bookworm-slim`,
      to: `${registry.host}/library/node:18.20.8-bookworm-slim`,
    })
    const blocking = tagged.filter(({ agreement }) => agreement !== 'refuted')
    const ruled = blocking.map((finding) => ({ ...finding, settles: '18.20.8', line: null, policy: null }))
    expect(tagActions(ruled as never).map(({ title, why }) => [title, why])).toEqual([
      [
        `Change FROM ${registry.host}/library/node:18-bookworm-slim to ${registry.host}/library/node:18.20.8-bookworm-slim`,
        expect.stringMatching(/^program\/node 18\.16\.0 → 18\.20\.8; fixes 1 .* of this program$/),
      ],
    ])
    const verdict = aVerdict({
      images: [anImageVerdict({ findings: blocking.map((one) => aRuledApplication(one)) })],
    })
    const read = readUntrustedReport(renderJson(verdict, { name: 'seaworthy', version: '1' }), 'report.json')
    expect(read.images[0]?.findings).toMatchObject(blocking.map(({ baseTag }) => ({ baseTag })))
  })

  test('when the registry does not have it, or does not answer, then the version is named without one', async () => {
    expect(await outcomeOf()).toMatchObject({ version: '18.16.0', outcome: 'registry-not-found' })
    refuses = true
    expect(await outcomeOf()).toMatchObject({ outcome: 'registry-status' })
    const { evidence } = await evidenceOf({})
    const finding = { package: 'program/node', version: '18.16.0', fixedVersion: '18.16.1' }
    const output = { findings: [finding] } as never
    expect(withTag(output, evidence[0])).toEqual(output)
  })

  test.each<[string, Case]>([
    ['nothing proves the base', { isProven: false }],
    ['the program is not in the layers of the base', { layer: APP }],
    ['nothing is known about its version', { version: '22.99.0' }],
    ['the tag states no version', { base: 'library/node:lts-bookworm-slim' }],
    ['the tag states the version of something else', { base: 'library/node:12-bookworm-slim' }],
    ['the base is for another program', { base: 'library/python:18-bookworm' }],
    ['nobody knows what the base is for', { base: 'acme/base:18' }],
  ])('when %s, then nobody is asked', async (_, one) => {
    expect(await outcomeOf(one)).toBeNull()
    expect(requests).toEqual([])
  })
})
