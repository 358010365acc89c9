import { tarOf } from '../archive/formats/tar-writer.js'

export const WAITER_PATH = '/seaworthy-waiter'

/**
 * A program that only waits, for a container in which nothing of its image runs: static, without libc, and as process
 * 1 ended by any signal that ends a process, with exit code 0. `null` if there is none.
 * @param architecture Docker's name of it
 */
export function waiterFor(architecture: string): Uint8Array | null {
  const program = Object.hasOwn(PROGRAMS, architecture)
    ? PROGRAMS[architecture as keyof typeof PROGRAMS]
    : null
  return program && Buffer.from(program.base64, 'base64')
}

/** What the archive call unpacks into `/`. Any user may run it. */
export function waiterTar(program: Uint8Array): Buffer {
  return tarOf([{ path: WAITER_PATH.slice(1), text: Buffer.from(program), mode: 0o555 }])
}

// Made by script/make-waiter.mjs, which says what each byte does.
const PROGRAMS = {
  amd64: {
    sha256: '662a24c5e3d48d2372ddda0d4350177b1351f8b3344d786d6e577abe425c2243',
    base64:
      'f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAsABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAAAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAA+AAAAAAAAAD4AAAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAABIjTU5AAAAuA4AAAAx/zHSQboIAAAADwW4gAAAAEiNPRwAAAAx9jHSDwWD+Px06cHoH4nHuOcAAAAPBQ8LAAAAJ/qAt/////8=',
  },
  arm64: {
    sha256: '8cc8996a21d7cf19f5e63efa8af77192575d12341cdf11f70c46b84643863a6a',
    base64:
      'f0VMRgIBAQAAAAAAAAAAAAIAtwABAAAAsABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAACAAAAAAAAAAEAAAAFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAEAAAAAAAAAAQAAAAAAAAAAAQAAAAAAUeV0ZAYAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAEAAAAAAAAABBAgAQAACA0gIAgNIDAYDS6BCA0gEAANSAAQAQAQCA0gIAgNIoEYDSAQAA1B8QALFA//9UAPx/08gLgNIBAADUAAAAAAAAAAAn+oC3/////w==',
  },
} as const
