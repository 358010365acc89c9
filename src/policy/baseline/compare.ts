import * as z from 'zod'
import {
  type ApplicationSummary,
  CHECK_IDS,
  CHECKS,
  type CheckId,
  compareSeverity,
  compareText,
  type GoneFinding,
  GoneFindingSchema,
  type Image,
  idsOf,
  isAcceptedByIdAlone,
  isAcceptedByPath,
  isMalware,
  jsonInFile,
  kindText,
  type PolicyNotice,
  parseReference,
  platformName,
  type RuledFinding,
  text,
  textOrNull,
} from '../../model/index.js'

/**
 * An earlier report.json, in the form that findings are compared with. An unusable one does not stop the run: then
 * everything counts as new, which is the strictest result.
 */
export type Baseline = { readonly file: string } & (
  | { readonly images: readonly BaselineImage[]; readonly error: null }
  | { readonly images: null; readonly error: string }
)

/** The part of the report that is read (reports/json/schema.ts); later versions may have more. */
const imageSchema = z.object({
  reference: text,
  platform: textOrNull,
  checks: z.array(z.object({ check: z.enum(CHECK_IDS), state: z.enum(['answered', 'unanswered']) })),
  findings: z.array(
    z.object({
      ...GoneFindingSchema.shape,
      fixedVersion: textOrNull,
      details: z.object({
        // Only a vulnerability of an application package has other ids with the same meaning.
        ids: z.array(text).optional(),
        // Only a result of Docker Bench has this.
        compared: z
          .object({ outcome: text, unexpected: z.array(text) })
          .nullable()
          .optional(),
      }),
    }),
  ),
  applications: z.object({ judged: z.array(z.object({ kind: text })) }).nullable(),
})
const reportSchema = z.object({ images: z.array(imageSchema).min(1) })
const headSchema = z.object({ schemaVersion: z.number(), tool: z.object({ name: text }) })

type BaselineImage = z.infer<typeof imageSchema>
type BaselineFinding = BaselineImage['findings'][number]

/** Reads a report.json. `null` instead of a text means that the file does not exist. Never throws. */
export function readBaseline(text: string | null, file: string): Baseline {
  const unusable = (error: string): Baseline => ({ file, images: null, error })
  if (text === null) {
    return unusable('there is no such file')
  }
  const value = jsonInFile(text)
  if (value === undefined) {
    return unusable('it is not valid JSON, or it is truncated')
  }
  const head = headSchema.safeParse(value)
  if (!head.success) {
    return unusable('it is not a report.json')
  }
  if (head.data.schemaVersion !== 1) {
    return unusable(`its schemaVersion is ${head.data.schemaVersion}, but only version 1 is supported`)
  }
  const report = reportSchema.safeParse(value)
  if (report.success) {
    return { file, images: report.data.images, error: null }
  }
  const [issue] = report.error.issues
  return unusable(`it is not a complete report: ${issue?.path.map(String).join('.')}`)
}

export interface ComparedImage {
  readonly reference: string
  readonly image: Image | null
  readonly applications?: ApplicationSummary | null
}

export interface BaselineComparison {
  /**
   * The finding with its `since`. If `newOnly`, one that already blocked in the baseline does not block, unless it is
   * in KEV.
   */
  compared(finding: RuledFinding, newOnly: boolean): RuledFinding
  /** Findings that are gone, of checks that were answered both times; `null` without a baseline of this image. */
  gone(findings: readonly RuledFinding[]): readonly GoneFinding[] | null
}

/** The image's findings compared with its baseline. `answered`: the checks that are answered now. */
export function compareWithBaseline(
  baseline: Baseline | null,
  subject: ComparedImage,
  answered: readonly CheckId[],
): BaselineComparison {
  const before = baseline === null ? null : baselineOf(baseline, subject)
  if (before === null) {
    return { compared: (finding) => finding, gone: () => null }
  }
  const checked = before.checks.filter(({ state }) => state === 'answered').map(({ check }) => check)
  const baselineByKey = Map.groupBy(
    before.findings.flatMap((finding) => keysOf(finding).map((key) => ({ key, finding }))),
    ({ key }) => key,
  )
  return {
    compared: (finding, newOnly) => {
      if (!checked.includes(finding.check)) {
        return finding
      }
      const baselineMatches = keysOf(finding)
        .flatMap((key) => baselineByKey.get(key) ?? [])
        .map((one) => one.finding)
        .filter((one) => hasNothingNew(finding, one))
      const compared: RuledFinding = { ...finding, since: baselineMatches.length === 0 ? 'new' : 'unchanged' }
      if (!newOnly || !finding.blocks || !baselineMatches.some(({ ruling }) => ruling === 'act')) {
        return compared
      }
      const { check, id, because } = finding
      const isEntryNeeded = isAcceptedByIdAlone(check, id) || isAcceptedByPath(check, id)
      const why = isMalware(finding) ? 'malware-new-or-not' : isEntryNeeded ? 'entry-alone' : null
      const blocking = finding.kev === true ? 'kev-new-or-not' : why
      if (blocking !== null) {
        return { ...compared, because: [...because, { reason: blocking }] }
      }
      return CHECKS[check].acceptable
        ? { ...compared, blocks: false, because: [...because, { reason: 'in-baseline' }] }
        : compared
    },
    gone: (findings) => {
      const now = new Set(findings.flatMap(keysOf))
      const isGone = (one: BaselineFinding) => !keysOf(one).some((key) => now.has(key))
      return before.findings
        .filter((one) => checked.includes(one.check) && answered.includes(one.check) && isGone(one))
        .sort((a, b) => compareSeverity(b.severity, a.severity) || compareText(sortKey(a), sortKey(b)))
        .map(({ fixedVersion: _, details: __, ...rest }) => rest)
    },
  }
}

/**
 * The image of the baseline with this reference and platform; else the only one of this repository and platform,
 * whatever its tag, because a release is compared with the one before it.
 */
export function baselineOf({ images }: Baseline, { reference, image }: ComparedImage): BaselineImage | null {
  const platform = image === null ? null : platformName(image.platform)
  const samePlatform = (images ?? []).filter((one) => platform !== null && one.platform === platform)
  const exact = samePlatform.filter((one) => one.reference === reference)
  if (exact.length > 0) {
    return onlyOf(exact)
  }
  const repository = repositoryOf(reference)
  const sameRepository = samePlatform.filter(
    (one) => repository !== null && repositoryOf(one.reference) === repository,
  )
  return onlyOf(sameRepository)
}

function onlyOf([first, ...more]: readonly BaselineImage[]): BaselineImage | null {
  return more.length === 0 ? (first ?? null) : null
}

/** The repository of a reference, without tag and digest; `null` for the path of an archive. */
function repositoryOf(reference: string): string | null {
  const parsed = parseReference(reference)
  return parsed === null ? null : `${parsed.registry}/${parsed.repository}`
}

/** Outcomes of results that were examined. */
const EXAMINED: readonly (string | undefined)[] = ['worse', 'new']

/**
 * False for a result of Docker Bench that names what it did not name in the baseline, such as another setuid file or
 * secret, or that nobody had examined there: only its id is the same.
 */
function hasNothingNew(finding: RuledFinding, baseline: BaselineFinding): boolean {
  const now = 'compared' in finding ? finding.compared : null
  if (now === null) {
    return true
  }
  const then = baseline.details.compared
  const isExamined = !EXAMINED.includes(now.outcome) || EXAMINED.includes(then?.outcome)
  return isExamined && now.unexpected.every((item) => then?.unexpected.includes(item))
}

/**
 * The installed version is left out: the same finding in another version is still there. An update is identified by
 * what it brings: the next one that Debian publishes is another, however long the package has been outdated.
 */
function keysOf(finding: BaselineFinding | RuledFinding): string[] {
  const { check, package: name, fixedVersion } = finding
  // One vulnerability has several ids in applications, and a record may get a CVE: any known id makes it the same.
  const ids = 'because' in finding ? idsOf(finding) : (finding.details.ids ?? [finding.id])
  return ids.map((id) =>
    JSON.stringify([check, name, id, CHECKS[check].entries.idOptional ? fixedVersion : null]),
  )
}

function sortKey(finding: BaselineFinding): string {
  return keysOf(finding)[0] ?? ''
}

/** The notice that there is no baseline although one was requested, and its consequence. */
export function baselineNotices(
  baseline: Baseline | null,
  subjects: readonly ComparedImage[],
  newOnly: boolean,
): PolicyNotice[] {
  const follows = newOnly ? 'every finding is treated as new' : 'nothing is compared'
  const notice = (text: string, kind: PolicyNotice['kind'] = 'no-baseline'): PolicyNotice => ({
    kind,
    place: null,
    text,
  })
  if (baseline === null) {
    return newOnly ? [notice(`fail-on-new-only is set without a baseline: ${follows}`)] : []
  }
  const { file, error } = baseline
  if (error !== null) {
    return [notice(`the baseline ${file} can't be used: ${error}; ${follows}`)]
  }
  return subjects
    .filter(({ image }) => image !== null)
    .flatMap((subject) => {
      const before = baselineOf(baseline, subject)
      if (before === null) {
        const what = `contains no image, or more than one, with the name and platform of ${subject.reference}`
        return [notice(`the baseline ${file} ${what}: ${follows}`)]
      }
      const then = new Set((before.applications?.judged ?? []).map(({ kind }) => kind))
      const newChecks = (subject.applications?.judged ?? []).filter(({ kind }) => !then.has(kind))
      return newChecks.length === 0
        ? []
        : [
            notice(
              `the baseline ${file} did not judge ${kindText(newChecks)} in ${subject.reference}, so all findings about them are treated as new`,
              'not-applied',
            ),
          ]
    })
}
