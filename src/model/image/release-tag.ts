/** A line of releases (`4`, or `4.1`) and its newest tag. */
export interface ReleaseLine {
  readonly line: string
  readonly tag: string
  /** The tag without its `v`. */
  readonly version: string
}

const LINE = /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))?$/

export function isLine(text: string): boolean {
  return LINE.test(text)
}

/**
 * The newest release of each line: for `4` the highest 4.x.y, for `4.1` the highest 4.1.y. Prereleases do not count,
 * nor do tags with build metadata, which no image tag can have (`+`).
 * @param tags all tags of a repository, in any order; those that are not versions don't count
 * @param wanted lines; `all` for each minor line that has a release
 * @returns `found`: the newest first; `missing`: requested lines without a release
 */
export function releaseLines(tags: readonly string[], wanted: readonly string[] | 'all') {
  const releases = tags
    .flatMap((tag) => readReleaseTag(tag) ?? [])
    .filter(({ tag, prerelease }) => prerelease === null && !tag.includes('+'))
    .sort(newestFirst)
  const lines =
    wanted === 'all'
      ? [...new Set(releases.map(({ major, minor }) => `${major}.${minor}`))]
      : [...new Set(wanted)]
  const newest = lines.map((line) => ({
    line,
    release: releases.find(({ major, minor }) => [String(major), `${major}.${minor}`].includes(line)),
  }))
  return {
    found: newest
      .flatMap(({ line, release }) => (release === undefined ? [] : [{ line, release }]))
      .sort((a, b) => newestFirst(a.release, b.release))
      .map(({ line, release: { tag, version } }) => ({ line, tag, version })),
    missing: newest.flatMap(({ line, release }) => (release === undefined ? [line] : [])),
  }
}

/** Of `v1.0.0` and `1.0.0` the one with `v` comes first, so that the result is unique. */
function newestFirst(a: ReleaseTag, b: ReleaseTag): number {
  return (
    b.major - a.major ||
    b.minor - a.minor ||
    b.patch - a.patch ||
    Number(a.tag < b.tag) - Number(a.tag > b.tag)
  )
}

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
