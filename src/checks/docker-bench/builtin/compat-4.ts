import type { BenchWord } from '../../../model/finding/bench.js'
import { printCreatedBy, printTexts, shortId } from './go-print.js'
import { type Json, listAt, memberAt, textAt } from './json.js'
import { type BenchContainer, type BenchImage, type BenchState, imageConfigOf } from './state.js'

/** The result of a Docker Bench rule: the word, and the items it names. */
export interface CompatAnswer {
  readonly word: BenchWord
  readonly items: readonly string[]
}

const NOTE: CompatAnswer = { word: 'NOTE', items: [] }

/**
 * Section 4 by Docker Bench's own rules, including their mistakes. `containers` are those that it sees. An
 * image counts once per tag, as `docker images` has one row for each.
 */
export function compatSection4(
  state: BenchState,
  containers: readonly BenchContainer[],
): Readonly<Record<string, CompatAnswer>> {
  const rows = state.images.flatMap((image) =>
    Array<BenchImage>(Math.max(1, image.repoTags.length)).fill(image),
  )
  return {
    '4.1': users(containers),
    '4.2': NOTE,
    '4.3': NOTE,
    '4.4': NOTE,
    '4.5': { word: state.contentTrust === '1' ? 'PASS' : 'WARN', items: [] },
    '4.6': overImages(rows, 'WARN', hasNoHealthcheck, (image) => shortId(image.id)),
    '4.7': overImages(rows, 'INFO', mentionsUpdate),
    '4.8': NOTE,
    '4.9': overImages(rows, 'INFO', mentionsAdd),
    '4.10': NOTE,
    '4.11': NOTE,
    '4.12': NOTE,
  }
}

/** The user of the container, which may differ from the image's; only the empty text, `0` and `root`. */
function users(containers: readonly BenchContainer[]): CompatAnswer {
  if (containers.length === 0) {
    return { word: 'INFO', items: [] }
  }
  const roots = containers.filter(
    ({ inspect }) => inspect !== null && ['', '0', 'root'].includes(textAt(inspect, 'Config', 'User')),
  )
  return { word: roots.length > 0 ? 'WARN' : 'PASS', items: roots.map(({ name }) => name) }
}

function overImages(
  rows: readonly BenchImage[],
  bad: BenchWord,
  isHit: (image: BenchImage) => boolean,
  untagged: (image: BenchImage) => string = () => '',
): CompatAnswer {
  const hits = rows.filter(isHit)
  // Docker Bench splits a text into items at its blanks: an image with two tags becomes two items.
  const items = hits.flatMap((image) => {
    const text = image.repoTags.length > 0 ? printTexts(image.repoTags) : untagged(image)
    return text.split(' ').filter((item) => item !== '')
  })
  return { word: hits.length > 0 ? bad : 'PASS', items }
}

function hasNoHealthcheck(image: BenchImage): boolean {
  return (memberAt(imageConfigOf(image), 'Healthcheck') ?? null) === null
}

/**
 * `update` in a row of `docker history`, whose text column is truncated and whose other columns count too.
 */
function mentionsUpdate(image: BenchImage): boolean {
  return historyOf(image).some(
    (line) =>
      printCreatedBy(textAt(line, 'CreatedBy')).includes('update') ||
      textAt(line, 'Comment').includes('update'),
  )
}

/** `ADD` anywhere in the text of any line but the last one, which is the oldest. */
function mentionsAdd(image: BenchImage): boolean {
  const text = historyOf(image).map((line) => textAt(line, 'CreatedBy'))
  const lines = text.join('\n').split('\n')
  return lines.slice(0, -1).some((line) => line.includes('ADD'))
}

/** The history as an engine returns it, newest first; from the image's config if no engine was asked. */
function historyOf(image: BenchImage): readonly Json[] {
  if (image.history !== null) {
    return image.history
  }
  const lines = listAt(image.config, 'history').map((line) => ({
    CreatedBy: textAt(line, 'created_by'),
    Comment: textAt(line, 'comment'),
  }))
  return lines.reverse()
}
