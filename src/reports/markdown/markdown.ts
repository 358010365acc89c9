import { thingsToDo } from '../../judge/tasks/actions.js'
import { besideVersions } from '../../model/because/words.js'
import { platformName } from '../../model/image.js'
import { at, atLine } from '../../model/place.js'
import type { Action } from '../../model/task.js'
import type { ImageVerdict, RuledFinding, Verdict } from '../../model/verdict.js'
import type { SpanLimit } from '../../policy/whitelist/file.js'
import { diffLines } from '../diff.js'
import { escapeMarkdown as esc } from '../escape.js'
import { cutToFit, type Section, whole } from '../fit.js'
import { wrapCommand } from '../layout.js'
import { type Pages, pageOfThing } from '../pages.js'
import { whitelistEntries } from '../whitelist-entry.js'
import {
  ageOf,
  agesOf,
  baseWords,
  comesBack,
  debianKind,
  findingsOf,
  headline,
  imageLine,
  inDockerfile,
  letPass,
  readAt,
  seconds,
  severityCell,
  shortDigest,
  sourcesOf,
  verdictIcon,
  versions,
} from '../words.js'
import { fenced } from './fence.js'
import { changes } from './markdown-changes.js'
import { closed, exampleOf, folded, link, opened, readOn, row } from './markdown-parts.js'

export interface MarkdownOptions {
  /** Bytes of UTF-8, at least 4096. A comment takes 65,536 characters, a job summary 1 MiB. */
  readonly limit: number
  /** Where the reader finds what was cut off. */
  readonly pointer?: string
  readonly pages?: Pages
  /** What else is to be said below all, a line each: what could not be published, what is not shown elsewhere. */
  readonly notes?: readonly string[]
}

/** The text of a job summary or a comment: verdict, things to do, and the rest folded. */
export function renderMarkdown(verdict: Verdict, options: MarkdownOptions): string {
  const several = verdict.images.length > 1
  const sections = [
    whole(`### ${verdictIcon(verdict.verdict)} ${headline(verdict, name)}\n\n`),
    ...verdict.images.flatMap((image) => [
      ...(several ? [whole(`#### ${verdictIcon(image.verdict)} ${imageLine(image, name)}\n\n`)] : []),
      ...ofImage(image, verdict, options.pages ?? null),
    ]),
    notices(verdict),
    data(verdict),
  ]
  const pointer = `Not all is shown here: the rest is in ${esc(options.pointer ?? 'report.json')}.\n\n`
  const notes = (options.notes ?? []).map((note) => `${esc(note)}\n\n`).join('')
  return cutToFit(
    sections.filter((section) => section !== null),
    notes + footer(verdict),
    pointer,
    options.limit,
  )
}

/** Short enough for the heading to fit whatever it is made of. */
function name(reference: string): string {
  return esc(reference, 120)
}

function ofImage(image: ImageVerdict, limit: SpanLimit, pages: Pages): (Section | null)[] {
  const things = thingsToDo(image)
  const blocking = image.findings.filter(({ blocks }) => blocks)
  return [
    todo(things, pages),
    ...things.map(({ command, dockerfile }, index) => {
      if (command === null) return dockerfile === null ? null : exampleOf(dockerfile, index + 1)
      return commandOf(command, image.dockerfileChange === null ? dockerfile : null, index + 1)
    }),
    changeOf(image),
    changes(image),
    table('Findings that keep it from release', image, blocking, besideVersions),
    table('To act on, and in the baseline already', image, letPass(image), besideVersions),
    table('Accepted', image, findingsOf(image, 'accepted'), besideVersions),
    ledger(findingsOf(image, 'deferred')),
    table('Unfixed', image, findingsOf(image, 'unfixed'), besideVersions),
    table('Noted', image, findingsOf(image, 'noted'), besideVersions),
    image.dockerfile.note === null ? null : whole(`Lines: ${esc(image.dockerfile.note)}\n\n`),
    entries(findingsOf(image, 'noted'), limit),
    checks(image),
  ]
}

function todo(things: readonly Action[], pages: Pages): Section | null {
  if (things.length === 0) return null
  const placed = things.some(({ where }) => where !== null)
  const cells = (...all: string[]) => row(...all.slice(0, placed ? 4 : 3))
  return {
    head: cells('', 'do', 'why', 'where') + cells('---', '---', '---', '---'),
    rows: things.map((thing, index) => {
      const { title, why, where } = thing
      const more = readOn(pageOfThing(thing), pages)
      return cells(String(index + 1), esc(title), esc(why) + more, where === null ? '' : esc(atLine(where)))
    }),
    tail: '\n',
    cut: (left) => cells('', `and ${left} more`, '', ''),
  }
}

/** The image's own Dockerfile with the line that the command would be. */
function changeOf({ dockerfileChange }: ImageVerdict): Section | null {
  if (dockerfileChange === null) return null
  const { file, before, after } = dockerfileChange
  return fenced(opened(`Change of ${esc(file, 200)}`), 'diff', diffLines(file, before, after), closed)
}

/** Only names that were checked are in it, so it needs no escaping, and can be copied. */
function commandOf(command: string, dockerfile: string | null, number: number): Section {
  const sh = `\`\`\`sh\n${wrapCommand(command, 100).join('\n')}\n\`\`\``
  const lines =
    dockerfile === null
      ? ''
      : `\n\nIn a Dockerfile, before its USER line:\n\n\`\`\`dockerfile\n${dockerfile}\n\`\`\``
  return whole(folded(`${number}. Command to copy`, sh + lines))
}

function table(
  title: string,
  image: ImageVerdict,
  findings: readonly RuledFinding[],
  why: (finding: RuledFinding) => string,
): Section | null {
  if (findings.length === 0) return null
  const line = (text: string) => (image.dockerfile.file === null ? [] : [text])
  const names = ['package', 'finding', 'severity', 'installed → fixed', ...line('line'), 'because']
  return {
    head: `${opened(`${title} (${findings.length})`)}${row(...names)}|${names.map(() => '---|').join('')}\n`,
    rows: findings.map((finding) =>
      row(
        esc(finding.package ?? finding.check),
        link(finding.id),
        severityCell(finding),
        esc(versions(finding)),
        ...line(esc(inDockerfile(image, finding))),
        esc(why(finding)),
      ),
    ),
    tail: closed,
    cut: (left) => row(`and ${left} more`, ...names.slice(1).map(() => '')),
  }
}

/** What Debian has put off: its kind and words, and what brings it back. */
function ledger(deferred: readonly RuledFinding[]): Section | null {
  if (deferred.length === 0) return null
  return {
    head: `${opened(`Deferred by Debian (${deferred.length})`)}${esc(comesBack(deferred))}\n\n| package | finding | severity | installed → fixed | Debian | its words |\n|---|---|---|---|---|---|\n`,
    rows: deferred.map((finding) => {
      const [kind, words] = debianKind(finding)
      return row(
        esc(finding.package ?? finding.check),
        link(finding.id),
        severityCell(finding),
        esc(versions(finding)),
        kind,
        esc(words),
      )
    }),
    tail: closed,
    cut: (left) => row(`and ${left} more`, '', '', '', '', ''),
  }
}

/** What the verdict stands on: where from, of when, and of which bytes. */
function data(verdict: Verdict): Section | null {
  const sources = sourcesOf(verdict)
  if (sources.length === 0) return null
  return {
    head: `${opened(`Data (${sources.length})`)}| source | of | read | rows | SHA-256 | from |\n|---|---|---|---|---|---|\n`,
    rows: sources.map((source) =>
      row(
        esc(source.name),
        esc(ageOf(source, verdict.today)),
        esc(readAt(source)),
        String(source.rows ?? ''),
        esc(source.sha256 ?? ''),
        esc(source.url),
      ),
    ),
    tail: closed,
    cut: (left) => row(`and ${left} more`, '', '', '', '', ''),
  }
}

/** In a fence that no line of an entry can close: each begins with a space and a word of ours. */
function entries(noted: readonly RuledFinding[], limit: SpanLimit): Section | null {
  const texts = whitelistEntries(noted, limit)
  if (texts.length === 0) return null
  return {
    head: `${opened(`Entries to accept what is noted (${texts.length})`)}Under \`entries:\` of policies/whitelist.yml; say why, and who answers for it.\n\n\`\`\`yaml\n`,
    rows: texts.map((text) => `${text}\n`),
    tail: `\`\`\`\n${closed}`,
    cut: (left) => `  # and ${left} more\n`,
  }
}

function checks(image: ImageVerdict): Section | null {
  if (image.checks.length === 0) return null
  return {
    head: `${opened('Checks')}| check | | took | |\n|---|---|---|---|\n`,
    rows: image.checks.map(({ check, state, tookMs, notes, problem }) =>
      row(check, state, seconds(tookMs), esc(problem?.what ?? notes.join(', '))),
    ),
    tail: closed,
    cut: (left) => row(`and ${left} more`, '', '', ''),
  }
}

function notices({ policyNotices }: Verdict): Section | null {
  if (policyNotices.length === 0) return null
  return {
    head: opened(`Policy (${policyNotices.length})`),
    rows: policyNotices.map(
      ({ place, text }) => `- ${place === null ? '' : `${esc(at(place))}: `}${esc(text)}\n`,
    ),
    tail: closed,
    cut: (left) => `- and ${left} more\n`,
  }
}

/** What the verdict stands on, and how old it is. */
function footer(verdict: Verdict): string {
  const [only] = verdict.images.length === 1 ? verdict.images : []
  const base = only === undefined ? null : baseWords(only)
  const facts = [
    `judged for ${verdict.today}`,
    ...agesOf(verdict).map(([name, age]) => `${esc(name, 40)} ${esc(age, 40)}`),
    ...(base === null ? [] : [esc(base, 100)]),
    ...(only?.platform ? [esc(platformName(only.platform), 20)] : []),
    ...(only?.digest ? [esc(shortDigest(only.digest))] : []),
  ]
  return `<sub>${facts.join(' · ')}</sub>\n`
}
