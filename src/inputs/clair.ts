import type { ClairRequest } from '../checks/clair/collect.js'
import { sourceOf } from '../io/archive/image/image-name.js'
import type { Timeouts } from '../policy/gate/time-rows.js'
import { input, keyword, optional, type ReadInput, readerOf, text, url } from './row.js'
import { serviceImage } from './service-images.js'

export const CLAIR_INPUTS = {
  'clair-image': input(text, {
    value: 'IMAGE',
    default: serviceImage('clair-image'),
    help: 'Clair image to run',
    description: 'Clair image to run.',
  }),
  'postgres-image': input(text, {
    value: 'IMAGE',
    default: serviceImage('postgres-image'),
    help: 'PostgreSQL image to run for Clair',
    description: 'PostgreSQL image to run for Clair.',
  }),
  'clair-url': input(url, {
    help: 'URL of an existing Clair server to use instead of starting one',
    description: 'URL of an existing Clair server to use instead. Default: none.',
  }),
  'clair-psk': input(optional, {
    value: 'KEY',
    help: 'pre-shared key (base64) for the Clair server at clair-url; preferably set it in the environment variable SEAWORTHY_CLAIR_PSK',
    description: 'Pre-shared key (base64) for the Clair server at clair-url.',
  }),
  'clair-psk-issuer': input(optional, {
    help: 'issuer (iss claim) of the tokens signed with clair-psk',
    description: 'Issuer (iss claim) of the tokens signed with clair-psk.',
  }),
  'layer-url': input(url, {
    help: 'http://host of this machine (or http://host:port), from which the Clair server at clair-url downloads layers',
    description:
      "Address of this machine (http://host, or http://host:port for a port that a firewall lets through), from which the Clair server at clair-url downloads the image's layers. Required with clair-url, except with layers-from: registry.",
  }),
  'layers-from': input(keyword(['gate', 'registry']), {
    value: 'WORD',
    default: 'gate',
    where: ['action', 'scan'],
    help: 'who hands the layers of registry: images to the Clair server at clair-url: gate or registry',
    description:
      'Who hands the layers to the Clair server at clair-url: this run (gate), or the registry, of registry: images. Clair then gets a token for pulling from that repository. Without effect for a pull request.',
  }),
}

/** @param isChange for a pull request, which must not choose who gets a registry's token */
export function readClairRequest(
  images: readonly string[],
  inputs: ReadInput,
  errors: string[],
  { clair }: Timeouts,
  isChange: boolean,
): ClairRequest {
  const read = readerOf(CLAIR_INPUTS, inputs, errors)
  const [clairUrl, layerUrl] = [read('clair-url'), read('layer-url')]
  // As set by the user: an error in one says nothing about the other.
  const [url, layers] = [inputs('clair-url').trim(), inputs('layer-url').trim()]
  const requested = read('layers-from')
  const layersFrom = isChange ? 'gate' : requested
  if (url !== '' && layers === '' && layersFrom === 'gate') {
    const where = requested === 'gate' ? '' : ' for a pull request, where layers-from: registry has no effect'
    const advice = 'set it to the http://host at which the Clair server can reach this machine'
    errors.push(`layer-url: required with clair-url${where}; ${advice}`)
  }
  if (layersFrom === 'registry') {
    errors.push(...unfit(images, url).map((why) => `layers-from: ${why}`))
  }
  if (layers !== '' && !/^http:\/\/[^/@?#]+\/?$/.test(layers)) {
    errors.push(`layer-url: ${JSON.stringify(layers)} is not of the form http://host or http://host:port`)
  }
  const [key, issuer] = [read('clair-psk'), read('clair-psk-issuer')]
  if ((key === null) !== (issuer === null)) {
    errors.push('clair-psk and clair-psk-issuer must be set together')
  }
  return {
    url: clairUrl,
    layerUrl,
    layersFrom,
    psk: key !== null && issuer !== null ? { key, issuer } : null,
    clairImage: read('clair-image'),
    postgresImage: read('postgres-image'),
    timeoutMs: clair * 1000,
  }
}

/** Why the layers of these images cannot come from a registry. */
function unfit(images: readonly string[], clairUrl: string): readonly string[] {
  const other = images.find((image) => sourceOf(image).source !== 'registry')
  const noUrl = 'registry requires clair-url: a Clair that this run starts has no internet access'
  const otherSource = `registry requires images that are read from a registry; write registry:${other}, or set it to gate`
  return [...(clairUrl === '' ? [noUrl] : []), ...(other === undefined ? [] : [otherSource])]
}
