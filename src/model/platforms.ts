import type { Platform } from './image.js'

/** Which platforms of an image are judged: the engine's (`null`), all that its index has, or these (`linux/arm64`). */
export type PlatformChoice = null | 'all' | readonly string[]

/** `os/architecture[/variant]`, as Docker's `--platform` takes it. */
export const PLATFORM = /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/

/** Something that an index names (OCI image-spec, image-index.md). */
export interface NamedPlatform {
  /** As the index says it, at most 60 characters; `no platform` where it says none. Holds words from outside. */
  readonly platform: string
  /** Of its manifest. */
  readonly digest: string
  /** False for attestations and other documents that nobody runs. */
  readonly isImage: boolean
  /** False where the archive, or the engine, names it and has not all of it. */
  readonly isWhole: boolean
}

/** What an index has beside the platforms that were judged. Holds words from outside. */
export interface OtherPlatforms {
  /** Of Linux, so that they may be Debian's: nobody has looked. */
  readonly notExamined: readonly string[]
  /** What is no image of Linux, with what it is: `windows/amd64`, `2 attestations`. */
  readonly skipped: readonly string[]
  /** Why it is not known whether there are others; `null` where it is known. */
  readonly unknown: string | null
}

/** More than any image has; an index with more is not taken for one. */
export const MOST_PLATFORMS = 40

const LENGTH = 60
/** What an index that says no platform of an image is told as. */
const UNSAID = 'no platform'

export function toldPlatform(
  told: {
    readonly os: string
    readonly architecture: string
    readonly variant?: string | null | undefined
  } | null,
): string {
  if (told === null) {
    return UNSAID
  }
  const { architecture, variant } = told
  // As containerd takes it: no system is the host's own, and capitals do not count.
  const os = told.os.toLowerCase() || 'linux'
  return [os, architecture, ...(variant ? [variant] : [])].join('/').slice(0, LENGTH)
}

/** `null` for what is no platform. */
export function parsePlatform(text: string): Platform | null {
  if (!PLATFORM.test(text)) {
    return null
  }
  const [os = '', architecture = '', variant = null] = text.split('/')
  return { os, architecture, variant }
}

/** True where a platform is the one that is asked for: arm64 without a variant is v8; no variant asked for is any. */
export function isPlatform(text: string, wanted: string): boolean {
  const [has, needs] = [parsePlatform(text), parsePlatform(wanted)]
  if (has === null || needs === null || has.os !== needs.os || has.architecture !== needs.architecture) {
    return false
  }
  const variant = ({ architecture, variant }: Platform) => variant ?? (architecture === 'arm64' ? 'v8' : null)
  return needs.variant === null || variant(has) === variant(needs)
}

/**
 * False for attestations and other documents, which say no platform or an unknown one (BuildKit's
 * attestation-storage.md). What says a platform is pulled by it, whatever else it says of itself.
 * @param isOther true where the entry says that it is no image
 */
export function isRunnable(
  platform: { readonly os: string; readonly architecture: string } | null,
  isOther: boolean,
): boolean {
  const isUnknown = platform?.os === 'unknown' && platform.architecture === 'unknown'
  return !isUnknown && !(platform === null && isOther)
}

/** The other systems of the OCI image-spec (GOOS). What is none of them may be run by an engine on Linux. */
const OTHER_SYSTEMS = [
  ...['aix', 'android', 'darwin', 'dragonfly', 'freebsd', 'illumos', 'ios', 'js', 'netbsd', 'openbsd'],
  ...['plan9', 'solaris', 'wasip1', 'windows'],
]

/** What may be Debian: an image of Linux, also one of which the index says nothing, or nothing that is known. */
export function mayBeDebian({ platform, isImage }: NamedPlatform): boolean {
  return isImage && !OTHER_SYSTEMS.includes(platform.split('/')[0] ?? '')
}

/** What an index has beside what was judged of it. @param examined digests of manifests */
export function othersOf(named: readonly NamedPlatform[], examined: ReadonlySet<string>): OtherPlatforms {
  const left = named.filter(({ digest }) => !examined.has(digest))
  const missing = left.filter((one) => mayBeDebian(one) && !one.isWhole)
  const attestations = left.filter(({ isImage }) => !isImage).length
  const told = (one: NamedPlatform) => {
    const isTwice = named.filter(({ platform }) => platform === one.platform).length > 1
    return isTwice || one.platform === UNSAID ? `${one.platform} (${one.digest.slice(0, 19)})` : one.platform
  }
  return {
    notExamined: left.filter((one) => mayBeDebian(one) && one.isWhole).map(told),
    skipped: [
      ...left.filter((one) => one.isImage && !mayBeDebian(one)).map(told),
      ...missing.map((one) => `${told(one)} (requested but missing)`),
      ...(attestations === 0 ? [] : [attestations === 1 ? '1 attestation' : `${attestations} attestations`]),
    ],
    unknown: null,
  }
}

/** For people: what was asked for. */
export function choiceWords(choice: PlatformChoice): string | null {
  if (choice === null) {
    return null
  }
  return choice === 'all' ? 'all platforms' : choice.join(', ')
}
