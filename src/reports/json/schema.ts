import * as z from 'zod'
import {
  BASE_EVIDENCE,
  CHECK_IDS,
  count,
  GoneFindingSchema,
  ImageAccountSchema,
  MODES,
  OPTIONS_FORMS,
  OtherPlatformsSchema,
  PackageUpdateSchema,
  PlaceSchema,
  PolicyNoticeSchema,
  ProblemSchema,
  RegressionTestSchema,
  SourceSchema,
  text,
  textOrNull,
  VERDICTS,
} from '../../model/index.js'
import { ApplicationsSchema, CheckSchema, FindingSchema } from './schema-parts.js'

/*
 * The form of report.json, a contract for other programs. Unknown values are `null`, never omitted. Adding a field
 * keeps `schemaVersion`; removing one or changing its meaning raises it.
 */
const BaseSchema = z
  .strictObject({
    name: textOrNull.describe('Full name, such as docker.io/library/debian:bookworm-slim'),
    digest: textOrNull.describe('Digest of its manifest or index'),
    official: z
      .boolean()
      .nullable()
      .describe("Whether the base is listed in allowed-bases or is one of Docker's official images"),
    movedOn: z
      .boolean()
      .nullable()
      .describe(
        "Whether the base's tag now points to an image whose layers differ from those in this image; if so, a rebuild would change the image",
      ),
    restsOn: z
      .enum(BASE_EVIDENCE)
      .describe(
        'layers: proven by a registry; at-hand: shown by an image in the engine, where anyone with access can give an image any name; all other values: stated only by whoever built the image',
      ),
    why: text,
  })
  .describe('What the image is built on; null if the security-updates check has no result')

const ImageSchema = z.strictObject({
  reference: text.describe('As specified by the user'),
  digest: textOrNull.describe("SHA-256 of the image's config JSON"),
  platform: textOrNull.describe('linux/amd64, linux/arm/v7'),
  others: OtherPlatformsSchema.nullable().describe(
    "What the image's index or archive contains in addition to the judged images; null if it was not checked",
  ),
  distribution: textOrNull,
  codename: textOrNull.describe('The Debian release, such as bookworm'),
  packageCount: count.nullable(),
  foreignCount: count
    .nullable()
    .describe(
      "Number of packages that are not from the image's release; null if the security-updates check has no result",
    ),
  applications: ApplicationsSchema.nullable(),
  account: ImageAccountSchema.nullable(),
  base: BaseSchema.nullable(),
  regressionTest: RegressionTestSchema,
  dockerfile: z
    .strictObject({
      file: textOrNull,
      note: textOrNull.describe(
        'Why no Dockerfile was used, or why the one that was used might belong to a different image',
      ),
      change: textOrNull.describe('The change that would update the packages, as a unified diff'),
    })
    .describe('The Dockerfile that findings are attributed to'),
  rebuild: z
    .strictObject({
      needed: z.boolean().nullable().describe('null: not known'),
      why: text,
      settles: z
        .array(z.strictObject({ check: z.enum(CHECK_IDS), id: text, package: textOrNull }))
        .describe('The blocking findings that a rebuild would resolve'),
    })
    .describe(
      "Whether rebuilding the unchanged Dockerfile with today's base image and Debian archive would resolve any blocking finding",
    ),
  verdict: z.enum(VERDICTS),
  checks: z.array(CheckSchema),
  findings: z
    .array(FindingSchema)
    .describe(
      'Blocking findings first, then sorted by the fields ruling, kev, severity, epss, package and id',
    ),
  deferred: z
    .strictObject({ total: count, critical: count, high: count })
    .describe(
      'Number of findings whose fix Debian has deferred (total, critical and high); the image may still be affected by them',
    ),
  gone: z
    .array(GoneFindingSchema)
    .nullable()
    .describe('Findings in the baseline that are gone; null if there is no baseline for this image'),
})

const ActionSchema = z.strictObject({
  image: text,
  kind: z
    .enum(['answer', 'rebuild', 'update', 'decide'])
    .describe("rebuild: building the image again with today's base and Debian archive resolves the findings"),
  title: text,
  why: text,
  command: textOrNull.describe('A shell command to copy'),
  dockerfile: textOrNull.describe(
    'Dockerfile lines that run the shell command in `command`, or example lines if `command` is null',
  ),
  options: z
    .strictObject({ form: z.enum(OPTIONS_FORMS), lines: text })
    .optional()
    .describe(
      'Lines for where the run options are set (a service of a compose file, or options of docker run), with comments',
    ),
  where: PlaceSchema.nullable(),
  checks: z.array(z.enum(CHECK_IDS)),
  packages: z
    .array(PackageUpdateSchema)
    .describe('Binary packages to update; a package that several checks report is listed once'),
  findings: z.array(z.strictObject({ check: z.enum(CHECK_IDS), id: text, package: textOrNull })),
})

const StatementsSchema = z.array(z.strictObject({ image: textOrNull.describe('null: all images'), text }))

export const ReportSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: text, version: text }),
    today: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .describe('The date (UTC) for which the verdict was reached'),
    maxSpan: z
      .int()
      .positive()
      .describe('Maximum number of days for which a whitelist entry may be valid (max-span)'),
    policyDigest: textOrNull.describe(
      'SHA-256 of the applied policy as canonical JSON: sha256:<hex> (docs/attested-verdicts.md)',
    ),
    verdict: z
      .enum(VERDICTS)
      .describe('The worst verdict of all images; from worst to best: fail, incomplete, pass'),
    mode: z
      .enum(MODES)
      .describe(
        'enforce: a "fail" or "incomplete" verdict fails the run; audit: these verdicts are only reported',
      ),
    limits: StatementsSchema.describe(
      'What could have made the verdict another one, as every report shows it',
    ),
    details: StatementsSchema.describe('How the verdict was reached: comparisons, counts, ages of data'),
    images: z.array(ImageSchema),
    sources: z.array(SourceSchema).describe('The sources for all images, each listed once'),
    unanswered: z.array(z.strictObject({ image: text, check: z.enum(CHECK_IDS), problem: ProblemSchema })),
    policyNotices: z.array(PolicyNoticeSchema),
    actions: z.array(ActionSchema).describe('What to do before release, most important first'),
  })
  .describe("Seaworthy's report.json")

export type Report = z.infer<typeof ReportSchema>
