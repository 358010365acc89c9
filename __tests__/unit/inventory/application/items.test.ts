import { expect, test } from '@jest/globals'
import { unexaminedFindings } from '../../../../src/inventory/application/findings.js'
import {
  type ApplicationItem,
  applicationInventory,
  itemsOf,
  NOTHING_JUDGED,
  summaryOf,
} from '../../../../src/inventory/application/inventory.js'
import type { LayerFacts } from '../../../../src/model/image/image.js'
import type { ApplicationStatement } from '../../../../src/model/packages/application.js'
import { summaryText } from '../../../../src/model/packages/application-summary.js'
import { aLayer, anImage, someApplications } from '../../../support/builders.js'

function anItem(part: Partial<ApplicationItem> = {}): ApplicationItem {
  const places = [
    { path: 'srv/a', inside: null, layer: 'sha256:1', owner: { by: 'nobody' as const } },
  ] as const
  return { kind: 'npm', name: 'a', version: '1', purl: 'pkg:npm/a@1', places, ...part }
}
const inventoryOf = (...layers: readonly LayerFacts[]) => {
  const inventory = applicationInventory(anImage({ layers }), { installed: [], foreign: [] })
  if (inventory === null) {
    throw new Error('the layers have no applications')
  }
  return inventory
}
const layerWith = (path: string, ...statements: readonly Partial<ApplicationStatement>[]) =>
  aLayer({
    applications: someApplications({
      files: {
        [path]: {
          md5: null,
          says: statements.map((one) => ({ kind: 'npm', name: 'a', version: '1', inside: null, ...one })),
        },
      },
    }),
  })

test('when advisories leave packages open, then each is an item that names its version and its advisories', () => {
  const open = [
    { package: 'npm/a', version: null, ids: ['CVE-1'], places: ['srv/a'], layer: 'sha256:1' },
    { package: 'npm/b', version: '1', ids: ['CVE-1', 'CVE-2', 'CVE-3'], places: ['srv/b'], layer: null },
  ]
  const owner = { by: 'nobody' }
  expect(itemsOf({ items: [], cut: [] }, { ...NOTHING_JUDGED, open })).toEqual([
    {
      kind: 'undecided',
      name: 'npm/a of unknown version (CVE-1)',
      version: null,
      purl: null,
      places: [{ path: 'srv/a', inside: null, layer: 'sha256:1', owner }],
    },
    {
      kind: 'undecided',
      name: 'npm/b 1 (CVE-1 and 2 more)',
      version: null,
      purl: null,
      places: [{ path: 'srv/b', inside: null, layer: null, owner }],
    },
  ])
})

test('when only Clair lists a package, then it comes after those of the image, and before what is open', () => {
  const alone = [
    {
      kind: 'npm' as const,
      name: 'c',
      version: '2',
      purl: 'pkg:npm/c@2',
      places: ['srv/c'],
      layer: 'sha256:2',
    },
  ]
  const open = [{ package: 'npm/b', version: '1', ids: ['CVE-1'], places: ['srv/b'], layer: 'sha256:1' }]
  const inventory = { items: [anItem({ kind: 'pypi', name: 'z' }), anItem()], cut: [] }
  expect(itemsOf(inventory, { ...NOTHING_JUDGED, alone, open }).map(({ name }) => name)).toEqual([
    'a',
    'z',
    'c',
    'npm/b 1 (CVE-1)',
  ])
})

test('when items of a kind have one name, then they come by version, the one without a version first', () => {
  const { items } = inventoryOf(
    layerWith('srv/x', { version: '2' }, { version: null }, { version: '10' }, { name: 'B', version: '3' }),
  )
  expect(items.map(({ name, version }) => [name, version])).toEqual([
    ['B', '3'],
    ['a', null],
    ['a', '10'],
    ['a', '2'],
  ])
})

test('when a package is in archives of an archive, then its places come by path, the archive itself first', () => {
  const insides = ['lib/b.jar', null, 'lib/a.jar']
  const { items } = inventoryOf(
    layerWith('srv/x.jar', ...insides.map((inside) => ({ inside }))),
    layerWith('opt/x.jar', { inside: 'z.jar' }),
  )
  expect(items.map(({ places }) => places.map(({ path, inside }) => [path, inside]))).toEqual([
    [
      ['opt/x.jar', 'z.jar'],
      ['srv/x.jar', null],
      ['srv/x.jar', 'lib/a.jar'],
      ['srv/x.jar', 'lib/b.jar'],
    ],
  ])
})

test('when layers were not read to their end, then each reason is listed, with the path if it is known', () => {
  const programs = (cut: string | null) => ({ groups: [], sha256: {}, cut })
  const applications = (cut: string | null, cutAt?: string) =>
    someApplications(cutAt === undefined ? { cut } : { cut, cutAt })
  const { cut } = inventoryOf(
    aLayer({ diffId: 'sha256:1', applications: applications('too many files', 'srv/x') }),
    aLayer({
      diffId: 'sha256:2',
      applications: applications('too large'),
      programs: programs('too many programs'),
    }),
    aLayer({ diffId: 'sha256:3', applications: applications(null), programs: programs(null) }),
  )
  expect(cut).toEqual([
    { layer: 'sha256:1', why: 'too many files', at: 'srv/x' },
    { layer: 'sha256:2', why: 'too large', at: null },
    { layer: 'sha256:2', why: 'too many programs', at: null },
  ])
})

test('when nobody knows whose a file is, then the finding says what is missing', () => {
  const places = [
    { path: 'usr/lib/a/package.json', inside: null, layer: 'sha256:1', owner: { by: 'unknown' as const } },
  ]
  const found = unexaminedFindings({ items: [anItem({ places })], cut: [] })
  expect(found.map(({ id, why, layer }) => [id, why, layer])).toEqual([
    [
      'not-examined-unknown-owner',
      "not examined: 1 package of unknown owner (dpkg's lists of its files are not in the image): usr/lib/a/package.json",
      'sha256:1',
    ],
  ])
})

test('when examples are as many as a sentence has, then all are named; of more, the number of the rest', () => {
  const named = (count: number) => {
    const items = ['a', 'b', 'c', 'd', 'e'].slice(0, count).map((name) => anItem({ name }))
    return unexaminedFindings({ items, cut: [] }).map(({ why }) => why)
  }
  const three = 'a 1 in srv/a; b 1 in srv/a; c 1 in srv/a'
  expect(named(3)).toEqual([`not examined: 3 npm packages: ${three}`])
  expect(named(4)).toEqual([`not examined: 4 npm packages: ${three}; and 1 more`])
  expect(named(5)).toEqual([`not examined: 5 npm packages: ${three}; and 2 more`])
})

test('when a runtime or program states no version, then the count says so', () => {
  const items = [
    anItem({ kind: 'nodejs', name: 'Node.js', version: null, purl: null }),
    anItem({ kind: 'program', name: 'erlang', version: null, purl: null }),
  ]
  expect(summaryOf({ items, cut: [] }).unexamined).toEqual([
    { kind: 'nodejs', count: 1, versions: ['of unknown version'] },
    { kind: 'program', count: 1, versions: ['Erlang/OTP of unknown version'] },
  ])
  expect(summaryText(summaryOf({ items, cut: [] }))).toBe(
    'not examined: Node.js of unknown version, Erlang/OTP of unknown version',
  )
})
