import * as z from 'zod'
import { START_TEST } from '../bench-ids.js'
import type { CheckId } from '../checks.js'
import { type TypeOf, text } from '../schemas.js'
import { ApplicationSchema, manifestFile } from './application.js'
import { BenchSchema, benchFinding } from './bench.js'
import type { CommonFinding } from './common.js'
import { isApplication, isBench, isUpdate, isVulnerability } from './index.js'
import { type Finding, KINDS, kindOf } from './kinds.js'
import { OBSTACLES, type ObstacleDetails, type ObstacleId } from './obstacle.js'
import { UPDATE_IDS, UpdateSchema } from './update.js'
import { VulnerabilitySchema } from './vulnerability.js'

const why = text.describe('One sentence for people. Contains text from outside')

/** Kinds with the same details share one schema. */
function obstacleSchemas() {
  const ids = Object.keys(OBSTACLES) as ObstacleId[]
  const byDetails = Map.groupBy(ids, (id): z.ZodObject => OBSTACLES[id].details)
  return [...byDetails].map(([details, kinds]) =>
    z.strictObject({ type: z.enum(kinds), why, ...details.shape }),
  )
}

const PackageAndResultSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('vulnerability'), ...VulnerabilitySchema.shape }),
  z.strictObject({
    type: z.literal('application-vulnerability'),
    ...ApplicationSchema.shape,
    manifest: text.describe('What to edit: a file, or the part of it that names the version'),
  }),
  z.strictObject({ type: z.enum(UPDATE_IDS), ...UpdateSchema.shape }),
  z.strictObject({ type: z.enum(['bench-result', START_TEST]), ...BenchSchema.shape }),
])

export type Details =
  | TypeOf<typeof PackageAndResultSchema>
  | {
      readonly [Id in ObstacleId]: { readonly type: Id; readonly why: string } & ObstacleDetails[Id]
    }[ObstacleId]

// The compiler cannot see which obstacles share a schema.
export const DetailsSchema: z.ZodType<Details> = z
  .discriminatedUnion('type', [...PackageAndResultSchema.options, ...obstacleSchemas()])
  .describe('What a finding of its kind knows, in addition to what all findings have') as never

/** Has more members than the schema: those that all findings have. */
export function detailsOf(finding: Finding): Details {
  if ('details' in finding) {
    // The compiler cannot see that the details are those of this id.
    return { ...finding.details, type: finding.id, why: finding.why } as Details
  }
  if (isVulnerability(finding)) {
    return { ...finding, type: 'vulnerability' }
  }
  if (isApplication(finding)) {
    return { ...finding, type: 'application-vulnerability', manifest: manifestFile(finding) }
  }
  if (isBench(finding)) {
    return { ...finding, type: finding.id === START_TEST ? START_TEST : 'bench-result' }
  }
  // Any other kind does not compile.
  return { ...finding, type: finding.id }
}

/** The finding that has these details; `null` if no check makes such a one. */
export function findingWith(
  { check, id }: { readonly check: CheckId; readonly id: string },
  common: CommonFinding,
  { type, ...details }: Details,
): Finding | null {
  const finding = { ...membersOf(id, type, details), ...common, check, id } as Finding
  const { package: name, version, fixedVersion } = common
  const needed = isUpdate(finding) ? [name, version, fixedVersion] : isApplication(finding) ? [name] : []
  // Ids of vulnerabilities and of Docker Bench are defined elsewhere; none of them equals an id in `OBSTACLES`.
  const isItsId = id === type || !Object.hasOwn(KINDS, id)
  const isOfItsCheck = kindOf(finding) === type && KINDS[type].check === check
  return isItsId && isOfItsCheck && needed.every((one) => one !== null) ? finding : null
}

function membersOf(id: string, type: Details['type'], details: object): object {
  if (Object.hasOwn(OBSTACLES, type)) {
    const { why = id, ...rest } = details as { why?: string }
    return { why, details: rest }
  }
  if (type === 'application-vulnerability') {
    const { manifest: _, ...rest } = details as { manifest?: string }
    return rest
  }
  return type === 'bench-result' || type === START_TEST
    ? benchFinding({ id, ...(details as TypeOf<typeof BenchSchema>) }, details)
    : details
}
