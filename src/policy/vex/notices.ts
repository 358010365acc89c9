import { compareText } from '../../model/order.js'
import type { InstalledPackage } from '../../model/package.js'
import type { PolicyNotice } from '../../model/verdict.js'
import type { VexDocument, VexProduct } from './document.js'
import { isBinary, isImage, isOfRelease, purlsOf, type VexSubject } from './reach.js'

export interface VexNoticed extends VexSubject {
  /** Of the image's own root; `null` where they could not be read. */
  readonly packages: readonly InstalledPackage[] | null
}

/** Documents of which no statement is about a judged image or a package in one: probably those of another image. */
export function vexNotices(
  documents: readonly VexDocument[],
  subjects: readonly VexNoticed[],
): PolicyNotice[] {
  // Of an image that was not opened nobody knows what it holds.
  if (subjects.some(({ image, packages }) => image === null || packages === null)) return []
  return [...documents]
    .sort((a, b) => compareText(a.file, b.file))
    .flatMap(({ file, statements }): PolicyNotice[] => {
      const products = statements.flatMap((statement) => statement.products)
      if (products.some((product) => subjects.some((subject) => isThere(product, subject)))) return []
      const names = [...new Set(products.flatMap((product) => product.names))]
      const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
      const text = `nothing of it was applied: it is about ${names.slice(0, 3).join(', ')}${more}, and neither a judged image nor a package in one is that`
      return [{ kind: 'not-applied', place: { file, line: 1 }, text }]
    })
}

function isThere(product: VexProduct, subject: VexNoticed): boolean {
  if (isImage(product, subject)) return true
  const purls = purlsOf([product]).filter((purl) => isOfRelease(purl, subject))
  return purls.some((purl) =>
    (subject.packages ?? []).some((installed) => {
      const { source, sourceVersion } = installed
      const asSource = { name: source, version: sourceVersion, architecture: 'source' }
      return isBinary(purl, installed) || isBinary(purl, asSource)
    }),
  )
}
