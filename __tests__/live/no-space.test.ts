import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { removeImages, tinyDebian } from './images.js'
import { CLAIR_FLAGS } from './shared-clair.js'
import { BASES, docker, newFolder, reportOf, TRACKER } from './support.js'
import { type Done, HERE, needRoot, runOn } from './test-engine.js'

const disks: string[] = []
/** With archives, which are large. */
const folders: string[] = []
beforeAll(async () => {
  needRoot('a small file system')
})
afterEach(() => {
  for (const disk of disks.splice(0)) {
    execFileSync('umount', [disk])
  }
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true })
  }
  removeImages()
})

/** A file system in memory, of this size. */
function smallDisk(options: string): string {
  const disk = newFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'seaworthy-test', disk])
  disks.push(disk)
  return disk
}

async function scan(image: string, disk: string, more: readonly string[] = []): Promise<Done> {
  return runOn(HERE, ['scan', image, ...CLAIR_FLAGS, ...more], { RUNNER_TEMP: disk })
}

function expectNoSpace(ran: Done, disk: string): void {
  expect(ran.code).toBe(2)
  const report = reportOf(ran)
  expect(report.verdict).toBe('incomplete')
  // An image that cannot be opened leaves the check credentials without an answer, too.
  const ofClair = report.unanswered.filter(({ check }) => check === 'clair')
  expect(ofClair.map(({ problem }) => problem.code)).toEqual(['no-space'])
  expect(ran.stdout).toContain('RUNNER_TEMP')
  expect(ran.left).toEqual([])
  expect(readdirSync(disk)).toEqual([])
}

function archiveOf(image: string): string {
  const folder = newFolder()
  folders.push(folder)
  const path = join(folder, 'image.tar')
  docker('save', '-o', path, image)
  return path
}

describe('when there is no space left for the layers', () => {
  test('then an image of the engine is refused before it is read, with what it needs', async () => {
    const disk = smallDisk('size=32m')
    const ran = await scan(BASES.bookworm, disk)
    expectNoSpace(ran, disk)
    expect(ran.stdout).toMatch(/the image needs \d+ MiB, but only \d+ MiB is free/)
  })

  test('then an archive is refused at the first layer that does not fit', async () => {
    const disk = smallDisk('size=32m')
    expectNoSpace(await scan(archiveOf(BASES.bookworm), disk), disk)
  })

  test('then a compressed archive, whose size nobody knows before, is given up while it is written', async () => {
    const disk = smallDisk('size=32m')
    const archive = archiveOf(BASES.bookworm)
    execFileSync('gzip', ['-1', archive])
    expectNoSpace(await scan(`${archive}.gz`, disk), disk)
  })

  test.each([3, 4])('then a disk with room for %i files only is told as what it is', async (files) => {
    const disk = smallDisk(`size=64m,nr_inodes=${files}`)
    expectNoSpace(await scan(tinyDebian('crowded'), disk), disk)
  })
})

describe('when there is no space left for anything else', () => {
  test('then a packed tracker that does not fit is reported as that', async () => {
    const disk = smallDisk('size=200k')
    const packed = join(newFolder(), 'tracker.gz')
    writeFileSync(packed, gzipSync(readFileSync(TRACKER)))
    expectNoSpace(await scan(tinyDebian('tracked'), disk, ['--tracker', packed]), disk)
  })

  test('then a tracker that does not fit where it is to be kept is reported as that', async () => {
    const whole = readFileSync(TRACKER)
    const server = createServer((_, response) => response.end(whole)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    // Nothing is kept where others could write.
    const disk = smallDisk('size=200k,mode=700')
    const flags = ['--tracker', `http://127.0.0.1:${port}/tracker`, '--cache-dir', disk]
    const ran = await scan(tinyDebian('kept'), newFolder(), flags)
    server.close()
    expectNoSpace(ran, disk)
    expect(ran.stdout).toContain(disk)
  })

  // The disk's root, the gate's folder, a file in it, the image's folder, its layer.
  test.each([1, 2])(
    'then a disk with room for %i files only ends in exit 2 and a message, at once',
    async (files) => {
      const disk = smallDisk(`size=64m,nr_inodes=${files}`)
      const ran = await scan(BASES.bookworm, disk)
      expect(ran.code).toBe(2)
      expect(`${ran.stdout}${ran.stderr}`).toContain('RUNNER_TEMP')
      expect(`${ran.stdout}${ran.stderr}`).not.toContain('    at ')
      expect([ran.left, ran.made, readdirSync(disk)]).toEqual([[], [], []])
    },
  )

  test('then a report that can’t be written ends in exit 2 and says where', async () => {
    const disk = smallDisk('size=4k')
    const ran = await scan(tinyDebian('unwritten'), newFolder(), ['--report-dir', join(disk, 'report')])
    expect(ran.code).toBe(2)
    expect(`${ran.stdout}${ran.stderr}`).toContain(join(disk, 'report'))
    expect(ran.left).toEqual([])
  })
})
