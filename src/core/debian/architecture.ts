import type { Platform } from '../image.js'

/** Debian's names of architectures (dpkg-architecture(1)) by those of the OCI image specification (GOARCH). */
const NAMES: Readonly<Record<string, string>> = {
  '386': 'i386',
  arm: 'armhf',
  ppc64le: 'ppc64el',
  mips64le: 'mips64el',
  mipsle: 'mipsel',
  loong64: 'loong64',
}

/** The native architecture of a Debian image of this platform, as dpkg calls it. */
export function debianArchitecture({ architecture, variant }: Platform): string {
  if (architecture === 'arm' && (variant === 'v5' || variant === 'v6')) return 'armel'
  return NAMES[architecture] ?? architecture
}
