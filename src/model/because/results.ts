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

type InTable = Extract<
  DictionaryReason,
  {
    readonly reason:
      | 'no-result'
      | 'left-out'
      | 'not-applicable'
      | 'host-lacks'
      | 'unlisted'
      | 'nobody-looked'
      | 'other-word'
      | 'evidence-found'
      | 'other-items'
      | 'as-expected'
      | 'start-test'
  }
>

const IN_TABLE: TextsOf<InTable> = {
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
}

function isInTable(one: Reason): one is InTable {
  return Object.hasOwn(IN_TABLE, one.reason)
}
