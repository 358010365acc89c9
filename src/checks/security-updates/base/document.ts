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

/** What a registry said to one question. */
export type RegistryAnswer = z.infer<typeof ASKED>

/** base.json; evidence of before it was written has none. */
export const BASE_DOCUMENT = 'base.json'

const DOCUMENT = z.object({ asked: z.array(ASKED) })

/** @throws SeaworthyError `evidence-incomplete` */
export function readBaseDocument({ documents }: Evidence): readonly RegistryAnswer[] {
  const text = Object.hasOwn(documents, BASE_DOCUMENT) ? documents[BASE_DOCUMENT] : undefined
  if (text === undefined) {
    return []
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw incomplete(`${BASE_DOCUMENT} is not JSON`, BASE_DOCUMENT)
  }
  const read = DOCUMENT.safeParse(value)
  if (read.success) {
    return read.data.asked
  }
  throw incomplete(`${BASE_DOCUMENT} is not as expected`, BASE_DOCUMENT)
}

/** True if an image begins with these layers, all of them. */
export function beginsWith(image: readonly string[], layers: readonly string[]): boolean {
  return layers.length > 0 && layers.length <= image.length && layers.every((one, at) => one === image[at])
}
