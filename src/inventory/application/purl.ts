import type { PurlType } from '../../model/index.js'

/**
 * A package of an ecosystem as a package URL (https://github.com/package-url/purl-spec, PURL-TYPES.rst): PyPI's names
 * as PEP 503 normalizes them, Composer's and Go's in lower case, the group of Maven and the scope of npm as namespace.
 */
export function applicationPurl(ecosystem: PurlType, name: string, version: string | null): string {
  const path = pathOf(ecosystem, name).map(encodeURIComponent).join('/')
  return `pkg:${ecosystem}/${path}${version === null ? '' : `@${encodeURIComponent(version)}`}`
}

function pathOf(ecosystem: PurlType, name: string): readonly string[] {
  switch (ecosystem) {
    case 'pypi':
      return [name.toLowerCase().replace(/[-_.]+/g, '-')]
    case 'maven':
      return name.split(':')
    case 'golang':
    case 'composer':
      return name.toLowerCase().split('/')
    case 'npm':
      return name.split('/')
    case 'gem':
    case 'cargo':
    case 'bitnami':
      return [name]
  }
}
