import type { LayerToc } from '../../../model/index.js'
import { archiveError } from '../formats/problems.js'

/** A manifest's annotation that identifies the TOC of one of its layers (OCI image-spec, descriptor.md). */
export interface TocClaim {
  readonly key: string
  readonly value: string
}

/**
 * Annotations by which engines find a TOC and verify it: stargz-snapshotter (estargz.md) and containers/storage,
 * also under the names of its first versions.
 */
const CLAIM_FIELDS: Readonly<Record<string, keyof Omit<LayerToc, 'format'>>> = {
  'containerd.io/snapshot/stargz/toc.digest': 'digest',
  'io.github.containers.zstd-chunked.manifest-checksum': 'packed',
  'io.github.containers.zstd-chunked.manifest-position': 'position',
  'io.containers.zstd-chunked.manifest-checksum': 'packed',
  'io.containers.zstd-chunked.manifest-position': 'position',
}

export function tocClaimsIn(
  annotations: Readonly<Record<string, string>> | null | undefined,
): readonly TocClaim[] {
  return Object.entries(annotations ?? {})
    .filter(([key]) => Object.hasOwn(CLAIM_FIELDS, key))
    .map(([key, value]) => ({ key, value }))
}

/**
 * A TOC that the manifest identifies must be the one that was compared with the tar: an engine finds it by
 * the position in the manifest.
 * @throws SeaworthyError archive-hostile
 */
export function refuseOtherToc(toc: LayerToc | null, claims: readonly TocClaim[], where: string): void {
  for (const { key, value } of claims) {
    const field = CLAIM_FIELDS[key]
    if (toc === null || field === undefined || toc[field] !== value) {
      const actual = toc === null ? 'has none' : 'has a different one'
      const what = `the manifest names a table of contents for lazy pulling (${key}), but the layer ${actual}`
      throw archiveError('archive-hostile', where, what)
    }
  }
}
