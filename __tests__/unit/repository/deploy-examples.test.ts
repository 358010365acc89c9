import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { VERIFIER_ID, VSA_TYPE } from '../../../src/reports/vsa.js'

const folder = mkdtempSync(join(tmpdir(), 'deploy-'))
afterAll(() => rmSync(folder, { recursive: true }))
const text = (name: string) => readFileSync(`examples/deploy/${name}`, 'utf8')

/** Stand-ins of the commands: what they were called with, and the exit code of `seaworthy`. */
function program(name: string, code: number): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >> "${folder}/log"\nexit ${code}\n`)
  chmodSync(join(folder, name), 0o755)
}

describe('the example that deploys', () => {
  const image = `ghcr.io/acme/app@sha256:${'a'.repeat(64)}`
  const deploy = (code: number, more = {}) => {
    program('seaworthy', code)
    program('docker', 0)
    writeFileSync(join(folder, 'log'), '')
    const env = { PATH: `${folder}:/usr/bin:/bin`, ...more }
    const { status } = spawnSync('sh', ['examples/deploy/deploy.sh', image], { env })
    return { status, log: readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') }
  }
  test('when the verdict lets it, then the very digest that was verified is deployed', () => {
    const { status, log } = deploy(0)
    expect(status).toBe(0)
    expect(log[0]).toContain(`seaworthy verify ${image} --identity https://github.com/acme/app/.github/`)
    expect(log.slice(1)).toEqual([`docker pull --quiet ${image}`, `docker run --detach --rm ${image}`])
  })
  test('when a public key is named, then it is asked for instead of the workflow', () => {
    const { log } = deploy(0, { KEY: 'verdict.pub' })
    expect(log[0]).toContain(`seaworthy verify ${image} --key verdict.pub --policy policies`)
    expect(log[0]).not.toContain('--identity')
  })
  test.each([1, 2])('when verify ends with %s, then nothing is deployed', (code) => {
    const { status, log } = deploy(code)
    expect([status, log.length]).toEqual([code, 1])
  })
})

/** What a policy in Rego asks, in this order. */
const CONDITIONS = [
  `input.predicateType == "${VSA_TYPE}"`,
  `input.predicate.verifier.id == "${VERIFIER_ID}"`,
  'input.predicate.verificationResult == "PASSED"',
  `input.predicate.policy.digest.sha256 == "${'0'.repeat(64)}"`,
  'time.now_ns() - time.parse_rfc3339_ns(input.predicate.timeVerified) <= 168 * 3600 * 1000000000',
]

function inOrder(lines: readonly string[]) {
  const patterns = lines.map((line) => line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return expect.stringMatching(new RegExp(patterns.join('[^]*')))
}

test('when cosign reads its policy, then type, result, policy and age are asked', () => {
  expect(text('verdict.rego')).toEqual(inOrder(['package signature', 'default allow = false', ...CONDITIONS]))
})

/** By hand-kept facts; the CRDs of Kyverno 1.19.1 and policy-controller 0.13.1 took both files when they were written. */
describe('the policies for clusters', () => {
  const subject = '^https://github\\.com/acme/app/\\.github/workflows/release\\.yml@refs/tags/v[0-9.]+$'
  const issuer = 'https://token.actions.githubusercontent.com'
  test('when Kyverno reads its own, then type, signer, result, policy and age are asked', () => {
    const args = [
      ['{{ verifier.id }}', 'Equals', VERIFIER_ID],
      ['{{ verificationResult }}', 'Equals', 'PASSED'],
      ['{{ policy.digest.sha256 }}', 'Equals', '0'.repeat(64)],
      [`{{ time_since('', timeVerified, '') }}`, 'LessThanOrEquals', '168h'],
    ].map(([key, operator, value]) => ({ key, operator, value }))
    const attestation = {
      type: VSA_TYPE,
      attestors: [{ entries: [{ keyless: { issuer, subjectRegExp: subject } }] }],
      conditions: [{ all: args }],
    }
    const images = {
      type: 'SigstoreBundle',
      failureAction: 'Enforce',
      mutateDigest: true,
      attestations: [attestation],
    }
    expect(load(text('kyverno.yml'))).toMatchObject({
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      spec: { webhookConfiguration: { failurePolicy: 'Fail' }, rules: [{ verifyImages: [images] }] },
    })
  })

  test('when policy-controller reads its own, then type, signer, result, policy and age are asked', () => {
    const rego = { type: 'rego', data: inOrder(['default isCompliant := false', ...CONDITIONS]) }
    const authority = {
      keyless: { identities: [{ issuer, subjectRegExp: subject }] },
      signatureFormat: 'bundle',
      attestations: [{ predicateType: VSA_TYPE, policy: rego }],
    }
    expect(load(text('policy-controller.yml'))).toMatchObject({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      spec: { authorities: [authority] },
    })
  })
})
