import {
  type Binary,
  compareText,
  type Finding,
  type Image,
  type ImageVerdict,
  idsOf,
  imageMatches,
  isApplication,
  listText,
  type PolicyNotice,
  parseReference,
} from '../../model/index.js'
import { type Purl, parsePurl } from './purl.js'
import type { VexComponent, VexDocument, VexProduct, VexStatement } from './read.js'

/** What a statement's products are compared with. */
export interface VexSubject extends Pick<ImageVerdict, 'reference' | 'distribution' | 'codename'> {
  readonly image: Image | null
}

/** What a statement applies to: this image as its product, or a package anywhere. */
export interface StatementScope {
  readonly scope: 'image' | 'package'
  /** False if some binary packages of the finding are left out. */
  readonly whole: boolean
}

export function scopeOf(
  statement: VexStatement,
  finding: Finding,
  subject: VexSubject,
): StatementScope | null {
  if (!idsOf(finding).some((id) => statement.ids.includes(id))) {
    return null
  }
  const imageProducts = statement.products.filter((product) => isImage(product, subject))
  if (imageProducts.length > 0) {
    const parts = imageProducts.flatMap(({ subcomponents }) => subcomponents)
    if (imageProducts.some(({ subcomponents }) => subcomponents.length === 0)) {
      return { scope: 'image', whole: true }
    }
    return matchedSubject('image', parts, finding, subject)
  }
  const whole = matchedSubject(
    'package',
    statement.products.filter(({ subcomponents }) => subcomponents.length === 0),
    finding,
    subject,
  )
  if (whole !== null) {
    return whole
  }
  // Only a part of a package is meant: enough to warn, not enough to accept.
  return matchedSubject('package', statement.products, finding, subject) && { scope: 'package', whole: false }
}

function matchedSubject(
  scope: StatementScope['scope'],
  components: readonly VexComponent[],
  finding: Finding,
  subject: VexSubject,
): StatementScope | null {
  if (isApplication(finding)) {
    return isNamedIn(components, finding.purl) ? { scope, whole: true } : null
  }
  const purls = purlsOf(components).filter((purl) => isOfRelease(purl, subject))
  if (purls.some((purl) => isSource(purl, finding))) {
    return { scope, whole: true }
  }
  const covered = finding.binaries.filter((binary) => purls.some((purl) => isBinary(purl, binary)))
  return covered.length === 0 ? null : { scope, whole: covered.length === finding.binaries.length }
}

/** True if one of the components is this package, in this version or without one. A part of it is not the package. */
function isNamedIn(components: readonly VexComponent[], purl: string): boolean {
  const own = parsePurl(purl)
  const names = components.flatMap((component) => component.names).map(parsePurl)
  return names.some(
    (one) =>
      one !== null &&
      own !== null &&
      one.subpath === null &&
      knows(one, []) &&
      nameIn(one) === nameIn(own) &&
      (one.version === null || one.version === own.version),
  )
}

/** Names of these types differ only in case (PURL-TYPES.rst), and PyPI's also in punctuation (PEP 503). */
function nameIn({ type, namespace, name }: Purl): string {
  const text = `${type}/${namespace}/${name}`
  const lower = ['pypi', 'golang', 'composer'].includes(type) ? text.toLowerCase() : text
  return type === 'pypi' ? lower.replace(/[-_.]+/g, '-') : lower
}

/** True if the product is the image, by digest or by reference. The digest of another build is another image. */
function isImage(product: VexProduct, { reference, image }: VexSubject): boolean {
  const digest = image?.digest ?? null
  if (product.sha256 !== null && digest !== null) {
    return `sha256:${product.sha256}` === digest
  }
  const name = parseReference(reference)
  return product.names.some((text) => {
    if (!text.includes('*') && imageMatches(text, reference)) {
      return true
    }
    const purl = parsePurl(text)
    if (purl?.type !== 'oci' || purl.subpath !== null || !knows(purl, ['arch', 'repository_url', 'tag'])) {
      return false
    }
    const architecture = purl.qualifiers.get('arch')
    if (architecture !== undefined && architecture !== image?.platform.architecture) {
      return false
    }
    if (purl.version !== null) {
      return [digest, name?.digest].includes(purl.version)
    }
    const tag = purl.qualifiers.get('tag')
    const requested = parseReference(purl.qualifiers.get('repository_url') ?? purl.name)
    const isSame = name?.registry === requested?.registry && name?.repository === requested?.repository
    return name !== null && isSame && (tag === undefined || tag === name.tag)
  })
}

/** The Debian packages among the components; another qualifier means a part of them that we can't identify. */
function purlsOf(components: readonly VexComponent[]): Purl[] {
  return components
    .flatMap(({ names }) => names.map(parsePurl))
    .filter((purl) => purl !== null)
    .filter(({ type, namespace }) => type === 'deb' && namespace === 'debian')
    .filter((purl) => purl.subpath === null && knows(purl, ['arch', 'distro', 'upstream']))
}

function knows({ qualifiers }: Purl, keys: readonly string[]): boolean {
  return [...qualifiers.keys()].every((key) => keys.includes(key))
}

/** `distro=bookworm`, `debian-12`, `debian-12.5`; all releases if it is omitted. */
function isOfRelease({ qualifiers }: Purl, { distribution, codename }: VexSubject): boolean {
  const distro = qualifiers.get('distro')?.replace(/^debian-/, '')
  if (distro === undefined) {
    return true
  }
  const number = distribution?.match(/^Debian (\d+)/)?.[1]
  return distro === codename || (number !== undefined && distro.split('.')[0] === number)
}

/** A name without `arch` is the source package's, if there is one. */
function isSource({ name, version, qualifiers }: Purl, finding: Finding): boolean {
  const architecture = qualifiers.get('arch') ?? 'source'
  if (architecture !== 'source' || name !== finding.package) {
    return false
  }
  return version === null || version === finding.version
}

function isBinary({ name, version, qualifiers }: Purl, binary: Binary): boolean {
  const architecture = qualifiers.get('arch')
  return (
    name === binary.name &&
    (version === null || version === binary.version) &&
    (architecture === undefined || architecture === binary.architecture)
  )
}

export type VexNoticed = VexSubject & Pick<ImageVerdict, 'packages'>

/** Documents without a statement about a judged image or a package in one: probably another image's. */
export function vexNotices(
  documents: readonly VexDocument[],
  subjects: readonly VexNoticed[],
): PolicyNotice[] {
  // The content of an image that was not opened is not known.
  if (subjects.some(({ image, packages }) => image === null || packages === null)) {
    return []
  }
  return [...documents]
    .sort((a, b) => compareText(a.file, b.file))
    .flatMap(({ file, statements }): PolicyNotice[] => {
      const products = statements.flatMap((statement) => statement.products)
      if (products.some((product) => subjects.some((subject) => isInProduct(product, subject)))) {
        return []
      }
      const names = [...new Set(products.flatMap((product) => product.names))]
      const text = `no statement in this file was applied, because its products (${listText(names, 3)}) match no judged image and no package in a judged image`
      return [{ kind: 'not-applied', place: { file, line: 1 }, text }]
    })
}

function isInProduct(product: VexProduct, subject: VexNoticed): boolean {
  if (isImage(product, subject)) {
    return true
  }
  const purls = purlsOf([product]).filter((purl) => isOfRelease(purl, subject))
  return purls.some((purl) =>
    (subject.packages ?? []).some((installed) => {
      const { source, sourceVersion } = installed
      const asSource = { name: source, version: sourceVersion, architecture: 'source' }
      return isBinary(purl, installed) || isBinary(purl, asSource)
    }),
  )
}
