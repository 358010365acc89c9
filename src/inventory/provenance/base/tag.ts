import * as z from 'zod'
import { documentIn, type Evidence, type JudgedApplications } from '../../../model/index.js'

/** What the registry said about the base's tag with the fixed version of its program. */
export const BASE_TAG = 'base-tag.json'

const DOCUMENT = z.object({
  /** As findings name it, and its version in the image. */
  package: z.string(),
  version: z.string(),
  /** The base, and its tag with the version that settles what is known. */
  from: z.string(),
  to: z.string(),
  /** `ok`, or the code of a problem. */
  outcome: z.string(),
})
export type BaseTag = z.infer<typeof DOCUMENT>

/** Gives vulnerabilities of the base's program the tag of the base that settles them, if the registry has it. */
export function withTag(
  applications: JudgedApplications | null,
  evidence: Evidence | undefined,
): JudgedApplications | null {
  const tag = evidence === undefined ? null : documentIn(evidence.documents, BASE_TAG, DOCUMENT)
  if (applications === null || tag === null || tag.outcome !== 'ok') {
    return applications
  }
  const { from, to } = tag
  const findings = applications.findings.map((one) =>
    one.package === tag.package && one.version === tag.version && one.fixedVersion !== null
      ? { ...one, baseTag: { from, to } }
      : one,
  )
  return { ...applications, findings }
}
