import { flagKey, inFile, threshold, wordSchema } from './threshold.js'

/** Strictest first. */
export const APPLICATION_WORDS = ['act', 'report', 'off'] as const
export type ApplicationWord = (typeof APPLICATION_WORDS)[number]

/** Strictest first. */
const UNREAD_WORDS = ['act', 'noted'] as const
type UnreadWord = (typeof UNREAD_WORDS)[number]

/** Strictest first. */
const END_WORDS = ['act', 'report'] as const
type EndWord = (typeof END_WORDS)[number]

/** Thresholds about content in addition to Debian's packages. */
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
