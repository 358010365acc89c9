import * as z from 'zod'
import {
  CHECK_IDS,
  type CheckId,
  JUSTIFICATIONS,
  type Justification,
  PACKAGES,
  type Place,
  RATED_SEVERITIES,
  type Severity,
} from '../../model/index.js'
import { dateSchema, flagSchema, imagePatternsSchema, textSchema, versionSchema } from '../shape.js'
import { PACKAGE_ERROR } from './packages.js'
import { isPath, PATH_ERROR } from './paths.js'

/** An entry of policies/whitelist.yml. Dates are YYYY-MM-DD, UTC; that day still counts. */
export interface WhitelistEntry {
  readonly id: string
  /**
   * A source package, an application package (`pypi/django`, with a version after `@` to limit it to that), or a
   * pattern of them (`linux-*`, `*` only); `null` for `package: "*"` with `any-package: true`.
   */
  readonly package: string | null
  /**
   * For findings that are accepted by path: a path in the image as reports show it, or a pattern of them (`*` only);
   * `null` for all others.
   */
  readonly path: string | null
  /** The SHA-256 of the content at that path, hexadecimal; `null`: whatever its content is. */
  readonly sha256: string | null
  /** Of the credential at that path; `null`: whatever it is. */
  readonly fingerprint: string | null
  /** The check whose findings it is about; default: `clair`. */
  readonly check: CheckId
  readonly releases: readonly string[] | null
  readonly images: readonly string[] | null
  readonly reason: string
  readonly owner: string
  /** Day on which it was written; its span counts from there. `null`: unset. */
  readonly added: string | null
  readonly expires: string
  readonly maxSeverity: Severity
  /** `despite: kev`: accepted although the CVE is in CISA's KEV. */
  readonly despiteKev: boolean
  /** `despite: malware`: accepted although an advisory says that the package itself is malicious. */
  readonly despiteMalware: boolean
  /** Why it is no vulnerability here, in VEX's words; `null`: a risk is accepted. */
  readonly justification: Justification | null
  readonly place: Place
}

export interface Whitelist {
  /** `null`: there was no file at the default path. */
  readonly file: string | null
  /** Those of the file, then of its includes; each knows its own file. */
  readonly entries: readonly WhitelistEntry[]
}

/** The check of an entry that names none. */
export const DEFAULT_CHECK: CheckId = 'clair'

const entrySchema = z.strictObject({
  id: textSchema
    .optional()
    .describe(
      'Id of what is accepted: a CVE, or another reported id (TEMP-, GHSA-, GO-, MAL-, PYSEC-, package-database-doubtful). Matched exactly; no wildcards',
    ),
  package: z
    .string()
    .regex(PACKAGES, PACKAGE_ERROR)
    .optional()
    .describe(
      'Source package, application package (pypi/django, or its package URL) or program (program/nginx). * matches any characters (linux-*); "*" alone requires any-package: true',
    ),
  'any-package': flagSchema.optional().describe('true: the entry applies to every package'),
  path: z
    .string()
    .refine(isPath, PATH_ERROR)
    .optional()
    .describe(
      'Path in the image, as reports show it, for findings that are accepted by path (credentials, not-examined-unreadable, not-examined-cut, not-examined-unknown-owner, unowned-program). * matches any characters, but only behind at least two named folders (opt/app/*)',
    ),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is not a SHA-256 sum: 64 lower-case hexadecimal digits')
    .optional()
    .describe(
      'SHA-256 of the file at that path (unowned-program only). Without it, the entry may be valid for at most 90 days',
    ),
  fingerprint: z
    .string()
    .regex(
      /^(?:SHA256:[A-Za-z0-9+/]{43}|[0-9a-f]{16}|account:.{1,60})$/,
      'is not a fingerprint as in reports: SHA256:…, 16 hexadecimal digits, or account:NAME',
    )
    .optional()
    .describe(
      'Fingerprint of the credential at that path, as reports show it (check: credentials only). Without it, the entry may be valid for at most 90 days, and its path has no *',
    ),
  check: z
    .enum(CHECK_IDS, { error: `is not one of ${CHECK_IDS.join(', ')}` })
    .optional()
    .describe('The check whose findings this entry covers; default: clair'),
  releases: z
    .array(z.string().regex(/^[a-z]+$/, 'is not the codename of a Debian release, such as bookworm'))
    .min(1, 'must contain at least one release; omit the key to match all releases')
    .optional()
    .describe('Codenames of Debian releases; default: all releases'),
  images: imagePatternsSchema
    .min(1, 'must contain at least one image; omit the key to match all images')
    .optional()
    .describe(
      'Image references, as passed to the gate. A reference with a tag and a digest is also matched by the tag alone. * matches any characters. Default: all images',
    ),
  reason: textSchema.describe('Why the finding needs no action'),
  owner: textSchema.describe('Who is responsible for this entry'),
  added: dateSchema
    .optional()
    .describe('Day on which the entry was written; max-span is counted from that day'),
  expires: dateSchema.describe('Last day on which this entry applies (YYYY-MM-DD, UTC)'),
  'max-severity': z
    .enum(RATED_SEVERITIES, { error: `is not one of ${RATED_SEVERITIES.join(', ')}` })
    .optional()
    .describe(
      'Highest severity that this entry accepts (default: low). max-severity: critical also accepts unrated findings',
    ),
  despite: z
    .enum(['kev', 'malware'], { error: 'is neither kev nor malware' })
    .optional()
    .describe(
      'kev: accept the finding even though CISA lists it as exploited (KEV); malware: accept the finding even though the package itself is malicious',
    ),
  justification: z
    .enum(JUSTIFICATIONS, { error: `is not one of ${JUSTIFICATIONS.join(', ')}` })
    .optional()
    .describe(
      'Why the image is not affected, in OpenVEX terms; the status in report.openvex.json is then "not_affected"',
    ),
})

/** What says how long an entry holds, whatever else is in it. */
export const datedSchema = z.object(
  entrySchema.pick({ id: true, check: true, sha256: true, fingerprint: true, added: true, expires: true })
    .shape,
)

export const whitelistSchema = z
  .strictObject({
    version: versionSchema,
    include: z
      .array(textSchema)
      .min(1, 'must contain at least one file; omit the key if there is none')
      .optional()
      .describe(
        'Other whitelists that also apply: paths relative to this file, inside the working directory',
      ),
    entries: z.array(entrySchema),
  })
  .describe('Findings that the gate accepts (known, low, not urgent), and until when')

export type RawWhitelistEntry = z.infer<typeof entrySchema>
