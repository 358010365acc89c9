import { type LayerFacts, mergedPath } from '../../../../model/index.js'

/**
 * Copyright and changelog of a Debian package (Debian Policy, 12.5 and 12.7); slim images keep only the
 * former. The file system may be below any folder.
 */
const DOCUMENT_PATH = /(?:^|\/)usr\/share\/doc\/[a-z0-9][a-z0-9+.-]*\/(?:copyright|changelog\.Debian\.gz)$/

export function isPackageDocument(path: string): boolean {
  return (path.endsWith('/copyright') || path.endsWith('/changelog.Debian.gz')) && DOCUMENT_PATH.test(path)
}

/** Paths of packages' documents in the form of dpkg's lists. */
export function documentsIn(layers: readonly LayerFacts[]): ReadonlySet<string> {
  return new Set(layers.flatMap(({ records }) => records?.documents ?? []).map(mergedPath))
}

/** The layer without the documents that a list contains. @param isListed `null`: not all lists are known */
export function withoutListedDocuments(
  layer: LayerFacts,
  isListed: ((path: string) => boolean) | null,
): LayerFacts {
  if (layer.records?.documents === undefined) {
    return layer
  }
  const { documents, ...records } = layer.records
  const unlisted = isListed === null ? [] : documents.filter((path) => !isListed(mergedPath(path)))
  return { ...layer, records: unlisted.length === 0 ? records : { ...records, documents: unlisted } }
}
