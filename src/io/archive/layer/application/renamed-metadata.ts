import { hash } from 'node:crypto'
import type { ApplicationFile } from '../../../../model/index.js'
import type { StoredLayer } from '../context.js'
import { recordedIn } from '../programs/record.js'
import type { NotReadYet, SecondReads } from '../second-reads.js'
import { FILE_READINGS, metadataFolder } from './forms.js'
import { type FoundFile, type MergedView, readCandidates } from './merged.js'
import type { Extent, ReadAt } from './stored.js'
import { readMetadata, tooLarge } from './texts.js'

type LayerPart = Pick<StoredLayer, 'packageLinks' | 'programs' | 'secondReads'>

/** The first field of a package's metadata (Core metadata specifications). */
const FIRST_FIELD = 'Metadata-Version:'
/** Limit for the paths that are looked up; paths beyond it count as existing. */
const MAX_REQUESTED_PATHS = 100_000

/** The paths that the RECORDs of renamed folders list, to look up in the merged file system. */
export function recordedPaths(layers: readonly LayerPart[]): readonly string[] {
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

/**
 * The paths in a RECORD that are installed next to the metadata folder. Other entries prove nothing: a copied
 * folder contains its own files, and scripts may have any name.
 */
function* modulesIn(folder: string, record: string): Generator<string> {
  const installFolder = folder.slice(0, folder.lastIndexOf('/') + 1)
  for (const { path } of recordedIn(folder, record)) {
    if (path.startsWith(installFolder) && !path.startsWith('../') && !path.startsWith(`${folder}/`)) {
      yield path
    }
  }
}

/**
 * Python packages whose metadata folder is not named `*.dist-info`: Python imports their modules all the
 * same. At least one of the modules must exist, so neither copied nor outdated metadata counts.
 * @param requested the paths that were looked up for the view
 */
export function renamedMetadata(
  layers: readonly LayerPart[],
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
  layers: readonly LayerPart[],
  { candidates, has }: MergedView,
  requested: ReadonlySet<string>,
): boolean {
  const record = candidates.get(`${folder}/RECORD`)
  if (record === undefined || record.extent.size === 0) {
    return false
  }
  const text = layers[record.layer]?.programs.records.get(folder)
  if (text === undefined) {
    // A RECORD that was too large to be read may list anything.
    return true
  }
  for (const path of modulesIn(folder, text)) {
    if (!requested.has(path) || has(path)) {
      return true
    }
  }
  return false
}

function readOne(
  secondReads: SecondReads,
  { offset, size }: Extent,
  path: string,
): ApplicationFile | null | NotReadYet {
  const { maxBytes, headBytes } = FILE_READINGS.python
  const read = (readFile: ReadAt) => {
    if (!readFile(0, Math.min(size, FIRST_FIELD.length)).equals(Buffer.from(FIRST_FIELD))) {
      return null
    }
    if (size > maxBytes) {
      return { md5: null, says: [tooLarge(size, maxBytes)] }
    }
    const bytes = readFile(0, size)
    const statements = readMetadata(bytes.toString('utf8', 0, headBytes), path).filter(
      ({ kind }) => kind === 'pypi',
    )
    return statements.length === 0 ? null : { md5: hash('md5', bytes), says: statements }
  }
  // Of what is too large, only its beginning decides.
  const extent = { offset, size: size > maxBytes ? FIRST_FIELD.length : size }
  return secondReads.valueOf(`metadata at ${path}`, extent, { kind: 'places', read })
}
