import * as z from 'zod'
import {
  APPLICATION_KIND_IDS,
  BinarySchema,
  CHECK_IDS,
  ClairAccountSchema,
  CountsSchema,
  CvssSchema,
  count,
  DebianNoteSchema,
  DetailsSchema,
  EngineResultSchema,
  EpssSchema,
  FINDING_OWNERS,
  JUSTIFICATIONS,
  KindCountSchema,
  LineSchema,
  OUTCOMES,
  PlaceSchema,
  ProblemSchema,
  ReasonSchema,
  ReturnReasonSchema,
  RULINGS,
  SEVERITIES,
  text,
  textOrNull,
} from '../../model/index.js'

/** More than a finding ever has: they become one sentence. */
const MAX_REASONS = 100

export const FindingSchema = z.strictObject({
  check: z.enum(CHECK_IDS),
  id: text.describe(
    'For the clair check: the CVE. If a finding about an application package has no CVE: its GHSA id, or else the id in `details.own`',
  ),
  cves: z
    .array(text)
    .nullable()
    .describe('CVEs that the finding is about, or that the update fixes; empty if there are none'),
  package: textOrNull.describe(
    'For the clair check: the source package, or an application package such as pypi/django',
  ),
  version: textOrNull.describe('Installed version of the package'),
  fixedVersion: textOrNull,
  fixDay: textOrNull.describe(
    'Day on which the fix could first be installed; null if that day is not known, or if act-within is not set',
  ),
  installable: z.boolean().nullable().describe('Whether the fixed version can be installed'),
  severity: z.enum(SEVERITIES),
  severitySource: textOrNull.describe('nvd, cna, cisa-adp, osv, debian-tracker or clair'),
  ruling: z.enum(RULINGS),
  due: textOrNull.describe('If the ruling is "due": the date after which the finding blocks'),
  because: text.describe('One sentence, made of `reasons`'),
  reasons: z.array(ReasonSchema).max(MAX_REASONS),
  blocks: z.boolean(),
  owner: z
    .enum(FINDING_OWNERS)
    .nullable()
    .describe(
      "Who has to act: base (the base image), intermediate (a third party's image between an official one and this one) or own (the layers that the Dockerfile adds); null if not known",
    ),
  binaries: z.array(BinarySchema),
  layer: textOrNull.describe('diff_id of the layer that introduced the finding'),
  links: z.array(text),
  debian: DebianNoteSchema.nullable(),
  kev: z.boolean().nullable().describe("In CISA's Known Exploited Vulnerabilities"),
  cvss: CvssSchema.nullable().describe(
    'The CVSS rating that is used: chosen by scorer (NVD, CNA, CISA), then by newest version',
  ),
  epss: EpssSchema.nullable().describe('Exploit Prediction Scoring System'),
  agreement: z.enum(['confirmed', 'missed-by-clair', 'refuted']).nullable(),
  policy: PlaceSchema.nullable().describe('The line of the policy file to which `because` refers'),
  returnsWhen: z
    .array(text)
    .nullable()
    .describe(
      'If the ruling is "deferred": what brings the finding back; each text completes the sentence "it comes back when …"',
    ),
  returnReasons: z.array(ReturnReasonSchema).nullable().describe('What `returnsWhen` says'),
  line: LineSchema.nullable().describe('The line to look at, in the Dockerfile or in a policy file'),
  details: DetailsSchema,
  since: z
    .enum(['new', 'unchanged'])
    .nullable()
    .describe(
      'Whether the baseline contains this finding; null if there is no baseline, or if the baseline has no result from this check',
    ),
  statement: z
    .strictObject({
      status: z.enum(['not_affected', 'fixed']),
      justification: z.enum(JUSTIFICATIONS).nullable(),
    })
    .nullable()
    .describe('For an accepted finding: why it is not a vulnerability here, in OpenVEX terms'),
  whitelistEntry: textOrNull.describe(
    'YAML to paste under "entries:" in policies/whitelist.yml; fill in the reason and the owner',
  ),
})

const ResultSchema = z.strictObject({
  id: text.describe('The id as in Docker Bench 1.6.1; only "start-test" is an id of Seaworthy itself'),
  title: textOrNull.describe("The expected state, in Seaworthy's words"),
  expected: textOrNull.describe('The results that the dictionary expects'),
  allowed: textOrNull.describe('The items that the dictionary allows, in words'),
  dockerBench: EngineResultSchema.nullable().describe(
    "Docker Bench's own result; null if it has no usable result",
  ),
  whyNoDockerBench: textOrNull.describe(
    'Why Docker Bench has no result for this id, if it was asked for one; otherwise null',
  ),
  builtIn: EngineResultSchema.nullable().describe('Result of the built-in rules; null if they did not run'),
  counts: CountsSchema.nullable().describe('Which of the two results counts, and why; null if neither does'),
  outcome: z
    .enum(OUTCOMES)
    .describe(
      'match: as expected; new: not listed; vacuous: not examined by any rule; not-evaluated: could not be compared',
    ),
  reason: textOrNull.describe(
    'The reason for the result or the outcome, if no other field states it; otherwise null',
  ),
  reasons: z.array(ReasonSchema).max(MAX_REASONS).describe('What `reason` is made of'),
  dictionary: z
    .strictObject({ file: text, line: count.nullable().describe('null: from the built-in dictionary') })
    .nullable()
    .describe('The dictionary line that states the expected result'),
})

/** Sections 1 to 7 have 117 checks. */
const MAX_RESULTS = 200

const BenchSchema = z
  .strictObject({
    ran: z
      .boolean()
      .describe('Whether Docker Bench itself ran; if not, all results come from the built-in rules'),
    source: textOrNull.describe('Which Docker Bench ran, and where'),
    tree: textOrNull.describe("SHA-256 of Docker Bench's files"),
    why: textOrNull.describe(
      'Why Docker Bench did not run; or, if only the second attempt succeeded, why the first one failed',
    ),
    notStarted: z
      .strictObject({
        why: text,
        lastLine: textOrNull.describe('The last line that the container printed; null if it printed nothing'),
      })
      .optional()
      .describe(
        'Why the image did not run while Docker Bench examined it, although it was to be started; absent otherwise',
      ),
    results: z
      .array(ResultSchema)
      .max(MAX_RESULTS)
      .describe('All ids in sorted order, including those whose result is as expected'),
  })
  .describe('For the docker-bench check: both results for each id, compared with the dictionary')

export const CheckSchema = z.strictObject({
  check: z.enum(CHECK_IDS),
  state: z.enum(['answered', 'unanswered']),
  problem: ProblemSchema.nullable(),
  tookMs: z.number().describe('Milliseconds spent collecting'),
  notes: z.array(text).describe('What was found, then how that is known'),
  limits: z.array(text).describe('What the check did not examine or could not know'),
  bench: BenchSchema.nullable(),
})

export const ApplicationsSchema = z
  .strictObject({
    judged: z.array(KindCountSchema).describe('Judged by advisories'),
    byClair: z.array(z.enum(APPLICATION_KIND_IDS)).describe('The kinds in `judged` that Clair also judged'),
    notExamined: z.array(KindCountSchema),
    clair: ClairAccountSchema.nullable().describe(
      "Each package of Clair's index on one side; null if Clair has no result",
    ),
    off: z
      .boolean()
      .describe(
        'True if application: off is set, so that application packages are not checked for vulnerabilities',
      ),
    offByOsv: z
      .literal(true)
      .exactOptional()
      .describe('Set if the input osv is none, which counts as application: off'),
    words: textOrNull.describe(
      'A summary of the other fields; null if the image contains no application packages',
    ),
  })
  .describe("What the image contains in addition to Debian's packages; null if the image could not be opened")
