import { attachBundle } from '../../src/io/registry/attach.js'
import { dockerLogins } from '../../src/io/registry/login.js'
import { openKey, signStatement } from '../../src/io/sigstore/key.js'
import { parseReference } from '../../src/model/image/reference.js'
import { VSA_TYPE } from '../../src/reports/vsa.js'
import type { Statement } from '../support/attested.js'
import type { KeyFiles } from '../support/keys.js'

export const statementIn = (envelope: string) =>
  JSON.parse(Buffer.from(JSON.parse(envelope).payload, 'base64').toString('utf8')) as Statement

/**
 * What "seaworthy attest" does not do: signs any statement, and attaches the bundle wherever it is told to, with the
 * login in a folder for DOCKER_CONFIG. @returns the envelope
 */
export async function forge(
  image: string,
  config: string,
  statement: Statement,
  { privateFile }: KeyFiles,
  alter = (text: string) => text,
): Promise<string> {
  const { signal } = new AbortController()
  const signed = await signStatement(JSON.stringify(statement), openKey(privateFile, null, {}), signal)
  const name = parseReference(image)
  if (name?.digest == null) {
    throw new Error(image)
  }
  const options = { logins: dockerLogins({ DOCKER_CONFIG: config }), signal, timeoutMs: 30_000 }
  const document = { bundle: alter(signed.bundle), predicateType: VSA_TYPE }
  await attachBundle({ ...name, digest: name.digest }, document, options)
  return alter(signed.envelope)
}
