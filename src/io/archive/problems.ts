import { SeaworthyError } from '../../model/problem.js'

const CODES = {
  'archive-unreadable':
    'make the archive again with docker save, or with buildx --output type=oci or type=docker',
  'archive-truncated': 'make or fetch the archive again and compare its size with the original',
  'archive-hostile': 'do not load this archive anywhere; find out who made it',
  'archive-digest': 'fetch the archive again; if it says the same, find out who changed it',
  'archive-too-large': 'gate a smaller image, or split the archive',
  'no-image':
    'use docker save (not docker export), or buildx --output type=oci or type=docker (not type=tar)',
  'no-such-archive': 'check the path',
  'image-not-found': 'name one of the images that the archive holds',
  'image-ambiguous': 'name the image that is meant, or save it alone',
  'platform-missing': 'choose a platform that the archive holds, or save the image with that platform',
  'no-space': 'free some space there, or set RUNNER_TEMP (TMPDIR in a terminal) to a larger disk',
} as const

export type ArchiveProblemCode = keyof typeof CODES

/** The code of an error of Node's (`ENOSPC`, `Z_BUF_ERROR`); `null` where it has none. */
export function nodeCode(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  return typeof error.code === 'string' ? error.code : null
}

/** An error for people about the archive `where`; what to do follows from the code. */
export function archiveError(
  code: ArchiveProblemCode,
  where: string,
  what: string,
  cause?: unknown,
): SeaworthyError {
  return new SeaworthyError({ code, what, where, todo: CODES[code] }, cause === undefined ? {} : { cause })
}
