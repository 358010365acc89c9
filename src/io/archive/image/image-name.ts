import { hostOf, type ImageSource } from '../../../model/index.js'

/**
 * `registry:` in front of a name, as in grype and syft. `registry:2` is the image of that name on Docker Hub, and
 * `registry:5000/app` one on the host of that name, as the engine understands them.
 */
const REGISTRY_PREFIX = /^registry:(?=.*[/:@])(?!\d{1,5}\/)/

/**
 * Where an image is, and its name there. By the form of the text alone, never by the files in the working directory: a
 * file there must not take the place of the reference that is released.
 */
export function sourceOf(image: string): { readonly source: ImageSource; readonly name: string } {
  if (REGISTRY_PREFIX.test(image)) {
    return { source: 'registry', name: image.replace(REGISTRY_PREFIX, '') }
  }
  const isArchive = /^\.{0,2}\//.test(image) || /\.(?:tar(?:\.gz|\.zst)?|tgz)$/.test(image)
  return { source: isArchive ? 'archive' : 'engine', name: image }
}

const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?$/
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/
const MAX_NAME_LENGTH = 255

/**
 * Why this is not an image reference, in words; `null` if it is one. The grammar is that of
 * https://github.com/distribution/reference (reference.go, normalize.go), plus image ids.
 */
export function referenceError(reference: string): string | null {
  const [name = '', ...digests] = reference.split('@')
  if (digests.length > 1) {
    return 'it has more than one digest'
  }
  if (digests[0] !== undefined && !DIGEST.test(digests[0])) {
    return `${quoted(digests[0])} is not a valid digest`
  }
  const { host, path } = hostOf(name)
  if (host !== null && !HOST.test(host)) {
    return `${quoted(host)} is not a valid host`
  }
  const [components = '', ...tags] = path.split(':')
  if (tags.length > 1) {
    return 'it has more than one tag'
  }
  if (tags[0] !== undefined && !TAG.test(tags[0])) {
    return `${quoted(tags[0])} is not a valid tag`
  }
  const invalidComponent = components.split('/').find((component) => !COMPONENT.test(component))
  if (invalidComponent === '') {
    return 'a part of its name is empty'
  }
  if (invalidComponent !== undefined) {
    return /[A-Z]/.test(invalidComponent)
      ? `${quoted(invalidComponent)} contains uppercase letters`
      : `${quoted(invalidComponent)} is not a valid part of a name`
  }
  const nameWithHost = [host, components].filter((part) => part !== null).join('/')
  return nameWithHost.length > MAX_NAME_LENGTH
    ? `its name is longer than ${MAX_NAME_LENGTH} characters`
    : null
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 60))
}
