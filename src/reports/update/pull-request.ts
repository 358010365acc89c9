import { type DockerfileChange, firstOf, listText, plural } from '../../model/index.js'
import { errorLines } from '../../update/plan/apt-output.js'
import type { TestOutcome, UpdateOutcome } from '../../update/plan/outcome.js'
import { diffLines } from '../diff.js'
import { escapeMarkdown as esc, visible } from '../escape.js'
import { cutToFit, type Section, whole } from '../markdown/fit.js'
import { fenced, foldedList, opened, tableRow as row, sectionOfTable } from '../markdown/parts.js'
import { findingText, mebibytes, testText, WHY_LEFT_OUT } from './terminal.js'

/** GitHub allows 65,536 characters; there are never more characters than bytes. */
const BODY_LIMIT = 65_536

/** What is changed, and where it was proven. */
export interface UpdatePullInput extends DockerfileChange {
  readonly image: string
  /** 16 hexadecimal digits that identify the update. */
  readonly key: string
  /** Of the run's page. */
  readonly url: string
  readonly branch: string
}

export function markOfUpdate(key: string): string {
  return `<!-- seaworthy-update ${key} -->`
}

/**
 * Title (plain text), body (Markdown) and commit message (without a trailer) of an update's pull request: the whole
 * proof.
 */
export function renderUpdatePull(update: UpdateOutcome, input: UpdatePullInput) {
  const title = `Update ${plural(update.packages.length, 'package')} in ${plainText(input.image)} (${plainText(update.platform)})`
  const sections = [
    whole(`${markOfUpdate(input.key)}\n${introOf(update, input)}\n\n${evidenceOf(update)}\n`),
    packagesOf(update),
    omittedSection(update),
    othersOf(update),
    fenced(
      `**Change to ${esc(input.file, 200)}**\n\n`,
      'diff',
      diffLines(input.file, input.before, input.after),
      '',
    ),
    outputOf('before', update.testBefore),
    outputOf('after', update.testAfter),
    listOf('Also installed by apt', along(update)),
    listOf('No longer needed in the whitelist', update.needless),
  ]
  const run = linkTo(input.url)
  const pointer = `Not everything is shown here; the rest is in ${run}.\n\n`
  const renewed = `Seaworthy updates ${esc(input.branch, 120)} on each run until someone else commits to it.`
  const last = `<sub>Verified by ${run}. ${renewed}</sub>\n`
  const body = cutToFit(
    sections.filter((section) => section !== null),
    last,
    pointer,
    BODY_LIMIT,
  )
  const lines = update.packages.map(({ name, from, to }) => {
    return `${plainText(name)} ${plainText(from)}${to === null ? '' : ` to ${plainText(to)}`}`
  })
  return { title, body, message: [title, '', ...firstOf(lines, 50).map((line) => `- ${line}`)].join('\n') }
}

/** The comment when the pull request is closed. */
export function closedReason({ outcome, image }: UpdateOutcome, url: string): string {
  const why =
    outcome === 'nothing-to-do'
      ? 'missing package updates no longer block its release'
      : "a rebuild on today's base is enough"
  return `This pull request was closed, and its branch deleted: ${esc(image, 120)} was judged again, and ${why} (${linkTo(url)}).\n`
}

/** Letters without a meaning in a title or a commit message: no mention, no reference, no "fixes #1". */
function plainText(text: string): string {
  return visible(text, 80).replace(/[^A-Za-z0-9._/:+~-]/g, '_')
}

function introOf({ outcome, image, test }: UpdateOutcome, { file }: UpdatePullInput): string {
  const part = outcome === 'partly-updated' ? ' Some packages had to be left out.' : ''
  const tested = test === null ? '' : `, ${esc(test)} passes before and after`
  return `${esc(image, 120)} is missing updates and cannot be released without them. With this change to ${esc(file, 200)}, the image was built and judged again${tested}, and nothing is worse than before.${part}`
}

function evidenceOf(update: UpdateOutcome): string {
  const { before, after, test, testBefore, testAfter, id, patched } = update
  const rows = [
    row('', 'before', 'after'),
    row('---', '---', '---'),
    row('verdict', before, after ?? 'not judged'),
    ...(test === null ? [] : [row(esc(test), testOutput(testBefore), testOutput(testAfter))]),
    row('image', esc(id, 100), patched === null ? '' : esc(patched.id, 100)),
    ...(patched === null ? [] : [row('larger by', '', mebibytes(patched.grewBytes))]),
  ]
  return rows.join('')
}

function testOutput(test: TestOutcome | null): string {
  return test === null ? 'not run' : testText(test, (text) => esc(text, 100))
}

function packagesOf({ packages }: UpdateOutcome): Section | null {
  return tableOf(
    `Packages (${packages.length})`,
    ['package', 'from', 'to', 'fixes'],
    packages.map(({ name, from, to, fixes }) => [
      name,
      from,
      to ?? 'the newest version that apt offers',
      listText(fixes, 20),
    ]),
  )
}

function omittedSection({ leftOut }: UpdateOutcome): Section | null {
  return tableOf(
    `Left out (${leftOut.length})`,
    ['package', 'stays at', 'available', 'why', 'output'],
    leftOut.map(({ package: one, by, message: text }) => {
      const last = errorLines(text).split('\n').join(' · ')
      return [one.name, one.from, one.to ?? 'the newest', WHY_LEFT_OUT[by], last]
    }),
  )
}

function othersOf({ others }: UpdateOutcome): Section | null {
  return tableOf(
    `Findings that no update resolves (${others.length})`,
    ['check', 'finding', 'package', 'because'],
    others.map((one) => [one.check, one.id, one.package ?? '', findingText(one)]),
  )
}

function along({ along: all }: UpdateOutcome): string[] {
  return all.map(({ name, from, to }) => `${name} ${from === null ? to : `${from} → ${to}`}`)
}

/** The last output of a test that fails, or fails sometimes. */
function outputOf(when: string, test: TestOutcome | null): Section | null {
  if (test === null || (test.ok && test.attempt === 1) || test.output.trim() === '') {
    return null
  }
  const lines = test.output.split('\n').slice(-20)
  const head = opened(`Last output of the test ${when}`)
  return fenced(
    head,
    'text',
    lines.map((line) => visible(line)),
    '\n</details>\n',
  )
}

function tableOf(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): Section | null {
  const escaped = rows.map((cells) => cells.map((cell) => esc(cell)))
  return rows.length === 0
    ? null
    : sectionOfTable({ head: `**${title}**\n\n`, heads, rows: escaped, tail: '\n' })
}

function listOf(title: string, items: readonly string[]): Section | null {
  return foldedList(
    title,
    items.map((item) => esc(item)),
  )
}

/** A link to the run; text alone if the address could end the link (CommonMark 0.31, 6.3). */
function linkTo(url: string): string {
  return /^https?:\/\/[\w.~:/%?=&+-]+$/.test(url) ? `[this run](${url})` : 'this run'
}
