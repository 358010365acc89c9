import * as z from 'zod'
import { isDate } from '../../model/dates.js'
import { CHECK_IDS } from '../../model/evidence.js'
import { JUSTIFICATIONS } from '../../model/justification.js'
import { RATED_SEVERITIES } from '../../model/severity.js'
import { flagSchema, versionSchema, wordsSchema } from '../shape.js'
import { PACKAGES } from './rules.js'

const entrySchema = z.strictObject({
  id: wordsSchema
    .optional()
    .describe(
      'What is accepted: a CVE, or another id that is reported (TEMP-, GHSA-, GO-, MAL-, PYSEC-). Exactly, no wildcards',
    ),
  package: z
    .string()
    .regex(PACKAGES, 'is not a source package name (Debian policy 5.6.1), nor "*"')
    .optional()
    .describe(
      'Source package; * in it stands for any characters (linux-*), "*" alone needs any-package: true',
    ),
  'any-package': flagSchema.optional().describe('true: the entry holds for every package'),
  check: z
    .enum(CHECK_IDS, { error: `is none of ${CHECK_IDS.join(', ')}` })
    .optional()
    .describe('Whose findings it is about; clair if not given'),
  releases: z
    .array(z.string().regex(/^[a-z]+$/, 'is not the codename of a release, such as bookworm'))
    .min(1, 'names no release; leave it out for all')
    .optional()
    .describe('Codenames of Debian releases; all if not given'),
  images: z
    .array(z.string().regex(/^[^\s?[\]{}!]+$/, 'is not an image reference; the only wildcard is *'))
    .min(1, 'names no image; leave it out for all')
    .optional()
    .describe(
      'References of images as the gate is given them, with tag and digest also by the tag alone; * stands for any characters. All if not given',
    ),
  reason: wordsSchema.describe('Why it needs no action'),
  owner: wordsSchema.describe('Who answers for it'),
  added: z
    .string()
    .refine(isDate, 'is not a date (YYYY-MM-DD)')
    .meta({ format: 'date' })
    .optional()
    .describe('Day on which it was written; the span that max-span limits is counted from it'),
  expires: z
    .string()
    .refine(isDate, 'is not a date (YYYY-MM-DD)')
    .meta({ format: 'date' })
    .describe('Last day on which it holds, UTC, YYYY-MM-DD'),
  'max-severity': z
    .enum(RATED_SEVERITIES, { error: `is none of ${RATED_SEVERITIES.join(', ')}` })
    .optional()
    .describe('Highest severity it accepts; low if not given. critical also accepts what nobody has rated'),
  despite: z
    .literal('kev', { error: 'is not kev, the only thing it can say' })
    .optional()
    .describe('kev: accepted although CISA knows that it is exploited (KEV)'),
  justification: z
    .enum(JUSTIFICATIONS, { error: `is none of ${JUSTIFICATIONS.join(', ')}` })
    .optional()
    .describe(
      'Why the image is not affected, as OpenVEX says it: then report.openvex.json says not_affected',
    ),
})

/** Shape of policies/whitelist.yml. */
export const whitelistSchema = z
  .strictObject({
    version: versionSchema,
    include: z
      .array(wordsSchema)
      .min(1, 'names no file; leave it out')
      .optional()
      .describe('Other whitelists that count too: paths relative to this file, inside the working directory'),
    entries: z.array(entrySchema),
  })
  .describe('Known, low, not urgent: what the gate accepts, and until when')

export type RawEntry = z.infer<typeof entrySchema>
