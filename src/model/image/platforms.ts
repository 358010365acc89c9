import * as z from 'zod'
import { type TypeOf, textOrNull, texts } from '../schemas.js'
import type { Platform } from './image.js'

/** Which platforms of an image are judged: the engine's (`null`), all in its index, or these (`linux/arm64`). */
export type PlatformChoice = null | 'all' | readonly string[]

/** `os/architecture[/variant]`, in the form of Docker's `--platform`. */
export const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/

/** An entry of an image index (OCI image-spec, image-index.md). */
export interface NamedPlatform {
  /** The platform as in the index, at most 60 characters; `no platform` if there is none. Text from outside. */
  readonly platform: string
  /** Digest of the entry's manifest. */
  readonly digest: string
  /** False for attestations and other documents that nobody runs. */
  readonly isImage: boolean
  /** False if the archive or the engine names it and does not have all of it. */
  readonly isWhole: boolean
}

export const OtherPlatformsSchema = z.strictObject({
  notExamined: texts.describe('Linux platforms that were not examined'),
  /** With their kind: `windows/amd64`, `2 attestations`. */
  skipped: texts.describe(
    'Attestations, images for other operating systems, and listed images that are missing',
  ),
  unknown: textOrNull.describe('Why it is not known whether the image has other platforms'),
})
/** What an index has in addition to the judged platforms. Contains text from outside. */
export type OtherPlatforms = TypeOf<typeof OtherPlatformsSchema>

/** Limit for the entries of an index; no image has as many. */
export const MAX_PLATFORMS = 40

const LENGTH = 60
/** The name for an index entry that states no platform. */
const UNSAID = 'no platform'

type NamedSystem = Pick<Platform, 'os' | 'architecture'>

export function platformNameOf(
  platform: (NamedSystem & { readonly variant?: string | null | undefined }) | null,
): string {
  if (platform === null) {
    return UNSAID
  }
  const { architecture, variant } = platform
  // As in containerd: without a system it is the host's own, and case does not matter.
  const os = platform.os.toLowerCase() || 'linux'
  return [os, architecture, ...(variant ? [variant] : [])].join('/').slice(0, LENGTH)
}

/** Reads `os/architecture[/variant]`; `null` if the text is not a platform. */
export function parsePlatform(text: string): Platform | null {
  if (!PLATFORM.test(text)) {
    return null
  }
  const [os = '', architecture = '', variant = null] = text.split('/')
  return { os, architecture, variant }
}

/** True if a platform is the requested one: arm64 without a variant is v8; a request without a variant matches any. */
export function isPlatform(text: string, wanted: string): boolean {
  const [has, needs] = [parsePlatform(text), parsePlatform(wanted)]
  if (has === null || needs === null || has.os !== needs.os || has.architecture !== needs.architecture) {
    return false
  }
  const variant = ({ architecture, variant }: Platform) => variant ?? (architecture === 'arm64' ? 'v8' : null)
  return needs.variant === null || variant(has) === variant(needs)
}

/** Names of processors that engines take for others, in lower case (containerd/platforms, database.go). */
const ARCHITECTURES: ReadonlyMap<string, readonly [architecture: string, variant?: string]> = new Map([
  ['i386', ['386', '']],
  ['x86_64', ['amd64']],
  ['x86-64', ['amd64']],
  ['aarch64', ['arm64']],
  ['armhf', ['arm', 'v7']],
  ['armel', ['arm', 'v6']],
])
/** The variant that each processor has without a name. */
const DEFAULT_VARIANTS: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8', arm: 'v7' }

/** True if engines take both names for the same platform: of several in an index, they pull the first. */
export function isSamePlatform(one: string, other: string): boolean {
  return normalized(one) === normalized(other)
}

function normalized(platform: string): string {
  const [os = '', name = '', named = ''] = platform.toLowerCase().split('/')
  const [architecture, variant = named] = ARCHITECTURES.get(name) ?? [name]
  const shown = /^\d+$/.test(variant) ? `v${variant}` : variant
  return [os, architecture, shown || (DEFAULT_VARIANTS[architecture] ?? '')].join('/')
}

/**
 * False for attestations and other documents, which state no platform or an unknown one (BuildKit's
 * attestation-storage.md). An entry with a platform can be pulled by it, whatever else it states.
 * @param isOther true if the entry says that it is not an image
 */
export function isRunnable(platform: NamedSystem | null, isOther: boolean): boolean {
  const isUnknown = platform?.os === 'unknown' && platform.architecture === 'unknown'
  return !isUnknown && !(platform === null && isOther)
}

/** The other systems of the OCI image-spec (GOOS). An engine on Linux may run anything with another name. */
const OTHER_SYSTEMS = [
  ...['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'illumos', 'ios', 'js', 'netbsd', 'openbsd'],
  ...['plan9', 'solaris', 'wasip1', 'windows'],
]

/** What may be Debian: an image for Linux, or one for which the index states no or an unknown system. */
export function mayBeDebian({ platform, isImage }: NamedPlatform): boolean {
  return isImage && !OTHER_SYSTEMS.includes(platform.split('/')[0] ?? '')
}

/** What an index has in addition to what was judged. @param examined digests of manifests */
export function othersOf(named: readonly NamedPlatform[], examined: ReadonlySet<string>): OtherPlatforms {
  const unexamined = named.filter(({ digest }) => !examined.has(digest))
  const missing = unexamined.filter((one) => mayBeDebian(one) && !one.isWhole)
  const attestations = unexamined.filter(({ isImage }) => !isImage).length
  const textOf = (one: NamedPlatform) => {
    const isAmbiguous = named.filter(({ platform }) => platform === one.platform).length > 1
    return isAmbiguous || one.platform === UNSAID
      ? `${one.platform} (${one.digest.slice(0, 19)})`
      : one.platform
  }
  return {
    notExamined: unexamined.filter((one) => mayBeDebian(one) && one.isWhole).map(textOf),
    skipped: [
      ...unexamined.filter((one) => one.isImage && !mayBeDebian(one)).map(textOf),
      ...missing.map((one) => `${textOf(one)} (requested but missing)`),
      ...(attestations === 0 ? [] : [attestations === 1 ? '1 attestation' : `${attestations} attestations`]),
    ],
    unknown: null,
  }
}

export function choiceText(choice: PlatformChoice): string | null {
  if (choice === null) {
    return null
  }
  return choice === 'all' ? 'all platforms' : choice.join(', ')
}
