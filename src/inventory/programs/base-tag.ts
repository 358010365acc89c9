import * as z from 'zod'
import { documentIn } from '../../model/documents.js'
import type { Evidence } from '../../model/evidence.js'
import type { ApplicationFinding } from '../../model/finding/application.js'

/** What the registry said about the base's tag with the fixed version of its program. */
export const BASE_TAG = 'base-tag.json'

const DOCUMENT = z.object({
  /** As findings name it, and its version in the image. */
  package: z.string(),
  version: z.string(),
  /** The version that settles what is known about it, in the tag `to`. */
  fixed: z.string(),
  from: z.string(),
  to: z.string(),
  /** `ok`, or the code of a problem. */
  outcome: z.string(),
})
export type BaseTag = z.infer<typeof DOCUMENT>

/** Vulnerabilities of the base's program, with the tag of the base that settles them, if the registry has it. */
export function withTag(
  findings: readonly ApplicationFinding[],
  evidence: Evidence | undefined,
): readonly ApplicationFinding[] {
  const tag = evidence === undefined ? null : documentIn(evidence.documents, BASE_TAG, DOCUMENT)
  if (tag === null || tag.outcome !== 'ok') {
    return findings
  }
  const { from, to } = tag
  return findings.map((one) =>
    one.package === tag.package && one.version === tag.version && one.settles === tag.fixed
      ? { ...one, baseTag: { from, to } }
      : one,
  )
}
