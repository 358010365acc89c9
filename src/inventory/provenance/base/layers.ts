import { mainPackages, readPackages } from '../../../debian/packages.js'
import {
  type BaseImage,
  binaryKey,
  type Finding,
  familiarName,
  type Image,
  isBench,
  isLeftBehind,
  isObstacle,
  isOfficialBeginning,
  linesOfLayers,
  mergeLayers,
  type ObstacleFinding,
  readOrNull,
} from '../../../model/index.js'

/**
 * Findings about packages without security updates, or left behind in another release, with the proven official base
 * that they came with: packages that Docker's official images get elsewhere (nginx.org's nginx, PostgreSQL's own
 * packages) are for their makers to update. Only layers that a registry has prove a base; the one with the most
 * layers counts.
 * @param mirrors prefixes that count as Docker's official images
 */
export function withOfficialBase(
  findings: readonly Finding[],
  base: BaseImage | null,
  image: Image | null,
  mirrors: readonly string[],
): readonly Finding[] {
  const official = provenOfficial(base, mirrors)
  if (official === undefined || image === null) {
    return findings
  }
  const hasBaseFindings = findings.some(isTaskOfBaseMaintainer)
  const basePackages = hasBaseFindings ? packagesOf(image, official.layers) : new Set<string>()
  return findings.map((one) =>
    isTaskOfBaseMaintainer(one) && one.binaries.every((binary) => basePackages.has(binaryKey(binary)))
      ? ({ ...one, details: { ...one.details, base: familiarName(official.name) } } as typeof one)
      : one,
  )
}

/** Whether only the makers of the base image can replace the package. */
function isTaskOfBaseMaintainer(
  finding: Finding,
): finding is ObstacleFinding<'no-security-support'> | ObstacleFinding<'other-release'> {
  return isObstacle(finding, 'no-security-support') || isLeftBehind(finding)
}

function provenOfficial(base: BaseImage | null, mirrors: readonly string[]) {
  return base?.beginnings.findLast((one) => one.grade === 'proven' && isOfficialBeginning(one, mirrors))
}

/** The proven official base, and the diff_ids of its layers; `null` if there is none. */
export function officialBaseOf(
  base: BaseImage | null,
  { layers }: Pick<Image, 'layers'>,
  mirrors: readonly string[],
): { readonly name: string; readonly layers: ReadonlySet<string> } | null {
  const official = provenOfficial(base, mirrors)
  return official === undefined
    ? null
    : {
        name: familiarName(official.name),
        layers: new Set(layers.slice(0, official.layers).map(({ diffId }) => diffId)),
      }
}

/** Packages installed in the lowest layers; empty if that cannot be read. */
function packagesOf({ layers }: Image, count: number): ReadonlySet<string> {
  const packages = readOrNull(() => mainPackages(readPackages(mergeLayers(layers.slice(0, count)))))
  return new Set((packages ?? []).map(binaryKey))
}

/**
 * Results of Docker Bench, with the base if it caused them: only the base's makers can change its ADD instructions
 * (4.9). A registry has to show that the layers are the base's, because anyone with access to the engine can give any
 * image any name. The result itself stays the same.
 */
export function attributedToBase(findings: readonly Finding[], base: BaseImage, image: Image): Finding[] {
  const { name, layers: count, restsOn } = base
  const layerLines = linesOfLayers(image)
  if (name === null || restsOn !== 'layers' || count === 0 || layerLines === null) {
    return [...findings]
  }
  const baseLines = new Set(layerLines.slice(0, count))
  return findings.map((finding) => {
    if (!isBench(finding) || finding.id !== '4.9' || finding.places.length === 0) {
      return finding
    }
    return finding.places.every(({ line }) => baseLines.has(line)) ? { ...finding, ofBase: name } : finding
  })
}
