import { imageTasks } from '../../judge/tasks/actions.js'
import { type ImageVerdict, plural, type Verdict, type VerdictStatus } from '../../model/index.js'
import { countVerdicts } from './counts.js'
import { imageName, platformsOfOne, worstPlatform } from './platforms.js'
import { actionsOf } from './tasks.js'

/** "app:1.4.0 may not be released: 3 tasks". `esc` is the escape function of the format. */
export function headline(verdict: Verdict, esc: (text: string) => string): string {
  const { images } = verdict
  const [only] = images
  if (images.length > 1 || only === undefined) {
    const tasks = plural(actionsOf(verdict).length, 'task')
    const released = verdict.verdict === 'pass' ? 'may be released' : `may not be released: ${tasks}`
    const platforms = platformsOfOne(images)
    if (only !== undefined && platforms !== null) {
      return `${esc(only.reference)} on ${images.length} platforms (${esc(platforms)}) ${released}`
    }
    const worst = worstPlatform(images)
    const counted = `${countVerdicts(images)}${worst === null ? '' : `; ${esc(worst)}`}`
    return `${images.length} images (${counted}) ${released}`
  }
  return imageHeadline(only, esc)
}

/**
 * In audit mode, its effect on the verdict; `null` in enforce mode.
 * @param ending what is said of a pull request that ends it (`auditEndOf`), escaped
 */
export function modeLine(
  { mode, verdict }: Pick<Verdict, 'mode' | 'verdict'>,
  ending: string | null,
): string | null {
  if (mode === 'enforce') {
    return null
  }
  if (ending !== null) {
    return verdict === 'pass'
      ? ending
      : `${ending}. Until then, the verdict "${verdict}" does not fail the run (exit code 0)`
  }
  return verdict === 'pass'
    ? 'Audit mode: a "fail" verdict would not fail the run; to enforce it, remove mode and audit-until from gate.yml'
    : `Audit mode: the verdict is "${verdict}", but it does not fail the run (exit code 0)`
}

export function imageHeadline(image: ImageVerdict, esc: (text: string) => string): string {
  return verdictText(esc(imageName(image)), image.verdict, imageTasks(image).length)
}

/** "app:1.4.0 may not be released: 3 tasks". */
export function verdictText(name: string, verdict: VerdictStatus, things: number): string {
  const taskCount = plural(things, 'task')
  return {
    pass: `${name} may be released`,
    fail: `${name} may not be released: ${taskCount}`,
    incomplete: `${name} could not be judged and may not be released: ${taskCount}`,
  }[verdict]
}

/** A picture next to the words, for Markdown. */
export function verdictIcon(verdict: VerdictStatus): string {
  return verdict === 'pass' ? '✅' : '⛔'
}
