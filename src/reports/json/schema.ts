import * as z from 'zod'
import { APPLICATION_KIND_IDS } from '../../model/application.js'
import { BASE_GROUNDS } from '../../model/base-image.js'
import { CHECK_IDS } from '../../model/checks.js'
import { TEST_STATES, TESTED_BY } from '../../model/regression-test.js'
import { SEVERITIES } from '../../model/severity.js'
import { MODES, NOTICE_KINDS, RULINGS, VERDICTS } from '../../model/verdict.js'
import { CheckSchema, ProblemSchema } from './schema-checks.js'
import { FindingSchema, PlaceSchema } from './schema-finding.js'

/**
 * The form of report.json, a contract for other programs. Unknown values are `null`, never omitted. Adding a field
 * keeps `schemaVersion`; removing one or changing its meaning raises it.
 */
const text = z.string()
const known = text.nullable()
const count = z.int().min(0)

const SourceSchema = z
  .strictObject({
    name: text,
    url: text,
    fetchedAt: known.describe('When it was read, ISO 8601 UTC'),
    date: known.describe("The data's own date, ISO 8601 UTC"),
    sha256: known,
    rows: count.nullable(),
    signedBy: text
      .optional()
      .describe('Fingerprint of the key whose signature authenticates the data: 40 hex digits'),
    attestedBy: text
      .optional()
      .describe(
        "Workflow whose attestation authenticates the data, as the attestation's certificate identifies it",
      ),
    instead: text
      .optional()
      .describe(
        'Which address or copy was used instead of the first address, and why; absent if the first address was used',
      ),
  })
  .describe('Where data came from')

const BaseSchema = z
  .strictObject({
    name: known.describe('In full, such as docker.io/library/debian:bookworm-slim'),
    digest: known.describe('Digest of its manifest or index'),
    official: z.boolean().nullable().describe("Named by allowed-bases, or one of Docker's official images"),
    movedOn: z
      .boolean()
      .nullable()
      .describe(
        "Whether the base's tag now points to an image whose layers differ from those in this image; if so, a rebuild changes something",
      ),
    restsOn: z
      .enum(BASE_GROUNDS)
      .describe(
        "layers: proven by a registry; at-hand: shown by an image in the engine, which anyone with access can give any name; all other values are the builder's own statement",
      ),
    why: text,
  })
  .describe('What the image is built on; null if security-updates has no answer')

const KindCountSchema = z.strictObject({
  kind: z.enum(APPLICATION_KIND_IDS),
  count,
  versions: z.array(text).describe('Versions of a runtime'),
})

const ApplicationsSchema = z
  .strictObject({
    judged: z.array(KindCountSchema).describe('Judged by advisories'),
    byClair: z
      .array(z.enum(APPLICATION_KIND_IDS))
      .describe('The kinds in the field `judged` that Clair judged too'),
    notExamined: z.array(KindCountSchema),
    off: z.boolean().describe('application is off: packages are not checked for vulnerabilities'),
    words: known.describe(
      'A summary of the other fields; null if the image contains no application packages',
    ),
  })
  .describe("What is in the image in addition to Debian's packages; null if it could not be opened")

const ImageSchema = z.strictObject({
  reference: text.describe('As the user named it'),
  digest: known.describe("SHA-256 of the image's config JSON"),
  platform: known.describe('linux/amd64, linux/arm/v7'),
  others: z
    .strictObject({
      notExamined: z.array(text).describe('Linux platforms that were not examined'),
      skipped: z
        .array(text)
        .describe(
          'Attestations, images for other operating systems, and images that are missing although they are listed',
        ),
      unknown: known.describe('Why it is not known whether the image has other platforms'),
    })
    .nullable()
    .default(null)
    .describe(
      'What its index or archive contains in addition to the judged images; null if that was not checked',
    ),
  distribution: known,
  packageCount: count.nullable(),
  foreignCount: count
    .nullable()
    .describe("Packages that are not from the image's release; null if security-updates has no answer"),
  applications: ApplicationsSchema.nullable(),
  base: BaseSchema.nullable(),
  regressionTest: z
    .strictObject({
      state: z.enum(TEST_STATES),
      by: z.enum(TESTED_BY).nullable().describe('The input that defines the test'),
      ended: known.describe('How the test ended, such as exit 0'),
      seconds: z.number().nullable(),
    })
    .describe("The application's regression test; everything except the state is null if it did not finish"),
  dockerfile: z
    .strictObject({
      file: known,
      note: known.describe(
        'Why no Dockerfile was used, or why the one that was used may belong to another image',
      ),
      change: known.describe('The change that would update the packages, as a unified diff'),
    })
    .describe('The Dockerfile that findings are attributed to'),
  rebuild: z
    .strictObject({
      needed: z.boolean().nullable().describe('null: not known'),
      why: text,
      settles: z
        .array(z.strictObject({ check: z.enum(CHECK_IDS), id: text, package: known }))
        .describe('The blocking findings that it resolves'),
    })
    .describe(
      "Whether rebuilding the unchanged Dockerfile on today's base image and Debian archive resolves something that blocks",
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
      'Number of findings whose fix Debian has deferred: in total, critical ones and high ones; the image may still be affected by them',
    ),
  gone: z
    .array(
      z.strictObject({
        check: z.enum(CHECK_IDS),
        id: text,
        package: known,
        severity: z.enum(SEVERITIES),
        ruling: z.enum(RULINGS),
      }),
    )
    .nullable()
    .describe('Findings in the baseline that are gone; null without a baseline for this image'),
})

const ActionSchema = z.strictObject({
  image: text,
  kind: z
    .enum(['answer', 'rebuild', 'update', 'decide'])
    .describe("rebuild: what building again on today's base and archive resolves by itself"),
  title: text,
  why: text,
  command: known.describe('A shell command to copy'),
  dockerfile: known.describe(
    'Dockerfile lines that run the shell command in the field `command`; if that field is null, example lines',
  ),
  where: PlaceSchema.nullable(),
  checks: z.array(z.enum(CHECK_IDS)),
  packages: z
    .array(
      z.strictObject({
        name: text.describe("In apt's notation: with the architecture if it is foreign"),
        version: known,
        fixedVersion: known,
        cves: z.array(text).nullable(),
      }),
    )
    .describe('Binary packages to update; a package that several checks report is listed once'),
  findings: z.array(z.strictObject({ check: z.enum(CHECK_IDS), id: text, package: known })),
})

export const ReportSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    tool: z.strictObject({ name: text, version: text }),
    today: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/)
      .describe('The date that the verdict is for, UTC'),
    maxSpan: z.int().positive().describe('Maximum days that a whitelist entry may be valid (max-span)'),
    policyDigest: known
      .default(null)
      .describe(
        'SHA-256 of the policy that applied, as canonical JSON: sha256:<hex> (docs/attested-verdicts.md)',
      ),
    verdict: z
      .enum(VERDICTS)
      .describe('The worst verdict of all images; from worst to best: fail, incomplete, pass'),
    mode: z.enum(MODES).describe('enforce: fail and incomplete fail the run; audit: they are reported only'),
    images: z.array(ImageSchema),
    sources: z.array(SourceSchema).describe('Of all images, each once'),
    unanswered: z.array(z.strictObject({ image: text, check: z.enum(CHECK_IDS), problem: ProblemSchema })),
    policyNotices: z.array(
      z.strictObject({
        kind: z.enum(NOTICE_KINDS),
        place: PlaceSchema.nullable(),
        text,
      }),
    ),
    actions: z.array(ActionSchema).describe('What to do before release, most important first'),
  })
  .describe("Seaworthy's report.json")

export type Report = z.infer<typeof ReportSchema>
