import { z } from 'zod'
import { isDate } from './dates.js'
import { CHECK_IDS } from './evidence.js'
import type { Finding } from './finding.js'
import { globMatches } from './glob.js'
import type { Whitelist, WhitelistEntry } from './policy.js'
import { type PolicyFault, policyError } from './policy-faults.js'
import { flagSchema, shapeFaults, versionSchema, wordsSchema } from './policy-shape.js'
import { compareSeverity, RATED_SEVERITIES, type Severity } from './severity.js'
import { ANY_ID, entryFaults } from './whitelist-rules.js'
import { readYaml } from './yaml.js'

const entrySchema = z.strictObject({
  id: wordsSchema
    .optional()
    .describe('What is accepted: a CVE, or a TEMP- id of the Debian security tracker. Exactly, no wildcards'),
  package: z
    .string()
    .regex(/^(?:\*|[a-z0-9][a-z0-9+.-]+)$/, 'is not a source package name (Debian policy 5.6.1), nor "*"')
    .optional()
    .describe('Source package; "*" needs any-package: true'),
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
      'References of images as the gate is given them; * stands for any characters. All if not given',
    ),
  reason: wordsSchema.describe('Why it needs no action'),
  owner: wordsSchema.describe('Who answers for it'),
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
})

/** Shape of policies/whitelist.yml. */
export const whitelistSchema = z
  .strictObject({ version: versionSchema, entries: z.array(entrySchema) })
  .describe('Known, low, not urgent: what the gate accepts, and until when')

type RawEntry = z.infer<typeof entrySchema>

/**
 * Reads policies/whitelist.yml.
 * @param file as messages shall name it
 * @throws SeaworthyError `policy-invalid` with every fault of the file and its line
 */
export function readWhitelist(text: string, file: string): Whitelist {
  const document = readYaml(text, file)
  const faults: PolicyFault[] = shapeFaults(document, whitelistSchema)
  faults.push(...entryFaults(document))
  if (faults.length > 0) throw policyError(faults)
  const { entries } = whitelistSchema.parse(document.value)
  return { file, entries: entries.map((raw, index) => toEntry(raw, document.placeOf(['entries', index]))) }
}

function toEntry(raw: RawEntry, place: WhitelistEntry['place']): WhitelistEntry {
  return {
    id: raw.id ?? ANY_ID,
    package: raw.package === undefined || raw.package === '*' ? null : raw.package,
    check: raw.check ?? 'clair',
    releases: raw.releases ?? null,
    images: raw.images ?? null,
    reason: raw.reason.trim(),
    owner: raw.owner.trim(),
    expires: raw.expires,
    maxSeverity: raw['max-severity'] ?? 'low',
    despiteKev: raw.despite === 'kev',
    place,
  }
}

/** True while the entry holds: its last day still counts. Both are YYYY-MM-DD, UTC. */
export function isLive(entry: WhitelistEntry, today: string): boolean {
  return today <= entry.expires
}

/**
 * True if the entry accepts the finding in that image on that day, `max-severity` included. Whether the finding
 * is in KEV is not looked at: that is the judge's first ruling.
 * @param image its reference as the user gave it, and the codename of its release (`null`: not known)
 */
export function covers(
  entry: WhitelistEntry,
  finding: Finding,
  image: { readonly reference: string; readonly codename: string | null },
  today: string,
): boolean {
  return (
    isLive(entry, today) &&
    entry.check === finding.check &&
    (entry.id === ANY_ID || entry.id === finding.id) &&
    (entry.package === null || entry.package === finding.package) &&
    (entry.releases === null || (image.codename !== null && entry.releases.includes(image.codename))) &&
    (entry.images === null || entry.images.some((pattern) => globMatches(pattern, image.reference))) &&
    accepts(entry, finding.severity)
  )
}

/**
 * What nobody has rated may be anything: only an entry that accepts everything accepts it. Only vulnerabilities
 * are rated by others; in the other checks `unknown` says nothing.
 */
function accepts(entry: WhitelistEntry, severity: Severity): boolean {
  if (severity === 'unknown') return entry.maxSeverity === 'critical' || entry.check !== 'clair'
  return compareSeverity(severity, entry.maxSeverity) <= 0
}
