import type { Command } from 'commander'
import { valid } from 'semver'
import { policyDigestOf, type VerifyRequest, verifyImage } from '../gate/verify.js'
import { CHECK_INPUTS, POLICY_INPUTS } from '../inputs/thresholds.js'
import { abortOnSignals } from '../io/process/signals.js'
import { parseReference, SeaworthyError } from '../model/index.js'
import { escapeTerminal } from '../reports/escape.js'

const HELP = `
The verdict is fetched from the registry (among the image's referrers), or read from the file given with --bundle. It
must be signed by the identity given with --identity, and the issuer given with --issuer must vouch for that identity;
or, with --key, by the private half of that key.
Checks that you did not ask for are printed as "unchecked".
Exit: 0 may be deployed, 1 must not be deployed (failed, forged, too old, for a different image, no verdict), 2 not
checked, or usage error.

Example:
  seaworthy verify ghcr.io/acme/app@sha256:… \\
    --identity 'https://github.com/acme/app/.github/workflows/release.yml@refs/tags/*' \\
    --issuer https://token.actions.githubusercontent.com --policy policies`

interface VerifyFlags {
  readonly key?: string
  readonly identity?: string
  readonly issuer?: string
  readonly repository?: string
  readonly resource?: string
  readonly bundle?: string
  readonly trustedRoot?: string
  readonly policy?: string
  readonly with?: readonly string[]
  readonly policyDigest?: string
  readonly maxAge: string
  readonly minVersion?: string
  readonly strict?: boolean
}

/** Ten years. */
const MAX_HOURS = 87_600

/** `seaworthy verify IMAGE@DIGEST`: whether an attested verdict lets an image be deployed. */
export function addVerify(program: Command, uncaught: AbortSignal): void {
  program
    .command('verify')
    .description("check an image's attested verdict before deployment; needs no Docker engine")
    .argument('<image>', 'the image with its digest, such as ghcr.io/acme/app@sha256:…')
    .option(
      '--identity <URL>',
      'required signer: the workflow with its ref; may end in * after refs/tags/ or refs/heads/',
    )
    .option('--key <FILE>', 'public key that must have signed instead ("seaworthy attest"): ECDSA P-256, PEM')
    .option('--issuer <URL>', 'issuer that vouches for the identity given with --identity')
    .option(
      '--repository <URL>',
      'repository whose run must have signed the verdict, if the workflow is a reusable workflow from another repository',
    )
    .option(
      '--resource <NAME>',
      'name under which the image was judged, such as ghcr.io/acme/app (default: the name in the image argument)',
    )
    .option('--bundle <FILE>', 'file with the signed verdict (default: fetched from the registry)')
    .option('--trusted-root <FILE>', 'sigstore trusted root (default: that of the public instance)')
    .option(
      '--policy <DIR>',
      'folder with the gate.yml, whitelist.yml and dictionary.yml that must have been used to judge the image',
    )
    .option(
      '--with <INPUT=VALUE...>',
      'a policy input that was set for the judging run, such as fail-on=medium',
    )
    .option('--policy-digest <DIGEST>', 'digest (see report.json) of the policy that must have been used')
    .option('--max-age <HOURS>', 'maximum age of the verdict, in hours', '168')
    .option('--min-version <VERSION>', 'refuse a verdict from a Seaworthy version older than this')
    .option('--strict', 'accept only a verdict whose sole level (in verifiedLevels) is SEAWORTHY_PASS')
    .addHelpText('after', HELP)
    .action(async (image: string, flags: VerifyFlags) => {
      const now = new Date()
      const request = await readVerify(image, flags, now)
      const { isGood, checks } = await verifyImage(request, { now, signal: abortOnSignals(uncaught) })
      const lines = checks.map(
        ({ name, state, text }) => `${name.padEnd(10)} ${state.padEnd(10)} ${escapeTerminal(text, 1000)}\n`,
      )
      const head = isGood ? 'verified: may be deployed' : 'REFUSED: must not be deployed'
      process.stdout.write(`${lines.join('')}\n${head}  ${escapeTerminal(image)}\n`)
      process.exitCode = isGood ? 0 : 1
    })
}

/** All errors at once; throws `bad-input`, or what is wrong with policy files. */
async function readVerify(image: string, flags: VerifyFlags, now: Date): Promise<VerifyRequest> {
  const lines: string[] = []
  const name = parseReference(image)
  if (name === null || name.digest === null) {
    const reason = 'because a tag can be moved between this check and the deployment'
    lines.push(`image: specify it by digest (ghcr.io/acme/app@sha256:…), ${reason}`)
  }
  const { key = null, identity = '', issuer = '', repository = null, maxAge } = flags
  lines.push(...(key === null ? await identityErrors(flags) : keyErrors(flags)))
  const resource = parseReference(flags.resource ?? image)
  if (flags.resource !== undefined && (resource === null || resource.digest !== null)) {
    lines.push(`resource: ${JSON.stringify(flags.resource)} is not an image name`)
  }
  const maxHours = Number(maxAge)
  if (!(Number.isInteger(maxHours) && maxHours > 0 && maxHours <= MAX_HOURS)) {
    lines.push(`max-age: ${JSON.stringify(maxAge)} is not a number of hours from 1 to ${MAX_HOURS}`)
  }
  const { minVersion: leastVersion = null, strict = false } = flags
  if (leastVersion !== null && valid(leastVersion) === null) {
    lines.push(`min-version: ${JSON.stringify(leastVersion)} is not a version`)
  }
  if (flags.policy !== undefined && flags.policyDigest !== undefined) {
    lines.push('policy and policy-digest are mutually exclusive')
  }
  if (flags.policyDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(flags.policyDigest)) {
    lines.push('policy-digest: must be sha256: followed by 64 hexadecimal digits')
  }
  const inputs = inputsOf(flags, lines)
  if (lines.length > 0 || name === null || name.digest === null || resource === null) {
    const advice = 'correct these flags; for the full list, run seaworthy verify --help'
    throw new SeaworthyError({ code: 'bad-input', what: lines.join('\n'), where: 'flags', todo: advice })
  }
  const day = now.toISOString().slice(0, 10)
  const policyDigest =
    flags.policy === undefined ? (flags.policyDigest ?? null) : policyDigestOf(flags.policy, inputs, day)
  const { trustedRoot = null, bundle = null } = flags
  return {
    reference: image,
    name: { ...name, digest: name.digest },
    key,
    identity,
    issuer,
    repository,
    trustedRoot,
    bundle,
    resource: `${resource.registry}/${resource.repository}`,
    policyDigest,
    mostHours: maxHours,
    leastVersion,
    strict,
  }
}

async function identityErrors({ identity, issuer = '' }: VerifyFlags): Promise<readonly string[]> {
  const { identityError } = await import('../io/sigstore/verify-bundle.js')
  const missing = 'specify the workflow whose signature is required, or a public key with --key'
  const error = identity === undefined ? missing : identityError(identity)
  return [
    ...(error === null ? [] : [`identity: ${error}`]),
    ...(URL.canParse(issuer) ? [] : ['issuer: pass the URL of the issuer that vouches for the identity']),
  ]
}

/** One signer: with two, it would not be clear whether either or both have to sign. */
function keyErrors(flags: VerifyFlags): readonly string[] {
  const signerFlags = ['identity', 'issuer', 'repository', 'trustedRoot'] as const
  return signerFlags
    .filter((name) => flags[name] !== undefined)
    .map((name) => `${name === 'trustedRoot' ? 'trusted-root' : name}: it cannot be combined with --key`)
}

function inputsOf(flags: VerifyFlags, lines: string[]): ReadonlyMap<string, string> {
  const knownInputs = { ...CHECK_INPUTS, ...POLICY_INPUTS }
  const pairs = (flags.with ?? []).map((pair): [string, string] => {
    const at = pair.indexOf('=')
    return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)]
  })
  if (pairs.length > 0 && flags.policy === undefined) {
    lines.push('with: this flag needs --policy')
  }
  for (const [name] of pairs) {
    if (!Object.hasOwn(knownInputs, name)) {
      lines.push(`with: ${JSON.stringify(name)} is not a policy input`)
    }
  }
  return new Map(pairs)
}
