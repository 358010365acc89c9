import { chooseDockerfile, type DockerfileDocument } from '../../dockerfile/choose.js'
import type { Image } from '../../model/image.js'
import type { Line } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { benchLine } from './bench.js'
import { packageLayers } from './package-layers.js'
import { placeOf } from './place-of.js'
import { type Spots, spotsOf } from './spots.js'
import { imageLine, packageLine } from './updates.js'

/**
 * Lays each finding to the line where a person has to look: an instruction of the Dockerfile, if one of these is the
 * image's own, else the policy line that decided. Nothing of the verdict itself changes.
 */
export function placeFindings(
  verdict: ImageVerdict,
  image: Image | null,
  documents: readonly DockerfileDocument[],
): ImageVerdict {
  if (image === null) return { ...verdict, findings: verdict.findings.map((one) => laid(one, null)) }
  const { use, match } = chooseDockerfile(documents, image)
  if (use.file === null || match === null) {
    return { ...verdict, dockerfile: use, findings: verdict.findings.map((one) => laid(one, null)) }
  }
  const spots = spotsOf(use.file, match, image)
  const since = packageLayers(image.layers)
  const lineOf = (finding: RuledFinding) => inDockerfile(finding, image, since, spots)
  return { ...verdict, dockerfile: use, findings: verdict.findings.map((one) => laid(one, lineOf(one))) }
}

function inDockerfile(
  finding: RuledFinding,
  image: Image,
  since: ReadonlyMap<string, number>,
  spots: Spots,
): Line | null {
  if (finding.check === 'docker-bench') return benchLine(finding, image, spots)
  return finding.package === null ? imageLine(finding, image, spots) : packageLine(finding, since, spots)
}

function laid(finding: RuledFinding, line: Line | null): RuledFinding {
  return { ...finding, line: placeOf({ ...finding, line }) }
}
