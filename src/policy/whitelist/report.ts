import * as z from 'zod'
import {
  CHECK_IDS,
  DetailsSchema,
  jsonInFile,
  RULINGS,
  SEVERITIES,
  SeaworthyError,
} from '../../model/index.js'
import type { NoticedFinding, NoticedImage } from './notices.js'

const findingSchema = z.object({
  check: z.enum(CHECK_IDS),
  id: z.string(),
  package: z.string().nullable(),
  version: z.string().nullable(),
  severity: z.enum(SEVERITIES),
  ruling: z.enum(RULINGS),
  binaries: z.array(z.object({ name: z.string() })),
  kev: z.boolean().nullable(),
  agreement: z.string().nullable(),
  details: DetailsSchema,
})

const reportSchema = z.object({
  schemaVersion: z.literal(1),
  images: z
    .array(
      z.object({
        reference: z.string(),
        codename: z.string().nullable(),
        checks: z.array(z.object({ check: z.enum(CHECK_IDS), state: z.enum(['answered', 'unanswered']) })),
        findings: z.array(findingSchema),
      }),
    )
    .min(1),
})

export type SurveyedFinding = Omit<z.infer<typeof findingSchema>, 'details'> &
  Pick<NoticedFinding, 'ids' | 'purl' | 'malware' | 'details'>

export interface SurveyedImage extends NoticedImage {
  readonly verdict: {
    readonly checks: NoticedImage['verdict']['checks']
    readonly findings: readonly SurveyedFinding[]
  }
}

/** Reads report.json. @throws SeaworthyError `report-unreadable` if it is not one of ours */
export function readSurveyedImages(text: string, file: string): SurveyedImage[] {
  const parsed = reportSchema.safeParse(jsonInFile(text))
  if (!parsed.success) {
    throw new SeaworthyError({
      code: 'report-unreadable',
      what: 'the file is not a Seaworthy report.json, or its version is not supported',
      where: file,
    })
  }
  return parsed.data.images.map(({ reference, codename, checks, findings }) => ({
    subject: { reference, codename },
    verdict: { checks, findings: findings.map(surveyed) },
  }))
}

/** For an application package all ids with this meaning count, and its version; else the paths, if it has any. */
function surveyed({ details, ...finding }: z.infer<typeof findingSchema>): SurveyedFinding {
  return details.type === 'application-vulnerability'
    ? { ...finding, ids: details.ids, purl: details.purl, malware: details.malware }
    : { ...finding, details }
}
