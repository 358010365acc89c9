import { type Platform, platformName } from '../../model/image.js'

/**
 * A reference in full, as the engine expands it (distribution/reference, normalize.go): `debian` becomes
 * docker.io/library/debian:latest.
 */
export function canonicalName(reference: string): string {
  const [beforeDigest = '', digest] = reference.split('@', 2)
  const slash = beforeDigest.indexOf('/')
  const first = slash < 0 ? '' : beforeDigest.slice(0, slash)
  const hasDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  const domain = hasDomain ? first : 'docker.io'
  const rest = hasDomain ? beforeDigest.slice(slash + 1) : beforeDigest
  const path = domain === 'docker.io' && !rest.includes('/') ? `library/${rest}` : rest
  if (digest !== undefined) {
    return `${domain}/${path}@${digest}`
  }
  return `${domain}/${path}${/:[^/]*$/.test(path) ? '' : ':latest'}`
}

/** `linux/arm64/v8`, as written on a command line. */
export function platformText(platform: Platform | null): string {
  return platform === null ? 'an unknown platform' : platformName(platform)
}

/** True if `platform` matches `wanted` (os/architecture[/variant]); arm64 without a variant is v8. */
export function fitsPlatform(platform: Platform | null, wanted: string): boolean {
  const [os, architecture, variant] = wanted.toLowerCase().split('/')
  if (platform === null || platform.os !== os || platform.architecture !== architecture) {
    return false
  }
  if (variant === undefined) {
    return true
  }
  const own = platform.variant ?? (architecture === 'arm64' ? 'v8' : null)
  return own === variant
}

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: 'amd64',
  ia32: '386',
  ppc64: 'ppc64le',
  loong64: 'loong64',
}

/** This machine's platform in OCI's words (those of Go), for an image with several. */
export function hostPlatform(): string {
  return `linux/${ARCHITECTURES[process.arch] ?? process.arch}`
}
