import { describe, expect, test } from '@jest/globals'
import { examineDatabase } from '../../../../src/inventory/database/doubts.js'
import { databaseFinding } from '../../../../src/inventory/database/finding.js'
import { growthOf } from '../../../../src/inventory/database/growth.js'
import { listingOf } from '../../../../src/inventory/listing.js'
import { aLayer } from '../../../support/builders.js'
import { gone } from '../../io/archive/build.js'
import { elf, file, imageOf, type Layers, lists, program, status } from '../account/image.js'

/** dpkg's lists grow only with their package. Layers are real tars, read as an image's. */

const tar = program('usr/bin/tar', elf('tar'))
const rmt = program('usr/sbin/rmt-tar', elf('rmt'))
const os = file('etc/os-release', 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n')
const base = [
  os,
  status({ tar: '1', dash: '1' }),
  tar,
  rmt,
  ...lists('tar', [tar, rmt]),
  ...lists('dash', []),
]
const app = program('usr/lib/app', elf('app'))
/** The list of files without its sums, and the sums without it. */
const [tarFiles, tarSums] = lists('tar', [tar, rmt]).map((one) => [one])
const unsummed = [os, status({ tar: '1', dash: '1' }), tar, rmt, ...(tarFiles ?? []), ...lists('dash', [])]
const [grownList, grownSums] = lists('tar', [tar, rmt, app])
const grown = [grownList, grownSums].filter((one) => one !== undefined)

const paths = `/${tar.path}\n/${rmt.path}\n`

async function doubtsOf(layers: Layers) {
  const image = await imageOf(layers)
  return examineDatabase(image, listingOf(image)).doubts
}

describe('when lists change without their package', () => {
  test.each<[string, Layers]>([
    ['in both lists', [base, [app, ...grown]]],
    ['in the list of files', [base, grown.slice(0, 1)]],
    ['in the sums', [base, grown.slice(1)]],
    ['and the folder was deleted in between', [base, [gone('var/lib/dpkg/info')], [app, ...grown]]],
    ['and another package changes with them', [base, [status({ tar: '1', dash: '2' }), ...grown]]],
    ['and the version comes back to what it was', [base, grown, [status({ tar: '1', dash: '1' })]]],
    ['under another name of the package’s lists', [base, [app, ...lists('tar:amd64', [app])]]],
    ['for the first time', [base, [file('var/lib/dpkg/info/dash.md5sums', 'x'), ...grown]]],
    ['as first sums of what the list lacks', [unsummed, grown.slice(1)]],
    ['as first sums, and to the list with them', [unsummed, [app, ...grown]]],
    ['as first sums that are none', [unsummed, [file('var/lib/dpkg/info/tar.md5sums', '/usr/bin/tar\n')]]],
    ['after the list had shrunk', [base, lists('tar', [tar]), [app, ...grown]]],
    [
      'that only the package of another version had',
      [
        [...base, app, ...grown],
        [status({ tar: '2', dash: '1' }), tar, rmt, ...lists('tar', [tar, rmt])],
        grown,
      ],
    ],
    [
      'for a folder of a file that is added too',
      [base, lists('tar', [tar, rmt, app, program('usr/lib', '')])],
    ],
  ])('then lines that are added %s are a doubt', async (_, layers) => {
    const doubts = await doubtsOf(layers)
    expect(doubts).toContainEqual(
      expect.objectContaining({ kind: 'grown-list', packages: expect.arrayContaining(['tar']) }),
    )
  })

  test.each<[string, Layers]>([
    ['the same version is installed again', [base, [tar, rmt, ...lists('tar', [tar, rmt])]]],
    ['its lines come in another order', [base, [...lists('tar', [rmt, tar])]]],
    ['another package replaces one of its files', [base, [...lists('tar', [tar])]]],
    ['a line comes back that a list had', [base, [...lists('tar', [tar])], [file('etc/x', '')]]],
    ['it is updated', [base, [status({ tar: '2', dash: '1' }), app, ...grown]]],
    [
      'it is removed and installed again',
      [
        base,
        [status({ dash: '1' }), gone('var/lib/dpkg/info/tar.list'), gone('var/lib/dpkg/info/tar.md5sums')],
        [status({ tar: '1', dash: '1' }), app, ...grown],
      ],
    ],
    ['a new package comes', [base, [status({ tar: '1', dash: '1', apt: '1' }), ...lists('apt', [app])]]],
    ['lists are deleted', [base, [gone('var/lib/dpkg/info')]]],
    ['the sums of its files come later', [unsummed, tarSums ?? []]],
    ['they come with the same list', [unsummed, lists('tar', [rmt, tar])]],
    ['a list shrinks, and grows back', [base, lists('tar', [tar]), lists('tar', [tar, rmt])]],
    [
      'it does so while other packages change',
      [
        base,
        lists('tar', []),
        [status({ tar: '1', dash: '2' })],
        lists('tar', [tar]),
        lists('tar', [tar, rmt]),
      ],
    ],
    // dpkg 1.21 takes a folder that was deleted out of all lists but that of the package that brings it back.
    [
      'a folder of its files comes back',
      [base, [file('var/lib/dpkg/info/tar.list', `${paths}/usr/bin\n/usr\n`)]],
    ],
  ])('then there is no such doubt if %s', async (_, layers) => {
    expect((await doubtsOf(layers)).filter(({ kind }) => kind === 'grown-list')).toEqual([])
  })
})

test('when another build comes under the same version, then the finding says so, and what to do', async () => {
  const rebuilt = program(tar.path, elf('tar, built here'))
  const image = await imageOf([base, [rebuilt, ...lists('tar', [rebuilt, rmt])]])
  const { doubts } = examineDatabase(image, listingOf(image))
  expect(doubts.map(({ kind, packages }) => [kind, packages])).toEqual([['other-build', ['tar']]])
  expect(databaseFinding(doubts)?.why).toContain(
    "a layer changes the MD5 sums that dpkg has for 1 package (tar), but not the version, so it is not the archive's build (install the one from the archive, or give your own build its own version): ",
  )
})

test('when lines come back and others come with them, then the finding names the others', async () => {
  const image = await imageOf([base, lists('tar', []), [app, ...grown]])
  expect(examineDatabase(image, listingOf(image)).doubts).toEqual([
    expect.objectContaining({
      kind: 'grown-list',
      lines: ['/usr/lib/app', expect.stringContaining('  usr/lib/app')],
    }),
  ])
})

test('when lines were added, then the finding names the package, the layer and the lines', async () => {
  const layers = [base, [app, ...grown]]
  const image = await imageOf(layers)
  const finding = databaseFinding(examineDatabase(image, listingOf(image)).doubts)
  expect(finding?.why).toContain(
    "a layer adds lines to dpkg's file lists of 1 package (tar), but does not change the package: /usr/lib/app; ",
  )
  expect(finding).toMatchObject({
    layer: image.layers[1]?.diffId,
    details: { packages: ['tar'], lines: ['/usr/lib/app', expect.stringContaining('  usr/lib/app')] },
  })
})

test('when very many lines were added, then the finding has some of them', async () => {
  const many = Array.from({ length: 5000 }, (_, at) => program(`usr/lib/${'x'.repeat(300)}/${at}`, elf('')))
  const image = await imageOf([base, lists('tar', [tar, rmt, ...many])])
  expect(JSON.stringify(image.layers[1]?.records?.grown).length).toBeLessThan(5000)
  const finding = databaseFinding(examineDatabase(image, listingOf(image)).doubts)
  expect(finding?.why.length).toBeLessThan(1500)
})

test('when the evidence is older than dpkg’s lists in it, then no list has grown', () => {
  const { grown: none, isWithoutPackage, areSumsLate } = growthOf([aLayer(), aLayer()])
  expect(none).toEqual([])
  expect([isWithoutPackage('info/tar', 0), areSumsLate('info/tar')]).toEqual([false, false])
})

test('when first sums come with the same list, then the doubt names their lines, and nothing of the list', async () => {
  const sums = file('var/lib/dpkg/info/tar.md5sums', 'x  usr/bin/tar\n')
  expect(await doubtsOf([unsummed, [sums, ...(tarFiles ?? [])]])).toEqual([
    expect.objectContaining({ kind: 'grown-list', packages: ['tar'], lines: ['x  usr/bin/tar'] }),
  ])
})

test('when lists come under another name, then the doubt names all of each', async () => {
  expect(await doubtsOf([base, lists('tar:amd64', [])])).toEqual([
    expect.objectContaining({
      kind: 'grown-list',
      packages: ['tar'],
      lines: ['all of info/tar:amd64.list', 'all of info/tar:amd64.md5sums'],
    }),
  ])
})

test('when a layer in between has a damaged database, then it counts as if it had none', async () => {
  const broken = file('var/lib/dpkg/status', 'Package: tar\nno field\n')
  const restored = [status({ tar: '1', dash: '1' })]
  expect(await doubtsOf([base, [broken], restored])).toEqual(await doubtsOf([base, restored, restored]))
  expect(await doubtsOf([base, [broken], [...restored, app, ...grown]])).toContainEqual(
    expect.objectContaining({ kind: 'grown-list', packages: ['tar'] }),
  )
})
