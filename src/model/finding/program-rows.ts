import { END_STATES } from '../end-of-life.js'
import { describing, type FactTexts, keywordAmong, membersOf, sectionIn } from './row.js'

/** Findings about programs that Debian did not package, apart from their vulnerabilities (docs/programs.md). */
export const PROGRAM_OBSTACLES = {
  'program-doubtful': describing({
    check: 'clair',
    about: 'package',
    blocks: 'never',
    page: sectionIn('docs/programs.md'),
    details: ({ versions, paths }: FactTexts) => ({
      /** By the text next to it, and by its bytes. */
      versions: membersOf(versions),
      paths: membersOf(paths),
    }),
    name: 'ProgramDoubtful',
    help: 'Install the program as its project builds it, with the files of one version.',
    helpUri: null,
    todo: 'Find out which version it is, and install the files of one version only',
  }),
  'vendor-package': describing({
    check: 'security-updates',
    about: 'package',
    blocks: 'never',
    page: sectionIn('docs/findings/security-updates.md'),
    details: ({ vendor = '', as = '' }: FactTexts) => ({
      vendor,
      /** The program that it is, or that it is a part of. */
      as,
    }),
    name: 'VendorPackage',
    help: 'Its vendor provides updates, and its program is judged by advisories.',
    helpUri: null,
    todo: ({ vendor }) => `Update it from ${vendor}`,
  }),
  'program-end-of-life': describing({
    check: 'clair',
    about: 'package',
    blocks: 'ended',
    page: sectionIn('docs/programs.md'),
    details: ({ title = '', branch, state, day, newest = '', unfixed = '0', paths }: FactTexts) => ({
      /** As people know the program. */
      title,
      /** `null`: its version is in no branch that is listed. */
      branch: branch ?? null,
      state: keywordAmong(END_STATES, state) ?? 'unknown',
      /** The end, YYYY-MM-DD; `null`: not known. */
      day: day ?? null,
      /** The newest branch. */
      newest,
      /** How many of its vulnerabilities have no fix in the branch. */
      unfixed,
      paths: membersOf(paths),
    }),
    name: 'ProgramEndOfLife',
    help: 'Its project no longer fixes vulnerabilities in this branch. Use a branch that is maintained.',
    helpUri: null,
    todo: ({ title, branch, state, newest }) => {
      const target = `a maintained branch of ${title}: the newest is ${newest}`
      switch (state) {
        case 'unknown':
          return `Find out until when ${title}${branch === null ? '' : ` ${branch}`} is maintained, or move to ${target}`
        case 'soon':
          return `Plan to move to ${target}`
        default:
          return `Move to ${target}`
      }
    },
  }),
} as const
