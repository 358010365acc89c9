import * as z from 'zod'
import type { AllowedBases } from '../../model/index.js'
import { flagThreshold, keywordThreshold } from './kinds.js'
import { fileKey, hasMore, noneIn, threshold } from './threshold.js'

/** Strictest first. */
const APPLICATION_MODES = ['act', 'report', 'off'] as const
export type ApplicationMode = (typeof APPLICATION_MODES)[number]

/** Strictest first. */
const UNREAD_MODES = ['act', 'noted'] as const
type UnreadMode = (typeof UNREAD_MODES)[number]

/** Strictest first. */
const END_MODES = ['act', 'report'] as const
type EndMode = (typeof END_MODES)[number]

export const APPLICATION_ROWS = {
  'fail-on-unexamined': flagThreshold(
    true,
    'true: application packages and runtimes block the release if they were not examined',
  ),
  unread: keywordThreshold<UnreadMode>({
    text: 'How to treat content of an ecosystem that is judged if it could not be read, counted or assigned to an owner: "act" (it blocks the release) or "noted" (it is only reported)',
    fallback: 'act',
    keywords: UNREAD_MODES,
  }),
  // docs/decisions/0045
  application: keywordThreshold<ApplicationMode>({
    text: 'How to treat vulnerabilities in application packages (npm, PyPI, Maven, RubyGems, Go, Composer, Cargo): "act" (the same rules as for Debian packages), "report" (only malware and vulnerabilities in KEV can block the release) or "off" (not checked)',
    fallback: 'act',
    keywords: APPLICATION_MODES,
  }),
  programs: keywordThreshold<ApplicationMode | null>({
    text: 'How to treat vulnerabilities in programs that Debian did not package (Node.js, nginx, PostgreSQL …): "act", "report" or "off", as for application',
    fallback: null,
    unset: 'as application',
    keywords: APPLICATION_MODES,
    laxer: isLaxerForPrograms,
  }),
  'end-of-life': keywordThreshold<EndMode>({
    text: 'How to treat programs that Debian did not package and whose branch is past its end of life: "act" (they block the release) or "report" (they are only reported)',
    fallback: 'act',
    keywords: END_MODES,
  }),
} as const

/** Unset is whatever `application` is: it may be the strictest, or the laxest. */
function isLaxerForPrograms(requested: ApplicationMode | null, current: ApplicationMode | null): boolean {
  return (
    requested !== current &&
    APPLICATION_MODES.indexOf(requested ?? 'off') > APPLICATION_MODES.indexOf(current ?? 'act')
  )
}

const KEYWORDS = ['official', 'any'] as const

/** An image name, or a part of it, with wildcards. */
const BASE_PATTERN = /^[\w*[][\w.\-/:@*[\]]*$/
const PATTERN_ERROR = 'is not an image name (* matches any characters)'
const LIST_ERROR = 'is not "official", "any" or a list of image names'

/** A registry's host and at least one path component: with less, a whole registry would be official. */
const MIRROR_PREFIX = /^(?=[^/]*[.:]|localhost)[A-Za-z0-9.\-:[\]]+\/(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)+$/
const PREFIX_ERROR =
  'is not a prefix such as registry.example.org/docker/library/: a host, at least one path component, and a trailing slash'

const patternSchema = z
  .string()
  .regex(BASE_PATTERN, PATTERN_ERROR)
  .refine((name) => !KEYWORDS.some((one) => one === name), 'must stand alone, not in a list of names')
const patternsSchema = z
  .array(patternSchema)
  .min(1, 'must contain at least one name; "any" allows every base')
const prefixSchema = z.string().regex(MIRROR_PREFIX, PREFIX_ERROR)

/**
 * A list blocks unknown bases, and allows those that it names: it is stricter than `official` in the former, and
 * laxer in the latter. So the two are not comparable, and neither overrides the other.
 */
function isLaxerBase(requested: AllowedBases, current: AllowedBases): boolean {
  if (current === 'any' || requested === current) {
    return false
  }
  return typeof requested === 'string' || typeof current === 'string' || hasMore(requested, current)
}

export const BASE_ROWS = {
  'allowed-bases': threshold<AllowedBases>({
    text: 'Allowed base images: "official" (Docker\'s official images), "any", or a list of names (* matches any characters); all others block the release',
    fallback: 'official',
    unset: 'official',
    laxer: isLaxerBase,
    file: fileKey(z.union([z.enum(KEYWORDS), patternsSchema], { error: LIST_ERROR })),
  }),
  // In addition to the well-known ones.
  'official-mirrors': threshold<readonly string[]>({
    text: "Prefixes under which Docker's official images are mirrored, such as registry.example.org/docker/library/",
    fallback: [],
    laxer: hasMore,
    file: fileKey(z.array(prefixSchema).min(1, noneIn('mirror', 'if there is none'))),
  }),
} as const
