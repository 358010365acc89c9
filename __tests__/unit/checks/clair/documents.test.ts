import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { knownListing, narrowedTracker, rowsDocuments } from '../../../../src/checks/clair/documents.js'
import type { ClairListing } from '../../../../src/checks/clair/image.js'
import { type OpenTracker, openTracker } from '../../../../src/feeds/tracker/open.js'
import type { RowRequest } from '../../../../src/model/index.js'
import { problemOfRejected } from '../../../support/rejections.js'

const ROW = { status: 'open', urgency: 'low' }
const DOCUMENT = {
  apt: { 'CVE-2026-1001': { releases: { bookworm: ROW, sid: ROW, trixie: ROW } } },
  'python-django': { 'CVE-2026-1002': { releases: { bookworm: ROW, sid: ROW } } },
  other: { 'CVE-2026-1003': { releases: { bookworm: ROW, sid: ROW } } },
}

const folder = mkdtempSync(join(tmpdir(), 'sw-rows-'))
let tracker: OpenTracker
beforeAll(async () => {
  const source = join(folder, 'tracker.json')
  writeFileSync(source, JSON.stringify(DOCUMENT))
  tracker = await openTracker({ source, tempDir: folder })
})
afterAll(async () => {
  await tracker.close()
  rmSync(folder, { recursive: true })
})

const LISTING: ClairListing = {
  names: new Set(['apt', 'python-django']),
  codename: 'bookworm',
  versionId: '12',
  nested: [],
}

async function documents(trackerRows: readonly RowRequest[], nested: readonly RowRequest[] = []) {
  const wanted = [{ packages: LISTING.names, codename: LISTING.codename }]
  const { tracker: narrowed } = await tracker.narrow(wanted)
  const origins = Promise.resolve({ foreign: [], trackerRows })
  const written = await rowsDocuments({ ...LISTING, nested }, narrowed, origins, Promise.resolve(tracker))
  return Object.fromEntries(Object.entries(written).map(([name, text]) => [name, JSON.parse(text)]))
}

test('when all packages are of the image’s release, then the evidence has its rows alone', async () => {
  expect(await documents([])).toEqual({
    'tracker.json': {
      apt: { 'CVE-2026-1001': { releases: { bookworm: ROW } } },
      'python-django': { 'CVE-2026-1002': { releases: { bookworm: ROW } } },
    },
  })
})

test('when a package is of sid, then its rows of sid stand next to them, and which these are is said', async () => {
  const more = [{ codename: 'sid', packages: new Set(['python-django']) }]
  expect(await documents(more)).toEqual({
    'tracker.json': {
      apt: { 'CVE-2026-1001': { releases: { bookworm: ROW } } },
      'python-django': { 'CVE-2026-1002': { releases: { bookworm: ROW, sid: ROW } } },
    },
    'releases.json': [{ release: 'sid', sources: ['python-django'] }],
  })
})

test('when the image contains a system of another release, then its rows are there, one request for each release', async () => {
  const apt = [{ codename: 'sid', packages: new Set(['apt']) }]
  const django = [{ codename: 'sid', packages: new Set(['python-django']) }]
  const both = await documents(django, apt)
  expect(both['releases.json']).toEqual([{ release: 'sid', sources: ['apt', 'python-django'] }])
  expect(both['tracker.json'].apt).toEqual({ 'CVE-2026-1001': { releases: { bookworm: ROW, sid: ROW } } })
  const unknown = [{ codename: 'buster', packages: new Set(['apt']) }]
  expect((await problemOfRejected(documents([], unknown))).code).toBe('tracker-wrong-release')
})

test('when the tracker has never heard of that release, then that is an error', async () => {
  const more = [{ codename: 'forky', packages: new Set(['apt']) }]
  expect((await problemOfRejected(documents(more))).code).toBe('tracker-wrong-release')
})

describe('images of one run', () => {
  const forky = { ...LISTING, codename: 'forky', versionId: '14' }

  test('when the tracker does not know the release of one, then the others have their rows', async () => {
    const { tracker: rows } = await narrowedTracker(tracker, [forky, LISTING], ['other'])
    expect([...rows.keys()].sort()).toEqual(['apt', 'other', 'python-django'])
    const known = (one: typeof LISTING) => knownListing(Promise.resolve(one), Promise.resolve(tracker))
    expect(await known(LISTING)).toBe(LISTING)
    expect(await problemOfRejected(known(forky))).toMatchObject({
      code: 'tracker-wrong-release',
      what: expect.stringContaining(
        "Debian forky, the release in the image's os-release file; it covers: book",
      ),
    })
  })

  test('when it knows none of their releases, then there is no need to ask Clair', async () => {
    expect((await problemOfRejected(narrowedTracker(tracker, [forky]))).code).toBe('tracker-wrong-release')
  })
})
