import type { Location, Message, Result } from 'sarif'
import { becauseText, besideVersions, debianSays } from '../../model/because/words.js'
import { describe, isRated } from '../../model/finding/kinds.js'
import type { Line, Place } from '../../model/place.js'
import type { ImageVerdict, RuledFinding } from '../../model/verdict.js'
import { escapeSarif } from '../escape.js'
import { versions } from '../view/finding.js'
import { imageName } from '../view/platforms.js'
import { fingerprints } from './fingerprint.js'

/** Where GitHub shows results without a place: it rejects a result without one. */
const NOWHERE: Place = { file: 'Dockerfile', line: 1 }

export function sarifResult(
  image: ImageVerdict,
  finding: RuledFinding,
  rule: { readonly id: string; readonly index: number },
  fingerprint: string,
): Result {
  const { ruling, blocks, severity, since, owner, due } = finding
  return {
    ruleId: rule.id,
    ruleIndex: rule.index,
    level: blocks ? 'error' : due === null ? 'note' : 'warning',
    message: messageOf(image, finding),
    locations: [locationOf(lineOf(image, finding))],
    partialFingerprints: fingerprints(fingerprint),
    ...suppressed(finding),
    // `since` is not a baselineState, which has no value for what the baseline does not know.
    properties: {
      ruling,
      severity,
      owner,
      package: finding.package,
      fixedVersion: finding.fixedVersion,
      since,
    },
  }
}

export function locationOf({ file, line, endLine = line }: Place & Partial<Line>): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file), uriBaseId: '%SRCROOT%' },
      region: { startLine: Math.max(1, line), ...(endLine > line ? { endLine } : {}) },
    },
  }
}

/** True for a path in the repository: only these can be opened on GitHub. */
function isInside(file: string): boolean {
  return (
    !/^(?:[\\/]|[A-Za-z]:|\.\.(?:[\\/]|$))/.test(file) && !file.split(/[\\/]/).includes('..') && file !== ''
  )
}

function lineOf({ dockerfile }: ImageVerdict, { line, policy }: RuledFinding): Place & Partial<Line> {
  const known = [line, policy, dockerfile.file === null ? null : { file: dockerfile.file, line: 1 }]
  return known.find((place) => place !== null && isInside(place.file)) ?? NOWHERE
}

/** A relative reference (RFC 3986, 4.2): a colon in its first part would be a scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
  const parts = path.split('/').map((part) => encodeURIComponent(part.toWellFormed()))
  return parts.join('/')
}

function messageOf(image: ImageVerdict, finding: RuledFinding): Message {
  const { id, package: name, line, ruling, severity } = finding
  const about = name === null ? describe(finding).subject : `${name} ${versions(finding)}: ${id}`
  const graded = isRated(finding) ? `, ${severity}` : ''
  const doubt =
    line === null ? ['the line is not known'] : line.certain ? [] : [`approximate line: ${line.why}`]
  const parts = [
    `${about}${graded}`,
    `${ruling}: ${besideVersions(finding)}`,
    ...doubt,
    `in ${imageName(image)}`,
  ]
  return { text: `${parts.map((part) => escapeSarif(part)).join('; ')}.` }
}

/** Accepted and deferred findings are in the file, but are not alerts to tools that read suppressions. */
function suppressed(finding: RuledFinding): Pick<Result, 'suppressions'> {
  const { ruling, debian, policy } = finding
  if (ruling !== 'accepted' && ruling !== 'deferred') {
    return {}
  }
  const words = ruling === 'deferred' && debian !== null ? debianSays(debian) : becauseText(finding)
  const location = policy !== null && isInside(policy.file) ? { location: locationOf(policy) } : {}
  return {
    suppressions: [
      { kind: 'external', status: 'accepted', justification: escapeSarif(words, 1000), ...location },
    ],
  }
}
