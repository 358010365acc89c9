import { parseReference } from '../model/index.js'

/** Images whose package databases are not Debian's, by the last part of their names. Derivatives are not Debian. */
const OTHERS: ReadonlySet<string> = new Set(
  (
    'almalinux alpine amazonlinux archlinux busybox centos clearlinux fedora mageia opensuse oraclelinux photon ' +
    'rockylinux sl ubi ubi-micro ubi-minimal ubuntu wolfi-base'
  ).split(' '),
)
const OTHER_TAG = /(?:^|[-.])(?:alpine|ubuntu|focal|jammy|noble|fedora|ubi\d*)/
/** What has no layers: a Dockerfile names it to begin with nothing, and no registry has it. */
const EMPTY = 'scratch'

/** True for the base that is no image: it cannot be pulled. */
export function isEmptyBase(base: string | null): boolean {
  return base === EMPTY
}

/**
 * What the gate would say of an image on that base, if its name shows that it is not Debian; else `null`. The gate
 * itself reads the image's os-release.
 */
export function notDebianText(base: string | null): string | null {
  if (isEmptyBase(base)) {
    return `${EMPTY} has no packages: an image without Debian's os-release file and package database ends INCOMPLETE (${ONLY})`
  }
  const { repository = '', tag = null } = parseReference(base ?? '') ?? {}
  const name = repository.split('/').at(-1) ?? ''
  return OTHERS.has(name) || OTHER_TAG.test(tag ?? '')
    ? `${base} is not Debian: an image built on it ends INCOMPLETE (${ONLY})`
    : null
}

const ONLY = 'Seaworthy judges Debian-based images only'
