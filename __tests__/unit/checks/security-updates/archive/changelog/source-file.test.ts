import { describe, expect, test } from '@jest/globals'
import { sourceFileOf } from '../../../../../../src/checks/security-updates/archive/changelog/source-file.js'
import type { PackagesIndex } from '../../../../../../src/checks/security-updates/archive/packages-index.js'
import { problemThrownBy } from '../../../../../support/problems.js'

const HASH = 'a'.repeat(64)
const MOST = 32 * 2 ** 20

const stanza = (files: Readonly<Record<string, number>>, directory = 'pool/main/p/perl', version = '2') => {
  const lines = Object.entries(files).map(([name, size]) => ` ${HASH} ${size} ${name}\n`)
  return `Package: perl\nVersion: ${version}\nDirectory: ${directory}\nChecksums-Sha256:\n${lines.join('')}`
}
const find = (...texts: readonly string[]) => {
  const index = { url: 'x', stanzas: texts.map((text) => ({ name: 'perl', text })) }
  return sourceFileOf({ source: 'perl', version: '2', installed: '1' }, [index as unknown as PackagesIndex])
}

describe('the file of a source package with its changelog', () => {
  test.each([
    ['3.0 (quilt)', ['perl_2.dsc', 'perl_2.orig.tar.gz', 'perl_2.debian.tar.xz'], 2, 'tar', '.xz'],
    ['1.0', ['perl_2.orig.tar.gz', 'perl_2.diff.gz'], 1, 'diff', '.gz'],
    ['of a native package', ['perl_2.dsc', 'perl_2.tar.xz'], 1, 'tar', '.xz'],
  ])('when its format is %s, then it is found', (_, names, at, kind, packing) => {
    const files = Object.fromEntries(names.map((name) => [name, 5]))
    expect(find(stanza(files, 'pool/old', '1'), stanza(files))).toEqual({
      ...{ path: `pool/main/p/perl/${names[at]}`, kind, packing, sha256: HASH, size: 5 },
    })
  })

  test('when it is as large as is read, then it is found', () => {
    expect(find(stanza({ 'perl_2.tar.xz': MOST })).size).toBe(MOST)
  })

  test.each([
    ['it is larger', stanza({ 'perl_2.tar.xz': MOST + 1 }), `perl_2.tar.xz is larger than ${MOST} bytes`],
    ['there is none', stanza({ 'perl_2.orig.tar.xz': 5 }), 'has no file that contains a changelog'],
    [
      'only another version is listed',
      stanza({ 'perl_2.tar.xz': 5 }, 'pool/p', '1'),
      'not in the source index',
    ],
    [
      'its folder leads elsewhere',
      stanza({ 'perl_2.tar.xz': 5 }, 'pool/../x'),
      'its Directory field is not in the expected format',
    ],
    [
      'its folder is not in the pool',
      stanza({ 'perl_2.tar.xz': 5 }, '/etc'),
      'its Directory field is not in the expected format',
    ],
  ])('when %s, then the changelog is missing', (_, text, why) => {
    expect(problemThrownBy(() => find(text))).toMatchObject({
      ...{ code: 'changelog-missing', what: `perl 2: ${why}` },
    })
  })
})
