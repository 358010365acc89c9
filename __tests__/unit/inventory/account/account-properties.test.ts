import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import {
  applicationInventory,
  NOTHING_JUDGED,
  summaryOf,
} from '../../../../src/inventory/application/inventory.js'
import { ACCOUNT_SIDES } from '../../../../src/model/packages/account.js'
import { jarOf } from '../../../support/hostile-zip.js'
import { goProgram, rustProgram } from '../../../support/programs.js'
import { type Entry, gone } from '../../io/archive/build.js'
import { ALL, accountIn, elf, file, imageOf, lists, program, status } from './image.js'

/** Whatever is in an image, each of its programs is on one side of the account, and the sums are equal. */

const folders = [
  'usr/bin',
  'usr/lib/x',
  'usr/local/bin',
  'srv/node_modules/x',
  'srv/node_modules/x/lib',
  'opt/x',
]
const path = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom('a', 'b.jar', 'c.so', 'd.pyz'))
  .map((one) => one.join('/'))
const content = fc.constantFrom<string | Buffer>(
  elf('1'),
  elf('2'),
  '#!/bin/sh\n',
  'a text',
  goProgram('go1.22.1', []),
  rustProgram(),
  jarOf('com.acme', 'a', '1', []),
)
const entry: fc.Arbitrary<readonly Entry[]> = fc.oneof(
  fc
    .tuple(path, content, fc.boolean())
    .map(([at, body, isProgram]) => [isProgram ? program(at, body) : file(at, body)]),
  path.map((at) => [gone(at)]),
  fc.constantFrom(...folders).map((folder) => [gone(folder)]),
  fc.tuple(path, path).map(([at, linkpath]): Entry[] => [{ path: at, type: 'Link', linkpath }]),
  fc.tuple(path, path).map(([at, to]): Entry[] => [{ path: at, type: 'SymbolicLink', linkpath: `/${to}` }]),
  fc.tuple(path, content).map(([at, body]) => [status({ tar: '1' }), ...lists('tar', [program(at, body)])]),
  fc.constant([file('srv/node_modules/x/package.json', '{"name":"x","version":"1"}')]),
)
const layers = fc.array(
  fc.array(entry, { maxLength: 6 }).map((all) => all.flat()),
  { minLength: 1, maxLength: 4 },
)

test('when any image is accounted for, then each program is on one side, and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(
      layers,
      fc.subarray([...ALL]),
      fc.subarray([0, 1, 2, 3]),
      async (all, judgedKinds, copied) => {
        const judged = new Set(judgedKinds)
        const account = await accountIn(all, { packages: ['tar'], judged, copied })
        const sum = (counts: Readonly<Record<string, number>>) =>
          Object.values(counts).reduce((total, count) => total + count, 0)
        expect(sum(account.sides)).toBe(account.programs)
        expect(sum(account.judged)).toBe(account.sides.judged)
        expect(account.listed).toHaveLength(account.programs - account.sides.judged)
        for (const side of ACCOUNT_SIDES.filter((one) => one !== 'judged')) {
          expect(account.listed.filter((one) => one.side === side)).toHaveLength(account.sides[side])
        }
        const paths = account.listed.map((one) => one.path)
        expect(new Set(paths).size).toBe(paths.length)
        // What was not examined is always a finding's subject too, or nothing would ever block it.
        const image = await imageOf(all, { config: {} })
        const inventory = applicationInventory(image, { installed: [], foreign: [] })
        const unexamined = summaryOf(inventory, { ...NOTHING_JUDGED, judged }).unexamined
        expect(account.sides['not-examined'] === 0 || unexamined.length > 0).toBe(true)
      },
    ),
    { numRuns: 120 },
  )
})
