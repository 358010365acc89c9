import type { ImageVerdict, RuledFinding, Verdict } from '../../model/verdict.js'
/** "Against baseline: 2 new, 1 gone, 5 unchanged."; `null` without a baseline of this image. */
export function changeLine({ findings, gone }: ImageVerdict): string | null {
  if (gone === null) return null
  const count = (word: RuledFinding['since']) => findings.filter(({ since }) => since === word).length
  const unknown = count(null)
  const rest = unknown === 0 ? '' : `, ${unknown} not known`
  return `Against baseline: ${count('new')} new, ${gone.length} gone, ${count('unchanged')} unchanged${rest}.`
}

/** What is to act on and does not block: it was in the baseline already. */
export function letPass({ findings }: ImageVerdict): RuledFinding[] {
  return findings.filter(({ ruling, blocks }) => ruling === 'act' && !blocks)
}

/** The same over all images, for the comment; `null` where an image has no baseline. */
export function changeOf({ images }: Verdict): { base: string; added: number; gone: number } | null {
  if (images.some(({ gone }) => gone === null)) return null
  const added = images.flatMap(({ findings }) => findings).filter(({ since }) => since === 'new').length
  const gone = images.flatMap((image) => image.gone ?? []).length
  return { base: 'the baseline', added, gone }
}
