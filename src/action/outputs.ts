import * as core from '@actions/core'
import { writeUpdate } from '../gate/write-reports.js'
import { platformName } from '../model/image/image.js'
import { type InRegistry, judgedDigest, judgedManifests } from '../model/image/in-registry.js'
import type { LayerOwner } from '../model/provenance/layer-owner.js'
import { RULINGS, type Verdict } from '../model/verdict.js'
import { sarifCategories } from '../reports/sarif/sarif.js'
import { renderSummaryLine } from '../reports/terminal/terminal.js'
import { countRulings } from '../reports/view/counts.js'
import { ownerCounts } from '../reports/view/owners.js'
import { packagesToUpdate } from '../update/plan/plan.js'
import type { UpdateStep } from './update.js'

/**
 * The action's outputs that follow from a verdict alone, by name. Every value has been checked or escaped.
 */
export function outputsOf(
  verdict: Verdict,
  inRegistry: readonly InRegistry[] = [],
): Readonly<Record<string, string>> {
  const { images } = verdict
  const counts = countRulings(images)
  const references = [...new Set(images.map(({ reference }) => reference))]
  return {
    verdict: verdict.verdict,
    mode: verdict.mode,
    ...Object.fromEntries(RULINGS.map((ruling) => [ruling, String(counts[ruling])])),
    ...actByOwner(verdict),
    findings: String(images.reduce((sum, { findings }) => sum + findings.length, 0)),
    counts: JSON.stringify(countsOf(verdict)),
    'packages-to-update': packagesToUpdate(images.flatMap(({ findings }) => findings)).join('\n'),
    'rebuild-needed': rebuildText(verdict),
    'rebuild-brings': packagesToUpdate(images.flatMap(({ rebuild }) => rebuild.settles)).join('\n'),
    summary: renderSummaryLine(verdict),
    digest: images.map(({ digest }) => digest ?? '').join('\n'),
    'manifest-digest': references.map((reference) => manifestOf(reference, verdict, inRegistry)).join('\n'),
    images: JSON.stringify(images.map((image) => imageOf(image, inRegistry))),
  }
}

/** Findings to act on, by the layers that they are in. A finding whose layers are not known is in neither. */
function actByOwner({ images }: Verdict): Record<LayerOwner, string> {
  const counts = images.flatMap(ownerCounts)
  const countByOwner = (owner: LayerOwner) =>
    String(
      counts.reduce((sum, one) => sum + ((one.owner === 'base') === (owner === 'base') ? one.act : 0), 0),
    )
  return { base: countByOwner('base'), own: countByOwner('own') }
}

/**
 * Over several images: `true` if one of them gains by it, else `unknown` if that is not known for one of
 * them.
 */
function rebuildText({ images }: Verdict): 'true' | 'false' | 'unknown' {
  const needs = images.map(({ rebuild }) => rebuild.needed)
  if (needs.includes(true)) {
    return 'true'
  }
  return needs.includes(null) ? 'unknown' : 'false'
}

/**
 * The digest of the index if all of it was judged, else of the one manifest that was; '' if neither is known.
 */
function manifestOf(reference: string, { images }: Verdict, inRegistry: readonly InRegistry[]): string {
  const found = inRegistry.find((one) => one.reference === reference)
  return found === undefined ? '' : (judgedDigest(found, images) ?? '')
}

/** One platform of one image. `null` means not known. */
function imageOf(image: Verdict['images'][number], inRegistry: readonly InRegistry[]) {
  const { reference, platform, digest, verdict } = image
  const manifests = inRegistry.flatMap((one) => judgedManifests(one, [image]))
  const manifest = manifests[0]?.digest ?? null
  return { reference, platform: platform === null ? null : platformName(platform), digest, manifest, verdict }
}

/** Ruling -> severity -> number of findings, without zeros. */
function countsOf({ images }: Verdict): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {}
  for (const ruling of RULINGS) {
    const bySeverity: Record<string, number> = {}
    for (const finding of images.flatMap(({ findings }) => findings)) {
      if (finding.ruling !== ruling) {
        continue
      }
      bySeverity[finding.severity] = (bySeverity[finding.severity] ?? 0) + 1
    }
    if (Object.keys(bySeverity).length > 0) {
      counts[ruling] = bySeverity
    }
  }
  return counts
}

export function setOutputs(
  verdict: Verdict,
  paths: readonly string[],
  inRegistry: readonly InRegistry[],
): void {
  for (const [name, value] of Object.entries(outputsOf(verdict, inRegistry))) {
    core.setOutput(name, value)
  }
  core.setOutput('report', paths.find((path) => path.endsWith('report.json')) ?? '')
  core.setOutput('reports', paths.join('\n'))
  core.setOutput('vsa', paths.find((path) => path.endsWith('report.vsa.json')) ?? '')
  core.setOutput('sarif', paths.find((path) => path.endsWith('report.sarif')) ?? '')
  core.setOutput('sarif-category', sarifCategories(verdict).join('\n'))
}

export function setUpdateOutputs({ outcome, pull }: UpdateStep, reportDir: string): void {
  core.setOutput('update', outcome?.outcome ?? 'none')
  core.setOutput('pull-request', pull?.url ?? '')
  core.setOutput('patched-image', outcome?.patched?.name ?? '')
  if (outcome !== null) {
    writeUpdate(reportDir, outcome)
  }
}
