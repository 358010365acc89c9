import * as z from 'zod'
import { BENCH_STATUSES, type BenchStatus, NUMBERINGS } from '../../model/index.js'
import { dateSchema, imagePatternsSchema, textSchema, versionSchema } from '../shape.js'
import type { Expectation, ItemRule } from './dictionary.js'

/** Schema of policies/dictionary.yml; conflicts between keys are in errors.ts. */

const expectSchema = z
  .array(z.enum(BENCH_STATUSES, { error: `is not one of ${BENCH_STATUSES.join(', ')}` }))
  .min(1, 'must contain at least one result')

const countSchema = z.union([z.string().regex(/^\d{1,6}$/), z.int().min(0)], {
  error: 'is not a whole number',
})

const itemsSchema = z
  .strictObject({
    count: countSchema.optional().describe('Exactly this many items'),
    max: countSchema.optional().describe('At most this many items'),
    equals: z.array(z.string()).optional().describe('Exactly these items'),
    subset_of: z.array(z.string()).optional().describe('No items other than these'),
    compare: z
      .enum(['whole', 'name', 'port', 'path'], { error: 'is not one of whole, name, port, path' })
      .optional()
      .describe('Which part of each item to compare; default: whole (the entire item)'),
  })
  .describe('Condition that the items found must meet; set exactly one of count, max, equals, subset_of')

const reasonSchema = z.string().regex(/\S/, 'is empty; state why this is accepted')
const ownerSchema = z
  .string()
  .regex(/\S/, 'is empty; state who is responsible')
  .describe('Who is responsible for this entry')
const expiresSchema = dateSchema.describe('Last day on which this entry applies (YYYY-MM-DD, UTC)')

export const entrySchema = z.strictObject({
  title: textSchema.optional().describe("Words from the check's title, to detect a different numbering"),
  expect: expectSchema.optional().describe('Expected results; default: the value of defaults.expect'),
  items: itemsSchema.optional(),
  evidence: textSchema
    .optional()
    .describe('The test that decides the result if Docker Bench reports only NOTE'),
  reason: reasonSchema.optional(),
  owner: ownerSchema.optional(),
  expires: expiresSchema.optional(),
  when: z
    .strictObject({
      host: z.enum(['apparmor', 'selinux'], { error: 'is not one of apparmor, selinux' }).optional(),
    })
    .optional()
    .describe('The result for this id is judged only if the host has this feature'),
})

const checksSchema = z.record(z.string(), entrySchema)
/** An id for which the extended dictionary expects a result can only be left out as an exception. */
const leftOutSchema = z.strictObject({ reason: reasonSchema, owner: ownerSchema, expires: expiresSchema })
const LEFT_OUT_ERROR = 'is neither a reason nor {reason, owner, expires}'
const choiceSchema = z.enum(['action', 'report'], { error: 'is not one of action, report' })

export const dictionarySchema = z
  .strictObject({
    extends: z
      .string()
      .regex(/^builtin\/[1-9]\d{0,3}$/, 'is not builtin/ followed by a number, such as builtin/1')
      .optional()
      .describe('The built-in dictionary that this file extends; must be the first key'),
    version: versionSchema,
    numbering: z
      .enum(NUMBERINGS, { error: `is not one of ${NUMBERINGS.join(', ')}` })
      .optional()
      .describe('In dbs-1.6.1, id 5.1 is about swarm mode; in dbs-1.6.0, it is about AppArmor'),
    scope: z
      .strictObject({
        images: z.array(z.literal('$IMAGE_UNDER_TEST', { error: 'is not $IMAGE_UNDER_TEST' })).optional(),
        containers: z
          .array(z.literal('$CONTAINER_UNDER_TEST', { error: 'is not $CONTAINER_UNDER_TEST' }))
          .optional(),
      })
      .optional()
      .describe('What is judged: always the images passed to the gate; no other image can be specified here'),
    defaults: z
      .strictObject({
        expect: expectSchema.optional(),
        unlisted: choiceSchema.optional().describe('How to treat a result whose id is not in this file'),
        missing: choiceSchema.optional().describe('How to treat an id in this file that has no result'),
        vacuous: z
          .literal('action', {
            error: 'must be "action", because a check that examined nothing never passes',
          })
          .optional(),
      })
      .optional(),
    not_applicable: z
      .record(z.string(), z.union([textSchema, leftOutSchema], { error: LEFT_OUT_ERROR }))
      .optional()
      .describe('Ids or whole sections that are not judged, each with the reason'),
    checks: checksSchema
      .optional()
      .describe(
        'Expected results by quoted id: section 4 for the image, section 5 for how it is run (if run options are set)',
      ),
    overrides: z
      .array(
        z.strictObject({
          images: imagePatternsSchema.min(1, 'must contain at least one image'),
          checks: checksSchema,
        }),
      )
      .optional()
      .describe('Exceptions for some images; the most specific pattern wins'),
  })
  .meta({ anyOf: [{ required: ['numbering'] }, { required: ['extends'] }] })
  .describe('Expected results of Docker Bench')

export type RawDictionary = z.infer<typeof dictionarySchema>
export type RawExpectation = z.infer<typeof entrySchema>

export function toExpectation(
  raw: RawExpectation,
  fallback: readonly BenchStatus[],
): Omit<Expectation, 'id' | 'writtenId' | 'place' | 'path'> {
  return {
    expect: raw.expect ?? fallback,
    items: raw.items === undefined ? null : toItemRule(raw.items),
    title: raw.title ?? null,
    evidence: raw.evidence ?? null,
    reason: raw.reason?.trim() ?? null,
    owner: raw.owner?.trim() ?? null,
    expires: raw.expires ?? null,
    host: raw.when?.host ?? null,
  }
}

function toItemRule(raw: NonNullable<RawExpectation['items']>): ItemRule {
  const by = raw.compare ?? 'whole'
  const values = raw.equals ?? raw.subset_of ?? []
  const count = Number(raw.count ?? raw.max ?? 0)
  const kinds = ['count', 'max', 'equals', 'subset_of'] as const
  return { kind: kinds.find((kind) => raw[kind] !== undefined) ?? 'equals', count, values, by }
}
