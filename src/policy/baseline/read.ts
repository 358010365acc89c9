import * as z from 'zod'
import { CHECK_IDS } from '../../model/checks.js'
import { SEVERITIES } from '../../model/severity.js'
import { RULINGS } from '../../model/verdict.js'

/**
 * An earlier report.json, in the form that findings are compared with. An unusable one does not stop the run: then
 * everything counts as new, which is the strictest result.
 */
export type Baseline = { readonly file: string } & (
  | { readonly images: readonly BaselineImage[]; readonly fault: null }
  | { readonly images: null; readonly fault: string }
)

const text = z.string()
/** The part of the report that is read (reports/report-schema.ts); later versions may have more. */
const imageSchema = z.object({
  reference: text,
  platform: text.nullable(),
  checks: z.array(z.object({ check: z.enum(CHECK_IDS), state: z.enum(['answered', 'unanswered']) })),
  findings: z.array(
    z.object({
      check: z.enum(CHECK_IDS),
      id: text,
      package: text.nullable(),
      fixedVersion: text.nullable(),
      severity: z.enum(SEVERITIES),
      ruling: z.enum(RULINGS),
      application: z.object({ ids: z.array(text) }).nullable(),
    }),
  ),
  applications: z.object({ judged: z.array(z.object({ kind: text })) }).nullable(),
})
const reportSchema = z.object({ images: z.array(imageSchema).min(1) })
const headSchema = z.object({ schemaVersion: z.number(), tool: z.object({ name: text }) })

export type BaselineImage = z.infer<typeof imageSchema>
export type BaselineFinding = BaselineImage['findings'][number]

/** Reads a report.json. `null` instead of a text means that the file does not exist. Never throws. */
export function readBaseline(text: string | null, file: string): Baseline {
  const unusable = (fault: string): Baseline => ({ file, images: null, fault })
  if (text === null) {
    return unusable('there is no such file')
  }
  let value: unknown
  try {
    // A byte order mark may be ignored (RFC 8259, 8.1).
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return unusable('it is not valid JSON, or it is truncated')
  }
  const head = headSchema.safeParse(value)
  if (!head.success) {
    return unusable('it is not a report.json')
  }
  if (head.data.schemaVersion !== 1) {
    return unusable(`its schemaVersion is ${head.data.schemaVersion}, but only version 1 is supported`)
  }
  const report = reportSchema.safeParse(value)
  if (report.success) {
    return { file, images: report.data.images, fault: null }
  }
  const [issue] = report.error.issues
  return unusable(`it is not a complete report: ${issue?.path.map(String).join('.')}`)
}
