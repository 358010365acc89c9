import * as z from 'zod'
import {
  baseSentence,
  becauseText,
  detailsOf,
  type Frozen,
  type ImageVerdict,
  platformName,
  type RuledFinding,
  returnText,
  summaryText,
  type Verdict,
} from '../../model/index.js'
import type { SpanLimit } from '../../policy/whitelist/read.js'
import { diffLines } from '../diff.js'
import { countDeferred } from '../view/counts.js'
import { sourcesOf } from '../view/data.js'
import type { Tool } from '../view/pages.js'
import { statementsOf } from '../view/statements.js'
import { actionsOf } from '../view/tasks.js'
import { whitelistEntry } from '../view/whitelist-entry.js'
import { benchOut } from './bench.js'
import { type Report, ReportSchema } from './schema.js'

export { ReportSchema } from './schema.js'

/** report.json: every key in the order of its schema, so that the same verdict gives the same bytes. */
export function renderJson(verdict: Verdict, tool: Tool): string {
  return `${JSON.stringify(shaped(ReportSchema, reportOf(verdict, tool)), null, 2)}\n`
}

/** The members that the schema names, in its order: what is reported may have more. */
function shaped(schema: z.core.$ZodType, value: unknown): unknown {
  if (value === null || value === undefined) {
    return value
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return shaped(schema.unwrap(), value)
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((one) => shaped(schema.element, one))
  }
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return shaped(optionFor(schema, value), value)
  }
  if (schema instanceof z.ZodRecord) {
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return schema instanceof z.ZodObject
    ? Object.fromEntries(
        Object.entries(schema.shape).map(([key, one]) => [key, shaped(one, Reflect.get(value, key))]),
      )
    : value
}

/** The one of several forms whose name the value has. */
function optionFor({ options, def }: z.ZodDiscriminatedUnion, value: unknown): z.core.$ZodType {
  const name = Object(value)[def.discriminator]
  const found = options.find((one) => {
    const literal = one instanceof z.ZodObject ? one.shape[def.discriminator] : undefined
    return literal instanceof z.ZodType && literal.safeParse(name).success
  })
  if (found === undefined) {
    throw new Error(`report.json has no form for ${def.discriminator}: ${name}`)
  }
  return found
}

type ReportItem<Key extends 'images' | 'unanswered'> = Frozen<Report[Key][number]>

function reportOf(verdict: Verdict, tool: Tool): Frozen<Report> {
  return {
    ...verdict,
    schemaVersion: 1,
    tool,
    policyDigest: verdict.judgedBy.policyDigest,
    images: verdict.images.map((image) => imageOf(image, verdict)),
    limits: statementsOf(verdict, 'limits'),
    details: statementsOf(verdict, 'details'),
    sources: sourcesOf(verdict),
    unanswered: verdict.images.flatMap(unansweredOf),
    actions: actionsOf(verdict).map(({ image, action }) => ({ ...action, image: image.reference })),
  }
}

function imageOf(image: ImageVerdict, limit: SpanLimit): ReportItem<'images'> {
  const { platform, base, dockerfileChange: change } = image
  return {
    ...image,
    platform: platform === null ? null : platformName(platform),
    applications: applicationsOf(image.applications),
    base: base === null ? null : { ...base, why: baseSentence(base) },
    dockerfile: {
      ...image.dockerfile,
      change: change === null ? null : `${diffLines(change.file, change.before, change.after).join('\n')}\n`,
    },
    checks: image.checks.map((one) => ({ ...one, bench: one.bench === null ? null : benchOut(one.bench) })),
    findings: image.findings.map((finding) => findingOf(finding, limit)),
    deferred: countDeferred(image),
  }
}

function applicationsOf(applications: ImageVerdict['applications']): ReportItem<'images'>['applications'] {
  if (applications === null) {
    return null
  }
  const { judged, byClair = [], unexamined, clair = null, isOff, isOffByOsv } = applications
  const applicationsText = summaryText(applications)
  const off = { off: isOff === true, ...(isOffByOsv === true && { offByOsv: isOffByOsv }) }
  return { judged, byClair, notExamined: unexamined, clair, ...off, words: applicationsText }
}

function findingOf(finding: RuledFinding, limit: SpanLimit): ReportItem<'images'>['findings'][number] {
  return {
    ...finding,
    because: becauseText(finding),
    reasons: finding.because,
    returnsWhen: finding.returnsWhen?.map(returnText) ?? null,
    returnReasons: finding.returnsWhen,
    details: detailsOf(finding),
    whitelistEntry: whitelistEntry(finding, limit),
  }
}

function unansweredOf(image: ImageVerdict): ReportItem<'unanswered'>[] {
  return image.checks.flatMap(({ check, problem }) =>
    problem === null ? [] : [{ image: image.reference, check, problem }],
  )
}
