import { join } from 'node:path'
import { writeText } from '../io/files/files.js'
import { attachBundle } from '../io/registry/attach.js'
import { dockerLogins } from '../io/registry/login.js'
import { type KeySigner, PAYLOAD_TYPE, signStatement } from '../io/sigstore/key.js'
import { type Attestable, parseReference, SeaworthyError, type Verdict } from '../model/index.js'
import { readAttestedVerdict } from '../reports/read-vsa.js'
import { VSA_TYPE } from '../reports/vsa.js'
import type { RunContext } from './run.js'
import { ENVELOPE, statementText } from './write-reports.js'

/** Limit for one request, in milliseconds. */
const REQUEST_MS = 30_000

/**
 * Signs the verdict that this process has reached, and attaches it to each manifest that it covers. What is signed is
 * made here from the verdict: a report in a folder may be anybody's (docs/decisions/0065-attested-verdicts.md).
 * @returns the result that was signed, what it was attached to, and the path of the envelope, if reports are written
 * @throws SeaworthyError not-signed, registry-*, http-*, attach-not-proven
 */
export async function attestVerdict(
  verdict: Verdict,
  attestable: Attestable | null,
  { signer, reportDir }: { readonly signer: KeySigner; readonly reportDir: string },
  { signal, progress }: Pick<RunContext, 'signal' | 'progress'>,
) {
  if (verdict.verdict === 'incomplete') {
    throw notSigned('the verdict is incomplete', 'fix what kept a check from answering, and run again')
  }
  const statement = attestable === null ? null : statementText(verdict, attestable)
  const attested = statement === null ? null : readAttestedVerdict(PAYLOAD_TYPE, statement)
  const name = parseReference(attestable?.inRegistry?.repository ?? '')
  if (statement === null || attested === null || name === null) {
    throw notSigned(
      "the judged image's manifest in the registry is not known",
      'name the image by its digest in the registry, or push it with --push judged',
    )
  }
  progress('signing the verdict')
  const { envelope, bundle } = await signStatement(statement, signer, signal)
  const file = reportDir === '' ? null : join(reportDir, ENVELOPE)
  if (file !== null) {
    writeText(file, envelope)
  }
  const options = { logins: dockerLogins(), signal, timeoutMs: REQUEST_MS }
  for (const digest of attested.subjects) {
    progress(`attaching the verdict to ${digest}`)
    await attachBundle({ ...name, digest }, { bundle, predicateType: VSA_TYPE }, options)
  }
  const repository = `${name.registry}/${name.repository}`
  return { result: attested.result, repository, digests: attested.subjects, file }
}

function notSigned(why: string, todo: string): SeaworthyError {
  return new SeaworthyError({ code: 'not-signed', what: `nothing was signed: ${why}`, where: 'attest', todo })
}
