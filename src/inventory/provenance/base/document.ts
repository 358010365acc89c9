import * as z from 'zod'
import { documentIn, type Evidence } from '../../../model/index.js'
import { REASONS } from './questions.js'

const ANSWER = z.object({
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

export type RegistryAnswer = z.infer<typeof ANSWER>

/** base.json; evidence has none if the archive has failed. */
export const BASE_DOCUMENT = 'base.json'

const AT_HAND = z.object({ reference: z.string(), diffIds: z.array(z.string()) })

/** An image in the engine whose layers the judged one begins with. */
export type AtHand = z.infer<typeof AT_HAND>

const DOCUMENT = z.object({
  asked: z.array(ANSWER),
  atHand: z.array(AT_HAND),
})

export type BaseDocument = z.infer<typeof DOCUMENT>

/** @throws SeaworthyError `evidence-incomplete` */
export function readBaseDocument({ documents }: Evidence): BaseDocument {
  return documentIn(documents, BASE_DOCUMENT, DOCUMENT) ?? { asked: [], atHand: [] }
}

export function beginsWith(image: readonly string[], layers: readonly string[]): boolean {
  return layers.length > 0 && layers.length <= image.length && layers.every((one, at) => one === image[at])
}
