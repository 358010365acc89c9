import * as z from 'zod'
import type { AllowedBases } from '../../model/base-image.js'
import { flagKey, inFile, threshold, wordSchema } from './threshold.js'

/** Strictest first. */
const APPLICATION_WORDS = ['act', 'report', 'off'] as const
export type ApplicationWord = (typeof APPLICATION_WORDS)[number]

/** Strictest first. */
const UNREAD_WORDS = ['act', 'noted'] as const
type UnreadWord = (typeof UNREAD_WORDS)[number]

/** Strictest first. */
const END_WORDS = ['act', 'report'] as const
type EndWord = (typeof END_WORDS)[number]

export const APPLICATION_ROWS = {
  'fail-on-unexamined': flagKey(
    (asked, holds) => holds && !asked,
    'true: application packages and runtimes block the release if they were not examined',
  ),
  /** How content is treated that should be judged but could not be read. */
  unread: threshold<UnreadWord>({
    fallback: 'act',
    laxer: (asked, holds) => UNREAD_WORDS.indexOf(asked) > UNREAD_WORDS.indexOf(holds),
    file: inFile(
      wordSchema(UNREAD_WORDS, 'is not act or noted'),
      'How to treat content of an ecosystem that is judged if it could not be read, counted or assigned to an owner: "act" (it blocks the release) or "noted" (it is only reported)',
    ),
    input: null,
  }),
  /**
   * How vulnerabilities in application packages are treated (docs/decisions/0045). `report`: they are noted, but
   * malware and KEV entries still act. `off`: they are not looked for, and reports say so.
   */
  application: threshold<ApplicationWord>({
    fallback: 'act',
    laxer: (asked, holds) => APPLICATION_WORDS.indexOf(asked) > APPLICATION_WORDS.indexOf(holds),
    file: inFile(
      wordSchema(APPLICATION_WORDS, `is not one of ${APPLICATION_WORDS.join(', ')}`),
      'How to treat vulnerabilities in application packages (npm, PyPI, Maven, RubyGems, Go, Composer, Cargo): "act" (the same rules as for Debian packages), "report" (only malware and vulnerabilities in KEV can block the release) or "off" (not checked)',
    ),
    input: null,
  }),
  /** The same for programs that Debian did not package; `null`: as `application`. */
  programs: threshold<ApplicationWord | null>({
    fallback: null,
    // Unset is whatever `application` is: it may be the strictest, or the laxest.
    laxer: (asked, holds) =>
      asked !== holds &&
      APPLICATION_WORDS.indexOf(asked ?? 'off') > APPLICATION_WORDS.indexOf(holds ?? 'act'),
    file: inFile(
      wordSchema(APPLICATION_WORDS, `is not one of ${APPLICATION_WORDS.join(', ')}`),
      'How to treat vulnerabilities in programs that Debian did not package (Node.js, nginx, PostgreSQL …): "act", "report" or "off", as for application. Default: as application',
    ),
    input: null,
  }),
  /** How a program is treated whose branch is past its end of life. */
  'end-of-life': threshold<EndWord>({
    fallback: 'act',
    laxer: (asked, holds) => END_WORDS.indexOf(asked) > END_WORDS.indexOf(holds),
    file: inFile(
      wordSchema(END_WORDS, 'is not act or report'),
      'How to treat programs that Debian did not package and whose branch is past its end of life: "act" (they block the release) or "report" (they are only reported)',
    ),
    input: null,
  }),
} as const

const WORDS = ['official', 'any'] as const

/** An image name, or a part of it, with wildcards. */
const BASE_PATTERN = /^[\w*[][\w.\-/:@*[\]]*$/
const NO_PATTERN = 'is not an image name (* matches any characters)'
const NO_LIST = 'is not "official", "any" or a list of image names'

/** A registry's host and at least one path component: with less, a whole registry would be official. */
const MIRROR_PREFIX = /^(?=[^/]*[.:]|localhost)[A-Za-z0-9.\-:[\]]+\/(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*\/)+$/
const NO_PREFIX =
  'is not a prefix such as registry.example.org/docker/library/: a host, at least one path component, and a trailing slash'

export const BASE_ROWS = {
  'allowed-bases': threshold<AllowedBases>({
    fallback: 'official',
    /**
     * A list blocks unknown bases, and allows those that it names: it is stricter than `official` only in the first.
     * So the two are not comparable, and neither overrides the other.
     */
    laxer: (asked, holds) => {
      if (holds === 'any' || asked === holds) {
        return false
      }
      if (typeof asked === 'string' || typeof holds === 'string') {
        return true
      }
      return asked.some((pattern) => !holds.includes(pattern))
    },
    file: inFile(
      z.union(
        [
          z.enum(WORDS),
          z
            .array(
              z
                .string()
                .regex(BASE_PATTERN, NO_PATTERN)
                .refine(
                  (name) => !WORDS.some((word) => word === name),
                  'must stand alone, not in a list of names',
                ),
            )
            .min(1, 'must contain at least one name; "any" allows every base'),
        ],
        { error: NO_LIST },
      ),
      'Allowed base images: "official" (Docker\'s official images), "any", or a list of names (* matches any characters); all others block the release',
    ),
    input: null,
  }),
  /** Name prefixes that stand for `docker.io/library/`, in addition to the well-known ones. */
  'official-mirrors': threshold<readonly string[]>({
    fallback: [],
    laxer: (asked, holds) => asked.some((prefix) => !holds.includes(prefix)),
    file: inFile(
      z
        .array(z.string().regex(MIRROR_PREFIX, NO_PREFIX))
        .min(1, 'must contain at least one mirror; omit the key if there is none'),
      "Prefixes under which Docker's official images are mirrored, such as registry.example.org/docker/library/",
    ),
    input: null,
  }),
} as const
