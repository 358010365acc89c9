import { chooseDockerfile, type DockerfileDocument } from '../../dockerfile/choose.js'
import { START_TEST } from '../../model/bench-ids.js'
import { type BenchFinding, type Outcome, saysOf } from '../../model/finding/bench.js'
import { isBench } from '../../model/finding/index.js'
import { KINDS, kindOf } from '../../model/finding/kinds.js'
import type { Image } from '../../model/image.js'
import type { Line } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
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

/** Of the outcomes, only these are about the image rather than the policy. */
const OF_IMAGE: readonly Outcome[] = ['match', 'worse']

/**
 * The Dockerfile line that caused a result of Docker Bench; `null` if none did: the way the image is run, the
 * machine, or an entry of the dictionary.
 */
function benchLine(finding: BenchFinding, image: Image, spots: Spots): Line | null {
  const { id, held } = finding
  if (held !== null && !OF_IMAGE.includes(held.outcome)) {
    return null
  }
  const items = saysOf(finding)?.items ?? []
  const instruction = (keyword: string) =>
    spots.last(keyword, `this is the last ${keyword} instruction`) ?? spots.missing(keyword)
  const command = (keyword: string) =>
    spots.last(keyword, 'this defines what the container runs', undefined, false)
  switch (id) {
    case '4.1':
      return instruction('USER')
    case '4.2':
      return spots.base('this is the base image')
    case '4.3':
      return null
    case '4.6':
      return instruction('HEALTHCHECK')
    case '4.8':
      return setuidLine(items, image, spots)
    case '4.10':
      return secretLine(items, spots) ?? historyLine(finding, spots)
    case START_TEST:
      return command('ENTRYPOINT') ?? command('CMD')
    default:
      return id.startsWith('4.') ? historyLine(finding, spots) : null
  }
}

/** The first of the causing history lines that an instruction of the Dockerfile made, else the first. */
function historyLine({ places }: BenchFinding, spots: Spots): Line | null {
  const found = places.flatMap(({ line }) => spots.ofHistory(line) ?? [])
  return first(found, spots)
}

/** `ENV NAME` and `ARG NAME`, as the strict rule names what it found. */
function secretLine(items: readonly string[], spots: Spots): Line | null {
  const found = items.flatMap((item) => {
    const [, keyword, name] = /^(ENV|ARG) (\S+)$/.exec(item) ?? []
    if (keyword === undefined || name === undefined) {
      return []
    }
    return spots.last(keyword, `this ${keyword} instruction contains ${name}`, name) ?? []
  })
  return first(found, spots)
}

/** The layer that last wrote the file. */
function setuidLine(items: readonly string[], image: Image, spots: Spots): Line | null {
  const found = items.flatMap((item) => {
    // Its capabilities follow a blank.
    const path = (item.split(' ')[0] ?? '').replace(/^\/+/, '')
    const index = image.layers.findLastIndex(({ setuid }) => setuid.some((file) => file.path === path))
    return index === -1 ? [] : spots.ofLayer(index)
  })
  return first(found, spots)
}

/** Lines of the Dockerfile itself come before those of its base; the others are named. */
function first(found: readonly Line[], spots: Spots): Line | null {
  const base = spots.base('').line
  const [one = found[0]] = found.filter(({ line }) => line !== base)
  if (one === undefined) {
    return null
  }
  const others = [...new Set(found.map(({ line }) => line))].filter((line) => line !== one.line)
  if (others.length === 0) {
    return one
  }
  const list = `${others.slice(0, 5).join(', ')}${others.length > 5 ? ' …' : ''}`
  return { ...one, why: `${one.why}; see also ${others.length === 1 ? 'line' : 'lines'} ${list}` }
}
