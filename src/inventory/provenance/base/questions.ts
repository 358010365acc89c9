import { parseReference, referenceName } from '../../../model/index.js'
import type { BaseClaims } from './claims.js'

export const REASONS = ['label', 'label-digest', 'allowed', 'history', 'dated'] as const
export type QuestionReason = (typeof REASONS)[number]

export interface Question {
  /** The full name. */
  readonly reference: string
  readonly reason: QuestionReason
}

/** Limit for the policy's allowed bases that are looked up. */
const MAX_ALLOWED_BASES = 8

/**
 * The requests to registries, in rounds: a round is needed only if the earlier ones proved no base.
 * @param allowed patterns; those without a wildcard are names that can be looked up
 * @param mirrors name prefixes where official images are looked up too
 */
export function questionsFor(
  claims: BaseClaims,
  allowed: readonly string[],
  mirrors: readonly string[] = [],
): readonly (readonly Question[])[] {
  const { reference = null, digest = null } = claims.label ?? {}
  const byLabel = reference?.tag == null ? [] : [question({ ...reference, digest: null }, 'label')]
  const byDigest =
    reference === null || digest === null
      ? []
      : [question({ ...reference, tag: null, digest }, 'label-digest')]
  const names = allowed.flatMap((pattern) => {
    const reference = pattern.includes('*') ? null : parseReference(pattern)
    return reference === null ? [] : [question(reference, 'allowed')]
  })
  const rounds = [
    [...byLabel, ...names.slice(0, MAX_ALLOWED_BASES)],
    byDigest,
    [
      ...namesAtMirrors([...debianTags(claims), ...claims.officialNames], mirrors),
      ...distrolessTags(claims),
    ].map((reference) => ({ reference, reason: 'history' as const })),
    namesAtMirrors(datedTags(claims), mirrors).map((reference) => ({ reference, reason: 'dated' as const })),
  ]
  return rounds.filter((round) => round.length > 0)
}

/** Names at Docker, and the same names at each mirror. */
function namesAtMirrors(names: readonly string[], mirrors: readonly string[]): string[] {
  return names.flatMap((name) => [
    name,
    ...mirrors.map((prefix) => `${prefix}${name.slice('docker.io/library/'.length)}`),
  ])
}

/** Both tags, because the history does not show which of the two the image is from. */
export function debianTags({ debian }: BaseClaims): string[] {
  return debian === null ? [] : [tag(debian.codename), tag(`${debian.codename}-slim`)]
}

/** Tags that do not move: named after the archive day that the image was made from. */
function datedTags({ debian }: BaseClaims): string[] {
  if (debian === null || debian.asOf === null) {
    return []
  }
  const dated = `${debian.codename}-${debian.asOf.replaceAll('-', '')}`
  return [tag(dated), tag(`${dated}-slim`)]
}

/** The moving tag that a dated tag was copied from: `bookworm-20240101` -> `bookworm`. */
export function floatingTag(dated: string): string {
  return dated.replace(/-\d{8}(?=-slim$|$)/, '')
}

function tag(name: string): string {
  return `docker.io/library/debian:${name}`
}

/** The tags of distroless images. Their variants (nonroot, debug) differ in config or in one last layer. */
function distrolessTags({ distroless }: BaseClaims): string[] {
  if (distroless === null) {
    return []
  }
  return ['static', 'base', 'cc'].map((kind) => `gcr.io/distroless/${kind}-debian${distroless}:latest`)
}

function question(reference: Parameters<typeof referenceName>[0], reason: QuestionReason): Question {
  return { reference: referenceName(reference), reason }
}
