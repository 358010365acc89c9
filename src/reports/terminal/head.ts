import type { ImageVerdict, Verdict, VerdictWord } from '../../model/verdict.js'
import { escapeTerminal as esc } from '../escape.js'
import { firstLines, type Paint, type Style, wrap } from '../layout.js'
import { benchOf, judgedBy } from '../view/bench.js'
import { countVerdicts, plural } from '../view/counts.js'
import { imageFacts } from '../view/image.js'
import { platformsOfOne, worstPlatform } from '../view/platforms.js'
import { regressionTestFact } from '../view/regression-test.js'
import type { TerminalOptions } from './parts.js'

const STYLE_OF = {
  pass: ['bold', 'green'],
  fail: ['bold', 'red'],
  incomplete: ['bold', 'red'],
} as const satisfies Record<VerdictWord, readonly Style[]>

/** The verdict on several images, or several platforms of one. */
export function overall({ verdict, images }: Verdict, paint: Paint): string {
  const platforms = platformsOfOne(images)
  const worst = worstPlatform(images)
  const what =
    platforms === null
      ? `${images.length} images: ${countVerdicts(images)}${worst === null ? '' : `; ${esc(worst)}`}`
      : `${images.length} platforms: ${esc(platforms)}`
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${what}`
}

/** The image, and which Docker Bench judged it, in no more lines than `most`. */
export function headLines(
  image: ImageVerdict,
  paint: Paint,
  { width }: TerminalOptions,
  most = Number.POSITIVE_INFINITY,
): string[] {
  const bench = benchOf(image)
  const lines = bench === null ? [] : wrap(esc(judgedBy(bench.run), 1000), width)
  return [header(image, paint), ...firstLines(lines, most, width)]
}

/** The image in one line: its name, and what is known of it. */
function header(image: ImageVerdict, paint: Paint): string {
  const { distribution, platform, base, packages, applications, shortDigest } = imageFacts(image)
  const facts = [
    distribution,
    platform === null ? null : platform.replace(/^linux\//, ''),
    base,
    packages,
    applications,
    shortDigest === null ? null : `${shortDigest}…`,
    regressionTestFact(image),
  ]
  const known = facts.filter((fact) => fact !== null).map((fact) => esc(fact))
  const name = paint(esc(image.reference), 'bold')
  return `${name}   ${known.join(' · ')}`
}

/** The verdict on one image, and how much there is to do. */
export function verdictLine({ verdict }: ImageVerdict, things: number, paint: Paint): string {
  const todo = `${plural(things, 'thing')} to do`
  const words = {
    pass: 'nothing keeps it from release',
    fail: `${todo} before release`,
    incomplete: `not judged in full, so not to be released: ${todo}`,
  }
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${words[verdict]}`
}
