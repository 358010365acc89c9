import * as z from 'zod'
import {
  compareText,
  type ImageVerdict,
  type InstalledPackage,
  packageOfPurl,
  readOrNull,
  type Verdict,
} from '../../model/index.js'
import { debPurl } from '../../policy/vex/purl.js'
import { visible } from '../escape.js'
import { configHash, imagePurl, vulnerabilitiesOf } from '../product.js'
import { uuidOf } from '../uuid.js'
import type { Tool } from '../view/pages.js'
import { regressionTestLines } from '../view/regression-test.js'
import { vulnerabilityOf } from './vulnerability.js'

/** Written by hand: the schema, which the test brings, says what is valid. Members that are `undefined` are left out. */
interface Component {
  readonly type: 'application' | 'container' | 'library'
  readonly name: string
  readonly version: string | undefined
  readonly 'bom-ref': string
  readonly hashes?: readonly object[] | undefined
  readonly purl?: string | undefined
  readonly properties?: readonly Property[] | undefined
  readonly components?: readonly Component[]
}

interface Property {
  readonly name: string
  readonly value: string
}

/**
 * report.cdx.json (CycloneDX 1.6): the packages of each image, and its vulnerabilities with their rulings. The same
 * verdict gives the same bytes. `null` if the packages of an image are not known: half a list would look like a whole
 * one.
 */
export function renderCycloneDx(verdict: Verdict, tool: Tool): string | null {
  const several = verdict.images.length > 1
  const refs = imageRefs(verdict.images)
  const images = verdict.images.map((image, index) => contentOf(image, refs[index] ?? '', several))
  const known = images.filter((image) => image !== null)
  if (known.length < images.length) {
    return null
  }
  const containers = known.map(({ container, packages }) =>
    several && packages.length > 0 ? { ...container, components: packages } : container,
  )
  const [only] = known.length === 1 ? known : []
  const tests = regressionTestLines(verdict).map((line) => property('regression-test', visible(line)))
  const head = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
  }
  const vulnerabilities = known.flatMap((one) => one.vulnerabilities)
  const rest = {
    metadata: {
      timestamp: `${verdict.today}T00:00:00.000Z`,
      tools: { components: [componentOf('application', tool.name, tool.version, 'seaworthy')] },
      component: only?.container,
      properties: listed(tests),
    },
    components: only?.packages ?? containers,
    // It is not known which package depends on which: each component is listed, without saying what it depends on.
    dependencies: known
      .flatMap(({ container, packages }) => [container, ...packages])
      .map((one) => ({ ref: one['bom-ref'] })),
    vulnerabilities: listed(vulnerabilities),
  }
  // The serial number is computed from the rest.
  const serialNumber = `urn:uuid:${uuidOf(textOf({ ...head, ...rest }))}`
  return textOf({ ...head, serialNumber, ...rest })
}

function textOf(bom: object): string {
  return `${JSON.stringify(bom, null, 2)}\n`
}

/** An empty list is left out. */
function listed<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

function property(name: string, value: string): Property {
  return { name: `seaworthy:${name}`, value }
}

/** Names in a BOM are unique: an image that is there twice is numbered. */
function imageRefs(images: readonly ImageVerdict[]): readonly string[] {
  const uses = new Map<string, number>()
  return images.map((image) => {
    const ref = `image:${visible(image.reference)}:${configHash(image) ?? 'unknown'}`
    const count = (uses.get(ref) ?? 0) + 1
    uses.set(ref, count)
    return count === 1 ? ref : `${ref}#${count}`
  })
}

/** The components and vulnerabilities of an image; with several images, each name begins with its image. */
function contentOf(image: ImageVerdict, ref: string, several: boolean) {
  if (image.packages === null) {
    return null
  }
  const { codename } = image
  const hash = configHash(image)
  const prefix = several ? `${ref}/` : ''
  const container = componentOf('container', image.reference, image.digest, ref, {
    hashes: hash === null ? undefined : [{ alg: 'SHA-256', content: hash }],
    purl: imagePurl(image) ?? undefined,
    properties: listed(
      (image.others?.notExamined ?? []).map((one) => property('platform-not-examined', visible(one))),
    ),
  })
  const packages = new Map(image.packages.map((one) => [debPurl(one, codename), one]))
  const own = new Map((image.applications?.packages ?? []).map((one) => [one.purl, one]))
  const refs = new Set([...packages.keys(), ...own.keys()])
  return {
    container,
    packages: [
      ...sorted(packages).map(([purl, one]) => debianPackage(one, purl, prefix)),
      ...sorted(own).map(([purl, { name, version }]) =>
        componentOf('library', name, version, `${prefix}${purl}`, { purl }),
      ),
    ],
    vulnerabilities: vulnerabilitiesOf(image).map((finding, index) =>
      vulnerabilityOf(finding, image, { ref, prefix, refs, index }),
    ),
  }
}

/** In code unit order, whatever the machine's locale is. */
function sorted<T>(byName: ReadonlyMap<string, T>): [string, T][] {
  return [...byName].sort(([a], [b]) => compareText(a, b))
}

function debianPackage(one: InstalledPackage, purl: string, prefix: string): Component {
  return componentOf('library', one.name, one.version, `${prefix}${purl}`, {
    purl,
    properties: [
      property('source-package', one.source),
      property('source-version', visible(one.sourceVersion)),
    ],
  })
}

function componentOf(
  type: Component['type'],
  name: string,
  version: string | null,
  ref: string,
  rest: Partial<Component> = {},
): Component {
  return {
    type,
    name: visible(name),
    version: version === null ? undefined : visible(version) || undefined,
    'bom-ref': ref,
    ...rest,
  }
}

const { name: SOURCE } = property('source-package', '')
const PACKAGE = z.object({
  name: z.string(),
  version: z.string().optional(),
  purl: z.string().optional(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
})
/** With several images, each is a component with packages of its own. */
const BOM = z.object({
  components: z.array(PACKAGE.extend({ components: z.array(PACKAGE).optional() })),
})

/**
 * "zlib1g 1:1.2.13": the packages of all images that have a name, also that of their source package, each once.
 * @param bom text of report.cdx.json, which anybody may have written; none are found in anything else
 * @param isRequested whether a name is meant
 */
export function installedIn(bom: string, isRequested: (name: string) => boolean): readonly string[] {
  const all = readOrNull(() => BOM.parse(JSON.parse(bom)).components) ?? []
  const packages = all.flatMap(({ components, ...one }) => components ?? [one])
  const found = packages.filter(({ name, purl, properties = [] }) => {
    const source = properties.find((one) => one.name === SOURCE)?.value
    return [name, source ?? name, purl === undefined ? name : packageOfPurl(purl)].some(isRequested)
  })
  return [...new Set(found.map(({ name, version }) => `${name} ${version ?? 'of unknown version'}`))]
}
