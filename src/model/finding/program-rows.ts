import * as z from 'zod'
import { END_STATES } from '../packages/end-of-life.js'
import { text, textOrNull, texts } from '../schemas.js'
import { describing, sectionIn } from './row.js'

/** Findings about programs that Debian did not package, apart from their vulnerabilities (docs/programs.md). */
export const PROGRAM_OBSTACLES = {
  'program-doubtful': describing({
    about: 'package',
    blocks: 'never',
    page: sectionIn('docs/programs.md'),
    details: z.strictObject({
      versions: texts.describe('By the text next to the program, and by its bytes'),
      paths: texts,
    }),
    name: 'ProgramDoubtful',
    help: 'Install the program as its project builds it, with the files of one version.',
    helpUri: null,
    todo: 'Find out which version it is, and install the files of one version only',
  }),
  'program-end-of-life': describing({
    about: 'package',
    blocks: 'ended',
    page: sectionIn('docs/programs.md'),
    details: z.strictObject({
      title: text.describe('As people know the program'),
      branch: textOrNull.describe('null: its version is in no branch that is listed'),
      state: z.enum(END_STATES),
      day: textOrNull.describe('The end, YYYY-MM-DD; null: not known'),
      newest: text.describe('The newest branch'),
      unfixed: text.describe('How many of its vulnerabilities have no fix in the branch'),
      paths: texts,
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
