import * as z from 'zod'
import { RELEASE_KINDS, type ReleaseKind } from '../../model/release-tag.js'
import { inFile, threshold, wordSchema } from './threshold.js'

/** Each list starts with the strictest. */
export const UPDATES_WORDS = ['any-update', 'security'] as const
export const NEED_WORDS = ['required', 'optional'] as const
export const RELEASE_WORDS = ['stable', 'supported'] as const
export const UNEXAMINED_WORDS = ['fail', 'noted'] as const
type ReleaseWord = (typeof RELEASE_WORDS)[number]
type NeedWord = (typeof NEED_WORDS)[number]

/** What a release of some kind needs, in addition to what every image does. */
export interface ReleaseRules {
  /** `any-update`: it waits for everything that apt would install. */
  readonly updates: (typeof UPDATES_WORDS)[number]
  /** Whether it needs the answer of a regression test. */
  readonly test: NeedWord
  /** `null`: as the key require-release says. */
  readonly requireRelease: ReleaseWord | null
  /** Whether it needs results of Docker Bench itself, unless the built-in rules were chosen (bench-engine). */
  readonly dockerBench: NeedWord
  /** `fail`: what was not examined blocks it, as with fail-on-unexamined. */
  readonly unexamined: (typeof UNEXAMINED_WORDS)[number]
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

const word = <const Words extends readonly [string, string]>(words: Words, about: string) =>
  wordSchema(words, `is neither ${words.join(' nor ')}`)
    .optional()
    .describe(about)

/** A kind used to have one word, for its updates. */
function aloneFault({ code, input }: { readonly code?: string | undefined; readonly input?: unknown }) {
  const known = UPDATES_WORDS.find((one) => one === input) ?? UPDATES_WORDS[1]
  return code === 'invalid_type' && typeof input === 'string'
    ? `is a word alone; write what it is about, such as {updates: ${known}}`
    : undefined
}

const rulesSchema = z
  .strictObject(
    {
      updates: word(
        UPDATES_WORDS,
        'Debian updates that it waits for. any-update: everything that apt would install, including point releases; security: only security updates',
      ),
      test: word(NEED_WORDS, 'Whether it needs a regression test. Default: required for a major release'),
      'require-release': word(
        RELEASE_WORDS,
        'Debian releases that it may be based on, instead of the key require-release. Default for a major release: stable',
      ),
      'docker-bench': word(
        NEED_WORDS,
        'Whether it needs results of Docker Bench itself. Default: required, unless bench-engine is builtin',
      ),
      unexamined: word(
        UNEXAMINED_WORDS,
        'fail: application packages and runtimes that were not examined block it. Default: noted',
      ),
    },
    { error: aloneFault },
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

/** A member that is laxer than the one in force, whatever the others are. Without require-release, the key decides. */
function isLaxer(asked: ReleaseRules, holds: ReleaseRules): boolean {
  const falls = <T>(words: readonly T[], one: T, other: T) => words.indexOf(one) > words.indexOf(other)
  const releases: readonly (ReleaseWord | null)[] = ['stable', null, 'supported']
  return (
    falls(UPDATES_WORDS, asked.updates, holds.updates) ||
    falls(NEED_WORDS, asked.test, holds.test) ||
    falls(releases, asked.requireRelease, holds.requireRelease) ||
    falls(NEED_WORDS, asked.dockerBench, holds.dockerBench) ||
    falls(UNEXAMINED_WORDS, asked.unexamined, holds.unexamined)
  )
}

export const RELEASE_ROWS = {
  'require-release': threshold<ReleaseWord>({
    fallback: 'stable',
    laxer: (asked, holds) => holds === 'stable' && asked === 'supported',
    file: inFile(
      wordSchema(RELEASE_WORDS, 'is neither stable nor supported'),
      'Debian releases that an image may be based on. stable: only the current stable release and, except for a major release, the one before it until 90 days after the new one; supported: any release that still gets security updates',
    ),
    input: null,
  }),
  releases: threshold<Releases>({
    fallback: DEFAULT_RELEASES,
    laxer: (asked, holds) => RELEASE_KINDS.some((kind) => isLaxer(asked[kind], holds[kind])),
    file: inFile(
      z.strictObject({ major: rulesSchema, minor: rulesSchema, patch: rulesSchema }),
      'What a major, minor or patch release needs, such as {major: {test: required, updates: any-update}}',
      ({ major, minor, patch }) => ({
        major: rulesOf(major, DEFAULT_RELEASES.major),
        minor: rulesOf(minor, DEFAULT_RELEASES.minor),
        patch: rulesOf(patch, DEFAULT_RELEASES.patch),
      }),
    ),
    input: null,
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

/** Which Debian releases are accepted. */
export function requiredRelease(gate: Releasing & { readonly requireRelease: ReleaseWord }): ReleaseWord {
  return rulesForRelease(gate)?.requireRelease ?? gate.requireRelease
}
