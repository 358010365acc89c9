import { thingsToDo } from '../../judge/tasks/actions.js'
import { besideVersions, debianSays } from '../../model/because/words.js'
import { platformName } from '../../model/image.js'
import { atLine } from '../../model/place.js'
import type { PolicyNotice, RuledFinding, Verdict } from '../../model/verdict.js'
import { visible } from '../escape.js'
import { type Pages, pageOfThing } from '../pages.js'
import { agesOf, findingsOf, severityCell, shortDigest, versions } from '../words.js'
import { isCommand, isLines, isPage, type Leg, TABLES } from './comment-leg.js'

/** Things, and rows of each table, that a leg keeps at most; what fits into the comment is seen later. */
const MOST_THINGS = 20
const MOST_ROWS = 100
const MOST_NOTICES = 10

/** What a pull request does to the policies: whoever reads it there has to know. The rest is in the summary. */
const OF_CHANGE: ReadonlySet<string> = new Set<PolicyNotice['kind']>(['proposed', 'laxer', 'unbound'])

/** What the run that judged says about itself. */
export type LegRun = Pick<Leg, 'key' | 'family' | 'run' | 'attempt' | 'head' | 'url' | 'change'> & {
  readonly untrusted?: boolean
  readonly pages?: Pages
}

/** What a verdict has to say in the comment. */
export function legOf(verdict: Verdict, { pages = null, ...run }: LegRun): Leg {
  const several = verdict.images.length > 1
  const things = verdict.images.flatMap((image) =>
    thingsToDo(image).map(({ title, why, where, command, dockerfile, findings }) => ({
      title: visible(several ? `${visible(image.reference, 60)}: ${title}` : title),
      why: visible(why),
      where: where === null ? '' : visible(atLine(where)),
      command: command !== null && isCommand(command) ? command : null,
      dockerfile: command === null && dockerfile !== null && isLines(dockerfile) ? dockerfile : null,
      page: addressOf(pageOfThing({ findings }), pages),
    })),
  )
  return {
    ...run,
    untrusted: run.untrusted ?? false,
    change: run.change === null ? null : { ...run.change, base: visible(run.change.base, 100) },
    verdict: verdict.verdict,
    images: verdict.images.slice(0, 50).map((image) => ({
      name: visible(nameOf(image, verdict), 120),
      verdict: image.verdict,
      todo: thingsToDo(image).length,
    })),
    things: things.slice(0, MOST_THINGS),
    todo: things.length,
    tables: TABLES.map((of) => tableOf(verdict, of)),
    policy: verdict.policyNotices
      .filter(({ kind }) => OF_CHANGE.has(kind))
      .slice(0, MOST_NOTICES)
      .map(({ text }) => visible(text)),
    data: dataOf(verdict),
  }
}

function addressOf(page: string | null, pages: Pages): string | null {
  const address = page === null || pages === null ? '' : `${pages}${page}`
  return isPage(address) ? address : null
}

/** With its platform, where one was read: legs of a matrix may differ in nothing else. */
function nameOf({ reference, platform }: Verdict['images'][number], { images }: Verdict): string {
  return platform === null || images.length > 1
    ? reference
    : `${visible(reference, 90)} (${platformName(platform)})`
}

function tableOf(verdict: Verdict, of: (typeof TABLES)[number]): Leg['tables'][number] {
  const findings = verdict.images.flatMap((image) =>
    of === 'blocking' ? image.findings.filter(({ blocks }) => blocks) : findingsOf(image, of),
  )
  return {
    of,
    total: findings.length,
    rows: findings
      .slice(0, MOST_ROWS)
      .map((finding) => [
        visible(finding.package ?? finding.check, 80),
        visible(finding.id, 80),
        visible(severityCell(finding), 80),
        visible(versions(finding), 120),
        visible(whyOf(finding, of)),
      ]),
  }
}

function whyOf(finding: RuledFinding, of: (typeof TABLES)[number]): string {
  return of === 'deferred' && finding.debian !== null ? debianSays(finding.debian) : besideVersions(finding)
}

function dataOf(verdict: Verdict): string[] {
  const [only] = verdict.images.length === 1 ? verdict.images : []
  return [
    `judged for ${verdict.today}`,
    ...agesOf(verdict).map(([name, age]) => `${visible(name, 40)} ${visible(age, 40)}`),
    ...(only?.digest ? [visible(shortDigest(only.digest))] : []),
  ]
}

/** A reference without tag and digest (distribution/reference: a tag's colon comes after the last slash). */
export function untagged(reference: string): string {
  const name = reference.split('@', 1)[0] ?? ''
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  return colon === -1 ? name : name.slice(0, colon)
}
