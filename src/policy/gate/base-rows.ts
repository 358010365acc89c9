import * as z from 'zod'
import type { AllowedBases } from '../../model/provenance/base-image.js'
import { fileKey, flagKey, keywordSchema, threshold } from './threshold.js'

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
  'fail-on-unexamined': flagKey(
    (requested, current) => current && !requested,
    'true: application packages and runtimes block the release if they were not examined',
  ),
  /** How content is treated that should be judged but could not be read. */
  unread: threshold<UnreadMode>({
    fallback: 'act',
    laxer: (requested, current) => UNREAD_MODES.indexOf(requested) > UNREAD_MODES.indexOf(current),
    file: fileKey(
      keywordSchema(UNREAD_MODES, 'is not act or noted'),
      'How to treat content of an ecosystem that is judged if it could not be read, counted or assigned to an owner: "act" (it blocks the release) or "noted" (it is only reported)',
    ),
    input: null,
  }),
  /**
   * How vulnerabilities in application packages are treated (docs/decisions/0045). `report`: they are noted, but
   * malware and KEV entries still block. `off`: they are not looked for, and reports say so.
   */
  application: threshold<ApplicationMode>({
    fallback: 'act',
    laxer: (requested, current) => APPLICATION_MODES.indexOf(requested) > APPLICATION_MODES.indexOf(current),
    file: fileKey(
      keywordSchema(APPLICATION_MODES, `is not one of ${APPLICATION_MODES.join(', ')}`),
      'How to treat vulnerabilities in application packages (npm, PyPI, Maven, RubyGems, Go, Composer, Cargo): "act" (the same rules as for Debian packages), "report" (only malware and vulnerabilities in KEV can block the release) or "off" (not checked)',
    ),
    input: null,
  }),
  /** As `application`, for programs that Debian did not package; `null`: the value of `application`. */
  programs: threshold<ApplicationMode | null>({
    fallback: null,
    // Unset is whatever `application` is: it may be the strictest, or the laxest.
    laxer: (requested, current) =>
      requested !== current &&
      APPLICATION_MODES.indexOf(requested ?? 'off') > APPLICATION_MODES.indexOf(current ?? 'act'),
    file: fileKey(
      keywordSchema(APPLICATION_MODES, `is not one of ${APPLICATION_MODES.join(', ')}`),
      'How to treat vulnerabilities in programs that Debian did not package (Node.js, nginx, PostgreSQL …): "act", "report" or "off", as for application. Default: as application',
    ),
    input: null,
  }),
  /** How a program is treated whose branch is past its end of life. */
  'end-of-life': threshold<EndMode>({
    fallback: 'act',
    laxer: (requested, current) => END_MODES.indexOf(requested) > END_MODES.indexOf(current),
    file: fileKey(
      keywordSchema(END_MODES, 'is not act or report'),
      'How to treat programs that Debian did not package and whose branch is past its end of life: "act" (they block the release) or "report" (they are only reported)',
    ),
    input: null,
  }),
} as const

const KEYWORDS = ['official', 'any'] as const

/** An image name, or a part of it, with wildcards. */
const BASE_PATTERN = /^[\w*[][\w.\-/:@*[\]]*$/
const PATTERN_ERROR = 'is not an image name (* matches any characters)'
const LIST_ERROR = 'is not "official", "any" or a list of image names'

/** A registry's host and at least one path component: with less, a whole registry would be official. */
const MIRROR_PREFIX = /^(?=[^/]*[.:]|localhost)[A-Za-z0-9.\-:[\]]+\/(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)+$/
const PREFIX_ERROR =
  'is not a prefix such as registry.example.org/docker/library/: a host, at least one path component, and a trailing slash'

export const BASE_ROWS = {
  'allowed-bases': threshold<AllowedBases>({
    fallback: 'official',
    /**
     * A list blocks unknown bases, and allows those that it names: it is stricter than `official` in the former, and
     * laxer in the latter. So the two are not comparable, and neither overrides the other.
     */
    laxer: (requested, current) => {
      if (current === 'any' || requested === current) {
        return false
      }
      if (typeof requested === 'string' || typeof current === 'string') {
        return true
      }
      return requested.some((pattern) => !current.includes(pattern))
    },
    file: fileKey(
      z.union(
        [
          z.enum(KEYWORDS),
          z
            .array(
              z
                .string()
                .regex(BASE_PATTERN, PATTERN_ERROR)
                .refine(
                  (name) => !KEYWORDS.some((keyword) => keyword === name),
                  'must stand alone, not in a list of names',
                ),
            )
            .min(1, 'must contain at least one name; "any" allows every base'),
        ],
        { error: LIST_ERROR },
      ),
      'Allowed base images: "official" (Docker\'s official images), "any", or a list of names (* matches any characters); all others block the release',
    ),
    input: null,
  }),
  /** Name prefixes that stand for `docker.io/library/`, in addition to the well-known ones. */
  'official-mirrors': threshold<readonly string[]>({
    fallback: [],
    laxer: (requested, current) => requested.some((prefix) => !current.includes(prefix)),
    file: fileKey(
      z
        .array(z.string().regex(MIRROR_PREFIX, PREFIX_ERROR))
        .min(1, 'must contain at least one mirror; omit the key if there is none'),
      "Prefixes under which Docker's official images are mirrored, such as registry.example.org/docker/library/",
    ),
    input: null,
  }),
} as const
