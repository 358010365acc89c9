import type { Command } from 'commander'
import { attestVerdict } from '../gate/attest.js'
import type { ReadInput } from '../inputs/row.js'
import { sourceOf } from '../io/archive/image/image-name.js'
import type { KeySigner } from '../io/sigstore/key.js'
import { parseReference, SeaworthyError } from '../model/index.js'
import { addInputs, type Flags, inputsOf } from './flags.js'
import { progressStream, scanImages } from './scan.js'

const HELP = `
Judges the image as "seaworthy scan" does, signs the verdict (a fail as FAILED), and attaches it to the image in its
registry. Name the image by digest or as registry:NAME, or push it with --push judged. What is signed is this run's
verdict, never a report in a folder. An encrypted key's password is read from SEAWORTHY_KEY_PASSWORD. The command after
exec: gets what is to be signed on standard input, and prints the signature (ECDSA with SHA-256, ASN.1 DER) in base64.
Exit: 0 attested as PASSED, 1 attested as FAILED, 2 nothing was attested.

Example:
  seaworthy attest ghcr.io/acme/app@sha256:… --key env://VERDICT_KEY`

/** Set in a run about a change that is not merged, by the CI system that sets it. */
const CHANGES = [
  // GitLab: https://docs.gitlab.com/ci/variables/predefined_variables/
  'CI_MERGE_REQUEST_IID',
  'CI_EXTERNAL_PULL_REQUEST_IID',
  // Jenkins, in a multibranch pipeline.
  'CHANGE_ID',
  // Azure Pipelines.
  'SYSTEM_PULLREQUEST_PULLREQUESTID',
  // Bitbucket Pipelines, CircleCI, Buildkite, Travis CI; Drone and Woodpecker.
  'BITBUCKET_PR_ID',
  'CIRCLE_PULL_REQUEST',
  'BUILDKITE_PULL_REQUEST',
  'TRAVIS_PULL_REQUEST',
  'DRONE_PULL_REQUEST',
  'CI_COMMIT_PULL_REQUEST',
]

/** `seaworthy attest IMAGE --key …`: judges it, and signs the verdict in the same process. */
export function addAttest(program: Command, uncaught: AbortSignal): void {
  const command = program
    .command('attest')
    .description('judge an image, sign the verdict with a key, and attach it to the image in its registry')
    .argument(
      '<image>',
      'the image with its digest, registry:NAME, or an image in the Docker engine with --push judged',
    )
    .requiredOption(
      '--key <KEY>',
      'PKCS#8 key (ECDSA P-256): a file, env://NAME, or exec:COMMAND, which signs',
    )
    .option('--public-key <FILE>', 'public key of the command in --key exec:COMMAND, in PEM')
    .addHelpText('after', HELP)
    .action(async (image: string, flags: Flags) => {
      process.exitCode = await attestImage(image, flags, inputsOf(flags), uncaught)
    })
  addInputs(command, ({ where, name }) => where.includes('scan') && name !== 'today')
}

async function attestImage(
  image: string,
  flags: Flags,
  inputs: ReadInput,
  uncaught: AbortSignal,
): Promise<number> {
  // First of all, so that nothing that is started inherits the key.
  const signer = await signerOf(flags)
  const { source, name } = sourceOf(image)
  if (source !== 'registry' && parseReference(name)?.digest == null && inputs('push') !== 'judged') {
    const advice =
      'specify it by its digest, read it from its registry (registry:NAME), or push it with --push judged'
    throw badInput(`image: ${advice}; only what is in a registry can be attested`)
  }
  return scanImages([image], inputs, uncaught, async (verdict, attestable, { reportDir }, around) => {
    const attested = await attestVerdict(verdict, attestable, { signer, reportDir }, around)
    const { result, repository, digests, file } = attested
    const lines = [
      ...digests.map((digest) => `attested ${result}: ${repository}@${digest}`),
      ...(file === null ? [] : [`envelope: ${file}`]),
    ]
    progressStream(inputs).write(`${lines.join('\n')}\n`)
    return result === 'PASSED' ? 0 : 1
  })
}

async function signerOf(flags: Flags): Promise<KeySigner> {
  const { openKey, readPublicKey } = await import('../io/sigstore/key.js')
  const { key, publicKey } = flags
  const source = String(key)
  if (isProposedChange(process.env)) {
    const what =
      'nothing was judged: this run is about a pull request, whose author must not get a signed verdict'
    const todo =
      'use "seaworthy scan" for pull requests, and let only runs of protected branches and tags have the key'
    throw new SeaworthyError({ code: 'not-signed', what, where: '--key', todo })
  }
  if (publicKey !== undefined && !source.startsWith('exec:')) {
    throw badInput('public-key: only --key exec:COMMAND needs it')
  }
  const readKey = publicKey === undefined ? null : readPublicKey(String(publicKey), '--public-key')
  return openKey(source, readKey, process.env)
}

/** Whether a CI system says that this run is about a pull request, or a queue of them. */
export function isProposedChange(env: NodeJS.ProcessEnv): boolean {
  return (
    /^(?:pull_request|merge_group)/.test(env.GITHUB_EVENT_NAME ?? '') ||
    CHANGES.some((name) => !['', 'false', undefined].includes(env[name]))
  )
}

function badInput(what: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-input', what, where: 'flags' })
}
