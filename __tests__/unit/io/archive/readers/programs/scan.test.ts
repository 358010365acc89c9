import { describe, expect, test } from '@jest/globals'
import { programsIn } from '../../../../../../src/model/packages/programs.js'
import { jarOf, zipOf } from '../../../../../support/hostile-zip.js'
import { type Entry, ociEntries, read, tarOf } from '../../build.js'

const entry = (path: string, body: string | Buffer): Entry => ({ path, body, mode: 0o755 })
const SCRIPT = Buffer.from('#!/bin/sh\n')
const FOLDER = { name: 'META-INF/', body: '', stored: true }
const PE = Buffer.alloc(3000)
PE.write('MZ', 0, 'latin1')
PE.writeUInt32LE(2900, 0x3c)
PE.write('PE\0\0', 2900, 'latin1')

async function formsOf(entries: readonly Entry[], chunk: number): Promise<Readonly<Record<string, string>>> {
  const { image } = await read(tarOf(ociEntries([tarOf(entries)])), {}, () => chunk)
  const [layer] = image.layers
  const programs = programsIn(layer?.programs ?? { groups: [], sha256: {}, cut: null })
  return Object.fromEntries([...programs].map(([path, { form }]) => [path, form]))
}

describe('when files come in pieces', () => {
  const files = [
    entry('elf', '\x7fELF'),
    entry('pe', PE),
    entry('script', '#!/bin/sh\n'),
    entry('zipapp', Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), zipOf([])])),
    entry('with-comment', Buffer.concat([Buffer.from('#!/bin/sh\n'), zipOf([]), Buffer.alloc(60_000)])),
    entry('far-from-a-zip', Buffer.concat([Buffer.from('#!/bin/sh\n'), zipOf([]), Buffer.alloc(70_000)])),
    entry('cut-elf', '\x7fEL'),
    entry('cut-pe', PE.subarray(0, 2901)),
    entry('cut-mz', 'MZ'),
    entry('text', 'text'),
    // An end record has 22 bytes.
    entry('cut-zip', Buffer.concat([SCRIPT, zipOf([]).subarray(0, -1)])),
    entry('a.dist-info/RECORD', '\x7fELF'),
    entry('named.pyz', SCRIPT),
    entry('text.jar', 'where the jar is'),
    entry('long-text.jar', 'where the jar is\n'.repeat(9000)),
    entry('text-with-zip.jar', Buffer.concat([Buffer.from('a text\n'), zipOf([])])),
    entry('ms-dos.jar', 'MZ are two letters'),
    entry('php.phar', '<?php'),
    entry('binary.jar', Buffer.from([0, 1, 2])),
    entry('real.rar', 'Rar!\x1a\x07\x00'),
    entry('real.jar', 'Rar!\x1a\x07\x00'),
    entry('jar', jarOf('g', 'a', '1')),
    entry('jar.dat', zipOf([FOLDER, { name: 'META-INF/MANIFEST.MF', body: '' }])),
    entry('manifest-alone', zipOf([{ name: 'META-INF/MANIFEST.MF', body: '' }])),
    entry('cut-jar', jarOf('g', 'a', '1').subarray(0, 50)),
    entry('cut-name', jarOf('g', 'a', '1').subarray(0, 49)),
    entry('folder-alone', zipOf([FOLDER])),
    entry('book.epub', zipOf([FOLDER, { name: 'META-INF/container.xml', body: '' }])),
    entry(
      'later-manifest',
      zipOf([
        { name: 'a', body: '' },
        { name: 'META-INF/MANIFEST.MF', body: '' },
      ]),
    ),
    entry('with-zip.rar', Buffer.concat([Buffer.from('Rar!\x1a\x07\x00'), zipOf([])])),
  ]
  test.each([1, 3, 7, 512, 65536])('of %d bytes, then each is what it is', async (chunk) => {
    expect(await formsOf(files, chunk)).toEqual({
      elf: 'elf',
      pe: 'assembly',
      script: 'script',
      zipapp: 'archive',
      'with-comment': 'archive',
      'far-from-a-zip': 'script',
      'cut-zip': 'script',
      'a.dist-info/RECORD': 'elf',
      'named.pyz': 'archive',
      'text-with-zip.jar': 'archive',
      'php.phar': 'archive',
      'binary.jar': 'archive',
      'real.jar': 'archive',
      jar: 'archive',
      'jar.dat': 'archive',
      'manifest-alone': 'archive',
      'cut-jar': 'archive',
      'with-zip.rar': 'archive',
    })
  })
})

test('when a layer has more programs than the limit, then it says so', async () => {
  const programs = Array.from({ length: 10 }, (_, at) => entry(`a/${at}`, '\x7fELF'))
  const archive = tarOf(ociEntries([tarOf(programs)]))
  const { image } = await read(archive, { limits: { programs: 9 } })
  const [layer] = image.layers
  expect(layer?.programs?.cut).toBe('more than 9 programs')
  expect(programsIn(layer?.programs ?? { groups: [], sha256: {}, cut: null }).size).toBe(9)
})

describe('when bytes follow a zip behind a script, then the account and the packages agree', () => {
  const metadata = { name: 'idna-2.5.dist-info/METADATA', body: 'Name: idna\nVersion: 2.5\n' }
  const zip = zipOf([metadata], { prefix: '#!/usr/bin/env python3\n' })
  test.each([
    [0, true],
    [65_535, true],
    [65_536, true],
    [65_535 + 128, true],
    [65_535 + 129, false],
    [200_000, false],
  ])('%d bytes: an archive: %s', async (bytes, isArchive) => {
    const layer = tarOf([entry('tool', Buffer.concat([zip, Buffer.alloc(bytes)]))])
    const { image } = await read(tarOf(ociEntries([layer])))
    const [{ programs, applications } = {}] = image.layers
    const [group] = programs?.groups ?? []
    const names = (applications?.files.tool?.says ?? []).map(({ kind, name }) => `${kind} ${name}`)
    expect([group?.form, names]).toEqual(isArchive ? ['archive', ['pypi idna']] : ['script', []])
  })
})
