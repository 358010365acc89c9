import { hash } from 'node:crypto'
import type { ApplicationFile } from '../../../model/application.js'
import type { StoredLayer } from '../context.js'
import { recordedIn } from '../programs/record.js'
import { FILE_READINGS, metadataFolder } from './forms.js'
import { type FoundFile, type MergedView, readCandidates } from './merged.js'
import type { Extent, ReadAt } from './stored.js'
import { readMetadata, tooLarge } from './texts.js'

type Scanned = Pick<StoredLayer, 'packageLinks' | 'programs'>

/** The first field (Core metadata specifications). */
const FIRST_FIELD = 'Metadata-Version:'
/** Paths of an image that are looked for: what is listed behind them counts as there. */
const MAX_REQUESTED_PATHS = 100_000

/** What the RECORDs next to such files list, to look for in the merged file system. */
export function recordedPaths(layers: readonly Scanned[]): readonly string[] {
  const folders = new Set(
    layers.flatMap(({ packageLinks }) =>
      [...(packageLinks?.candidates.keys() ?? [])].flatMap((path) => metadataFolder(path) ?? []),
    ),
  )
  const requested: string[] = []
  for (const { programs } of layers) {
    for (const [folder, text] of programs.records) {
      for (const path of folders.has(folder) ? modulesIn(folder, text) : []) {
        if (requested.length === MAX_REQUESTED_PATHS) {
          return requested
        }
        requested.push(path)
      }
    }
  }
  return requested
}

/** What is installed next to the folder. A copied folder has its own files, and scripts of others may have any name. */
function* modulesIn(folder: string, record: string): Generator<string> {
  const installFolder = folder.slice(0, folder.lastIndexOf('/') + 1)
  for (const { path } of recordedIn(folder, record)) {
    if (path.startsWith(installFolder) && !path.startsWith('../') && !path.startsWith(`${folder}/`)) {
      yield path
    }
  }
}

/**
 * Python packages whose metadata are in a folder of another name than `*.dist-info`: Python imports their modules all the
 * same. Some of these must be there, so neither copied nor outdated metadata count.
 * @param asked what the view was asked for
 */
export function renamedMetadata(
  layers: readonly Scanned[],
  view: MergedView,
  requested: ReadonlySet<string>,
): readonly FoundFile[] {
  const installed = [...view.candidates].filter(([path]) => {
    const folder = metadataFolder(path)
    return folder !== null && isInstalled(folder, layers, view, requested)
  })
  return readCandidates(layers, installed, readOne)
}

function isInstalled(
  folder: string,
  layers: readonly Scanned[],
  { candidates, has }: MergedView,
  requested: ReadonlySet<string>,
): boolean {
  const record = candidates.get(`${folder}/RECORD`)
  if (record === undefined || record.extent.size === 0) {
    return false
  }
  const text = layers[record.layer]?.programs.records.get(folder)
  if (text === undefined) {
    // One that is too large to be read may list anything.
    return true
  }
  for (const path of modulesIn(folder, text)) {
    if (!requested.has(path) || has(path)) {
      return true
    }
  }
  return false
}

function readOne(read: ReadAt, { offset, size }: Extent, path: string): ApplicationFile | null {
  const { maxBytes, headBytes } = FILE_READINGS.python
  if (!read(offset, Math.min(size, FIRST_FIELD.length)).equals(Buffer.from(FIRST_FIELD))) {
    return null
  }
  if (size > maxBytes) {
    return { md5: null, says: [tooLarge(size, maxBytes)] }
  }
  const bytes = read(offset, size)
  const statements = readMetadata(bytes.toString('utf8', 0, headBytes), path).filter(
    ({ kind }) => kind === 'pypi',
  )
  return statements.length === 0 ? null : { md5: hash('md5', bytes), says: statements }
}
