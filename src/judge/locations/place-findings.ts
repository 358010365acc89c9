import { chooseDockerfile, type DockerfileDocument } from '../../dockerfile/choose.js'
import { copiedLayers } from '../../dockerfile/match.js'
import {
  type BenchFinding,
  countedResult,
  type Image,
  type ImageVerdict,
  isBench,
  KINDS,
  kindOf,
  type Line,
  type Outcome,
  type RuledFinding,
  START_TEST,
} from '../../model/index.js'
import { type DockerfileLines, dockerfileLinesOf } from './dockerfile-lines.js'
import { placeOf } from './lines.js'
import { databaseLine, linesText, packageLayers, packageLine, releaseLine, sourcesLine } from './packages.js'

/**
 * Attributes each finding to the line where a person has to look: an instruction, if the Dockerfile is the image's own,
 * else the policy line that decided. Rulings and the verdict do not change.
 */
export function placeFindings(
  verdict: ImageVerdict,
  image: Image | null,
  documents: readonly DockerfileDocument[],
): ImageVerdict {
  if (image === null) {
    return { ...verdict, findings: verdict.findings.map((one) => withLine(one, null)) }
  }
  const { use, match } = chooseDockerfile(documents, image)
  if (use.file === null || match === null) {
    return { ...verdict, dockerfile: use, findings: verdict.findings.map((one) => withLine(one, null)) }
  }
  const lines = dockerfileLinesOf(use.file, match, image)
  const copied = copiedLayers(match, image)
  const layerOfPackage = packageLayers(image.layers)
  const lineOf = (finding: RuledFinding) =>
    placeInDockerfile(finding, image, layerOfPackage, { ...lines, copied })
  const from = use.from && { ...use.from, installed: installLines(layerOfPackage, lines) }
  return {
    ...verdict,
    dockerfile: { ...use, from },
    findings: verdict.findings.map((one) => withLine(one, lineOf(one))),
  }
}

/** The line after which each package is installed, as in `DockerfileFrom`. */
function installLines(
  layerOfPackage: ReadonlyMap<string, number>,
  lines: DockerfileLines,
): ReadonlyMap<string, number> {
  const base = lines.base('').endLine
  const lineOfLayer = (layer: number) => lines.lineOfLayer(layer).endLine
  const all = [...layerOfPackage].map(([key, layer]) => [key, lineOfLayer(layer)] as const)
  return new Map(all.filter(([, line]) => line !== base))
}

function placeInDockerfile(
  finding: RuledFinding,
  image: Image,
  layerOfPackage: ReadonlyMap<string, number>,
  lines: DockerfileLines & { readonly copied: ReadonlySet<string> },
): Line | null {
  if (isBench(finding)) {
    return benchLine(finding, image, lines)
  }
  switch (KINDS[kindOf(finding)].about) {
    case 'package':
      return packageLine(finding, layerOfPackage, lines, image)
    case 'sources':
      return sourcesLine(fileOf(finding), image, lines)
    case 'dpkg':
      return databaseLine(finding, image, lines)
    // A failed test of the application cannot be attributed to a line; a file is attributed to that of its layer.
    case 'application':
      return finding.layer === null ? null : fileLine(finding.layer, lines)
    default:
      return releaseLine(lines)
  }
}

function fileLine(
  layer: string,
  { copied, lineOfDiffId }: DockerfileLines & { readonly copied: ReadonlySet<string> },
): Line | null {
  const line = lineOfDiffId(layer)
  return line !== null && copied.has(layer) ? { ...line, isCopy: true } : line
}

/** The file of apt's configuration that a finding is about, where it knows one. */
function fileOf(finding: RuledFinding): string | null {
  return 'details' in finding && 'file' in finding.details ? finding.details.file : null
}

function withLine(finding: RuledFinding, line: Line | null): RuledFinding {
  return { ...finding, line: placeOf({ ...finding, line: line ?? optionsLine(finding) }) }
}

/** Where the run options are set that a result is about; if a dictionary entry is the cause, the line of that entry. */
function optionsLine(finding: RuledFinding): Line | null {
  if (!isBench(finding) || finding.optionsAt === undefined) {
    return null
  }
  const { optionsAt: place, compared } = finding
  const isAboutImage = compared === null || IMAGE_OUTCOMES.includes(compared.outcome)
  const line = { ...place, endLine: place.line, certain: true, why: 'the run options are set here' }
  return isAboutImage ? line : null
}

/** Of the outcomes, only these are about the image rather than the policy. */
const IMAGE_OUTCOMES: readonly Outcome[] = ['match', 'worse']

/**
 * The Dockerfile line that caused a result of Docker Bench; `null` if none did: the way the image is run, the
 * machine, or an entry of the dictionary.
 */
function benchLine(finding: BenchFinding, image: Image, lines: DockerfileLines): Line | null {
  const { id, compared } = finding
  if (compared !== null && !IMAGE_OUTCOMES.includes(compared.outcome)) {
    return null
  }
  const items = countedResult(finding)?.items ?? []
  const instruction = (keyword: string) =>
    lines.last(keyword, `this is the last ${keyword} instruction`) ?? lines.missing(keyword)
  const command = (keyword: string) =>
    lines.last(keyword, 'this defines what the container runs', undefined, false)
  switch (id) {
    case '4.1':
      return finding.userOfOptions === true ? null : instruction('USER')
    case '4.2':
      return lines.base('this is the base image')
    case '4.3':
      return null
    case '4.6':
      return instruction('HEALTHCHECK')
    case '4.8':
      return setuidLine(items, image, lines)
    case '4.10':
      return secretLine(items, lines) ?? historyLine(finding, lines)
    case START_TEST:
      return command('ENTRYPOINT') ?? command('CMD')
    default:
      return id.startsWith('4.') ? historyLine(finding, lines) : null
  }
}

/** The first of the causing history lines that an instruction of the Dockerfile made, else the first. */
function historyLine({ places }: BenchFinding, lines: DockerfileLines): Line | null {
  const found = places.map(({ line }) => lines.lineOfHistory(line))
  return firstOwnLine(found, lines)
}

/** The line that sets a secret. The items of the strict rule are `ENV NAME` and `ARG NAME`. */
function secretLine(items: readonly string[], lines: DockerfileLines): Line | null {
  const found = items.flatMap((item) => {
    const [, keyword, name] = /^(ENV|ARG) (\S+)$/.exec(item) ?? []
    if (keyword === undefined || name === undefined) {
      return []
    }
    return lines.last(keyword, `this ${keyword} instruction contains ${name}`, name) ?? []
  })
  return firstOwnLine(found, lines)
}

/** The layer that last wrote the file. */
function setuidLine(items: readonly string[], image: Image, lines: DockerfileLines): Line | null {
  const found = items.flatMap((item) => {
    // In an item, the file's capabilities follow its path, after a blank.
    const path = (item.split(' ')[0] ?? '').replace(/^\/+/, '')
    const index = image.layers.findLastIndex(({ setuid }) => setuid.some((file) => file.path === path))
    return index === -1 ? [] : lines.lineOfLayer(index)
  })
  return firstOwnLine(found, lines)
}

/** The first line other than FROM, else FROM; its text names the other lines. */
function firstOwnLine(found: readonly Line[], lines: DockerfileLines): Line | null {
  const base = lines.base('').line
  const [one = found[0]] = found.filter(({ line }) => line !== base)
  if (one === undefined) {
    return null
  }
  const otherLines = [...new Set(found.map(({ line }) => line))].filter((line) => line !== one.line)
  if (otherLines.length === 0) {
    return one
  }
  const more = otherLines.length > 5 ? ' …' : ''
  return { ...one, why: `${one.why}; see also ${linesText(otherLines.slice(0, 5))}${more}` }
}
