import type { ApplicationFile, ApplicationStatement } from '../../../../model/index.js'
import { unpackEntry, ZipError, zipEntries } from '../../formats/zip.js'
import type { ZipSource } from '../../formats/zip-records.js'
import type { StoredLayer } from '../context.js'
import { NOT_READ_YET, type NotReadYet, type SecondReads } from '../second-reads.js'
import { FILE_READINGS, formOf, isCachedZip, isPlugAndPlayManifest } from './forms.js'
import { type FoundFile, type MergedView, readCandidates } from './merged.js'
import type { Extent } from './stored.js'
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
  layers: readonly Pick<StoredLayer, 'secondReads'>[],
  { candidates }: MergedView,
): readonly FoundFile[] {
  const zipNames = new Set<string>()
  const unreadManifests: FoundFile[] = []
  for (const [path, { layer, extent }] of candidates) {
    const secondReads = layers[layer]?.secondReads
    if (!isPlugAndPlayManifest(path) || secondReads === undefined) {
      continue
    }
    if (extent.size > MAX_MANIFEST_BYTES) {
      const file = { md5: null, says: [tooLarge(extent.size, MAX_MANIFEST_BYTES)] }
      unreadManifests.push({ layer, path, file })
      continue
    }
    const names = namesIn(secondReads, extent)
    for (const name of names === NOT_READ_YET ? [] : names) {
      zipNames.add(name)
    }
  }
  const namedZips = [...candidates].filter(
    ([path]) => isCachedZip(path) && zipNames.has(path.slice(path.lastIndexOf('/') + 1)),
  )
  return [...unreadManifests, ...readCandidates(layers, namedZips, readZip)]
}

/** File names are enough: each contains a hash of the package. So links and virtual folders need not be resolved. */
function namesIn(secondReads: SecondReads, extent: Extent): readonly string[] | NotReadYet {
  return secondReads.valueOf("Plug'n'Play", extent, {
    kind: 'places',
    read(readFile) {
      const text = readFile(0, extent.size).toString('utf8')
      return [...new Set([...text.matchAll(LOCATION)].flatMap(([, name]) => name ?? []))]
    },
  })
}

function readZip(secondReads: SecondReads, extent: Extent): ApplicationFile | NotReadYet {
  const { size } = extent
  return secondReads.valueOf("zip of Plug'n'Play", extent, {
    kind: 'places',
    read: (readFile) => ({ md5: null, says: packagesIn({ size, read: readFile }) }),
  })
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
