import { ComponentType, HashAlgorithm } from '@cyclonedx/cyclonedx-library/Enums'
import {
  Bom,
  Component,
  ComponentRepository,
  HashDictionary,
  Metadata,
  Property,
  PropertyRepository,
  Tools,
} from '@cyclonedx/cyclonedx-library/Models'
import { JSON as Json, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize'
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec'
import type { ApplicationPackage } from '../../model/application.js'
import { compareText } from '../../model/order.js'
import type { InstalledPackage } from '../../model/package.js'
import type { ImageVerdict, Verdict } from '../../model/verdict.js'
import { debPurl } from '../../policy/vex/purl.js'
import { visible } from '../escape.js'
import { codenameOf, configHash, imagePurl, vulnerabilitiesOf } from '../product.js'
import { uuidOf } from '../uuid.js'
import type { Tool } from '../view/pages.js'
import { regressionTestLines } from '../view/regression-test.js'
import { vulnerabilityOf } from './vulnerability.js'

/**
 * report.cdx.json (CycloneDX 1.6): the packages of each image, and its vulnerabilities with their rulings. The same
 * verdict gives the same bytes. `null` if the packages of an image are not known: half a list would look like a whole
 * one.
 */
export function renderCycloneDx(verdict: Verdict, tool: Tool): string | null {
  const images = verdict.images.map((image) => contentOf(image, verdict.images.length > 1))
  const known = images.filter((image) => image !== null)
  if (known.length < images.length) {
    return null
  }
  const [only] = known.length === 1 ? known : []
  const bom = new Bom({
    metadata: new Metadata({
      timestamp: new Date(`${verdict.today}T00:00:00Z`),
      tools: new Tools({
        components: new ComponentRepository([
          new Component(ComponentType.Application, tool.name, { version: tool.version, bomRef: 'seaworthy' }),
        ]),
      }),
      ...(only === undefined ? {} : { component: only.container }),
      properties: new PropertyRepository(
        regressionTestLines(verdict).map((line) => new Property('seaworthy:regression-test', visible(line))),
      ),
    }),
  })
  for (const { container, packages, vulnerabilities } of known) {
    const parts = only === undefined ? container.components : bom.components
    for (const one of packages) {
      parts.add(one)
    }
    if (only === undefined) {
      bom.components.add(container)
    }
    for (const one of vulnerabilities) {
      bom.vulnerabilities.add(one)
    }
  }
  // Normalized twice: the serial number is computed from the rest.
  bom.serialNumber = `urn:uuid:${uuidOf(serialized(bom))}`
  return serialized(bom)
}

function serialized(bom: Bom): string {
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6))
  // The library would sort by the machine's locale, so everything is ordered here.
  return `${serializer.serialize(bom, { sortLists: false, space: 2 })}\n`
}

interface Content {
  readonly container: Component
  readonly packages: readonly Component[]
  readonly vulnerabilities: readonly ReturnType<typeof vulnerabilityOf>[]
}

/** Names in a BOM are unique: with several images, each name begins with its image. */
function contentOf(image: ImageVerdict, several: boolean): Content | null {
  if (image.packages === null) {
    return null
  }
  const codename = codenameOf(image)
  const { notExamined = [] } = image.others ?? {}
  const hash = configHash(image)
  const self = imagePurl(image)
  const ref = `image:${visible(image.reference)}:${hash ?? 'unknown'}`
  const prefix = several ? `${ref}/` : ''
  const container = new Component(ComponentType.Container, visible(image.reference), {
    bomRef: ref,
    ...(image.digest === null ? {} : { version: visible(image.digest) }),
    ...(self === null ? {} : { purl: self }),
    ...(notExamined.length === 0
      ? {}
      : {
          properties: new PropertyRepository(
            notExamined.map((one) => new Property('seaworthy:platform-not-examined', visible(one))),
          ),
        }),
    ...(hash === null ? {} : { hashes: new HashDictionary([[HashAlgorithm['SHA-256'], hash]]) }),
  })
  const packages = new Map(image.packages.map((one) => [debPurl(one, codename), one]))
  const own = new Map((image.applications?.packages ?? []).map((one) => [one.purl, one]))
  const refs = new Set([...packages.keys(), ...own.keys()])
  return {
    container,
    packages: [
      ...[...packages]
        .sort(([a], [b]) => compareText(a, b))
        .map(([purl, one]) => componentOf(one, purl, prefix)),
      ...[...own]
        .sort(([a], [b]) => compareText(a, b))
        .map(([purl, one]) => applicationOf(one, purl, prefix)),
    ],
    vulnerabilities: vulnerabilitiesOf(image).map((finding, index) =>
      vulnerabilityOf(finding, image, { ref, prefix, refs, index }),
    ),
  }
}

/** An application package. */
function applicationOf({ name, version }: ApplicationPackage, purl: string, prefix: string): Component {
  return new Component(ComponentType.Library, visible(name), {
    bomRef: `${prefix}${purl}`,
    ...(version === null ? {} : { version: visible(version) }),
    purl,
  })
}

function componentOf(one: InstalledPackage, purl: string, prefix: string): Component {
  return new Component(ComponentType.Library, one.name, {
    bomRef: `${prefix}${purl}`,
    version: visible(one.version),
    purl,
    properties: new PropertyRepository([
      new Property('seaworthy:source-package', one.source),
      new Property('seaworthy:source-version', visible(one.sourceVersion)),
    ]),
  })
}
