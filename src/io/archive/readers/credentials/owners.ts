import {
  type CredentialRecords,
  type LayerFacts,
  type Listed,
  listedByPath,
  mergedPath,
} from '../../../../model/index.js'
import { divertedIn, lastDiversions, listLines } from '../dpkg-lists.js'
import type { ScannedLayer } from '../layer.js'
import type { ScannedFile } from './scan.js'

type LayerPart = Pick<ScannedLayer, 'layerFacts' | 'listTexts' | 'credentials'>

/**
 * Adds the credentials of each layer, and whether a package's md5sums contain the file they are in. A tar may
 * contain dpkg's lists before or after the files, so both are known only when all layers have been read.
 */
export function withCredentials<Layer extends LayerPart>(layers: readonly Layer[]): readonly Layer[] {
  const { isStated, isListed } = packagesOf(layers)
  const recordAt = (path: string) => {
    return ({ found, md5, isReplaced }: ScannedFile) => ({
      found,
      isOfPackage: isStated(path, md5),
      isReplaced,
    })
  }
  return layers.map((layer) => {
    const { files, accounts, unread, unreadBeyondLimit, cut } = layer.credentials
    const unlistedUnread = [...unread].filter(([path]) => !isListed(path))
    const credentials: CredentialRecords = {
      files: Object.fromEntries(
        [...files].map(([path, filesAtPath]) => [path, filesAtPath.map(recordAt(path))]),
      ),
      accounts: Object.fromEntries(accounts),
      unread: {
        files: unreadBeyondLimit.files + unlistedUnread.length,
        bytes: unlistedUnread.reduce((sum, [, size]) => sum + size, unreadBeyondLimit.bytes),
      },
      cut,
    }
    const layerFacts: LayerFacts = { ...layer.layerFacts, credentials }
    return { ...layer, layerFacts }
  })
}

/** Looks up the files with credentials, and those that were not searched, in dpkg's lists. */
function packagesOf(layers: readonly LayerPart[]) {
  const paths = new Set(
    layers.flatMap(({ credentials: { files, unread } }) =>
      [...files.keys(), ...unread.keys()].map(mergedPath),
    ),
  )
  const diverted = divertedIn(lastDiversions(layers), paths) ?? {}
  const listedPaths = new Set([...paths, ...Object.values(diverted)])
  const listings = listedByPath(listLines(layers, listedPaths).lists, () => true)
  const listingsAt = (path: string): readonly Listed[] => {
    const merged = mergedPath(path)
    return listings.get(Object.hasOwn(diverted, merged) ? (diverted[merged] ?? merged) : merged) ?? []
  }
  return {
    isStated: (path: string, md5: string) => listingsAt(path).some(({ sum }) => sum === md5),
    isListed: (path: string) => listingsAt(path).length > 0,
  }
}
