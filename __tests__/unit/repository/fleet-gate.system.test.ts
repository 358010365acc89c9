import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

// examples/fleet/gate.sh with a stand-in for the gate: which images each run gets, and what becomes of its exit code.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-fleet-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** What the stand-in exits with, one code a run; after these 0. */
function fleetGate(list: string | null, index: number, count: number, codes: readonly number[] = []) {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(folder, 'codes'), codes.join('\n'))
  writeFileSync(
    join(bin, 'seaworthy'),
    '#!/bin/sh\necho "$*" >>runs\ncode=$(sed -n "$(wc -l <runs)p" codes)\nexit "${code:-0}"\n',
    { mode: 0o755 },
  )
  if (list !== null) {
    writeFileSync(join(folder, 'images.txt'), list)
  }
  rmSync(join(folder, 'runs'), { force: true })
  const script = resolve('examples/fleet/gate.sh')
  const { status, stdout, stderr } = spawnSync('sh', [script, 'images.txt', String(index), String(count)], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  })
  const log = existsSync(join(folder, 'runs')) ? readFileSync(join(folder, 'runs'), 'utf8') : ''
  const runs = log.split('\n').filter((line) => line !== '')
  const images = runs.map((run) => run.split(' ').filter((one) => one.startsWith('registry:')))
  return { status, output: stdout + stderr, runs, images }
}

const namesTo = (count: number) => Array.from({ length: count }, (_, at) => `example.com/shop:${at + 1}`)

describe('a gate of a fleet', () => {
  test.each([1, 3, 4])('of %i judges its share, and all of them judge each image once', (count) => {
    const names = namesTo(50)
    const list = `# released\n\n${names.join('\n')}\n`
    const all = Array.from({ length: count }, (_, index) => fleetGate(list, index, count).images.flat())
    expect(all.flat().sort()).toEqual(names.map((name) => `registry:${name}`).sort())
    for (const share of all) {
      expect(Math.abs(share.length - names.length / count)).toBeLessThan(1)
    }
  })

  test('judges at most 20 images in a run, each with a report of its own', () => {
    const { images, runs } = fleetGate(namesTo(45).join('\n'), 0, 1)
    expect(images.map(({ length }) => length)).toEqual([20, 20, 5])
    expect(new Set(runs.map((run) => run.split('--report-dir ')[1])).size).toBe(3)
  })

  test.each([
    [[0], 0, 1],
    [[1], 1, 1],
    [[2, 0], 0, 2],
    [[2, 1], 1, 2],
    [[2, 2], 2, 2],
    [[137], 137, 1],
  ])('when its runs exit with %j, then it exits with %i after %i runs', (codes, status, count) => {
    const ran = fleetGate(namesTo(3).join('\n'), 0, 1, codes)
    expect([ran.status, ran.runs.length]).toEqual([status, count])
  })

  test('when a later run passes, then it still exits with the worst code', () => {
    expect(fleetGate(namesTo(45).join('\n'), 0, 1, [0, 1, 0]).status).toBe(1)
  })

  test.each([
    ['does not exist', null],
    ['is empty', ''],
    ['has only comments', '# nothing\n\n'],
  ])('when the list %s, then it exits with 2 and says why', (_, list) => {
    const { status, output, runs } = fleetGate(list, 0, 4)
    expect([status, runs]).toEqual([2, []])
    expect(output).toContain('images.txt')
  })

  test('when it is not one of the gates, then it exits with 2 and says why', () => {
    const { status, output, runs } = fleetGate(namesTo(3).join('\n'), 4, 4)
    expect([status, runs]).toEqual([2, []])
    expect(output).toContain('INDEX is 0 to COUNT - 1')
  })

  test('when there are fewer images than gates, then one without images says so and exits with 0', () => {
    const { status, output, runs } = fleetGate(namesTo(2).join('\n'), 3, 4)
    expect([status, runs]).toEqual([0, []])
    expect(output).toContain('gate 3 has none')
  })
})
