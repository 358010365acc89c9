import { readVex, type VexDocument } from '../../src/policy/vex/read.js'
import { DIGEST } from './builders.js'

/** `aFinding()` as its image and package are called in OpenVEX documents. */
export const IMAGE_PRODUCT = { '@id': `pkg:oci/app@${DIGEST}?repository_url=docker.io/library/app` }
export const APT_SOURCE = { '@id': 'pkg:deb/debian/apt@2.6.1?arch=source&distro=bookworm' }

export function aRawStatement(part: object = {}): object {
  return {
    vulnerability: { name: 'CVE-2026-10001' },
    products: [IMAGE_PRODUCT],
    status: 'not_affected',
    justification: 'vulnerable_code_not_in_execute_path',
    impact_statement: 'apt-key is not used',
    ...part,
  }
}

export function aRawDocument(statements: readonly object[] = [aRawStatement()], part: object = {}): object {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'https://example.org/vex/1',
    author: 'Platform Team <platform@example.org>',
    timestamp: '2026-11-01T08:00:00Z',
    version: 1,
    statements,
    ...part,
  }
}

/** As a person would keep it: a line for each value. */
export function vexText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`
}

export function aVexDocument(statements: readonly object[], file = 'vex/app.openvex.json'): VexDocument {
  return readVex(vexText(aRawDocument(statements)), file)
}
