/** Kinds of releases, by which part of the version increases. */
export const RELEASE_KINDS = ['major', 'minor', 'patch'] as const
export type ReleaseKind = (typeof RELEASE_KINDS)[number]

/** A tag that names a version: `v4.1.7` or `4.1.7`. */
export interface ReleaseTag {
  readonly tag: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** `rc.1` of `v2.0.0-rc.1`; `null` for a release. */
  readonly prerelease: string | null
  readonly version: string
}

const NUMBER = '(0|[1-9]\\d{0,8})'
const PART = '(?:0|[1-9]\\d{0,17}|\\d*[A-Za-z-][0-9A-Za-z-]*)'
const TAG = new RegExp(
  `^v?(${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${PART}(?:\\.${PART})*))?)(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?$`,
)

/**
 * A tag as Semantic Versioning 2.0.0 reads it, with or without `v`; `null` for every other tag. Anyone who may push a
 * tag chooses its name: one that passes here contains only letters, digits and `.+-`.
 */
export function readReleaseTag(tag: string): ReleaseTag | null {
  const [, version, major, minor, patch, prerelease] = tag.length > 128 ? [] : (TAG.exec(tag) ?? [])
  if (version === undefined) {
    return null
  }
  return {
    tag,
    version,
    prerelease: prerelease ?? null,
    major: Number(major),
    minor: Number(minor),
    patch: Number(patch),
  }
}

/** The kind of a release: 2.0.0 and 2.0.0-rc.1 are major, 2.1.0 is minor, 2.1.3 patch. */
export function releaseKind({ minor, patch }: ReleaseTag): ReleaseKind {
  if (patch > 0) {
    return 'patch'
  }
  return minor > 0 ? 'minor' : 'major'
}
