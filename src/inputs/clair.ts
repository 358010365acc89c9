import type { ClairRequest } from '../checks/clair/collect.js'
import { type Given, input, inSeconds, optional, readerOf, text, url } from './row.js'
import { serviceImage } from './service-images.js'

export const CLAIR_INPUTS = {
  'clair-image': input(text, {
    value: 'IMAGE',
    default: serviceImage('clair-image'),
    help: 'Clair to run beside the gate',
    description: 'Image of Clair to run beside the gate.',
  }),
  'postgres-image': input(text, {
    value: 'IMAGE',
    default: serviceImage('postgres-image'),
    help: 'PostgreSQL for that Clair',
    description: 'Image of PostgreSQL for Clair.',
  }),
  'clair-url': input(url, {
    help: 'a Clair that others run; no service is started then',
    description: 'Address of a Clair that others run. No service is started then.',
  }),
  'clair-psk': input(optional, {
    value: 'KEY',
    help: 'pre-shared key (base64) of that Clair; better by SEAWORTHY_CLAIR_PSK',
    description: 'Pre-shared key (base64) that the Clair at clair-url wants.',
  }),
  'clair-psk-issuer': input(optional, {
    help: 'issuer to name in tokens signed with clair-psk',
    description: 'Issuer to name in tokens signed with clair-psk.',
  }),
  'layer-url': input(url, {
    help: 'http://host:port under which that Clair reaches this machine',
    description:
      "Address (http://host:port) under which the Clair at clair-url reaches this machine, for the image's layers. Needed with clair-url.",
  }),
  'clair-timeout': input(inSeconds(), {
    default: '120',
    help: 'limit of each wait for Clair',
    description: 'Seconds that each wait for Clair may take.',
  }),
}

/** Which Clair is asked; what is wrong goes to `faults`. */
export function readClairRequest(given: Given, faults: string[]): ClairRequest {
  const read = readerOf(CLAIR_INPUTS, given, faults)
  const [clairUrl, layerUrl] = [read('clair-url'), read('layer-url')]
  // As they were given: what is wrong with one says nothing of the other.
  const [asked, layers] = [given('clair-url').trim(), given('layer-url').trim()]
  if (asked !== '' && layers === '') {
    faults.push('layer-url: clair-url needs it: http://host:port under which that Clair reaches this machine')
  }
  if (layers !== '' && !/^http:\/\/[^/]+:\d+\/?$/.test(layers)) {
    faults.push(`layer-url: ${JSON.stringify(layers)} is not like http://host:port`)
  }
  const [key, issuer] = [read('clair-psk'), read('clair-psk-issuer')]
  if ((key === null) !== (issuer === null)) {
    faults.push('clair-psk and clair-psk-issuer go together')
  }
  return {
    url: clairUrl,
    layerUrl,
    psk: key !== null && issuer !== null ? { key, issuer } : null,
    clairImage: read('clair-image'),
    postgresImage: read('postgres-image'),
    timeoutMs: read('clair-timeout'),
  }
}
