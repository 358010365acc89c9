import {
  isPlatform,
  isSamePlatform,
  type Platform,
  platformName,
  splitRegistry,
} from '../../../model/index.js'

/** A reference in full: `debian` becomes docker.io/library/debian:latest. */
export function canonicalName(reference: string): string {
  const [name = '', digest] = reference.split('@', 2)
  const { registry, rest } = splitRegistry(name)
  if (digest !== undefined) {
    return `${registry}/${rest}@${digest}`
  }
  return `${registry}/${rest}${/:[^/]*$/.test(rest) ? '' : ':latest'}`
}

/** `linux/arm64/v8`, as written on a command line. */
export function platformText(platform: Platform | null): string {
  return platform === null ? 'an unknown platform' : platformName(platform)
}

/** True if `platform` matches what is requested (os/architecture[/variant]), in any case and by any of its names. */
export function fitsPlatform(platform: Platform | null, requested: string): boolean {
  const name = platform === null ? null : platformName(platform)
  return name !== null && (isPlatform(name, requested.toLowerCase()) || isSamePlatform(name, requested))
}

const OCI_ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }

/** This machine's platform with OCI's names (those of Go), to choose from an image with several. */
export function hostPlatform(): string {
  return `linux/${OCI_ARCHITECTURES[process.arch] ?? process.arch}`
}
