import type { Target } from '../../../debian/apt/sources.js'
import { redactUrl } from '../../../io/http/url.js'
import { DEBIAN_ARCHIVE, SECURITY_ARCHIVE } from '../../../model/index.js'
import {
  type ArchiveName,
  archiveOf,
  isDebianArchive,
  isSnapshot,
  type Mirror,
  withSlash,
} from './mirrors.js'

export interface MirrorSources {
  /** The inputs debian-mirror and debian-security-mirror. */
  readonly inputs: Readonly<Record<ArchiveName, string | null>>
  readonly image: readonly Target[]
  readonly machine: readonly Target[]
  /** True: the cache is read in place of Debian's own hosts. */
  readonly offline?: boolean | undefined
}

const DEBIAN_ARCHIVE_URLS: Readonly<Record<ArchiveName, string>> = {
  main: `${DEBIAN_ARCHIVE}/`,
  security: `${SECURITY_ARCHIVE}/`,
}
/** The image is not trusted: it must not make us contact arbitrary hosts. */
const MAX_MIRRORS_PER_KIND = 4

/**
 * The mirrors of an archive, each once; of equal answers the earlier mirror's counts. The image's own mirrors come
 * last, and only those on Debian's hosts: the image's maker must not choose who reports its missing updates
 * (docs/decisions/0036-whose-mirrors-are-asked.md).
 */
export function mirrorsOf(archive: ArchiveName, sources: MirrorSources): Mirror[] {
  const { inputs, image, machine, offline = false } = sources
  const input = inputs[archive]
  const reachable: Mirror[] = [
    ...(input === null ? [] : [{ url: withSlash(input), from: 'input' as const }]),
    ...urlsIn(machine, archive).map((url) => ({ url, from: 'machine' as const })),
  ]
  const debian = DEBIAN_ARCHIVE_URLS[archive]
  const all: Mirror[] = offline
    ? [...reachable.filter(({ url }) => !isDebianHost(url)), { url: debian, from: 'kept' }]
    : [
        ...reachable,
        { url: debian, from: 'default' },
        ...urlsIn(image, archive)
          .filter(isDebianHost)
          .map((url) => ({ url, from: 'image' as const })),
      ]
  return all.filter(({ url }, index) => all.findIndex((one) => one.url === url) === index)
}

/** Addresses of mirrors that only the image names and that get no request, without credentials. */
export function unaskedMirrorsOf(archive: ArchiveName, sources: MirrorSources): string[] {
  const requested = new Set(mirrorsOf(archive, sources).map(({ url }) => url))
  return urlsIn(sources.image, archive)
    .filter((url) => !isDebianHost(url))
    .map(redactUrl)
    .filter((url) => !requested.has(url))
}

/**
 * Debian's own names: everything below debian.org, at its usual ports. Its content networks answer under
 * these (deb.debian.org, cdn-fastly.deb.debian.org); any developer may have a name below debian.net.
 */
function isDebianHost(address: string): boolean {
  const url = URL.parse(address)
  const isPlain = url?.port === '' && url.username === '' && url.password === ''
  return isPlain && /(?:^|\.)debian\.org$/.test(url.hostname)
}

/** The hosts that the user or the machine names: they may be in a network that nobody else reaches. */
export function hostsNamed({ inputs, machine }: Omit<MirrorSources, 'image'>): ReadonlySet<string> {
  const configuredUrls = [inputs.main, inputs.security, ...machine.map(({ uri }) => uri)]
  return new Set(configuredUrls.flatMap((address) => URL.parse(address ?? '')?.hostname ?? []))
}

/** A mirror may redirect to itself, perhaps with TLS; Debian's own hosts may also redirect to each other. */
export function mayRedirect(from: URL, to: URL): boolean {
  const isSame = from.hostname === to.hostname && from.port === to.port
  return isSame || (isDebianHost(from.href) && isDebianHost(to.href))
}

function urlsIn(targets: readonly Target[], archive: ArchiveName): string[] {
  const matchingTargets = targets.filter(
    (one) => isDebianArchive(one) && !isSnapshot(one.uri) && archiveOf(one.suite) === archive,
  )
  return [...new Set(matchingTargets.map(({ uri }) => withSlash(uri)))].slice(0, MAX_MIRRORS_PER_KIND)
}
