import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SeaworthyError } from '../../../model/index.js'
import { isFull } from '../../files/full-disk.js'

export interface SpoolFile {
  readonly path: string
  write(bytes: Buffer): void
  close(): void
  remove(): void
}

/** The layer files in one directory. Their names are numbered and never contain text from the archive. */
export interface Spool {
  create(): SpoolFile
  /** Throws `no-space` if that many more bytes would not fit. */
  reserve(bytes: number): void
  removeAll(): void
}

/** @param freeBytes how much may be written in all @param writeTo replaces the file system in tests of a full disk */
export function createSpool(
  directory: string,
  freeBytes: number,
  writeTo: typeof writeSync = writeSync,
): Spool {
  const files = new Set<SpoolFile>()
  let created = 0
  let written = 0

  function noSpace(what: string, cause?: unknown): Error {
    const todo =
      'free some space there, or set RUNNER_TEMP (TMPDIR in a terminal) to a folder on a larger disk'
    return new SeaworthyError({ code: 'no-space', what, where: directory, todo }, { cause })
  }

  function reserve(bytes: number): void {
    if (written + bytes > freeBytes) {
      throw noSpace(`the layers need more space than the ${freeBytes} bytes that are free`)
    }
  }

  function reportingFullDisk<T>(what: string, operation: () => T): T {
    try {
      return operation()
    } catch (error) {
      throw isFull(error) ? noSpace(what, error) : error
    }
  }

  function create(): SpoolFile {
    created++
    const path = join(directory, `layer-${created}`)
    let descriptor: number | null = reportingFullDisk('no space left for another file', () =>
      openSync(path, 'wx', 0o600),
    )
    let size = 0
    const file: SpoolFile = {
      path,
      write(bytes) {
        reserve(bytes.length)
        const openDescriptor = descriptor
        if (openDescriptor === null) {
          throw new Error(`${path} is closed`)
        }
        written += bytes.length
        size += bytes.length
        reportingFullDisk('ran out of space while writing the layers', () => {
          for (let at = 0; at < bytes.length; ) {
            at += writeTo(openDescriptor, bytes, at, bytes.length - at)
          }
        })
      },
      close() {
        if (descriptor !== null) {
          closeSync(descriptor)
        }
        descriptor = null
      },
      remove() {
        file.close()
        removeFile(file, size)
        size = 0
      },
    }
    files.add(file)
    return file
  }

  function removeFile(file: SpoolFile, size: number): void {
    rmSync(file.path, { force: true })
    if (files.delete(file)) {
      written -= size
    }
  }

  return {
    create,
    reserve,
    removeAll() {
      for (const file of [...files]) {
        file.remove()
      }
    },
  }
}
