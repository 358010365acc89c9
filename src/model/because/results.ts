import { oneLine } from '../text.js'
import type { DictionaryReason, Reason } from './reasons.js'
import { differenceText, reasonText, sentence, type TextsOf } from './texts.js'

/**
 * Why a result got its ruling, for a table whose columns already show both results, the dictionary's line and the
 * outcome, so these are left out. Empty if there is no other reason.
 */
export function reasonsNextToResult(because: readonly Reason[]): string {
  const texts = because.map((one) => (isInTable(one) ? reasonText(IN_TABLE, one) : sentence([one])))
  return texts
    .map((text) => text.replace(/\.$/, ''))
    .filter((text) => text !== '')
    .join('; ')
}

const IN_TABLE = {
  'no-result': () => '',
  'left-out': ({ words: text }) => oneLine(text),
  'not-applicable': ({ why }) => why,
  'host-lacks': ({ feature }) => `the host has no ${feature}`,
  unlisted: () => '',
  'nobody-looked': ({ why }) => why,
  'other-word': () => '',
  'evidence-found': ({ evidence, count }) => `${evidence} found ${count}`,
  'other-items': ({ difference }) => differenceText(difference),
  'as-expected': () => '',
  'start-test': ({ why }) => why,
} as const satisfies Partial<TextsOf<DictionaryReason>>

type InTable = Extract<DictionaryReason, { readonly reason: keyof typeof IN_TABLE }>

function isInTable(one: Reason): one is InTable {
  return Object.hasOwn(IN_TABLE, one.reason)
}
