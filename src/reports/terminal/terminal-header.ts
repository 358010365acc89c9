import { platformName } from '../../model/image.js'
import type { ImageVerdict } from '../../model/verdict.js'
import { escapeTerminal as esc } from '../escape.js'
import type { Paint } from '../layout.js'
import { plural } from '../view/counts.js'
import { baseWords, shortDigest } from '../view/image.js'

/** The image in one line: its name, and what is known of it. */
export function header(image: ImageVerdict, paint: Paint): string {
  const facts = [
    image.distribution,
    image.platform === null ? null : platformName(image.platform).replace(/^linux\//, ''),
    baseWords(image),
    image.packageCount === null ? null : plural(image.packageCount, 'package'),
    image.digest === null ? null : `${shortDigest(image.digest)}…`,
  ]
  const known = facts.filter((fact) => fact !== null).map((fact) => esc(fact))
  const name = paint(esc(image.reference), 'bold')
  return known.length === 0 ? name : `${name}   ${known.join(' · ')}`
}
