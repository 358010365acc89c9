import { posix } from 'node:path'
import type { RootState } from '../../../model/layers.js'
import type { StoredLayer } from '../context.js'

/**
 * Which Python package lists a program in its RECORD ("Recording installed projects", packaging.python.org), with the
 * size that it has. A RECORD may list only files of its own environment: next to the package, or in the folders of
 * scripts, headers and data of an environment that is not the system's. So none can claim `/bin/sh`.
 * @returns the folder of the RECORD, `null` for others
 */
export function recordOwners(
  layers: readonly Pick<StoredLayer, 'programs'>[],
  root: Pick<RootState, 'programs' | 'applications'>,
): (path: string, size: number) => string | null {
  const owners = new Map<string, { readonly folder: string; readonly size: number | null }>()
  // A layer above may have the same package again.
  const records = new Map(layers.flatMap(({ programs }) => [...programs.records]))
  for (const [folder, text] of records) {
    // Only a package may own programs; others have files of that name, too.
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
    const [listed = '', , sizeField = ''] = fieldsOf(line)
    if (listed !== '') {
      yield { path: posix.normalize(`${installFolder}${listed}`), sizeField }
    }
  }
}

/** The folder that the package is installed in, with a slash at its end; empty for the root. */
function installFolderOf(folder: string): string {
  return folder.slice(0, folder.lastIndexOf('/') + 1)
}

/** The folder of the environment; `null` for the system's own Python, whose folders are Debian's. */
function prefixOf(installFolder: string): string | null {
  const [, prefix] =
    /^(.*\/)?lib\/(?:python|pypy)[0-9.]+\/(?:site|dist)-packages\/$/.exec(installFolder) ?? []
  return prefix === undefined || prefix === 'usr/' ? null : prefix
}

/** A folder of any name may be on the path of Python, but never one in which Debian's packages have programs. */
function isInInstallFolder(path: string, installFolder: string): boolean {
  const isAllowedFolder =
    /(?:^|\/)(?:site|dist)-packages\/$/.test(installFolder) || !/^(?:usr\/(?!local\/)|s?bin\/|lib)/.test(path)
  return installFolder !== '' && path.startsWith(installFolder) && isAllowedFolder
}

/** As in sysconfig's installation paths. */
function isInEnvironment(path: string, prefix: string | null): boolean {
  return (
    prefix !== null &&
    path.startsWith(prefix) &&
    /^(?:bin|include|share|etc|lib)\//.test(path.slice(prefix.length))
  )
}

/** Characters of a line: a path has 4,096 at most (PATH_MAX). */
const MAX_LINE_LENGTH = 8192

/** Path, hash and size, as RFC 4180 writes them; nothing for a line that no installer writes. */
function fieldsOf(line: string): readonly string[] {
  if (line.length > MAX_LINE_LENGTH) {
    return []
  }
  const fields: string[] = []
  for (const [, quoted, plain = ''] of line.trimEnd().matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(quoted?.replaceAll('""', '"') ?? plain)
    if (fields.length === 3) {
      break
    }
  }
  return fields
}
