import * as z from 'zod'
import { CHECK_IDS } from '../checks.js'
import { BENCH_STATUSES } from '../finding/bench.js'
import { DebianNoteSchema } from '../finding/common.js'
import { UPDATE_ORIGINS } from '../finding/update.js'
import { JUSTIFICATIONS } from '../justification.js'
import { LAYER_OWNERS } from '../provenance/layer-owner.js'
import { count, day, PlaceSchema, type TypeOf, text, textOrNull, texts } from '../schemas.js'
import { SEVERITIES } from '../severity.js'

/**
 * Why a finding was ruled on as it was, as values: only `texts.ts` makes sentences of them, and nothing parses those.
 * report.json has the values too, in this form.
 */

const severity = z.enum(SEVERITIES).meta({ id: 'Severity' })

const RatedSchema = z
  .strictObject({
    severity,
    source: textOrNull,
    score: z.number().nullable().describe('null if no score gave the severity'),
    takenFor: z
      .enum([...SEVERITIES, 'noted'])
      .nullable()
      .describe('What unknown-severity makes of an unrated finding; null if that does not matter'),
  })
  .meta({ id: 'Rated' })
export type RatedFinding = TypeOf<typeof RatedSchema>

/** The owner whose threshold it is; `null` or omitted if one threshold holds for all owners. */
const of = z.enum(LAYER_OWNERS).nullable().optional()
const release = text.optional().describe('The kind of release that has this value of its own')

function reason<const Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) {
  return z.strictObject({ reason: z.literal(name), ...shape })
}

const RULING_REASONS = [
  reason('host-kernel', {
    packages: texts.describe("The installed packages of the kernel's source, none of which is a program"),
  }),
  reason('refuted', {
    version: textOrNull,
    fixedVersion: textOrNull,
    explanation: textOrNull.describe('The reason for an application package; otherwise null'),
  }),
  reason('clair-alone', {
    explanation: text.describe('Only Clair reports it, and why Seaworthy does not'),
  }),
  reason('kev', { fixes: texts.nullable().describe('The CVEs that an update fixes') }),
  reason('no-fix', { codename: textOrNull }),
  // As `no-fix`, for an application package.
  reason('no-version-fixes', {}),
  // The fix is in another branch of the program than its own, which is maintained until that day.
  reason('fix-elsewhere', { version: text, branch: text, end: text }),
  reason('malware', {}),
  reason('application-report', {
    key: z.enum(['application', 'programs']).describe('The key that is "report"'),
  }),
  reason('fix-announced', { version: text, codename: textOrNull, offered: textOrNull }),
  reason('fix-offered', { version: text }),
  // The signed index names the fixed version, but the mirrors no longer have its file.
  reason('fix-lost', { version: text }),
  reason('debian', {
    note: DebianNoteSchema,
    ended: z
      .strictObject({ codename: text, day })
      .nullable()
      .describe(
        "The day on which Debian's support of the release ended, so that its statement no longer counts",
      ),
  }),
  reason('unrated', {}),
  // As `unrated`, if no fix can be installed.
  reason('not-rated', {}),
  reason('at-or-above', {
    rated: RatedSchema,
    input: z.enum(['fail-on', 'fail-on-unfixed', 'fail-on-deferred']),
    threshold: severity,
    of,
  }),
  reason('below', { rated: RatedSchema, threshold: severity, of }),
  // `act-within` allows this many days from the day on which the fix could first be installed.
  reason('due', { day, from: day, days: count }),
  // Like `due`, but the last day is over.
  reason('was-due', { day, from: day, days: count }),
  reason('likely', { probability: z.number(), threshold: z.number() }),
] as const

const WHITELIST_REASONS = [
  reason('accepted', { place: PlaceSchema, until: day, why: text, owner: text }),
  // An entry of the whitelist or the dictionary that would have decided.
  reason('entry-expired', { place: PlaceSchema, on: day }),
  // An override of the dictionary that expects what was found, but of other images.
  reason('override-elsewhere', { place: PlaceSchema, images: texts }),
  reason('entry-not-despite', { place: PlaceSchema, despite: z.enum(['kev', 'malware']) }),
  reason('entry-too-mild', {
    place: PlaceSchema,
    most: severity,
    isUnrated: z
      .boolean()
      .describe('The vulnerability has no severity, so that only "critical" would cover it'),
  }),
  // The entry names the path, but another content.
  reason('entry-other-content', { place: PlaceSchema }),
  // Entries accept some paths of the finding; this part has the others.
  reason('accepted-in-part', { accepted: count, of: count }),
] as const

const UPDATE_REASONS = [
  reason('security-update', { version: text }),
  reason('ordinary-update', { origin: z.enum(UPDATE_ORIGINS) }),
  reason('fixes', { cves: texts }),
  reason('held-back', { text }),
  // The mirrors no longer have the file of the update.
  reason('file-lost', {}),
  reason('any-update', { release: text }),
  reason('as-found', { why: text.describe("The finding's own sentence") }),
  reason('require-release', { wanted: text, release }),
  reason('still-supported', {}),
  reason('grace', {
    stable: text.describe('The release of Debian that took its place is new'),
    from: day,
    day,
  }),
  // `fail-on-unexamined` is true; or `unexamined` is `fail` for this kind of release.
  reason('unexamined', { release }),
  reason('unread', { is: z.enum(['act', 'noted']).describe('What `unread` is set to') }),
  // `application` is `off`.
  reason('application-off', {
    isOffByOsv: z.literal(true).exactOptional().describe('No policy says so, but the input osv is none'),
  }),
  // Content that could not be read, and why it does not block.
  reason('spared', { why: text }),
] as const

const DictionaryPlaceSchema = z
  .strictObject({
    file: text,
    line: count.nullable().describe('null: from the built-in dictionary, which nobody can open'),
  })
  .meta({ id: 'DictionaryPlace' })
/** A line of a dictionary; for the built-in one, which nobody can open, only the file: `line` is `null`. */
export type DictionaryPlace = TypeOf<typeof DictionaryPlaceSchema>

const ItemsDifferenceSchema = z.discriminatedUnion('differ', [
  z.strictObject({ differ: z.literal('cut') }),
  z.strictObject({ differ: z.literal('too-many'), found: texts, expected: count, orFewer: z.boolean() }),
  z.strictObject({ differ: z.literal('too-few'), found: count, expected: count }),
  z.strictObject({ differ: z.enum(['not-expected', 'gone']), items: texts }),
])
/** How what was found differs from what a rule for items allows. */
export type ItemsDifference = TypeOf<typeof ItemsDifferenceSchema>

const place = DictionaryPlaceSchema

const DICTIONARY_REASONS = [
  reason('no-result', { place: place.nullable() }),
  reason('left-out', { words: text }),
  reason('not-applicable', { why: text }),
  reason('host-lacks', { feature: text }),
  reason('tied', { places: z.array(place) }),
  reason('unlisted', { file: textOrNull }),
  reason('nobody-looked', { why: text }),
  reason('other-title', { place }),
  reason('other-word', { word: z.enum(BENCH_STATUSES), place, expected: text, outdated: z.boolean() }),
  reason('evidence-lacking', { place, evidence: text }),
  reason('check-not-run', { check: z.enum(CHECK_IDS) }),
  reason('only-builtin-looks', {}),
  reason('evidence-found', { evidence: text, count, place }),
  reason('nobody-looks', {}),
  reason('other-items', { place, difference: ItemsDifferenceSchema, outdated: z.boolean() }),
  reason('as-expected', { place }),
  reason('of-base', { base: text }),
  reason('start-test', { why: text }),
] as const

const VexShortfallSchema = z.discriminatedUnion('short', [
  z.strictObject({ short: z.enum(['leaves-out', 'no-justification', 'kev', 'malware']) }),
  z.strictObject({ short: z.literal('to-come'), day }),
  z.strictObject({ short: z.literal('too-old'), day, days: count }),
  z.strictObject({ short: z.literal('overruled'), by: PlaceSchema }),
])
/** Why a statement of a VEX document does not apply. */
export type VexShortfall = TypeOf<typeof VexShortfallSchema>

const VEX_REASONS = [
  reason('stated', {
    place: PlaceSchema,
    status: text,
    justification: z.enum(JUSTIFICATIONS).nullable(),
    words: text,
    author: text,
    day,
    until: day,
  }),
  reason('stated-in-vain', { place: PlaceSchema, status: text, shortfall: VexShortfallSchema }),
] as const

const BASELINE_REASONS = [
  reason('kev-new-or-not', {}),
  reason('malware-new-or-not', {}),
  reason('entry-alone', {}),
  reason('in-baseline', {}),
] as const

export const DictionaryReasonSchema = z.discriminatedUnion('reason', DICTIONARY_REASONS)
export type DictionaryReason = TypeOf<typeof DictionaryReasonSchema>

export const ReasonSchema = z
  .discriminatedUnion('reason', [
    ...RULING_REASONS,
    ...WHITELIST_REASONS,
    ...UPDATE_REASONS,
    ...DICTIONARY_REASONS,
    ...VEX_REASONS,
    ...BASELINE_REASONS,
  ])
  .meta({ id: 'Reason' })
export type Reason = TypeOf<typeof ReasonSchema>

export const ReturnReasonSchema = z.discriminatedUnion('reason', [
  reason('kev', {}),
  reason('archive-offers', {
    codename: textOrNull,
    fix: textOrNull.describe('The announced version; null if there is none'),
  }),
  reason('support-ends', { codename: textOrNull, end: textOrNull }),
])
/** Conditions under which a deferred finding gets the ruling `act` again. */
export type ReturnReason = TypeOf<typeof ReturnReasonSchema>
