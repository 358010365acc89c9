import { parseOsRelease, readRelease } from '../../../debian/os-release.js'
import {
  type HistoryLine,
  type Image,
  jsonIn,
  mergeLayers,
  parseReference,
  type Reference,
  readOrNull,
  referenceName,
} from '../../../model/index.js'

/** What an image says about its own base. None of it is proven. */
export interface BaseClaims {
  /** From a label, with a digest if it has one. */
  readonly label: { readonly reference: Reference; readonly digest: string | null } | null
  /** From the first history line: Docker's official image of Debian. */
  readonly debian: { readonly codename: string; readonly asOf: string | null } | null
  /** Names of official images that later history lines match. */
  readonly officialNames: readonly string[]
  /** From os-release: one of Google's distroless images, for this version of Debian. */
  readonly distroless: string | null
}

export function claimsOf(image: Image): BaseClaims {
  const { files } = mergeLayers(image.layers)
  const codename = readOrNull(() => readRelease(files).codename)
  const debian = debianIn(image.history, codename)
  return {
    label: labelIn(image.config),
    debian,
    officialNames: debian === null ? [] : officialNamesIn(image.history, debian.codename),
    distroless: distrolessIn(files),
  }
}

/** annotations.md of the OCI image specification; and the label of Cloud Native Buildpacks' lifecycle. */
function labelIn(config: Image['config']): BaseClaims['label'] {
  const labels = (config.config as { Labels?: unknown } | null | undefined)?.Labels
  if (typeof labels !== 'object' || labels === null) {
    return null
  }
  const text = (name: string): string => {
    const value: unknown = Reflect.get(labels, name)
    return typeof value === 'string' ? value.trim() : ''
  }
  const name =
    text('org.opencontainers.image.base.name') || runImageIn(text('io.buildpacks.lifecycle.metadata'))
  const reference = parseReference(name)
  if (reference === null) {
    return null
  }
  const digest = text('org.opencontainers.image.base.digest')
  return { reference, digest: reference.digest ?? (/^sha256:[0-9a-f]{64}$/.test(digest) ? digest : null) }
}

function runImageIn(metadata: string): string {
  const { runImage, stack } = (jsonIn(metadata) ?? {}) as {
    runImage?: { image?: unknown }
    stack?: { runImage?: { image?: unknown } }
  }
  const name = runImage?.image ?? stack?.runImage?.image
  return typeof name === 'string' ? name : ''
}

/** The line of debuerreotype, which makes Debian's official images; the time is that of its archive snapshot. */
const DEBUERREOTYPE = /^(?:RUN )?# debian\.sh --arch '[a-z0-9]+' out\/ '([a-z]+)' '@(\d{9,11})'$/
/**
 * The history of older official images: the root as one file, and a shell. Other distributions have the same lines, but
 * not Debian's os-release.
 */
const ROOT_FILE = /^\/bin\/sh -c #\(nop\) ADD (?:file:)?[0-9a-f:]{64,80} in \/ *$/
const SHELL = /^\/bin\/sh -c #\(nop\) +CMD \["bash"\]$/

function debianIn(history: readonly HistoryLine[], codename: string | null): BaseClaims['debian'] {
  const first = history[0]?.createdBy ?? ''
  const [, timestamp, seconds] = DEBUERREOTYPE.exec(first) ?? []
  if (timestamp !== undefined) {
    return { codename: timestamp, asOf: new Date(Number(seconds) * 1000).toISOString().slice(0, 10) }
  }
  const isOld = ROOT_FILE.test(first) && SHELL.test(history[1]?.createdBy ?? '')
  return isOld && codename !== null ? { codename, asOf: null } : null
}

/**
 * The variable that each of these official images sets, and how its tags on Debian are formed. nginx and postgres add
 * packages that are not Debian's (decision 33); the version of PostgreSQL's package begins with that of the tag.
 */
const TAGS_BY_VARIABLE: Readonly<Record<string, (version: string, codename: string) => string[]>> = {
  PYTHON_VERSION: (v, c) => [`python:${v}-slim-${c}`, `python:${v}-${c}`],
  NODE_VERSION: (v, c) => [`node:${v}-${c}-slim`, `node:${v}-${c}`],
  RUBY_VERSION: (v, c) => [`ruby:${v}-slim-${c}`, `ruby:${v}-${c}`],
  GOLANG_VERSION: (v, c) => [`golang:${v}-${c}`],
  NGINX_VERSION: (v, c) => [`nginx:${v}-${c}`, `nginx:${v}`],
  PG_VERSION: (v, c) => [`postgres:${v.replace(/-.*/, '')}-${c}`, `postgres:${v.replace(/-.*/, '')}`],
}

function officialNamesIn(history: readonly HistoryLine[], codename: string): string[] {
  for (const { createdBy } of history) {
    const line = /^(?:\/bin\/sh -c #\(nop\) +)?ENV ([A-Z]+_VERSION)=(\d[\w.+~-]{0,30})$/.exec(createdBy ?? '')
    const [, name = '', version = ''] = line ?? []
    if (!Object.hasOwn(TAGS_BY_VARIABLE, name)) {
      continue
    }
    return (TAGS_BY_VARIABLE[name]?.(version, codename) ?? []).flatMap((text) => {
      const reference = parseReference(text)
      return reference === null ? [] : [referenceName(reference)]
    })
  }
  return []
}

function distrolessIn(files: Readonly<Record<string, string>>): string | null {
  const values = parseOsRelease(files['etc/os-release'] ?? files['usr/lib/os-release'] ?? '')
  const version = values.get('VERSION_ID') ?? ''
  return values.get('PRETTY_NAME') === 'Distroless' && /^\d{1,3}$/.test(version) ? version : null
}
