import { type ImageVerdict, plural, type Verdict, type VerdictStatus } from '../../model/index.js'
import { escapeTerminal as esc } from '../escape.js'
import { type Paint, type Style, wrap, wrapUnder } from '../layout.js'
import { countVerdicts } from '../view/counts.js'
import { imageFacts } from '../view/image.js'
import { platformsOfOne, worstPlatform } from '../view/platforms.js'

const STYLE_OF = {
  pass: ['bold', 'green'],
  fail: ['bold', 'red'],
  incomplete: ['bold', 'red'],
} as const satisfies Record<VerdictStatus, readonly Style[]>

/** The verdict on several images, or several platforms of one. */
export function overallLine({ verdict, images }: Verdict, paint: Paint): string {
  const platforms = platformsOfOne(images)
  const worst = worstPlatform(images)
  const what =
    platforms === null
      ? `${images.length} images: ${countVerdicts(images)}${worst === null ? '' : `; ${esc(worst)}`}`
      : `${images.length} platforms: ${esc(platforms)}`
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${what}`
}

/** The image: its name, and what is known about it, on one line if there is room. */
export function imageLines(image: ImageVerdict, paint: Paint, width: number): string[] {
  const { distribution, platform, base, packages, shortDigest } = imageFacts(image)
  const facts = [
    distribution,
    platform === null ? null : platform.replace(/^linux\//, ''),
    base,
    packages,
    shortDigest === null ? null : `${shortDigest}…`,
  ]
  const known = facts.filter((fact) => fact !== null).map((fact) => esc(fact))
  const name = esc(image.reference)
  const [first = '', ...more] = factLines(`${name}   ${known[0] ?? ''}`.trimEnd(), known.slice(1), width)
  // Coloured last, because colour codes take no room.
  const painted = first.startsWith(name) ? `${paint(name, 'bold')}${first.slice(name.length)}` : first
  return [painted, ...more]
}

/** Each in full, however narrow the terminal is. @param lead of each line */
export function wrapped(texts: readonly string[], width: number, lead: string): string[] {
  return texts.flatMap((text) => wrapUnder(lead, esc(text, Number.POSITIVE_INFINITY), width))
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

export function verdictLine({ verdict }: ImageVerdict, things: number, paint: Paint): string {
  const taskCount = plural(things, 'task')
  const texts = {
    pass: 'nothing blocks the release',
    fail: `${taskCount} before release`,
    incomplete: `not fully judged, so do not release it: ${taskCount}`,
  }
  return `${paint(verdict.toUpperCase(), ...STYLE_OF[verdict])}  ${texts[verdict]}`
}
