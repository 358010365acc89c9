import {
  type InRegistry,
  judgedDigest,
  judgedManifests,
  type LayerOwner,
  platformName,
  RULINGS,
  type Verdict,
} from '../../model/index.js'
import { packagesToUpdate } from '../../update/plan/plan.js'
import { renderSummaryLine } from '../terminal/terminal.js'
import { countRulings } from '../view/counts.js'
import { ownerCounts } from '../view/owners.js'

/** The action's outputs that follow from a verdict alone, by name. Every value has been checked or escaped. */
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

/** Over several images: `true` if one of them gains by it, else `unknown` if that is not known for one of them. */
function rebuildText({ images }: Verdict): 'true' | 'false' | 'unknown' {
  const needs = images.map(({ rebuild }) => rebuild.needed)
  if (needs.includes(true)) {
    return 'true'
  }
  return needs.includes(null) ? 'unknown' : 'false'
}

/** The digest of the index if all of it was judged, else of the one manifest that was; '' if neither is known. */
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
  const byRuling = Map.groupBy(
    images.flatMap(({ findings }) => findings),
    ({ ruling }) => ruling,
  )
  const counts = RULINGS.flatMap((ruling) => {
    const bySeverity = Map.groupBy(byRuling.get(ruling) ?? [], ({ severity }) => severity)
    const entries = [...bySeverity].map(([severity, all]) => [severity, all.length] as const)
    return entries.length === 0 ? [] : [[ruling, Object.fromEntries(entries)] as const]
  })
  return Object.fromEntries(counts)
}
