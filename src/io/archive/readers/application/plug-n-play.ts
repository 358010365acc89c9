import type { ApplicationStatement } from '../../../../model/index.js'
import { unpackEntry, ZipError, zipEntries } from '../../formats/zip.js'
import type { ZipSource } from '../../formats/zip-records.js'
import type { LayerTree } from '../../tree/layer-tree.js'
import { type FoundFile, type PackageCandidate, readCandidates } from './candidates.js'
import { FILE_READINGS, formOf, isCachedZip, isPlugAndPlayManifest } from './forms.js'
import { asUnreadable, readPackageJson, tooLarge } from './texts.js'

// Yarn's Plug'n'Play (https://yarnpkg.com/advanced/pnp-spec): Node.js loads packages from zips, which the manifest names.

/** Where the manifest says that a package is: `./.yarn/cache/ms-npm-2.1.3-81ff3cfac1-d924b57e73.zip/node_modules/ms/`. */
const LOCATION = /([^"'\\/\s]{1,255}\.zip)\/node_modules\//g
/** That of a workspace with 10,000 packages has some megabytes. */
const MAX_MANIFEST_BYTES = 32 * 2 ** 20
/** Limit for what is unpacked of one zip, per byte of it and in addition: a directory may list one file many times. */
const MAX_UNPACKED_FACTOR = 16
const UNPACKED_ALLOWANCE = 2 ** 20

/**
 * The packages in the zips that a manifest names. Zips that none names are data: Yarn keeps a cache with other linkers too,
 * and of packages that are no longer installed.
 */
export function plugAndPlayPackages(
  layers: readonly LayerTree[],
  candidates: readonly PackageCandidate[],
): readonly FoundFile[] {
  const manifests = candidates.filter(({ path }) => isPlugAndPlayManifest(path))
  const zipNames = new Set(
    manifests.flatMap(({ layer, file }) => {
      const text = file.size > MAX_MANIFEST_BYTES ? '' : layers[layer]?.bytesOf(file).toString('utf8')
      return [...(text ?? '').matchAll(LOCATION)].flatMap(([, name]) => name ?? [])
    }),
  )
  // File names are enough: each contains a hash of the package. So links and virtual folders need not be resolved.
  const namedZips = candidates.filter(
    ({ path }) => isCachedZip(path) && zipNames.has(path.slice(path.lastIndexOf('/') + 1)),
  )
  const tooLargeManifests = manifests.filter(({ file }) => file.size > MAX_MANIFEST_BYTES)
  return [
    ...readCandidates(tooLargeManifests, ({ file }) => ({
      md5: null,
      says: [tooLarge(file.size, MAX_MANIFEST_BYTES)],
    })),
    ...readCandidates(namedZips, ({ layer, file }) => {
      const read = layers[layer]?.read(file)
      return read === undefined ? null : { md5: null, says: packagesIn({ size: file.size, read }) }
    }),
  ]
}

/** The package, and those that are bundled with it. */
function packagesIn(source: ZipSource): readonly ApplicationStatement[] {
  let remainingBytes = source.size * MAX_UNPACKED_FACTOR + UNPACKED_ALLOWANCE
  try {
    const entries = zipEntries(source).filter(({ name }) => formOf(name) === 'npm')
    const statements = entries.flatMap((entry) => {
      remainingBytes -= entry.size
      if (remainingBytes < 0) {
        throw new ZipError('it unpacks to more than the limit')
      }
      const text = unpackEntry(source, entry, FILE_READINGS.npm.maxBytes).toString('utf8')
      return readPackageJson(text, entry.name)
    })
    return statements.length > 0 ? statements : [asUnreadable("a zip of Plug'n'Play without a package.json")]
  } catch (error) {
    if (error instanceof ZipError) {
      return [asUnreadable(error.message)]
    }
    throw error
  }
}
