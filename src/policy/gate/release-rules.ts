import * as z from 'zod'
import { RELEASE_KINDS, type ReleaseKind } from '../../model/index.js'
import { keywordSchema, keywordThreshold } from './kinds.js'
import { fileKey, threshold } from './threshold.js'

/** Each list starts with the strictest. */
export const UPDATES_MODES = ['any-update', 'security'] as const
export const NEEDS = ['required', 'optional'] as const
export const REQUIRED_RELEASES = ['stable', 'supported'] as const
export const UNEXAMINED_MODES = ['fail', 'noted'] as const
type RequiredRelease = (typeof REQUIRED_RELEASES)[number]
type Need = (typeof NEEDS)[number]

/** What a release of some kind needs, in addition to what every image does. */
export interface ReleaseRules {
  /** `any-update`: it waits for everything that apt would install. */
  readonly updates: (typeof UPDATES_MODES)[number]
  /** Whether it needs the answer of a regression test. */
  readonly test: Need
  /** `null`: as the key require-release says. */
  readonly requireRelease: RequiredRelease | null
  /** Whether it needs results of Docker Bench itself, unless the built-in rules were chosen (bench-engine). */
  readonly dockerBench: Need
  /** `fail`: what was not examined blocks it, as with fail-on-unexamined. */
  readonly unexamined: (typeof UNEXAMINED_MODES)[number]
}
type Releases = Readonly<Record<ReleaseKind, ReleaseRules>>

const MINOR: ReleaseRules = {
  updates: 'security',
  test: 'optional',
  requireRelease: null,
  dockerBench: 'required',
  unexamined: 'noted',
}
export const DEFAULT_RELEASES: Releases = {
  major: { ...MINOR, updates: 'any-update', test: 'required', requireRelease: 'stable' },
  minor: MINOR,
  patch: MINOR,
}

const oneOfTwo = <Keyword extends string>(values: readonly Keyword[], about: string) =>
  keywordSchema(values).optional().describe(about)

/** A kind used to have one word, for its updates. */
function valueAloneError({ code, input }: { readonly code?: string | undefined; readonly input?: unknown }) {
  const known = UPDATES_MODES.find((one) => one === input) ?? UPDATES_MODES[1]
  return code === 'invalid_type' && typeof input === 'string'
    ? `is a word alone; write what it is about, such as {updates: ${known}}`
    : undefined
}

const rulesSchema = z
  .strictObject(
    {
      updates: oneOfTwo(
        UPDATES_MODES,
        'Debian updates that it waits for. any-update: everything that apt would install, including point releases; security: only security updates',
      ),
      test: oneOfTwo(NEEDS, 'Whether it needs a regression test. Default: required for a major release'),
      'require-release': oneOfTwo(
        REQUIRED_RELEASES,
        'Debian releases that it may be based on, instead of the key require-release. Default for a major release: stable',
      ),
      'docker-bench': oneOfTwo(
        NEEDS,
        'Whether it needs results of Docker Bench itself. Default: required, unless bench-engine is builtin',
      ),
      unexamined: oneOfTwo(
        UNEXAMINED_MODES,
        'fail: application packages and runtimes that were not examined block it. Default: noted',
      ),
    },
    { error: valueAloneError },
  )
  .optional()

type RawRules = z.infer<typeof rulesSchema>

function rulesOf(raw: RawRules, otherwise: ReleaseRules): ReleaseRules {
  return {
    updates: raw?.updates ?? otherwise.updates,
    test: raw?.test ?? otherwise.test,
    requireRelease: raw?.['require-release'] ?? otherwise.requireRelease,
    dockerBench: raw?.['docker-bench'] ?? otherwise.dockerBench,
    unexamined: raw?.unexamined ?? otherwise.unexamined,
  }
}

/** True if any member is laxer than the current one. Without require-release, the key decides. */
function isLaxer(requested: ReleaseRules, current: ReleaseRules): boolean {
  const isLaxerIn = <T>(values: readonly T[], one: T, other: T) => values.indexOf(one) > values.indexOf(other)
  const releases: readonly (RequiredRelease | null)[] = ['stable', null, 'supported']
  return (
    isLaxerIn(UPDATES_MODES, requested.updates, current.updates) ||
    isLaxerIn(NEEDS, requested.test, current.test) ||
    isLaxerIn(releases, requested.requireRelease, current.requireRelease) ||
    isLaxerIn(NEEDS, requested.dockerBench, current.dockerBench) ||
    isLaxerIn(UNEXAMINED_MODES, requested.unexamined, current.unexamined)
  )
}

const releasesSchema = z.strictObject({ major: rulesSchema, minor: rulesSchema, patch: rulesSchema })

export const RELEASE_ROWS = {
  'require-release': keywordThreshold<RequiredRelease>({
    text: 'Debian releases that an image may be based on. stable: only the current stable release and, except for a major release, the one before it until 90 days after the new one; supported: any release that still gets security updates',
    fallback: 'stable',
    keywords: REQUIRED_RELEASES,
  }),
  releases: threshold<Releases>({
    text: 'What a major, minor or patch release needs, such as {major: {test: required, updates: any-update}}',
    fallback: DEFAULT_RELEASES,
    laxer: (requested, current) => RELEASE_KINDS.some((kind) => isLaxer(requested[kind], current[kind])),
    file: fileKey(releasesSchema, ({ major, minor, patch }) => ({
      major: rulesOf(major, DEFAULT_RELEASES.major),
      minor: rulesOf(minor, DEFAULT_RELEASES.minor),
      patch: rulesOf(patch, DEFAULT_RELEASES.patch),
    })),
  }),
} as const

/** What is being released, and what is known of that. */
export interface Releasing {
  readonly release: ReleaseKind | null
  readonly releases: Releases
}

/** What holds for this release; `null`: nothing is being released. */
export function rulesForRelease({ release, releases }: Releasing): ReleaseRules | null {
  return release === null ? null : releases[release]
}

export function requiredRelease(
  gate: Releasing & { readonly requireRelease: RequiredRelease },
): RequiredRelease {
  return rulesForRelease(gate)?.requireRelease ?? gate.requireRelease
}
