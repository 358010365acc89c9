import { plural } from '../../model/text.js'
import { errorLines } from '../../update/plan/apt-output.js'
import type { TestOutcome, UpdateOutcome, UpdateWord } from '../../update/plan/outcome.js'
import { renderDiff } from '../diff.js'
import { escapeTerminal } from '../escape.js'
import { few, manifestTodos, mebibytes, testWords, WHY_LEFT_OUT } from './words.js'

const TITLES = {
  'nothing-to-do': 'Nothing to update',
  rebuild: "Rebuild the image without changes; it passes on today's base",
  updated: 'Updated, and the image still works',
  'partly-updated': 'Partly updated, and the image still works',
  'broken-before': 'Not updated: the test fails on the unchanged image',
  breaks: 'Not updated: no package can be updated without breaking the application',
  worse: 'Not updated: the patched image is worse',
} as const satisfies Record<UpdateWord, string>

/** The result of an update for a terminal: the outcome in a line, then what was done, then what was not. */
export function renderUpdate(update: UpdateOutcome): string {
  const esc = escapeTerminal
  const { packages, leftOut, along, patched, worse, others, needless } = update
  const lines = [titleOf(update)]
  for (const { name, from, to, fixes } of packages) {
    lines.push(
      `  ${esc(name)} ${esc(from)} → ${esc(to ?? 'the newest version that apt offers')}  ${esc(few(fixes))}`,
    )
  }
  if (along.length > 0) {
    lines.push(`also installed by apt: ${esc(few(along.map(({ name, to }) => `${name}=${to}`)))}`)
  }
  for (const [index, { package: one, by, said }] of leftOut.entries()) {
    lines.push(`left out: ${esc(one.name)}=${esc(one.to ?? '?')}: ${WHY_LEFT_OUT[by]}`)
    // A failing build reports the same for all of them.
    if (leftOut[index + 1]?.said !== said) {
      lines.push(...indented(errorLines(said).split('\n')))
    }
  }
  lines.push(...worse.map((one) => `worse: ${esc(one)}`))
  lines.push(...tests(update))
  if (update.after !== null) {
    lines.push(`verdict: ${update.before} before, ${update.after} after`)
  }
  if (update.dockerfile !== null) {
    const { file, before, after } = update.dockerfile
    lines.push(`${esc(file)} itself was not changed; to keep the update, apply this change:`)
    lines.push(...renderDiff(file, before, after, false).trimEnd().split('\n'))
  }
  if (patched !== null && patched.name !== null) {
    lines.push(`patched image: ${esc(patched.name)} (${mebibytes(patched.grewBytes)} larger)`)
  }
  if (patched !== null && patched.pushed !== null) {
    lines.push(`pushed: ${esc(patched.pushed)}`)
  }
  if (others.length > 0) {
    const names = others.map(({ id, package: name }) => (name === null ? id : `${id} in ${name}`))
    lines.push(`${plural(others.length, 'finding')} that no update resolves: ${esc(few(names))}`)
    lines.push(...manifestTodos(others).map((todo) => `  ${esc(todo)}`))
  }
  lines.push(...needless.map((one) => `no longer needed in the whitelist: ${esc(one)}`))
  return `${lines.join('\n')}\n`
}

/** Other findings than packages may keep a rebuilt image from release. */
const REBUILT = "Rebuild the image without changes; today's base has the updates"

const HELD = 'Not updated: every package that has an update is on hold in the image'

function titleOf({ outcome, packages, leftOut, after }: UpdateOutcome): string {
  if (outcome === 'breaks' && leftOut.every(({ by }) => by === 'hold')) {
    return HELD
  }
  const title = outcome === 'rebuild' && after !== 'pass' ? REBUILT : TITLES[outcome]
  return packages.length === 0 ? title : `${title}: ${plural(packages.length, 'package')}`
}

function tests({ test, testBefore, testAfter, outcome }: UpdateOutcome): string[] {
  if (outcome === 'nothing-to-do') {
    return []
  }
  const line = (when: string, result: TestOutcome | null) =>
    result === null
      ? []
      : [
          `${test} ${when}: ${testWords(result, (text) => escapeTerminal(text))}`,
          ...(result.ok ? [] : outputOf(result)),
        ]
  const todo =
    outcome === 'broken-before'
      ? ['to do: make the test pass on the unchanged image, or pass another --test']
      : []
  return [...line('before', testBefore), ...line('after', testAfter), ...todo]
}

function outputOf({ output }: TestOutcome): string[] {
  return output === '' ? [] : indented(output.split('\n').slice(-10))
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${escapeTerminal(line)}`)
}
