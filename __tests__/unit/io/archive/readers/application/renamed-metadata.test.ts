import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { installed } from '../../../../inventory/account/image.js'
import type { Entry } from '../../build.js'
import { file, folder, gone, hardlink, listed } from './late.js'

const TEXT = 'Metadata-Version: 2.1\nName: requests\nVersion: 2.19.1\n\nA README\n'
const LINES = [
  'requests-2.19.1.dist-info/METADATA,sha256=x,66',
  'requests-2.19.1.dist-info/RECORD,,',
  'requests/__init__.py,sha256=x,7',
  '"requests/a,b.py",sha256=x,7',
]
const RECORD = LINES.join('\r\n')
const PLACE = 'opt/site/requests.metadata/METADATA'
const FOUND = [`pypi requests 2.19.1 at ${PLACE}`]
const BOTH = [file(PLACE, TEXT), file('opt/site/requests.metadata/RECORD', RECORD)]
const MODULE = file('opt/site/requests/__init__.py', 'import')
const elsewhere = (at: string, record = RECORD) => [
  file(`${at}/METADATA`, TEXT),
  file(`${at}/RECORD`, record),
]

describe('when the metadata of a Python package are in a folder of another name', () => {
  test.each<[string, Entry[][]]>([
    ['beside its modules', [[...BOTH, MODULE]]],
    ['behind its modules', [[MODULE, ...BOTH]]],
    ['in a layer above its modules', [[MODULE], BOTH]],
    ['in a layer below its modules', [BOTH, [MODULE]]],
    ['in two layers', [[BOTH[0] as Entry, MODULE], [BOTH[1] as Entry]]],
    ['beside one of its modules', [[...BOTH, file('opt/site/requests/a,b.py', '')]]],
    ['and a layer above has the folder again', [[...BOTH, MODULE], [folder('opt/site/requests.metadata')]]],
  ])('%s, then it is listed', async (_, layers) => {
    expect(await listed(layers)).toEqual(FOUND)
  })

  test.each<[string, Entry[][]]>([
    ['a layer deletes them', [[...BOTH, MODULE], [gone('opt/site/requests.metadata')]]],
    ['a layer deletes its RECORD', [[...BOTH, MODULE], [gone('opt/site/requests.metadata/RECORD')]]],
    ['a layer deletes its modules', [[...BOTH, MODULE], [gone('opt/site/requests')]]],
    [
      'a layer empties the folder of its modules',
      [[...BOTH, MODULE], [file('opt/site/requests/.wh..wh..opq', '')]],
    ],
    ['there is no RECORD', [[file(PLACE, TEXT), MODULE]]],
    ['its RECORD is empty', [[file(PLACE, TEXT), file('opt/site/requests.metadata/RECORD', ''), MODULE]]],
    ['its modules are elsewhere', [[...BOTH, file('srv/requests/__init__.py', '')]]],
    ['pip was about to remove it', [[...elsewhere('opt/site/~equests.metadata'), MODULE]]],
    ['it is no metadata', [[file(PLACE, `# ${TEXT}`), BOTH[1] as Entry, MODULE]]],
    ['it names no package', [[file(PLACE, 'Metadata-Version: 2.1\n'), BOTH[1] as Entry, MODULE]]],
    [
      'it is at the top',
      [[file('METADATA', TEXT), file('RECORD', RECORD), file('requests/__init__.py', '')]],
    ],
    [
      'a copied folder has its own files',
      [
        [
          ...elsewhere(
            'usr/share/licenses/requests',
            'requests/LICENSE,,\n../../bin/chardetect,,\n/bin/sh,,\n',
          ),
          file('usr/share/licenses/requests/LICENSE', ''),
          file('usr/bin/chardetect', ''),
          file('bin/sh', ''),
        ],
      ],
    ],
  ])('but %s, then it is not', async (_, layers) => {
    expect(await listed(layers)).toEqual([])
  })

  test('and its folder has its usual name and a copy of hard links too, then each counts', async () => {
    const usual = elsewhere('opt/site/requests-2.19.1.dist-info')
    const link = 'opt/site/requests.old'
    const names = ['METADATA', 'RECORD'].map((name) =>
      hardlink(`${link}/${name}`, `opt/site/requests.metadata/${name}`),
    )
    expect(await listed([[...usual, ...BOTH, MODULE, ...names]])).toEqual([
      'pypi requests 2.19.1 at opt/site/requests-2.19.1.dist-info/METADATA',
      ...FOUND,
      `pypi requests 2.19.1 at ${link}/METADATA`,
    ])
  })

  test('of which a layer has another version, then that counts', async () => {
    const other = file(PLACE, TEXT.replace('2.19.1', '2.32.0'))
    expect(await listed([[...BOTH, MODULE], [other]])).toEqual([`pypi requests 2.32.0 at ${PLACE}`])
  })

  test('and Debian has it there, then it is Debian’s', async () => {
    const path = 'usr/lib/python3/dist-packages/requests.metadata/METADATA'
    const [metadata, record] = elsewhere('usr/lib/python3/dist-packages/requests.metadata') as [Entry, Entry]
    const sum = createHash('md5').update(TEXT).digest('hex')
    const debian = [
      metadata,
      record,
      file('usr/lib/python3/dist-packages/requests/__init__.py', ''),
      file('var/lib/dpkg/info/python3-requests.list', `/${path}\n`),
      file('var/lib/dpkg/info/python3-requests.md5sums', `${sum}  ${path}\n`),
    ]
    expect(await listed([debian], { installed: installed('python3-requests') })).toEqual([
      `pypi requests 2.19.1 at ${path}, debian`,
    ])
  })

  test('and its RECORD is too large to be read, then it may list what is there', async () => {
    expect(await listed([BOTH], { limits: { packageListBytes: RECORD.length - 1 } })).toEqual(FOUND)
    expect(await listed([BOTH], { limits: { packageListBytes: RECORD.length } })).toEqual([])
  })

  test('and it lists more than is looked for, then the rest counts as there', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `x/${at},,\n`).join('')
    const layer = (count: number) => [
      [file(PLACE, TEXT), file('opt/site/requests.metadata/RECORD', lines(count))],
    ]
    expect(await listed(layer(100_001))).toEqual(FOUND)
    expect(await listed(layer(100_000))).toEqual([])
  })

  test('beyond a limit, then that is reported', async () => {
    const names = ['METADATA', 'RECORD']
    for (const [packageLinks, name] of names.entries()) {
      expect(await listed([[MODULE, ...BOTH]], { limits: { packageLinks } })).toEqual([
        `cut the image has more symbolic links and package.json files than the gate reads at opt/site/requests.metadata/${name}`,
      ])
    }
    expect(await listed([[MODULE, ...BOTH]], { limits: { applicationStatements: 0 } })).toEqual([
      `cut more than 0 application packages in the image at ${PLACE}`,
    ])
  })
})
