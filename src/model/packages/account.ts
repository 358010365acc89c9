import * as z from 'zod'
import { count, type TypeOf, text, textOrNull } from '../schemas.js'

/**
 * The kinds of programs, by first bytes or name: an ELF file of any mode, an archive of code (jar, wheel, zipapp …), a
 * .NET assembly or another PE file, or a script with a `#!` line that is executable, the entry point or the command.
 */
export const PROGRAM_FORMS = ['elf', 'archive', 'assembly', 'script'] as const
export type ProgramForm = (typeof PROGRAM_FORMS)[number]

/** The groups into which programs are counted: a program belongs to the first that applies. */
export const ACCOUNT_SIDES = ['judged', 'not-examined', 'copied', 'unowned'] as const
export type AccountSide = (typeof ACCOUNT_SIDES)[number]

const AccountedProgramSchema = z.strictObject({
  path: text,
  form: z.enum(PROGRAM_FORMS),
  side: z.enum(ACCOUNT_SIDES).exclude(['judged']),
  reason: text,
  layer: text.describe('diff_id of the layer that the file comes from'),
  sha256: textOrNull.describe('SHA-256 of the content; null if it was not computed'),
})
/** A program that is not judged, with why. Path and reason are text from the image. */
export type AccountedProgram = TypeOf<typeof AccountedProgramSchema>

export const ImageAccountSchema = z
  .strictObject({
    programs: count.describe(
      'ELF files, archives of code, .NET assemblies, and scripts that are executable or that the image starts; source code that an interpreter reads is not counted',
    ),
    sides: z
      .strictObject({ judged: count, 'not-examined': count, copied: count, unowned: count })
      .describe('Each program is on exactly one side, so the sum is `programs`'),
    judged: z
      .strictObject({ debian: count, parts: count, packages: count })
      .describe(
        'Files of Debian packages, parts of application packages, and programs that are packages themselves',
      ),
    listed: z.array(AccountedProgramSchema).describe('All programs that are not judged, by path'),
  })
  .describe("Whose the image's programs are; null if the evidence does not say")
/** The programs of an image's merged file system, without symbolic links. */
export type ImageAccount = TypeOf<typeof ImageAccountSchema>

/** The text for a SHA-256 that was not computed. */
export const NOT_HASHED = 'unknown'
