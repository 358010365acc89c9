import { chooseDockerfile, type DockerfileDocument } from '../../dockerfile/choose.js'
import { isBench } from '../../model/finding/index.js'
import { KINDS, kindOf } from '../../model/finding/kinds.js'
import type { Image } from '../../model/image.js'
import type { Line } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { benchLine } from './bench.js'
import { placeOf } from './lines.js'
import { databaseLine, packageLayers, packageLine, releaseLine, sourcesLine } from './packages.js'
import { type Spots, spotsOf } from './spots.js'

/**
 * Attributes each finding to the line where a person has to look: an instruction of the Dockerfile, if it is the
 * image's own, else the policy line that decided. Nothing in the verdict itself changes.
 */
export function placeFindings(
  verdict: ImageVerdict,
  image: Image | null,
  documents: readonly DockerfileDocument[],
): ImageVerdict {
  if (image === null) {
    return { ...verdict, findings: verdict.findings.map((one) => laid(one, null)) }
  }
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
  if (isBench(finding)) {
    return benchLine(finding, image, spots)
  }
  switch (KINDS[kindOf(finding)].about) {
    case 'package':
      return packageLine(
        finding,
        since,
        spots,
        image.layers.map(({ diffId }) => diffId),
      )
    case 'sources':
      return sourcesLine(fileOf(finding), image, spots)
    case 'dpkg':
      return databaseLine(finding, image, spots)
    // What an application does is not attributable to a line.
    case 'application':
      return null
    default:
      return releaseLine(spots)
  }
}

/** The file of apt's configuration that a finding is about, where it knows one. */
function fileOf(finding: RuledFinding): string | null {
  return 'details' in finding && 'file' in finding.details ? finding.details.file : null
}

function laid(finding: RuledFinding, line: Line | null): RuledFinding {
  return { ...finding, line: placeOf({ ...finding, line }) }
}
