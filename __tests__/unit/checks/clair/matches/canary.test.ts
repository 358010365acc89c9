import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, test } from '@jest/globals'
import { Parser } from 'tar'
import { ownCanary, trackerCanary, withCanary } from '../../../../../src/checks/clair/matches/canary.js'
import { type Canary, readCanary } from '../../../../../src/checks/clair/matches/proof.js'
import { readPackages } from '../../../../../src/debian/packages.js'
import { compareVersions } from '../../../../../src/debian/version.js'
import { parseTracker, writeTracker } from '../../../../../src/feeds/formats/tracker.js'
import { mergeLayers } from '../../../../../src/model/image/layers.js'
import { aLayer } from '../../../../support/builders.js'

/** Path -> text of the files of a tar, read by another hand than the one that wrote it. */
async function filesOf(tar: Buffer): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  const parser = new Parser({ strict: true })
  parser.on('entry', (entry) => {
    const chunks: Buffer[] = []
    entry.on('data', (chunk: Buffer) => chunks.push(chunk))
    entry.on('end', () => {
      files[entry.path] = Buffer.concat(chunks).toString('utf8')
    })
  })
  await new Promise((resolve, reject) => {
    parser.on('end', resolve)
    parser.on('error', reject)
    Readable.from([tar]).pipe(parser as unknown as NodeJS.WritableStream)
  })
  return files
}

const makers: [string, () => { canary: Canary; tar: Buffer }][] = [
  ['our own', ownCanary],
  ['of the tracker', () => trackerCanary('openssl', 'CVE-2023-5678')],
]

describe.each(makers)('the canary %s', (_, make) => {
  test('when it is made twice, then its layer is the same, and its name is the SHA-256 of it', () => {
    const { canary, tar } = make()
    expect(make()).toEqual({ canary, tar })
    expect(canary.layer).toBe(`sha256:${createHash('sha256').update(tar).digest('hex')}`)
  })

  test('when its layer is read, then a dpkg database of its own holds just it', async () => {
    const { canary, tar } = make()
    const files = await filesOf(tar)
    expect(Object.keys(files)).toEqual([
      'var/lib/seaworthy-canary/',
      'var/lib/seaworthy-canary/info/',
      'var/lib/seaworthy-canary/status',
    ])
    // Read where the image's own database is, since readPackages knows no other place.
    const status = files['var/lib/seaworthy-canary/status'] ?? ''
    const packages = readPackages(mergeLayers([aLayer({ files: { 'var/lib/dpkg/status': status } })]))
    expect(packages).toMatchObject([
      {
        name: canary.package,
        version: canary.version,
        source: canary.source,
        sourceVersion: canary.version,
        state: 'installed',
      },
    ])
  })

  test('when it is saved as evidence, then the proof reads it', () => {
    const { canary } = make()
    expect(readCanary({ documents: { 'canary.json': JSON.stringify(canary) } })).toMatchObject({
      kind: canary.kind,
      package: canary.package,
      version: canary.version,
      cve: canary.cve,
      layer: canary.layer,
    })
  })
})

describe('withCanary', () => {
  const tracker = parseTracker(
    JSON.stringify({
      apt: { 'CVE-2026-1': { releases: { bookworm: { status: 'open', urgency: 'low' } } } },
    }),
  )

  test('when a row is planted, then the canary is below its fix in each release, and nothing else changes', () => {
    const { canary } = ownCanary()
    const planted = parseTracker(writeTracker(withCanary(tracker, canary, new Set(['bookworm', 'trixie']))))
    expect([...planted.keys()].sort()).toEqual(['apt', canary.source])
    expect(planted.get('apt')).toEqual(tracker.get('apt'))
    const releases = planted.get(canary.source)?.get(canary.cve)?.releases
    expect([...(releases?.keys() ?? [])].sort()).toEqual(['bookworm', 'trixie'])
    for (const row of releases?.values() ?? []) {
      expect(row.status).toBe('resolved')
      expect(compareVersions(canary.version, row.fixedVersion ?? '0~')).toBeLessThan(0)
    }
  })
})

test('when a canary has a row of the tracker, then its version is below each that a package can have', () => {
  const { canary } = trackerCanary('openssl', 'CVE-2023-5678')
  for (const version of ['0', '0.0', '0-0', '3.0.13-1~deb12u1', '1:0']) {
    expect(compareVersions(canary.version, version)).toBeLessThan(0)
  }
})
