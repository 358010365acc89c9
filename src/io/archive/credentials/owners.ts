import type { CredentialRecords } from '../../../model/credential.js'
import type { LayerFacts } from '../../../model/image.js'
import { mergedPath } from '../../../model/interest.js'
import { listedByPath } from '../../../model/package-lists.js'
import type { StoredLayer } from '../context.js'
import { divertedIn, lastDiversions, listLines } from '../dpkg-lists.js'

type Scanned = Pick<StoredLayer, 'about' | 'lists' | 'credentials'>

/**
 * Adds to each layer its credentials, and whether a package states the content of such a file. dpkg writes its lists
 * next to the files, so only now are all known.
 */
export function withCredentials<Layer extends Scanned>(layers: readonly Layer[]): readonly Layer[] {
  const isOfPackage = statedBy(layers)
  return layers.map((layer) => {
    const { files, accounts, unread, cut } = layer.credentials
    const credentials: CredentialRecords = {
      files: Object.fromEntries(
        [...files].map(([path, all]) => [
          path,
          all.map(({ found, md5, isReplaced }) => ({
            found,
            isOfPackage: isOfPackage(path, md5),
            isReplaced,
          })),
        ]),
      ),
      accounts: Object.fromEntries(accounts),
      unread,
      cut,
    }
    const about: LayerFacts = { ...layer.about, credentials }
    return { ...layer, about }
  })
}

function statedBy(layers: readonly Scanned[]): (path: string, md5: string) => boolean {
  const paths = new Set(layers.flatMap(({ credentials }) => [...credentials.files.keys()].map(mergedPath)))
  if (paths.size === 0) {
    return () => false
  }
  const diverted = divertedIn(lastDiversions(layers), paths) ?? {}
  const listings = listedByPath(
    listLines(layers, new Set([...paths, ...Object.values(diverted)])).lists,
    () => true,
  )
  return (path, md5) => {
    const merged = mergedPath(path)
    const listed = Object.hasOwn(diverted, merged) ? (diverted[merged] ?? merged) : merged
    return listings.get(listed)?.some(({ sum }) => sum === md5) === true
  }
}
