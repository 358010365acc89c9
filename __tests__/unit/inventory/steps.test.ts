import { expect, test } from '@jest/globals'
import { applicationInventory } from '../../../src/inventory/application/inventory.js'
import { olderByChangelog, otherContents } from '../../../src/inventory/database/contents.js'
import { withOwners } from '../../../src/io/archive/readers/application/owners.js'
import { DIVERSIONS } from '../../../src/io/archive/readers/records.js'
import type { PackageRecords } from '../../../src/model/image/image.js'
import type { ApplicationFile } from '../../../src/model/packages/application.js'
import { aLayer, someApplications, someRecords } from '../../support/builders.js'

/** Attack 22: an image with many layers above many names. The work has to be that of the names and of the layers' own. */
const NAMES = 800
const LAYERS = 200
/** For one name or one layer: less than there are layers, and than there are names. */
const MOST = 90

/** How often anything is asked of a map or a set, how much is taken out of one at once, and how often texts are compared. */
function stepsOf(work: () => unknown): number {
  let steps = 0
  const spied = [Map.prototype, Set.prototype, String.prototype].flatMap((prototype) =>
    (
      ['has', 'get', 'set', 'add', 'delete', 'keys', 'values', 'startsWith', Symbol.iterator] as const
    ).flatMap((name) => {
      const own = Object.getOwnPropertyDescriptor(prototype, name)
      if (own === undefined || (prototype === String.prototype && name !== 'startsWith')) {
        return []
      }
      const isAll = typeof name === 'symbol' || name === 'keys' || name === 'values'
      const value = function (this: Map<unknown, unknown>, ...args: unknown[]) {
        steps += isAll ? this.size : 1
        return Reflect.apply(own.value, this, args)
      }
      Object.defineProperty(prototype, name, { ...own, value })
      return [{ prototype, name, own }]
    }),
  )
  try {
    work()
  } finally {
    for (const { prototype, name, own } of spied) {
      Object.defineProperty(prototype, name, own)
    }
  }
  return steps
}

const each = <Value>(count: number, of: (at: number) => Value) =>
  Array.from({ length: count }, (_, at) => of(at))
const table = <Value>(of: (at: number) => readonly [string, Value]) => Object.fromEntries(each(NAMES, of))
const withRecords = (part: Partial<PackageRecords> = {}, more: Parameters<typeof aLayer>[0] = {}) => ({
  ...aLayer(more),
  records: someRecords(part),
})

const SUM = 'a'.repeat(32)
const LIBRARY = 'usr/lib/x86_64-linux-gnu'
const below = withRecords({
  holds: each(NAMES, (at) => `info/p${at}.list`),
  sums: table((at) => [`info/p${at}.md5sums`, { [`${LIBRARY}/${at}.so`]: SUM }]),
  programs: table((at) => [`${LIBRARY}/${at}.so`, SUM]),
  changelogs: table((at) => [`p${at}`, `p${at} 1`]),
})
const above = each(LAYERS, (at) =>
  withRecords(
    { hides: [`info/q${at}.list`], holds: [`info/q${at}.md5sums`] },
    { removed: [`usr/bin/q${at}`], opaque: [`srv/q${at}`] },
  ),
)
const layers = [below, ...above]

test('when hundreds of layers lie above programs and lists, then each is compared with its own', () => {
  expect(stepsOf(() => otherContents(layers))).toBeLessThan(MOST * (NAMES + LAYERS))
})

test('when hundreds of layers lie above changelogs, then each is compared with its own', () => {
  expect(stepsOf(() => olderByChangelog(layers, [], () => 0))).toBeLessThan(MOST * (NAMES + LAYERS))
})

const fileOf = (kind: ApplicationFile['says'][number]['kind'], version: string): ApplicationFile => ({
  md5: SUM,
  says: [{ kind, name: 'x', version, inside: null }],
})
const inventoryOf = (all: typeof layers) =>
  applicationInventory({ layers: all }, { installed: [], foreign: [] })

test('when hundreds of layers lie above lists that own files, then each is compared with its own', () => {
  const files = table((at) => [`srv/${at}/x.jar`, fileOf('npm', '1')])
  const owned = table((at) => [`info/p${at}.list`, { [`srv/${at}/x.jar`]: null }])
  const all = [{ ...below, applications: someApplications({ files, owned }) }, ...above]
  expect(stepsOf(() => inventoryOf(all))).toBeLessThan(MOST * (NAMES + LAYERS))
})

test('when many versions of Python lie there, then each is compared with those of its own', () => {
  const files = table((at) => [`srv/${at}/x`, fileOf('cpython', at % 2 === 0 ? `3.${at}` : `3.${at}.1`)])
  const all = [{ ...below, applications: someApplications({ files }) }]
  expect(stepsOf(() => inventoryOf(all))).toBeLessThan(MOST * NAMES)
})

test('when hundreds of layers have lists and diversions, then what was diverted is gathered once', () => {
  const files = table((at) => [`srv/${at}/x.jar`, fileOf('npm', '1')])
  const diverted = (at: number) => new Map([[DIVERSIONS, `/srv/from${at}\n/srv/${at}/x.jar\n:\n`]])
  const all = each(LAYERS, (at) => ({
    layerFacts: aLayer({ applications: someApplications({ files: at === 0 ? files : {} }) }),
    listTexts: diverted(at),
  }))
  expect(stepsOf(() => withOwners(all))).toBeLessThan(MOST * (NAMES + LAYERS))
})

test('when one file was diverted to many, as dpkg never does, then it stands for one of them', () => {
  const files = table((at) => [`srv/${at}/x.jar`, fileOf('npm', '1')])
  const lists = new Map([
    [DIVERSIONS, each(NAMES, (at) => `/srv/from\n/srv/${at}/x.jar\n:\n`).join('')],
    ...each(NAMES, (at): [string, string] => [`info/p${at}.list`, '/srv/from\n']),
  ])
  const layerFacts = {
    ...withRecords({ holds: [...lists.keys()] }),
    applications: someApplications({ files }),
  }
  const [layer] = withOwners([{ layerFacts, listTexts: lists }])
  expect(layer?.layerFacts.applications?.diverted).toEqual({ 'srv/0/x.jar': 'srv/from' })
})
