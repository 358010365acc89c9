import type { ClairRequest } from '../checks/clair/collect.js'
import type { Timeouts } from '../policy/gate/time-rows.js'
import { input, optional, type ReadInput, readerOf, text, url } from './row.js'
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
    help: 'http://host:port of this machine, from which the Clair server at clair-url downloads layers',
    description:
      "Address (http://host:port) of this machine, from which the Clair server at clair-url downloads the image's layers. Required with clair-url.",
  }),
}

export function readClairRequest(inputs: ReadInput, errors: string[], { clair }: Timeouts): ClairRequest {
  const read = readerOf(CLAIR_INPUTS, inputs, errors)
  const [clairUrl, layerUrl] = [read('clair-url'), read('layer-url')]
  // As set by the user: an error in one says nothing about the other.
  const [url, layers] = [inputs('clair-url').trim(), inputs('layer-url').trim()]
  if (url !== '' && layers === '') {
    errors.push(
      'layer-url: required with clair-url; set it to the http://host:port at which the Clair server can reach this machine',
    )
  }
  if (layers !== '' && !/^http:\/\/[^/]+:\d+\/?$/.test(layers)) {
    errors.push(`layer-url: ${JSON.stringify(layers)} is not of the form http://host:port`)
  }
  const [key, issuer] = [read('clair-psk'), read('clair-psk-issuer')]
  if ((key === null) !== (issuer === null)) {
    errors.push('clair-psk and clair-psk-issuer must be set together')
  }
  return {
    url: clairUrl,
    layerUrl,
    psk: key !== null && issuer !== null ? { key, issuer } : null,
    clairImage: read('clair-image'),
    postgresImage: read('postgres-image'),
    timeoutMs: clair * 1000,
  }
}
