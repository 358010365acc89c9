import { percentDecoded, programOfBitnami } from '../../model/index.js'

/**
 * How an entry names packages: a Debian source package (policy 5.6.1), an application package by type and name
 * (`pypi/django`), a program (`program/nginx`), either as a package URL, a pattern of them, or `*`. Such names contain no
 * letters of other scripts.
 */
const DEBIAN_NAME = '[a-z0-9*][a-z0-9+.*-]+'
const APPLICATION_NAME = '(?:pkg:)?(?:npm|pypi|maven|gem|golang|composer|cargo)/[A-Za-z0-9@*%~_.+/:-]+'
const PROGRAM_NAME = '(?:program|(?:pkg:)?bitnami)/[a-z0-9*-]+(?:@[A-Za-z0-9*.+~-]+)?'
export const PACKAGES = new RegExp(`^(?:\\*|${DEBIAN_NAME}|${APPLICATION_NAME}|${PROGRAM_NAME})$`)

export const PACKAGE_ERROR =
  'is neither a source package name (Debian Policy 5.6.1), nor an application package such as pypi/django, nor a program such as program/nginx, nor "*"'

/**
 * The name as in findings: `pkg:npm/%40babel/traverse@7.0.0` → `npm/@babel/traverse@7.0.0`, PyPI's normalized by PEP
 * 503, and `pkg:bitnami/apache` → `program/httpd`. A version stays, and narrows the entry to it.
 */
export function packageNamed(text: string): string {
  if (!text.includes('/')) {
    return text
  }
  const whole = text.replace(/^pkg:/, '')
  const [name, version] = partsOf(percentDecoded(whole) ?? whole)
  const lower = /^(?:pypi|golang|composer)\//.test(name) ? name.toLowerCase() : name
  const [, bitnami] = /^bitnami\/(.+)$/.exec(lower) ?? []
  const known =
    bitnami !== undefined
      ? `program/${programOfBitnami(bitnami) ?? bitnami}`
      : lower.startsWith('pypi/')
        ? lower.replace(/[-_.]+/g, '-')
        : lower
  return version === null ? known : `${known}@${version}`
}

/** An npm scope begins with an at sign, which follows a slash. */
function partsOf(text: string): readonly [name: string, version: string | null] {
  const [, name = text, version = null] = /^(.*[^/])@([^/@]*)$/s.exec(text) ?? []
  return [name, version]
}
