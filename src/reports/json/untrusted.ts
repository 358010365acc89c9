import {
  BARE,
  type BenchTable,
  type CommonFinding,
  type Details,
  type DictionaryPlace,
  findingWith,
  isDate,
  type Place,
  type Platform,
  type RuledFinding,
  SeaworthyError,
  type Verdict,
  withSiblings,
} from '../../model/index.js'
import { benchIn } from './bench.js'
import { type Report, ReportSchema } from './schema.js'

/** Limit for report.json, in characters; a report with 5,000 findings has about 10 million. */
export const MAX_CHARACTERS = 25_000_000
const MAX_IMAGES = 50
const MAX_FINDINGS = 20_000
/** Limit for one text, in characters; reports show far fewer. */
const MAX_VALUE_LENGTH = 20_000

/**
 * The verdict in a report.json that anybody may have written: it is checked against its schema and size limits, links
 * and paths out of the repository are dropped, and its actions and commands are not used, but made again from checked
 * names.
 * @throws SeaworthyError `untrusted-report`
 */
export function readUntrustedReport(text: string, where: string): Verdict {
  return verdictIn(parseReport(text, where), where)
}

/**
 * The report itself, checked against its schema and size limits, for a person who reads the own one.
 * @throws SeaworthyError `untrusted-report`
 */
export function parseReport(text: string, where: string): Report {
  if (text.length > MAX_CHARACTERS) {
    throw refused(`it is longer than ${MAX_CHARACTERS} characters`, where)
  }
  let value: unknown
  try {
    value = JSON.parse(text, refuseLongValues)
  } catch (error) {
    throw refused(error instanceof RangeError ? error.message : 'it is not JSON', where)
  }
  const parsed = ReportSchema.safeParse(value)
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.slice(0, 6).map(String).join('.') ?? ''
    throw refused(`it does not match policies/schema/report.schema.json at ${path || 'its root'}`, where)
  }
  const { images } = parsed.data
  const findings = images.reduce((sum, image) => sum + image.findings.length, 0)
  if (images.length === 0 || images.length > MAX_IMAGES) {
    throw refused(`it contains ${images.length} images, but must contain from 1 to ${MAX_IMAGES}`, where)
  }
  if (findings > MAX_FINDINGS) {
    throw refused(`it contains ${findings} findings, but at most ${MAX_FINDINGS} are allowed`, where)
  }
  return parsed.data
}

function refuseLongValues(key: string, value: unknown): unknown {
  if (key.length > MAX_VALUE_LENGTH || (typeof value === 'string' && value.length > MAX_VALUE_LENGTH)) {
    throw new RangeError(`it contains a text of more than ${MAX_VALUE_LENGTH} characters`)
  }
  return value
}

export function verdictIn(report: Report, where: string): Verdict {
  const { verdict, mode, today, maxSpan, images, sources, policyNotices } = report
  return {
    verdict,
    mode,
    today,
    maxSpan,
    vexAuthor: null,
    judgedBy: { policyDigest: report.policyDigest, release: null, newOnly: false },
    evidence: null,
    images: withSiblings(
      images.map(({ findings, platform, checks, deferred: _, applications, ...image }, index) => ({
        ...image,
        nameInArchive: null,
        platform: platform === null ? null : platformOf(platform),
        architecture: null,
        base: null,
        regressionTest: { ...image.regressionTest, output: null },
        packages: null,
        applications:
          applications === null
            ? null
            : {
                judged: applications.judged,
                byClair: applications.byClair,
                unexamined: applications.notExamined,
                clair: applications.clair,
                isOff: applications.off,
                isOffByOsv: applications.offByOsv === true,
              },
        dockerfile: { file: null, note: null, from: null },
        dockerfileChange: null,
        rebuild: { needed: null, why: 'the report comes from an untrusted run', settles: [] },
        checks: checks.map((one) => ({
          ...one,
          bench: one.bench === null ? null : benchOf(benchIn(one.bench)),
        })),
        findings: findings.map((one) => findingOf(one, where)),
        sources: index === 0 ? sources : [],
        layers: [],
      })),
    ),
    policyNotices: policyNotices.map(({ kind, place, text }) => ({ kind, text, place: placeOf(place) })),
  }
}

function benchOf({ run, rows }: BenchTable): BenchTable {
  // What may be shown: a line of a file in the repository, or the built-in dictionary, which has no line.
  const isShown = (place: DictionaryPlace | null) =>
    place?.line == null || placeOf({ file: place.file, line: place.line }) !== null
  return { run, rows: rows.map((row) => ({ ...row, place: isShown(row.place) ? row.place : null })) }
}

function findingOf(json: Report['images'][number]['findings'][number], where: string): RuledFinding {
  // Links to elsewhere must not be followed.
  const names = Object.keys(BARE) as (keyof CommonFinding)[]
  const common = { ...BARE, ...Object.fromEntries(names.map((name) => [name, json[name]])), links: [] }
  const finding = findingWith(json, common, withoutPlaces(json.details))
  if (finding === null) {
    throw refused(`it contains ${json.check}/${json.id} in a form that Seaworthy never reports`, where)
  }
  const { ruling, due, blocks, owner, since, statement, policy, line } = json
  return {
    ...finding,
    ruling,
    due: due !== null && isDate(due) ? due : null,
    because: json.reasons,
    blocks,
    owner,
    since,
    statement,
    returnsWhen: json.returnReasons,
    policy: placeOf(policy),
    line: placeOf(line) === null ? null : line,
  }
}

/** A stranger's word for which line of which file accepts a result, or what sets the run options, leads nowhere. */
function withoutPlaces(details: Details): Details {
  if (details.type !== 'bench-result' && details.type !== 'start-test') {
    return details
  }
  const { optionsAt: _, service, compared, ...rest } = details
  // That there is a compose file decides in which words the tasks are.
  const unknown = service === undefined ? {} : { service: { name: '', indent: 4, lines: {} } }
  return { ...rest, ...unknown, compared: compared === null ? null : { ...compared, accepted: null } }
}

function platformOf(text: string): Platform | null {
  const [, os, architecture, variant] =
    /^([a-z0-9]{1,20})\/([a-z0-9_]{1,20})(?:\/([a-z0-9.]{1,20}))?$/.exec(text) ?? []
  return os === undefined || architecture === undefined
    ? null
    : { os, architecture, variant: variant ?? null }
}

/** A path in the repository, with plain names only. */
function placeOf(place: Place | null): Place | null {
  if (place === null || place.line > 1_000_000) {
    return null
  }
  const isPlain = place.file
    .split('/')
    .every((name) => /^[\w.+-]{1,100}$/.test(name) && !/^\.{1,2}$/.test(name))
  return isPlain && place.file.length <= 300 ? place : null
}

function refused(what: string, where: string): SeaworthyError {
  return new SeaworthyError({
    code: 'untrusted-report',
    what: `the run's report was not published: ${what}`,
    where,
  })
}
