import { plural } from '../../model/text.js'
import type { ImageVerdict, Verdict, VerdictWord } from '../../model/verdict.js'
import { escapeTerminal as esc } from '../escape.js'
import { cut, firstLines, type Paint, type Style, wrap } from '../layout.js'
import { accountLine } from '../view/account.js'
import { benchHead, benchOf } from '../view/bench.js'
import { countVerdicts } from '../view/counts.js'
import { imageFacts } from '../view/image.js'
import { platformsOfOne, worstPlatform } from '../view/platforms.js'
import { notRunFact, regressionTestFact } from '../view/regression-test.js'
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

/** The image, and which Docker Bench judged it, in at most `most` lines. */
export function headLines(
  image: ImageVerdict,
  paint: Paint,
  { width }: TerminalOptions,
  most = Number.POSITIVE_INFINITY,
): string[] {
  return [...imageLines(image, paint, width, most), ...firstLines(benchRunLines(image, width), most, width)]
}

export function benchRunLines(image: ImageVerdict, width: number): string[] {
  const bench = benchOf(image)
  return bench === null ? [] : wrap(esc(benchHead(bench), 1000), width)
}

/** The image: its name, and what is known about it, on one line if there is room; then the account of its programs. */
export function imageLines(
  image: ImageVerdict,
  paint: Paint,
  width: number,
  most = Number.POSITIVE_INFINITY,
): string[] {
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
  const name = esc(image.reference)
  const lines = firstLines(
    factLines(`${name}   ${known[0] ?? ''}`.trimEnd(), known.slice(1), width),
    most,
    width,
  )
  const [first = '', ...more] = lines.map((line) =>
    most === Number.POSITIVE_INFINITY ? line : cut(line, width),
  )
  // Coloured last, because colour codes take no room.
  const painted = first.startsWith(name) ? `${paint(name, 'bold')}${first.slice(name.length)}` : first
  return [painted, ...more, ...limits(image, width)]
}

/** How many of its programs were judged, and which checks did not run. Never cut: it limits what a pass says. */
function limits(image: ImageVerdict, width: number): string[] {
  return [accountLine(image), notRunFact(image)].flatMap((line) => (line === null ? [] : wrap(line, width)))
}

/** Facts in sequence, as many per line as fit; none is split that fits on a line. */
function factLines(head: string, facts: readonly string[], width: number): string[] {
  const lines = [head]
  for (const fact of facts) {
    const line = `${lines.at(-1)} · ${fact}`
    if (line.length <= width) {
      lines.splice(-1, 1, line)
    } else {
      lines.push(`  ${fact}`)
    }
  }
  return lines.flatMap((line) => (line.length <= width ? [line] : wrap(line, width)))
}

/** The verdict on one image, and how much there is to do. */
export function verdictLine({ verdict }: ImageVerdict, things: number, paint: Paint): string {
  const todo = plural(things, 'task')
  const words = {
    pass: 'nothing blocks the release',
    fail: `${todo} before release`,
    incomplete: `not fully judged, so do not release it: ${todo}`,
  }
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${words[verdict]}`
}
