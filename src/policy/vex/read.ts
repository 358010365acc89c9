import * as z from 'zod'
import { JUSTIFICATIONS, type Justification, type LineError, type Place } from '../../model/index.js'
import { policyError } from '../errors.js'
import { shapeErrors, textSchema } from '../shape.js'
import { readYaml, type YamlDocument } from '../yaml/read.js'

/**
 * Keywords of OpenVEX 0.2.0 (https://github.com/openvex/spec, OPENVEX-SPEC.md, "Status Labels", "Status
 * Justifications").
 */
const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const
export type VexStatus = (typeof VEX_STATUSES)[number]

/** Supported: 0.2.0 and its corrections. Without a version the URL means 0.0.1, which is another format. */
const CONTEXT = /^https:\/\/openvex\.dev\/ns\/v0\.2\.\d+$/
export const VEX_CONTEXT = 'https://openvex.dev/ns/v0.2.0'

const time = z.iso.datetime({ offset: true, error: 'is not a time such as 2026-11-24T06:12:00Z' })
const version = z.int({ error: 'is not a whole number' }).min(1, 'is below 1')
const component = {
  '@id': textSchema.optional(),
  identifiers: z
    .strictObject({
      purl: textSchema.optional(),
      cpe22: textSchema.optional(),
      cpe23: textSchema.optional(),
    })
    .optional(),
  hashes: z.record(z.string(), z.string()).optional(),
}
const productSchema = z.strictObject({
  ...component,
  subcomponents: z.array(z.strictObject(component)).optional(),
})
const statementSchema = z.strictObject({
  '@id': textSchema.optional(),
  version: version.optional(),
  vulnerability: z.strictObject({
    '@id': textSchema.optional(),
    name: textSchema,
    description: z.string().optional(),
    aliases: z.array(textSchema).optional(),
  }),
  timestamp: time.optional(),
  last_updated: time.optional(),
  // The format lets a statement leave this out only if it is embedded in another document.
  products: z.array(productSchema).min(1, 'must contain at least one product'),
  status: z.enum(VEX_STATUSES, { error: `is not one of ${VEX_STATUSES.join(', ')}` }),
  supplier: z.string().optional(),
  status_notes: z.string().optional(),
  justification: z.enum(JUSTIFICATIONS, { error: `is not one of ${JUSTIFICATIONS.join(', ')}` }).optional(),
  impact_statement: z.string().optional(),
  action_statement: z.string().optional(),
  action_statement_timestamp: time.optional(),
})
const documentSchema = z.strictObject({
  '@context': z.string().regex(CONTEXT, `is not the supported format, ${VEX_CONTEXT}`),
  '@id': textSchema,
  author: textSchema,
  role: z.string().optional(),
  timestamp: time,
  last_updated: time.optional(),
  version,
  tooling: z.string().optional(),
  statements: z.array(statementSchema).min(1, 'must contain at least one statement'),
})

/** A product or subcomponent: its names, and its required SHA-256 (hex, or `null`). */
export interface VexComponent {
  readonly names: readonly string[]
  readonly sha256: string | null
}

export interface VexProduct extends VexComponent {
  readonly subcomponents: readonly VexComponent[]
}

export interface VexStatement {
  readonly ids: readonly string[]
  readonly status: VexStatus
  readonly justification: Justification | null
  /** `impact_statement`, else `status_notes`; '' if there is neither. */
  readonly words: string
  /** When it was known to be true, ISO 8601. */
  readonly time: string
  readonly author: string
  readonly products: readonly VexProduct[]
  readonly place: Place
}

export interface VexDocument {
  readonly file: string
  readonly statements: readonly VexStatement[]
}

/**
 * Reads an OpenVEX document (JSON, at most 1 MiB).
 * @throws SeaworthyError `policy-invalid` with every error of the file and its line
 */
export function readVex(text: string, file: string): VexDocument {
  const document = readJson(text, file)
  const errors = [...shapeErrors(document, documentSchema), ...ruleErrors(document)]
  if (errors.length > 0) {
    throw policyError(errors)
  }
  const { statements, author, timestamp } = documentSchema.parse(document.value)
  return {
    file,
    statements: statements.map((one, index) => ({
      ids: [one.vulnerability.name, ...(one.vulnerability.aliases ?? [])],
      status: one.status,
      justification: one.justification ?? null,
      words: one.impact_statement ?? one.status_notes ?? '',
      time: one.last_updated ?? one.timestamp ?? timestamp,
      author,
      products: one.products.map((product) => ({
        ...componentOf(product),
        subcomponents: (product.subcomponents ?? []).map(componentOf),
      })),
      place: document.placeOf(['statements', index]),
    })),
  }
}

/** JSON with its own parser; also as YAML, which includes JSON, only for lines and repeated keys. */
function readJson(text: string, file: string): YamlDocument {
  let value: unknown
  try {
    // A byte order mark may be ignored (RFC 8259, 8.1).
    value = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const line = Number(/line (\d+)/.exec(String(error))?.[1] ?? 1)
    throw policyError([{ place: { file, line }, text: 'not valid JSON; an OpenVEX document must be JSON' }])
  }
  return { ...readYaml(text, file), value }
}

/** Rules beyond the schema: components need a name, and `affected` and `not_affected` need an explanation. */
function ruleErrors(document: YamlDocument): LineError[] {
  const parsed = documentSchema.safeParse(document.value)
  if (!parsed.success) {
    return []
  }
  return parsed.data.statements.flatMap((statement, index) => {
    const errorAt = (path: readonly (string | number)[], text: string): LineError => ({
      place: document.placeOf(['statements', index, ...path]),
      text: `statements[${index}]: ${text}`,
    })
    const nameless = statement.products.flatMap((product, at) =>
      [product, ...(product.subcomponents ?? [])].some((one) => componentOf(one).names.length === 0)
        ? [errorAt(['products', at], 'a product or subcomponent has neither @id nor identifiers')]
        : [],
    )
    const { status, action_statement, justification, impact_statement } = statement
    const silent =
      status === 'affected' && action_statement === undefined
        ? [errorAt(['status'], 'status "affected" requires an action_statement')]
        : status === 'not_affected' && justification === undefined && impact_statement === undefined
          ? [errorAt(['status'], 'status "not_affected" requires a justification or an impact_statement')]
          : []
    return [...nameless, ...silent]
  })
}

function componentOf(raw: z.infer<typeof productSchema>): VexComponent {
  const names = [raw['@id'], ...Object.values(raw.identifiers ?? {})].filter((name) => name !== undefined)
  return { names: [...new Set(names)], sha256: raw.hashes?.['sha-256']?.toLowerCase() ?? null }
}
