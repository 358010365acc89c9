import { describe, expect, test } from '@jest/globals'
import { applicationInventory } from '../../../../src/inventory/application/inventory.js'
import { goProgram, rustProgram } from '../../../support/programs.js'
import { ociEntries, read, tarOf } from '../../io/archive/build.js'
import { imageOf, listed, program } from './of-layers.js'

describe('what a Go program says of its modules', () => {
  const lines = [
    'path\tacme.example/app',
    'mod\tacme.example/app\t(devel)\t',
    'dep\tgolang.org/x/text\tv0.3.7\th1:abc=',
    'dep\tgithub.com/Acme/old\tv1.0.0',
    '=>\tgithub.com/acme/fork\tv1.0.1\th1:def=',
    'build\tCGO_ENABLED=0',
  ]

  test('when it is of Go 1.18 or later, then stdlib and modules are listed, and what replaces one', async () => {
    expect(await listed([[program('usr/local/bin/app', goProgram('go1.19.8', lines))]])).toEqual([
      'golang acme.example/app null at usr/local/bin/app',
      'golang github.com/acme/fork v1.0.1 at usr/local/bin/app',
      'golang golang.org/x/text v0.3.7 at usr/local/bin/app',
      'golang stdlib 1.19.8 at usr/local/bin/app',
    ])
  })

  test('when its own module is of a checkout, then that is kept, and not of one that was downloaded', async () => {
    const commit = 'v0.0.0-20260102030405-abcdefabcdef'
    const own = [
      `mod\ta.example/app\t${commit}\t`,
      `mod\ta.example/tool\t${commit}\th1:abc=`,
      'mod\t\t(devel)\t',
    ]
    const image = await imageOf([[program('app', goProgram('go1.24.0', own))]])
    const [, ...modules] = image.layers[0]?.applications?.files.app?.says ?? []
    expect(modules.map(({ name, isFromCheckout }) => [name, isFromCheckout])).toEqual([
      ['a.example/app', true],
      ['a.example/tool', undefined],
    ])
    const inventory = applicationInventory(image, { installed: [], foreign: [] })
    const kept = inventory?.items.map(({ name, places }) => [name, places[0]?.isFromCheckout])
    expect(kept).toContainEqual(['a.example/app', true])
  })

  test.each([
    [62, 'amd64'],
    [183, 'arm64'],
    [9999, undefined],
  ])('when its header is for machine %d, then its architecture is %s', async (machine, arch) => {
    const body = goProgram('go1.19.8', lines, { machine })
    const { image } = await read(tarOf(ociEntries([tarOf([program('app', body)])])))
    expect(image.layers[0]?.applications?.files.app?.says[0]?.arch).toBe(arch)
  })

  test('when its mark falls on the edge of a chunk, then it is found all the same', async () => {
    const body = goProgram('go1.19.8', lines, { before: 65_536 - 512 - 128 - 512 })
    const archive = tarOf(ociEntries([tarOf([program('app', body)])]))
    for (const size of [65_536, 1000, 17]) {
      const { image } = await read(archive, {}, () => size)
      expect(image.layers[0]?.applications?.files.app?.says).toHaveLength(4)
    }
  })

  test.each([33, 31, 17, 5, 1])(
    'when a program comes in pieces of %d bytes, then nothing is lost',
    async (size) => {
      const entries = [
        program('go', goProgram('go1.19.8', [], { before: 512 })),
        program('rust', rustProgram()),
      ]
      const { image } = await read(tarOf(ociEntries([tarOf(entries)])), {}, () => size)
      const { go, rust } = image.layers[0]?.applications?.files ?? {}
      expect([...(go?.says ?? []), ...(rust?.says ?? [])].map(({ kind }) => kind)).toEqual(['golang', 'rust'])
    },
  )

  test('when data before it, or within its reach, has marks of its own, then they hide nothing', async () => {
    const mark = Buffer.concat([
      Buffer.from('\xff Go buildinf:', 'latin1'),
      Buffer.alloc(2),
      Buffer.alloc(16),
    ])
    const real = goProgram('go1.19.8', lines)
    const decoy = goProgram('go1.22.1', [], { before: 0 }).subarray(128, 128 + 4096)
    const bodies = [mark, Buffer.concat([mark, mark, mark]), decoy].map((data) =>
      Buffer.concat([real.subarray(0, 128), data, real.subarray(128)]),
    )
    for (const body of bodies) {
      expect(await listed([[program('app', body)]])).toContain('golang golang.org/x/text v0.3.7 at app')
    }
    const many = Buffer.concat(Array.from({ length: 100 }, () => mark))
    const hostile = Buffer.concat([real.subarray(0, 128), many, real.subarray(128)])
    expect(await listed([[program('app', hostile)]])).toContainEqual(
      expect.stringMatching(/^unreadable more than 64/),
    )
  })

  test.each<[string, Buffer, string[]]>([
    [
      'is older, and its pointers lead nowhere',
      goProgram('go1.16', lines, { flags: 0 }),
      ['unreadable Go build information of Go 1.17 or older that leads nowhere null at app'],
    ],
    ['has a mark where none can be', goProgram('go1.19', lines, { before: 4097 }), []],
    [
      'has something else at the mark',
      goProgram('x', lines),
      ['unreadable broken Go build information null at app'],
    ],
    [
      'is cut within it',
      goProgram('go1.19', lines).subarray(0, 4300),
      ['unreadable broken Go build information null at app'],
    ],
    ['has no modules (GOPATH)', goProgram('go1.19.8', []), ['golang stdlib 1.19.8 at app']],
  ])('when it %s, then that is said', async (_, body, wanted) => {
    expect(await listed([[program('app', body)]])).toEqual(wanted)
  })
})
