import { percentDecoded, programOfBitnami } from '../../model/index.js'

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
