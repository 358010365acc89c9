import type * as z from 'zod'
import type { Evidence } from './evidence.js'
import { SeaworthyError } from './problem.js'

type Documents = Evidence['documents']

/** `null` if the evidence has no document of this name. */
export function textIn(documents: Documents, name: string): string | null {
  return Object.hasOwn(documents, name) ? (documents[name] ?? null) : null
}

/** @throws SeaworthyError `evidence-incomplete` if there is none */
export function neededText(documents: Documents, name: string): string {
  const text = textIn(documents, name)
  if (text === null) {
    throw incomplete(`${name} is missing from the evidence`, name)
  }
  return text
}

/**
 * `null` if the evidence has no document of this name.
 * @throws SeaworthyError `evidence-incomplete` if it does not have this shape
 */
export function documentIn<T>(documents: Documents, name: string, shape: z.ZodType<T>): T | null {
  return textIn(documents, name) === null ? null : neededDocument(documents, name, shape)
}

/** @throws SeaworthyError `evidence-incomplete` if there is none, or it does not have this shape */
export function neededDocument<T>(documents: Documents, name: string, shape: z.ZodType<T>): T {
  const text = neededText(documents, name)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw incomplete(`${name} is not JSON`, name, cause)
  }
  const { success, data, error } = shape.safeParse(json)
  if (success) {
    return data
  }
  const [first] = error.issues
  const place = first?.path.join('.') || 'the document'
  throw incomplete(`${name} is not in the expected format: ${place}: ${first?.message}`, name, error)
}

export function incomplete(what: string, where: string, cause?: unknown): SeaworthyError {
  return new SeaworthyError({ code: 'evidence-incomplete', what, where }, { cause })
}
