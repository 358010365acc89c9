import * as z from 'zod'
import { isDate, isRecord, type LineError } from '../model/index.js'
import { nearest, shown } from './errors.js'
import type { Path, YamlDocument } from './yaml/read.js'

/**
 * What the policy files have in common. The schemas serve two purposes: they check what `readYaml` returns (only
 * text), and the JSON Schemas for editors are made from them (script/schema.mjs). An editor reads `1` and `true` as a
 * number and a boolean, so these are accepted in addition to their texts.
 */
export const versionSchema = z
  .union([z.literal('1'), z.literal(1)], { error: 'is not a supported version; use 1' })
  .describe('Version of this format; always 1')

export const flagSchema = z.union([z.enum(['true', 'false']), z.boolean()], {
  error: 'is neither true nor false',
})

export const dateSchema = z.string().refine(isDate, 'is not a date (YYYY-MM-DD)').meta({ format: 'date' })

export const imagePatternsSchema = z.array(
  z.string().regex(/^[^\s?[\]{}!]+$/, 'is not an image reference; the only wildcard is *'),
)

export const textSchema = z.string().regex(/\S/, 'is empty')

/** The errors of a document: those of its YAML, then those of its form according to `schema`. */
export function shapeErrors(document: YamlDocument, schema: z.ZodType): LineError[] {
  if (document.value === undefined) {
    return [...document.errors]
  }
  const result = schema.safeParse(document.value)
  const issues = result.success ? [] : result.error.issues
  const reported = new Set<string>()
  const errors = [...document.errors]
  for (const issue of issues) {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    if (document.hasErrors(path)) {
      continue
    }
    for (const error of errorsOf(issue, path, document, schema)) {
      // Several rules may refuse one value: the first one reports it.
      const key = error.path.join('\0')
      if (!reported.has(key)) {
        errors.push({ place: document.placeOf(error.path), text: error.text })
      }
      reported.add(key)
    }
  }
  return errors
}

/** `entries[2].expires`; "the file" for the root. Keys are text from outside: unusual ones are quoted. */
export function pathText(path: Path): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') {
      return `[${step}]`
    }
    return `.${/^[\w-]{1,60}$/.test(step) ? step : shown(step)}`
  })
  return steps.length === 0 ? 'the file' : steps.join('').replace(/^\./, '')
}

/** An error about the value at a path. */
export function errorAt(document: YamlDocument, path: Path, text: string): LineError {
  return { place: document.placeOf(path), text: `${pathText(path)}: ${text}` }
}

interface PathError {
  readonly path: Path
  readonly text: string
}

function errorsOf(
  issue: z.core.$ZodIssue,
  path: Path,
  document: YamlDocument,
  schema: z.ZodType,
): PathError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      text: `${pathText([...path, key])}: unknown key${suggestion(key, keysAt(schema, path))}`,
    }))
  }
  const value = valueAt(document.value, path)
  if (value === undefined) {
    return [{ path, text: `${pathText(path)}: is missing` }]
  }
  // A schema's own message is clearer than one about its type.
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return [{ path, text: `${pathText(path)}: ${wrongKind(issue.expected, value)}` }]
  }
  return [{ path, text: `${pathText(path)}: ${value === '' ? 'it' : shown(value)} ${issue.message}` }]
}

const MAPPING = 'a mapping (key: value)'

function wrongKind(expected: string, value: unknown): string {
  const kinds: Record<string, string> = { string: 'text', array: 'a list', object: MAPPING, record: MAPPING }
  const found =
    value === '' ? 'nothing' : typeof value === 'string' ? `the text ${shown(value)}` : shown(value)
  return `expected ${kinds[expected] ?? expected}, found ${found}`
}

function suggestion(key: string, known: readonly string[]): string {
  const meant = nearest(key, known)
  return meant === null ? ` (known: ${known.join(', ')})` : `; did you mean ${meant}?`
}

function keysAt(schema: z.ZodType, path: Path): string[] {
  let at: unknown = schema
  for (const step of path) {
    at = inner(at)
    if (at instanceof z.ZodArray && typeof step === 'number') {
      at = at.element
    } else if (at instanceof z.ZodObject) {
      at = at.shape[step]
    } else if (at instanceof z.ZodRecord) {
      at = at.valueType
    }
  }
  at = inner(at)
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

function inner(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? inner(schema.unwrap()) : schema
}

/** The value at a path, using own members only; `undefined` if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) {
      return undefined
    }
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

export type Mapping = Readonly<Record<string, unknown>>

export function mappingOf(value: unknown): Mapping | null {
  return isRecord(value) ? value : null
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
