import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, load } from 'js-yaml'
import { newFolder, ROOT, seaworthy } from '../../live/support.js'

/** What a verifier is to say about one image. */
export interface VerifierQuery {
  /** By digest. */
  readonly image: string
  /** The DSSE envelope that is about it; `null`: nobody has signed any. */
  readonly envelope: string | null
  readonly publicFile: string
  /** The policy that must have been used: 64 hexadecimal digits, and its folder. */
  readonly policy: string
  readonly policies: string
  readonly resourceUri: string
}

export interface Answer {
  readonly isAccepted: boolean
  readonly text: string
}

/** In this order in docs/attested-verdicts.md. */
export const CASE_NAMES = [
  ...['right', 'another digest', 'FAILED', 'too old', 'another policy', 'another signer', 'altered', 'none'],
  ...['renewed', 'revoked'],
] as const
export type CaseName = (typeof CASE_NAMES)[number]

export interface OtherVerifier {
  readonly name: string
  /** Names its program; `null`: our own. */
  readonly variable: string | null
  /** It chooses by the type in a list, for which go-containerregistry's server takes a config's instead of an artifact's. */
  readonly choosesByType?: true
  readonly ask: (query: VerifierQuery) => Promise<Answer>
  /** What it accepts; a pattern: why it refuses. */
  readonly expected: Readonly<Record<CaseName, 'accepts' | RegExp>>
}

const VSA = 'https://slsa.dev/verification_summary/v1'
const NO_POLICY = '0'.repeat(64)

function run(variable: string, args: readonly string[]): Answer {
  const program = process.env[variable]
  if (program === undefined) {
    throw new Error(`${variable} is not set: script/setup verifiers builds it`)
  }
  const home = newFolder()
  const env = { PATH: process.env.PATH, HOME: home, DOCKER_CONFIG: home, TUF_ROOT: home }
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    env,
    encoding: 'utf8',
    timeout: 120_000,
  })
  if (error !== undefined) {
    throw error
  }
  return { isAccepted: status === 0, text: `${stdout}${stderr}` }
}

/** A file of examples/deploy for this case: only what every user has to change is changed. */
function example(name: string, change: (text: string) => string): string {
  const file = join(newFolder(), name)
  writeFileSync(file, change(readFileSync(join(ROOT, 'examples/deploy', name), 'utf8')))
  return file
}

const seaworthyVerify: OtherVerifier = {
  name: 'seaworthy verify',
  variable: null,
  async ask({ image, publicFile, policies }) {
    const ran = await seaworthy(['verify', image, '--key', publicFile, '--policy', policies], {
      DOCKER_CONFIG: newFolder(),
    })
    return { isAccepted: ran.code === 0, text: ran.stdout + ran.stderr }
  },
  expected: {
    right: 'accepts',
    'another digest': /it is for a different image/,
    FAILED: /result +refused/,
    'too old': /age +refused/,
    'another policy': /policy +refused/,
    'another signer': /the signature is not by the key/,
    altered: /the signature is not by the key/,
    none: /there is no attested verdict/,
    renewed: 'accepts',
    revoked: /result +refused/,
  },
}

/** It asks its policy of each verdict that the key has signed. */
export const cosign: OtherVerifier = {
  name: 'cosign verify-attestation',
  variable: 'SEAWORTHY_COSIGN',
  async ask({ image, publicFile, policy }) {
    const rego = example('verdict.rego', (text) => text.replace(NO_POLICY, policy))
    return run('SEAWORTHY_COSIGN', [
      ...['verify-attestation', '--key', publicFile, '--insecure-ignore-tlog=true', '--policy', rego],
      ...['--type', VSA, image],
    ])
  },
  expected: {
    right: 'accepts',
    'another digest': /artifact digest does not match any digest in statement/,
    FAILED: /validation errors/,
    'too old': /validation errors/,
    'another policy': /validation errors/,
    'another signer': /could not verify envelope/,
    altered: /could not verify envelope/,
    none: /no matching attestations: $/m,
    renewed: /validation errors/,
    revoked: /validation errors/,
  },
}

/** It reads a file, so nothing in a registry; it has no condition for age and policy. */
const slsaVerifier: OtherVerifier = {
  name: 'slsa-verifier verify-vsa',
  variable: 'SEAWORTHY_SLSA_VERIFIER',
  async ask({ image, envelope, publicFile, resourceUri }) {
    const file = join(newFolder(), 'envelope.json')
    if (envelope !== null) {
      writeFileSync(file, envelope)
    }
    return run('SEAWORTHY_SLSA_VERIFIER', [
      ...['verify-vsa', '--attestation-path', file, '--public-key-path', publicFile],
      ...['--subject-digest', image.split('@')[1] ?? '', '--resource-uri', resourceUri],
      ...['--verifier-id', 'urn:seaworthy:gate', '--verified-level', 'SEAWORTHY_PASS'],
    ])
  },
  expected: {
    right: 'accepts',
    'another digest': /expected digest not found/,
    FAILED: /verification result is not Passed: FAILED/,
    'too old': 'accepts',
    'another policy': 'accepts',
    'another signer': /verifying envelope/,
    altered: /verifying envelope/,
    none: /no such file/,
    renewed: 'accepts',
    revoked: /verification result is not Passed: FAILED/,
  },
}

/** Digests of the bundles that oras lists for an image. */
export function listedByOras(image: string): readonly string[] {
  const args = ['discover', '--plain-http', '--format', 'json', image]
  const { isAccepted, text } = run('SEAWORTHY_ORAS', args)
  if (!isAccepted) {
    throw new Error(text)
  }
  const { referrers = [] } = JSON.parse(text) as { referrers?: { digest: string }[] }
  return referrers.map(({ digest }) => digest)
}

/** Deletes a bundle's manifest, named by its digest. */
export function deleteByOras(name: string): void {
  const { isAccepted, text } = run('SEAWORTHY_ORAS', ['manifest', 'delete', '--plain-http', '--force', name])
  if (!isAccepted) {
    throw new Error(text)
  }
}

interface KyvernoPolicy {
  spec: {
    rules: {
      verifyImages: { imageReferences: string[]; attestations: { attestors: { entries: object[] }[] }[] }[]
    }[]
  }
}

/** The example, with the key that its comment shows in place of the workflow. */
const kyverno: OtherVerifier = {
  name: 'kyverno apply',
  variable: 'SEAWORTHY_KYVERNO',
  choosesByType: true,
  async ask({ image, publicFile, policy }) {
    const file = example('kyverno.yml', (text) => {
      const document = load(text.replace(NO_POLICY, policy)) as KyvernoPolicy
      for (const one of document.spec.rules.flatMap(({ verifyImages }) => verifyImages)) {
        one.imageReferences = [`${image.split('@')[0]}*`]
        const keys = {
          publicKeys: readFileSync(publicFile, 'utf8'),
          rekor: { ignoreTlog: true },
          ctlog: { ignoreSCT: true },
        }
        for (const { attestors } of one.attestations) {
          attestors.splice(0, attestors.length, { entries: [{ keys }] })
        }
      }
      return dump(document)
    })
    const pod = join(newFolder(), 'pod.yml')
    const containers = [{ name: 'app', image }]
    writeFileSync(
      pod,
      dump({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app' }, spec: { containers } }),
    )
    return run('SEAWORTHY_KYVERNO', ['apply', file, '--resource', pod, '--registry', '--detailed-results'])
  },
  expected: {
    right: 'accepts',
    'another digest': /no matching signatures found/,
    FAILED: /attestation checks failed/,
    'too old': /attestation checks failed/,
    'another policy': /attestation checks failed/,
    'another signer': /no matching signatures found/,
    altered: /no matching signatures found/,
    none: /no matching signatures found/,
    renewed: /attestation checks failed/,
    revoked: /attestation checks failed/,
  },
}

interface ImagePolicy {
  spec: { images: { glob: string }[]; authorities: Record<string, unknown>[] }
}

/** It takes bundles from workflows only. */
const policyTester: OtherVerifier = {
  name: "policy-controller's tester",
  variable: 'SEAWORTHY_POLICY_TESTER',
  async ask({ image, publicFile, policy }) {
    const file = example('policy-controller.yml', (text) => {
      const document = load(text.replace(NO_POLICY, policy)) as ImagePolicy
      document.spec.images = [{ glob: `${image.split('@')[0]}**` }]
      document.spec.authorities = document.spec.authorities.map(({ keyless: _, ctlog: __, ...rest }) => ({
        ...rest,
        key: { data: readFileSync(publicFile, 'utf8') },
      }))
      return dump(document)
    })
    return run('SEAWORTHY_POLICY_TESTER', ['--policy', file, '--image', image])
  },
  expected: Object.fromEntries(
    CASE_NAMES.map((name) => [name, /the authority must be keyless/]),
  ) as unknown as OtherVerifier['expected'],
}

export const VERIFIERS: readonly OtherVerifier[] = [
  seaworthyVerify,
  cosign,
  slsaVerifier,
  kyverno,
  policyTester,
]
/** The test fails without them; the others have a row that says that they were not tried. */
export const REQUIRED = ['SEAWORTHY_COSIGN', 'SEAWORTHY_SLSA_VERIFIER']
