import { describe, expect, test } from '@jest/globals'
import {
  changelogInDiff,
  entriesAbove,
  wantedChangelogs,
} from '../../../../src/inventory/provenance/changelog.js'

const entry = (version: string, text: string) =>
  `perl (${version}) bookworm-security; urgency=high\n\n  * ${text}\n\n -- A B <a@example.org>  Mon, 23 Nov 2026 10:00:00 +0100\n`
const CHANGELOG = [
  entry('5.36.0-7+deb12u5', 'Fix CVE-2026-0005 (see CVE-2026-0004).'),
  entry('5.36.0-7+deb12u4', 'Fix CVE-2026-0004, CVE-2026-00.'),
  entry('5.36.0-7+deb12u3', 'Fix CVE-2026-0003.'),
].join('\n')

describe('the entries of a changelog', () => {
  test('when they are above the installed version, then they are taken as they stand', () => {
    const entries = entriesAbove(CHANGELOG, '5.36.0-7+deb12u3')
    expect(entries.map(({ version }) => version)).toEqual(['5.36.0-7+deb12u5', '5.36.0-7+deb12u4'])
    expect(entries[1]?.text).toBe(entry('5.36.0-7+deb12u4', 'Fix CVE-2026-0004, CVE-2026-00.'))
  })

  test('when a line is no version of Debian, then nothing below it is believed', () => {
    const odd = `${entry('2', 'a')}${entry('_', 'b')}${entry('3', 'c')}`
    expect(entriesAbove(odd, '1').map(({ version }) => version)).toEqual(['2'])
  })
})

describe('the changelogs that are wanted', () => {
  const built = (source: string, sourceVersion: string) => ({ source, sourceVersion })

  test('when security has a newer version of a source package, then it is wanted once, from the lowest installed', () => {
    expect(
      wantedChangelogs(
        [built('perl', '3'), built('perl', '2'), built('zlib', '1'), built('bash', '5')],
        [built('perl', '4'), built('perl', '5'), built('zlib', '1'), built('tar', '9')],
      ),
    ).toEqual([{ source: 'perl', version: '5', installed: '2' }])
  })

  test('when several are wanted, then they are sorted, and the highest of each is, whatever the order', () => {
    const installed = [built('zlib', '1'), built('perl', '2'), built('perl', '3'), built('apt', '1')]
    expect(
      wantedChangelogs(installed, [
        ...[built('zlib', '2'), built('perl', '5'), built('perl', '4'), built('apt', '2')],
      ]),
    ).toEqual([
      { source: 'apt', version: '2', installed: '1' },
      { source: 'perl', version: '5', installed: '2' },
      { source: 'zlib', version: '2', installed: '1' },
    ])
  })
})

describe('a diff of format 1.0', () => {
  const diff = `--- pcre2-10.42.orig/debian/control
+++ pcre2-10.42/debian/control
@@ -0,0 +1,1 @@
+Source: pcre2
--- pcre2-10.42.orig/debian/changelog
+++ pcre2-10.42/debian/changelog
@@ -0,0 +1,2 @@
+pcre2 (10.42-1) unstable; urgency=low
+
--- pcre2-10.42.orig/debian/rules
+++ pcre2-10.42/debian/rules
`
  test('when it adds the changelog, then that is taken whole', () => {
    expect(changelogInDiff(diff)).toBe('pcre2 (10.42-1) unstable; urgency=low\n\n')
  })

  test('when it adds nothing, or ends there, then that is what there is', () => {
    expect(changelogInDiff(diff.replace('+pcre2 (10.42-1) unstable; urgency=low\n+\n', ''))).toBeNull()
    expect(changelogInDiff('+++ a/debian/changelog\n@@ -0,0 +1 @@\n+a\n+b')).toBe('a\nb\n')
    expect(changelogInDiff('+++ a/debian/changelog\n@@ -0,0 +1 @@\n+a\n+++ b')).toBe('a\n')
    expect(changelogInDiff('+++ a/debian/changelog')).toBeNull()
    expect(changelogInDiff('')).toBeNull()
  })

  test('when it does not, or only changes it, then there is none', () => {
    expect(changelogInDiff(diff.replaceAll('/changelog', '/copyright'))).toBeNull()
    expect(changelogInDiff(diff.replace('@@ -0,0 +1,2 @@', '@@ -1,1 +1,2 @@'))).toBeNull()
  })
})
