import { hash } from 'node:crypto'
import type { ImageTree } from '../../tree/image-tree.js'
import type { ScannedLayer } from '../layer.js'
import { recordedIn } from '../programs/record.js'
import { type FoundFile, type PackageCandidate, readCandidates } from './candidates.js'
import { FILE_READINGS, metadataFolder } from './forms.js'
import { readMetadata, tooLarge } from './texts.js'

/** The first field of a package's metadata (Core metadata specifications). */
const FIRST_FIELD = 'Metadata-Version:'
/** Limit for the paths that are looked up; paths beyond it count as existing. */
const MAX_LOOKUPS = 100_000

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
 * @param candidates those that a container sees
 */
export function renamedMetadata(
  layers: readonly ScannedLayer[],
  image: ImageTree,
  candidates: readonly PackageCandidate[],
): readonly FoundFile[] {
  const byPath = new Map(candidates.map((candidate) => [candidate.path, candidate]))
  let lookups = 0

  function isInstalled(folder: string): boolean {
    const record = byPath.get(`${folder}/RECORD`)
    if (record === undefined || record.file.size === 0) {
      return false
    }
    const text = layers[record.layer]?.programs.records.get(folder)
    if (text === undefined) {
      // A RECORD that was too large to be read may list anything.
      return true
    }
    for (const path of modulesIn(folder, text)) {
      if (++lookups > MAX_LOOKUPS || image.at(path) !== null) {
        return true
      }
    }
    return false
  }

  const installed = candidates.filter(({ path }) => {
    const folder = metadataFolder(path)
    return folder !== null && isInstalled(folder)
  })
  return readCandidates(installed, ({ layer, path, file: { offset, size } }) => {
    const { maxBytes, headBytes } = FILE_READINGS.python
    const tree = layers[layer]?.tree
    // Of what is too large, only its beginning decides.
    const bytes = tree?.bytesOf({ offset, size: size > maxBytes ? FIRST_FIELD.length : size })
    if (bytes === undefined || !bytes.subarray(0, FIRST_FIELD.length).equals(Buffer.from(FIRST_FIELD))) {
      return null
    }
    if (size > maxBytes) {
      return { md5: null, says: [tooLarge(size, maxBytes)] }
    }
    const statements = readMetadata(bytes.toString('utf8', 0, headBytes), path).filter(
      ({ kind }) => kind === 'pypi',
    )
    return statements.length === 0 ? null : { md5: hash('md5', bytes), says: statements }
  })
}
