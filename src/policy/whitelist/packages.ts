/**
 * How an entry names packages: a source package of Debian (policy 5.6.1), a package of the application by its type and
 * name (`pypi/django`) or as a package URL, a pattern of them, or `*`. Letters of other scripts are in no such name.
 */
const OF_DEBIAN = '[a-z0-9*][a-z0-9+.*-]+'
const OF_APPLICATION = '(?:pkg:)?(?:npm|pypi|maven|gem|golang|composer)/[A-Za-z0-9@*%~_.+/:-]+'
export const PACKAGES = new RegExp(`^(?:\\*|${OF_DEBIAN}|${OF_APPLICATION})$`)

export const NO_PACKAGE =
  'is not a source package name (Debian policy 5.6.1), nor a package of the application such as pypi/django, nor "*"'

/**
 * The name as findings have it: `pkg:npm/%40babel/traverse@7.0.0` → `npm/@babel/traverse@7.0.0`, PyPI's as PEP 503
 * normalizes them. A version stays, and narrows the entry to it.
 */
export function packageNamed(text: string): string {
  if (!text.includes('/')) {
    return text
  }
  const [name, version] = partsOf(decoded(text.replace(/^pkg:/, '')))
  const lower = /^(?:pypi|golang|composer)\//.test(name) ? name.toLowerCase() : name
  const known = lower.startsWith('pypi/') ? lower.replace(/[-_.]+/g, '-') : lower
  return version === null ? known : `${known}@${version}`
}

/** A scope of npm begins with an at sign, which is behind a slash. */
function partsOf(text: string): readonly [name: string, version: string | null] {
  const at = text.lastIndexOf('@')
  return at <= text.lastIndexOf('/') + 1 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
