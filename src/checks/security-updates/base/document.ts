import * as z from 'zod'
import type { Evidence } from '../../../model/evidence.js'
import { incomplete } from '../archive/document.js'
import { REASONS } from './questions.js'

const ASKED = z.object({
  reference: z.string(),
  reason: z.enum(REASONS),
  /** `ok`, or the code of a problem. */
  outcome: z.string(),
  detail: z.string().nullable(),
  digest: z.string().nullable(),
  manifest: z.string().nullable(),
  diffIds: z.array(z.string()),
  created: z.string().nullable(),
})

/** A registry's answer to one question. */
export type RegistryAnswer = z.infer<typeof ASKED>

/** base.json; evidence has none if the archive has failed. */
export const BASE_DOCUMENT = 'base.json'

const AT_HAND = z.object({ reference: z.string(), diffIds: z.array(z.string()) })

/** An image in the engine whose layers the judged one begins with. */
export type AtHand = z.infer<typeof AT_HAND>

const DOCUMENT = z.object({
  asked: z.array(ASKED),
  atHand: z.array(AT_HAND),
})

/** What registries and the engine said about the base. */
export type BaseDocument = z.infer<typeof DOCUMENT>

/** @throws SeaworthyError `evidence-incomplete` */
export function readBaseDocument({ documents }: Evidence): BaseDocument {
  const text = Object.hasOwn(documents, BASE_DOCUMENT) ? documents[BASE_DOCUMENT] : undefined
  if (text === undefined) {
    return { asked: [], atHand: [] }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw incomplete(`${BASE_DOCUMENT} is not JSON`, BASE_DOCUMENT)
  }
  const read = DOCUMENT.safeParse(value)
  if (read.success) {
    return read.data
  }
  throw incomplete(`${BASE_DOCUMENT} is not as expected`, BASE_DOCUMENT)
}

/** True if an image begins with all of these layers. */
export function beginsWith(image: readonly string[], layers: readonly string[]): boolean {
  return layers.length > 0 && layers.length <= image.length && layers.every((one, at) => one === image[at])
}
