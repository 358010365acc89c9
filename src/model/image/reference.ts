/** A full reference to an image in a registry: `docker.io`, `library/debian`, `bookworm`, and a digest. */
export interface Reference {
  /** Host with its port; `docker.io` for Docker Hub. */
  readonly registry: string
  readonly repository: string
  /** `latest` if it has neither a tag nor a digest. */
  readonly tag: string | null
  /** `sha256:<hex>`. */
  readonly digest: string | null
}

// The grammar of distribution/reference. Quantifiers are never nested, so the work grows only with the length.
const HOST = /^(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/
const PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const TAG = /^\w[\w.-]{0,127}$/
const DIGEST = /^sha256:[0-9a-f]{64}$/
const MAX_LENGTH = 512

/** Reads a reference as Docker does (`debian` is docker.io/library/debian:latest); `null` if it is not one. */
export function parseReference(text: string): Reference | null {
  if (text.length > MAX_LENGTH) {
    return null
  }
  const [named = '', digest = null, ...more] = text.split('@')
  if (more.length > 0 || (digest !== null && !DIGEST.test(digest))) {
    return null
  }
  const { registry, rest } = splitRegistry(named)
  const colon = rest.lastIndexOf(':')
  const path = colon < 0 ? rest : rest.slice(0, colon)
  const tag = colon < 0 ? (digest === null ? 'latest' : null) : rest.slice(colon + 1)
  if (!HOST.test(registry) || !path.split('/').every((part) => PART.test(part))) {
    return null
  }
  if (tag !== null && !TAG.test(tag)) {
    return null
  }
  return { registry, repository: path, tag, digest }
}

/** The full name: `docker.io/library/debian:bookworm@sha256:…`. */
export function referenceName({ registry, repository, tag, digest }: Reference): string {
  return `${registry}/${repository}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`
}

/** The short name that people write, without the parts that Docker adds by itself. */
export function familiarName(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, '')
}

/** A reference without tag and digest (distribution/reference: a tag's colon comes after the last slash). */
export function untagged(reference: string): string {
  const name = reference.split('@', 1)[0] ?? ''
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1)
  return colon === -1 ? name : name.slice(0, colon)
}

/** For a title: `app:1.4.1` without its digest, or the first digits of the digest if there is no tag. */
export function referenceTitle(reference: string): string {
  const [name = '', digest] = reference.split('@')
  return digest === undefined || name !== untagged(name)
    ? name
    : `${name}@${digest.slice(0, 'sha256:'.length + 12)}`
}

/**
 * The first part is a host if it cannot be part of a Docker Hub repository: it has a dot or a port, or is localhost.
 */
export function hostOf(name: string): { readonly host: string | null; readonly path: string } {
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  const isHost = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  return isHost ? { host: first, path: name.slice(slash + 1) } : { host: null, path: name }
}

/** As the engine expands it (distribution/reference, normalize.go): `debian` is docker.io/library/debian. */
export function splitRegistry(name: string): { readonly registry: string; readonly rest: string } {
  const { host, path } = hostOf(name)
  const registry = host === null || host === 'index.docker.io' ? 'docker.io' : host
  return { registry, rest: registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path }
}
