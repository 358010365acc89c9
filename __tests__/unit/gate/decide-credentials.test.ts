import { expect, test } from '@jest/globals'
import { decide } from '../../../src/gate/decide.js'
import type { CredentialRecords } from '../../../src/model/credentials/credential.js'
import { aLayer, anEvidence, aPolicy, aSource, aWhitelistEntry, TODAY } from '../../support/builders.js'
import { debian, statusOf } from '../checks/clair/builders.js'
import { archiveEvidence } from '../checks/security-updates/archive-evidence.js'

const BASE = `sha256:${'b'.repeat(64)}`
const OWN = `sha256:${'c'.repeat(64)}`
const FINGERPRINT = `SHA256:${'k'.repeat(43)}`

const withKey = (path: string): CredentialRecords => ({
  files: {
    [path]: [
      {
        found: [{ kind: 'private-key', what: 'RSA private key', fingerprint: FINGERPRINT, line: 1 }],
        isOfPackage: false,
        isReplaced: false,
      },
    ],
  },
  accounts: {},
  unread: { files: 0, bytes: 0 },
  cut: null,
})

const opened = debian({ 'var/lib/dpkg/status': statusOf([{ name: 'apt', version: '2.6.1' }]) })
const image = {
  ...opened,
  layers: [
    ...opened.layers.map((layer) => ({ ...layer, diffId: BASE, credentials: withKey('usr/share/base.pem') })),
    aLayer({ diffId: OWN, credentials: withKey('srv/app/own.pem') }),
  ],
}
const registryAnswer = (diffIds: readonly string[]) => ({
  ...{ reference: 'docker.io/library/debian:bookworm', reason: 'allowed', outcome: 'ok', detail: null },
  ...{ digest: null, manifest: null, created: null, diffIds },
})

/** Paths of blocking credentials. */
function blocking(checks: readonly ('security-updates' | 'docker-bench')[], ...entries: object[]): string[] {
  const archive = archiveEvidence({})
  const documents = {
    ...archive.documents,
    'base.json': JSON.stringify({ asked: [registryAnswer([BASE])], atHand: [] }),
  }
  const sources = [
    aSource({ name: 'debian-archive bookworm', fetchedAt: `${TODAY}T06:00:00Z`, date: `${TODAY}T05:00:00Z` }),
  ]
  const collected = {
    ...{ reference: 'app:1', image, problem: null, dockerfiles: [], platform: null, others: null },
    evidence: [
      { ...archive, documents, sources },
      anEvidence({ check: 'credentials', documents: {}, sources: [] }),
    ],
  }
  const policy = aPolicy(
    entries.map((entry) =>
      aWhitelistEntry({ check: 'credentials', id: 'private-key', package: null, ...entry }),
    ),
    { checks, allowedBases: 'official' },
  )
  const [judged] = decide([collected], policy, TODAY).images
  return (judged?.findings ?? []).flatMap((one) =>
    one.check === 'credentials' && one.blocks
      ? 'details' in one && 'paths' in one.details
        ? one.details.paths
        : []
      : [],
  )
}

test('when a layer is proven to be that of an official image, then what it has is not counted; else it is', () => {
  expect(blocking(['security-updates'])).toEqual(['srv/app/own.pem'])
  // Nobody asked a registry.
  expect(blocking(['docker-bench']).sort()).toEqual(['srv/app/own.pem', 'usr/share/base.pem'])
})

test('when an entry names the path, or a pattern and the fingerprint, then that credential is accepted, and no other', () => {
  expect(blocking(['security-updates'], { path: 'srv/app/own.pem' })).toEqual([])
  expect(blocking(['security-updates'], { path: 'srv/app/other.pem' })).toEqual(['srv/app/own.pem'])
  expect(blocking(['security-updates'], { path: 'srv/app/*', fingerprint: FINGERPRINT })).toEqual([])
  const other = `SHA256:${'x'.repeat(43)}`
  expect(blocking(['security-updates'], { path: 'srv/app/*', fingerprint: other })).toEqual([
    'srv/app/own.pem',
  ])
})

test('when the command that made a layer contains a token or a password, then the verdict shows the command without it', () => {
  const token = `npm_${'aB3'.repeat(12)}`
  const commands = [
    `|1 NPM_TOKEN=${token} /bin/sh -c npm ci`,
    `/bin/sh -c echo 'deb https://ada:Xk29dLqpW81@apt.example/debian trixie main' >/etc/apt/sources.list`,
  ]
  const collected = {
    ...{ reference: 'app:1', problem: null, dockerfiles: [], platform: null, others: null },
    image: {
      ...image,
      history: commands.map((createdBy) => ({ createdBy, comment: null, created: null, emptyLayer: false })),
    },
    evidence: [anEvidence({ check: 'credentials', documents: {}, sources: [] })],
  }
  const [judged] = decide([collected], aPolicy([], { checks: ['docker-bench'] }), TODAY).images
  expect(judged?.layers.map(({ createdBy }) => createdBy)).toEqual([
    '|1 NPM_TOKEN=*** /bin/sh -c npm ci',
    "/bin/sh -c echo 'deb ***apt.example/debian trixie main' >/etc/apt/sources.list",
  ])
})
