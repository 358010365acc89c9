import * as z from 'zod'
import { familiarName, parseReference, untagged } from '../image/reference.js'
import { BASE_EVIDENCE } from '../provenance/base-image.js'
import { type TypeOf, text, textOrNull } from '../schemas.js'
import { releaseRow } from './update.js'

const BaseSchema = z.strictObject({
  restsOn: z.enum(BASE_EVIDENCE).nullable().describe('null: the evidence says nothing about the base'),
  base: textOrNull,
  tag: textOrNull,
})
export type BaseDetails = TypeOf<typeof BaseSchema>

/** Findings about what the image is built on (docs/decisions/0038-official-bases-by-default.md). */
export const BASE_OBSTACLES = {
  'unofficial-base': releaseRow(
    'base',
    'bases',
    z.strictObject({
      ...BaseSchema.shape,
      allowing: z
        .enum(['enough', 'unproven'])
        .describe('What listing it in allowed-bases would do: a registry proves it, or has not yet'),
    }),
    ({ base: name, allowing }) => {
      const allowAdvice = `allow this base in gate.yml (allowed-bases${name === null ? '' : `: ${untagged(familiarName(name))}`})`
      // A base that a list allows must also be proven, and nothing proves this one yet.
      const proof = allowing === 'enough' ? '' : ' and let the gate read it from its registry'
      return `Build on one of Docker's official images, or ${allowAdvice}${proof}`
    },
  ),
  // Only noted: a third party, neither Docker nor the user, made these layers.
  'intermediate-base': releaseRow('base', 'never', BaseSchema),
  'base-label-contradicted': releaseRow(
    'base',
    'listed-bases',
    BaseSchema,
    'Correct the label that names the base',
  ),
  'base-not-known': releaseRow(
    'base',
    'listed-bases',
    z.strictObject({
      ...BaseSchema.shape,
      stranger: text
        .optional()
        .describe('The base that the label names, if its registry was not asked: nothing else names it'),
    }),
    ({ stranger }) =>
      stranger === undefined
        ? 'Prove what the image is built on: build it with the labels org.opencontainers.image.base.name and .digest'
        : askStranger(stranger),
  ),
  'base-moved-on': releaseRow('base', 'never', BaseSchema),
} as const

/** What lets a registry be asked that only a label names (docs/troubleshooting.md#registry-stranger). */
function askStranger(name: string): string {
  const registry = parseReference(name)?.registry ?? name
  // With its tag: a name without one would allow every tag.
  const [listed = name] = familiarName(name).split('@')
  return `Let the gate ask ${registry} for the base, if you trust it (a label alone is not a sufficient reason): log in to it, or list ${listed} in allowed-bases`
}
