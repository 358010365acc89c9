import type { InRegistry } from '../../src/model/image/in-registry.js'
import type { Verdict } from '../../src/model/verdict.js'
import { renderVsaStatement } from '../../src/reports/vsa.js'
import { anImageVerdict, aVerdict } from './builders.js'
import { add, digestOf, type Shelf } from './fake-registry.js'

/** A passed verdict on one image that a registry has. */
export function passedOn(reference: string, config: string): Verdict {
  return aVerdict({
    verdict: 'pass',
    evidence: [],
    images: [anImageVerdict({ reference, digest: config, verdict: 'pass', findings: [] })],
  })
}

/** The statement of a verdict, as report.vsa.intoto.json has it; what differs is said by `change`. */
export function statementOf(
  verdict: Verdict,
  inRegistry: InRegistry,
  time: Date,
  change: (statement: Statement) => void = () => undefined,
): Statement {
  const attestable = { time: time.toISOString(), inRegistry }
  const text = renderVsaStatement(verdict, { name: 'seaworthy', version: '0.1.0', attestable })
  if (text === null) {
    throw new Error('there is no statement')
  }
  const statement = JSON.parse(text) as Statement
  change(statement)
  return statement
}

export interface Statement {
  _type: string
  subject: { name: string; digest: { sha256: string } }[]
  predicateType: string
  predicate: {
    verifier: { id: string; version: { seaworthy: string } }
    timeVerified: string
    resourceUri: string
    policy: { digest: { sha256: string } }
    verificationResult: string
    verifiedLevels: string[]
  } & Record<string, unknown>
}

export const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json'

/** Stores a bundle as actions/attest and cosign do: a manifest with the image as its subject. @returns its digest */
export function attach(shelf: Shelf, subject: string, bundle: string, type = BUNDLE_TYPE): string {
  const layer = add(shelf, bundle)
  const config = add(shelf, '{}')
  return add(shelf, {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: type,
    config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: config, size: 2 },
    layers: [{ mediaType: type, digest: layer, size: bundle.length }],
    subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: subject, size: 1 },
  })
}

/** The list of what is attached, an index. */
export function listOf(manifests: readonly string[], artifactType: string | null = BUNDLE_TYPE): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: manifests.map((digest) => ({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest,
      size: 1,
      ...(artifactType === null ? {} : { artifactType }),
    })),
  })
}

/** Puts the list under the tag of the distribution specification's fallback. */
export function listByTag(shelf: Shelf, subject: string, manifests: readonly string[]): void {
  const list = listOf(manifests)
  shelf.blobs.set(digestOf(list), list)
  shelf.tags.set(subject.replace(':', '-'), digestOf(list))
}
