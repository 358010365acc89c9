import { describe, expect, test } from '@jest/globals'
import { examineDatabase } from '../../../../src/inventory/database/doubts.js'
import { databaseFinding } from '../../../../src/inventory/database/finding.js'
import { listingOf } from '../../../../src/inventory/listing.js'
import { programsIn } from '../../../../src/model/packages/programs.js'
import { gone } from '../../io/archive/build.js'
import { elf, file, imageOf, type Layers, lists, program, status } from '../account/image.js'

/** Files of packages that dpkg's version says nothing about. Layers are real tars, read as an image's. */

/** An ELF file with a build ID; what follows its tables differs. */
function linked(id: string, more: string): Buffer {
  const names = '\0.note.gnu.build-id\0.shstrtab\0'
  const head = Buffer.alloc(64)
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1')
  const note = Buffer.concat([
    Buffer.from([4, 0, 0, 0, id.length, 0, 0, 0, 3, 0, 0, 0]),
    Buffer.from(`GNU\0${id}`),
  ])
  const text = Buffer.from(names)
  const row = (name: number, at: number, size: number) => {
    const bytes = Buffer.alloc(64)
    bytes.writeUInt32LE(name, 0)
    bytes.writeBigUInt64LE(BigInt(at), 24)
    bytes.writeBigUInt64LE(BigInt(size), 32)
    return bytes
  }
  const table = 64 + note.length + text.length
  head.writeBigUInt64LE(BigInt(table), 40)
  head.writeUInt16LE(64, 58)
  head.writeUInt16LE(3, 60)
  head.writeUInt16LE(2, 62)
  const rows = [row(0, 0, 0), row(1, 64, note.length), row(20, 64 + note.length, text.length)]
  return Buffer.concat([head, note, text, ...rows, Buffer.from(more)])
}

const os = file('etc/os-release', 'ID=debian\nVERSION_CODENAME=bookworm\nVERSION_ID="12"\n')
const PATH = 'usr/bin/tar'
const tar = program(PATH, linked('built', 'with symbols'))
const stripped = program(PATH, linked('built', ''))
const another = program(PATH, linked('other', 'with symbols'))
const lib = program('usr/lib/libtar.so.1', elf('lib'))
const base = [
  os,
  status({ tar: '1', dash: '1' }),
  tar,
  lib,
  ...lists('tar', [tar, lib]),
  ...lists('dash', []),
]
const [tarList] = lists('tar', [tar, lib])
const unsummed = [os, status({ tar: '1' }), tar, lib, ...(tarList === undefined ? [] : [tarList])]
const distrib = program(`${PATH}.distrib`, linked('built', 'with symbols'))
const divertedBy = (name: string) => file('var/lib/dpkg/diversions', `/${PATH}\n/${PATH}.distrib\n${name}\n`)

async function doubtsOf(layers: Layers) {
  const image = await imageOf(layers)
  return examineDatabase(image, listingOf(image)).doubts
}

describe('when a layer replaces a program of a package', () => {
  test.each<[string, Layers]>([
    ['by another one', [base, [another]]],
    ['by one that was linked without a build ID', [base, [program(PATH, elf('other'))]]],
    ['in a package without MD5 sums', [unsummed, [another]]],
    ['and removes the MD5 sums', [base, [another, gone('var/lib/dpkg/info/tar.md5sums')]]],
    ['and removes dpkg’s files about it', [base, [another, gone('var/lib/dpkg/info')]]],
    ['behind a diversion', [base, [another, distrib, divertedBy(':')]]],
    ['after a layer that touched it', [base, [tar], [another]]],
  ])('then it is a doubt, %s', async (_, layers) => {
    expect((await doubtsOf(layers)).filter(({ kind }) => kind === 'replaced-program')).toEqual([
      expect.objectContaining({ packages: ['tar'], lines: [`/${PATH}`] }),
    ])
  })

  const grep = program('usr/bin/grep', elf('grep'))
  const bundled = program('usr/lib/python3/dist-packages/a.so', elf('old'))
  const wheel = program(bundled.path, elf('newer'))
  test.each<[string, Layers]>([
    ['strip(1) made it of the package’s own', [base, [stripped]]],
    ['its mode alone changes', [base, [{ ...tar, mode: 0o700 }]]],
    [
      'the package comes in a new version',
      [base, [status({ tar: '2', dash: '1' }), another, ...lists('tar', [another])]],
    ],
    [
      'the package comes in a new version, and dpkg’s files about it are removed at once',
      [base, [status({ tar: '2', dash: '1' }), another, gone('var/lib/dpkg/info')]],
    ],
    [
      'it comes in a new version, and is stripped at once',
      [
        [os, status({ tar: '1' }), another, ...lists('tar', [another])],
        [status({ tar: '2' }), stripped, ...lists('tar', [tar])],
      ],
    ],
    [
      'another package has it behind a diversion',
      [
        base,
        [status({ tar: '1', dash: '2' }), another, distrib, divertedBy('dash'), ...lists('dash', [another])],
      ],
    ],
    [
      'the package is removed first',
      [
        [...base, grep],
        [
          status({ dash: '1' }),
          gone('var/lib/dpkg/info/tar.list'),
          gone('var/lib/dpkg/info/tar.md5sums'),
          gone(PATH),
          gone(lib.path),
        ],
        [another],
      ],
    ],
    ['it is a copy of another program that a package has', [base, [program(PATH, lib.body ?? '')]]],
    ['a script is in its place', [base, [program(PATH, '#!/bin/sh\n')]]],
    [
      'the lists never were about the file below',
      [[os, status({ tar: '1' }), another, ...lists('tar', [tar])], [stripped]],
    ],
    [
      'a Python package lists it',
      [
        [os, status({ tar: '1' }), bundled, ...lists('tar', [bundled])],
        [wheel, file('usr/lib/python3/dist-packages/a-1.dist-info/RECORD', 'a.so,sha256=x,9\n')],
      ],
    ],
  ])('then there is no such doubt if %s', async (_, layers) => {
    expect((await doubtsOf(layers)).filter(({ kind }) => kind === 'replaced-program')).toEqual([])
  })

  test('then the finding names the package, the file and the layer', async () => {
    const image = await imageOf([base, [another]])
    const finding = databaseFinding(examineDatabase(image, listingOf(image)).doubts)
    expect(finding?.why).toContain(
      'a layer replaces programs from 1 package (tar) with others, but does not change the packages: /usr/bin/tar',
    )
    expect(finding).toMatchObject({
      layer: image.layers[1]?.diffId,
      details: { packages: ['tar'], lines: ['/usr/bin/tar'] },
    })
  })
})

describe('when the image has the documents of a package', () => {
  const copyright = (name: string, root = '') => file(`${root}usr/share/doc/${name}/copyright`, 'Debian')
  const zstd = program('usr/bin/zstd', elf('zstd'))
  const inRoot = program('opt/root/usr/bin/zstd', elf('zstd'))
  const other = file(
    'opt/root/var/lib/dpkg/status',
    'Package: zstd\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n',
  )
  test.each<[string, Layers, readonly string[]]>([
    [
      'that dpkg does not know',
      [base, [zstd, copyright('zstd')]],
      ['/usr/share/doc/zstd/copyright', '/usr/bin/zstd'],
    ],
    [
      'that has a changelog alone',
      [base, [file('usr/share/doc/zstd/changelog.Debian.gz', 'x')]],
      ['/usr/share/doc/zstd/changelog.Debian.gz'],
    ],
    [
      'in a folder of its own',
      [base, [inRoot, zstd, copyright('zstd', 'opt/root/')]],
      ['/opt/root/usr/share/doc/zstd/copyright', '/opt/root/usr/bin/zstd'],
    ],
    [
      'that a database of another root lists',
      [base, [inRoot, other, copyright('zstd', 'opt/root/')]],
      ['/opt/root/usr/share/doc/zstd/copyright', '/opt/root/usr/bin/zstd'],
    ],
    [
      'that was hidden when it was installed',
      [[...base, zstd, copyright('zstd')]],
      ['/usr/share/doc/zstd/copyright', '/usr/bin/zstd'],
    ],
  ])('%s, then it is a doubt that names these files', async (_, layers, lines) => {
    expect(await doubtsOf(layers)).toContainEqual(
      expect.objectContaining({ kind: 'not-listed', packages: ['zstd'], lines }),
    )
  })

  const doc = copyright('tar-common')
  test.each<[string, Layers]>([
    ['it is installed', [base, [copyright('tar'), copyright('dash')]]],
    ['a list of another package has them', [[os, status({ tar: '1' }), doc, ...lists('tar', [doc])]]],
    ['a layer above removes them', [base, [copyright('zstd')], [gone('usr/share/doc/zstd')]]],
    ['a layer above removes them with all others', [base, [copyright('zstd')], [gone('usr/share/doc')]]],
    [
      'they are in a folder of somebody else',
      [base, [file('usr/local/share/doc/zstd/copyright'), file('usr/share/doc/zstd/COPYING')]],
    ],
    [
      'it has no list, as in distroless images',
      [
        [
          os,
          file('var/lib/dpkg/status.d/zstd', 'Package: zstd\nArchitecture: amd64\nVersion: 1\n'),
          copyright('zstd'),
        ],
      ],
    ],
  ])('then there is no such doubt if %s', async (_, layers) => {
    expect((await doubtsOf(layers)).filter(({ kind }) => kind === 'not-listed')).toEqual([])
  })

  test('then those that no list has stay in the evidence, and no others', async () => {
    const image = await imageOf([[...base, doc, copyright('zstd'), ...lists('dash', [doc])], [lib]])
    expect(image.layers.map(({ records }) => records?.documents)).toEqual([
      ['usr/share/doc/zstd/copyright'],
      undefined,
    ])
  })
})

test('when a program is replaced, then it is the package’s no more', async () => {
  const image = await imageOf([base, [another]])
  const found = image.layers.map(({ programs }) => programs && programsIn(programs).get(PATH)?.listings)
  expect(found[1]).toEqual([{ list: 'info/tar', since: 0, content: 'replaced' }])
})
