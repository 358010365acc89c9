/**
 * The kinds of programs, by first bytes or name: an ELF file of any mode, an archive of code (jar, wheel, zipapp …), a
 * .NET assembly or another PE file, or a script with a `#!` line that is executable, the entry point or the command.
 */
export const PROGRAM_FORMS = ['elf', 'archive', 'assembly', 'script'] as const
export type ProgramForm = (typeof PROGRAM_FORMS)[number]

/** The groups into which programs are counted: a program belongs to the first that applies. */
export const ACCOUNT_SIDES = ['judged', 'not-examined', 'copied', 'unowned'] as const
export type AccountSide = (typeof ACCOUNT_SIDES)[number]

/** A program that is not judged, with why. Path and reason are text from the image. */
export interface AccountedProgram {
  readonly path: string
  readonly form: ProgramForm
  readonly side: Exclude<AccountSide, 'judged'>
  readonly reason: string
  /** diff_id of the layer that the file comes from. */
  readonly layer: string
  /** SHA-256 of the content, hexadecimal; `null`: not computed. */
  readonly sha256: string | null
}

/**
 * Each program of an image's merged file system, on exactly one side: `programs` is the sum of `sides`. Source code
 * that an interpreter reads is not counted, and neither are symbolic links.
 */
export interface ImageAccount {
  readonly programs: number
  readonly sides: Readonly<Record<AccountSide, number>>
  /**
   * The judged programs: files of Debian packages, parts of application packages, and files that are an application
   * package themselves.
   */
  readonly judged: { readonly debian: number; readonly parts: number; readonly packages: number }
  /** All that are not judged, by path. */
  readonly listed: readonly AccountedProgram[]
}

/** The text for a SHA-256 that was not computed. */
export const NOT_HASHED = 'unknown'
