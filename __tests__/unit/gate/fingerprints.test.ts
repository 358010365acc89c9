import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Collected } from '../../../src/gate/collected.js'
import { decide } from '../../../src/gate/decide.js'
import { loadEvidence, saveEvidence } from '../../../src/gate/evidence/folder.js'
import { renderSarif, sarifCategories } from '../../../src/reports/sarif/sarif.js'
import { aPolicy, aSource, TODAY } from '../../support/builders.js'
import { readSarif } from '../../support/sarif.js'
import { debian, evidenceOf, reportOf, scanned, statusOf } from '../checks/clair/builders.js'

const APT = { name: 'apt', version: '2.6.1' }
const rows = { apt: { 'CVE-2026-1001': { status: 'resolved', fixed_version: '2.6.2', urgency: 'high' } } }
const tracker = aSource({
  name: 'debian-security-tracker',
  fetchedAt: `${TODAY}T06:00:00Z`,
  date: `${TODAY}T05:00:00Z`,
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fingerprints-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** An image with an old apt, as it was requested and as an archive names it. */
function collectedAs(reference: string, nameInArchive?: string): Collected {
  const image = { ...debian({ 'var/lib/dpkg/status': statusOf([APT]) }), reference }
  return {
    reference,
    image: nameInArchive === undefined ? image : { ...image, nameInArchive },
    problem: null,
    evidence: [{ ...evidenceOf(reportOf(scanned([APT]), rows), rows), sources: [tracker] }],
    dockerfiles: [],
    platform: null,
    others: null,
  }
}

function uploaded(collected: readonly Collected[]) {
  const verdict = decide(collected, aPolicy(), TODAY)
  const { runs } = readSarif(renderSarif(verdict, { name: 'seaworthy', version: '1.2.3' }))
  const fingerprints = runs.map(({ results }) =>
    results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash),
  )
  expect(fingerprints.every((ofImage) => ofImage.length > 0)).toBe(true)
  return { fingerprints, categories: sarifCategories(verdict, null) }
}

const byName = collectedAs('ghcr.io/acme/shop:1')
const named = collectedAs('build/shop.tar', 'ghcr.io/acme/shop:1')
const unnamed = collectedAs('build/shop.tar')

test('when an archive names its image, then the fingerprints are the image’s, and the category is the path’s', () => {
  const ofArchive = uploaded([named])
  expect(ofArchive.fingerprints).toEqual(uploaded([byName]).fingerprints)
  expect(ofArchive.fingerprints).not.toEqual(uploaded([unnamed]).fingerprints)
  expect(ofArchive.categories).toEqual(['seaworthy/build/shop.tar/linux/amd64'])
  expect(ofArchive.categories).toEqual(uploaded([unnamed]).categories)
})

test('when evidence of an archive is replayed, then the fingerprints are those of the scan', () => {
  saveEvidence(folder, TODAY, [named, unnamed])
  expect(uploaded(loadEvidence(folder).collected)).toEqual(uploaded([named, unnamed]))
})

test('when an archive claims the name of another image of the run, then both have all results, in their own category', () => {
  const both = uploaded([byName, named])
  expect(both.fingerprints).toEqual([uploaded([byName]).fingerprints[0], uploaded([named]).fingerprints[0]])
  expect(both.categories).toEqual([
    'seaworthy/ghcr.io/acme/shop/linux/amd64',
    'seaworthy/build/shop.tar/linux/amd64',
  ])
})
