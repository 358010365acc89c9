import { posix } from 'node:path'
import type { RootState } from '../../../../model/index.js'
import type { ScannedLayer } from '../layer.js'

/**
 * Finds the Python package whose RECORD ("Recording installed projects", packaging.python.org) lists a
 * program, with the program's size. A RECORD may list only files of its own environment: next to the package,
 * or in the folders of scripts, headers and data of an environment that is not the system's. So no RECORD can
 * claim `/bin/sh`.
 * @returns the folder of the RECORD, `null` for other programs
 */
export function recordOwners(
  layers: readonly Pick<ScannedLayer, 'programs'>[],
  root: Pick<RootState, 'programs' | 'applications'>,
): (path: string, size: number) => string | null {
  const owners = new Map<string, { readonly folder: string; readonly size: number | null }>()
  // A higher layer may contain the same package again.
  const records = new Map(layers.flatMap(({ programs }) => [...programs.records]))
  for (const [folder, text] of records) {
    // Only packages may own programs; other folders may contain a file named RECORD, too.
    if (!folder.endsWith('.dist-info') && !root.applications.has(`${folder}/METADATA`)) {
      continue
    }
    const installFolder = installFolderOf(folder)
    const prefix = prefixOf(installFolder)
    for (const { path, sizeField } of recordedIn(folder, text)) {
      if (
        root.programs.has(path) &&
        (isInInstallFolder(path, installFolder) || isInEnvironment(path, prefix))
      ) {
        owners.set(path, { folder, size: /^\d+$/.test(sizeField) ? Number(sizeField) : null })
      }
    }
  }
  return (path, size) => {
    const owner = owners.get(path)
    return owner === undefined || (owner.size !== null && owner.size !== size) ? null : owner.folder
  }
}

/** The files that a RECORD lists, with their sizes as they are written there. */
export function* recordedIn(
  folder: string,
  text: string,
): Generator<{ readonly path: string; readonly sizeField: string }> {
  const installFolder = installFolderOf(folder)
  for (const line of text.split('\n')) {
    const [listedPath = '', , sizeField = ''] = fieldsOf(line)
    if (listedPath !== '') {
      yield { path: posix.normalize(`${installFolder}${listedPath}`), sizeField }
    }
  }
}

/** The folder that the package is installed in, with a slash at its end; empty for the root. */
function installFolderOf(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/') + 1)
}

/** The folder of the Python environment; `null` for the system's Python, whose folders are Debian's. */
function prefixOf(installFolder: string): string | null {
  const [, prefix] =
    /^(.*\/)?lib\/(?:python|pypy)[0-9.]+\/(?:site|dist)-packages\/$/.exec(installFolder) ?? []
  return prefix === undefined || prefix === 'usr/' ? null : prefix
}

/** Any folder may be on Python's path, except folders in which Debian's packages have programs. */
function isInInstallFolder(path: string, installFolder: string): boolean {
  const isAllowedFolder =
    /(?:^|\/)(?:site|dist)-packages\/$/.test(installFolder) || !/^(?:usr\/(?!local\/)|s?bin\/|lib)/.test(path)
  return installFolder !== '' && path.startsWith(installFolder) && isAllowedFolder
}

/** Whether the file is in one of sysconfig's installation folders of the environment. */
function isInEnvironment(path: string, prefix: string | null): boolean {
  return (
    prefix !== null &&
    path.startsWith(prefix) &&
    /^(?:bin|include|share|etc|lib)\//.test(path.slice(prefix.length))
  )
}

/** Limit for a line: a path has at most 4,096 characters (PATH_MAX). */
const MAX_LINE_LENGTH = 8192

/**
 * Path, hash and size of a line in CSV (RFC 4180); nothing for a line that is longer than installers write.
 */
function fieldsOf(line: string): readonly string[] {
  if (line.length > MAX_LINE_LENGTH) {
    return []
  }
  const fields: string[] = []
  for (const [, quoted, unquoted = ''] of line.trimEnd().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted?.replaceAll('""', '"') ?? unquoted)
    if (fields.length === 3) {
      break
    }
  }
  return fields
}
