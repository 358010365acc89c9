import { expect, test } from '@jest/globals'
import { overlapsOf } from '../../../../src/policy/whitelist/overlaps.js'
import { aWhitelistEntry } from '../../../support/builders.js'

const entry = (line: number, id = '*') =>
  aWhitelistEntry({ check: 'security-updates', id, package: 'tar', place: { file: 'w.yml', line } })

test('when several entries accept all of another, then the first of the file is named, in whatever order they come', () => {
  const [first, narrow, last] = [entry(1), entry(2, 'CVE-2026-1001'), entry(3)]
  const textOf = (...all: (typeof first)[]) => overlapsOf(all).get(narrow)?.text
  expect(textOf(first, narrow, last)).toContain('w.yml:1 ')
  expect(textOf(last, narrow, first)).toContain('w.yml:1 ')
})
