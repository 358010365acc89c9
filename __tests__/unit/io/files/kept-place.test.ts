import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { isOnlyOurs, keptPlace } from '../../../../src/io/files/kept-place.js'

let root: string
let temp: string
let home: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sw-place-'))
  temp = join(root, '_temp')
  home = join(root, 'home')
  mkdirSync(temp)
  mkdirSync(home)
})
afterEach(() => {
  chmodSync(home, 0o700)
  rmSync(root, { recursive: true })
})

const folder = (path: string, mode: number) => {
  mkdirSync(path, { recursive: true })
  chmodSync(path, mode)
  return path
}
const job = () => ({ GITHUB_ACTIONS: 'true', RUNNER_TEMP: temp })

describe('on a user’s own machine', () => {
  test('when a folder is not there yet, then it will be our own', () => {
    expect(keptPlace(join(home, 'a/b'), {})).toBe(join(home, 'a/b'))
  })

  test.each([
    [0o700, true],
    [0o755, true],
    [0o555, true],
    [0o775, false],
    [0o757, false],
    [0o1777, false],
  ])('when its mode is %o, then what is kept there counts: %s', (mode, counts) => {
    const path = folder(join(home, 'cache'), mode)
    expect(keptPlace(path, {})).toBe(counts ? path : null)
    const link = join(root, 'link')
    symlinkSync(path, link)
    expect(keptPlace(link, {})).toBe(counts ? link : null)
  })

  test('when a file in it may be written by others, then the file does not count', () => {
    const file = join(folder(join(home, 'cache'), 0o755), 'kev')
    writeFileSync(file, '')
    chmodSync(file, 0o644)
    expect(isOnlyOurs(file, {})).toBe(true)
    chmodSync(file, 0o664)
    expect(isOnlyOurs(file, {})).toBe(false)
  })

  test('when root owns it, then it counts', () => {
    expect(keptPlace('/usr', {})).toBe('/usr')
  })
})

describe('in a job of GitHub Actions', () => {
  test('when it is in the home of the user, then it does not count: each job of the runner is that user', () => {
    expect(keptPlace(folder(join(home, '.cache'), 0o700), job())).toBeNull()
    expect(keptPlace(join(home, 'not-there'), job())).toBeNull()
  })

  test('when it is in RUNNER_TEMP, then it counts, there or not there yet', () => {
    const path = folder(join(temp, 'feeds'), 0o755)
    expect(keptPlace(path, job())).toBe(path)
    expect(keptPlace(join(path, 'deeper/still'), job())).toBe(join(path, 'deeper/still'))
    expect(keptPlace(folder(path, 0o777), job())).toBeNull()
  })

  test.each(['..', 'link', '.'])('when %s leads out of RUNNER_TEMP, then it does not count', (segment) => {
    symlinkSync(home, join(temp, 'link'))
    const path = { '..': join(temp, '..', 'home'), link: join(temp, 'link'), '.': temp }[segment] ?? ''
    expect(keptPlace(path, job())).toBeNull()
    expect(keptPlace(join(path, segment === '.' ? '../home/x' : 'x'), job())).toBeNull()
  })

  test('when nobody says where RUNNER_TEMP is, then nothing is in it', () => {
    for (const RUNNER_TEMP of [undefined, '', join(root, 'not-there')]) {
      expect(
        keptPlace(folder(join(temp, 'feeds'), 0o700), { GITHUB_ACTIONS: 'true', RUNNER_TEMP }),
      ).toBeNull()
    }
  })

  test('when the user of the job owns it, then that he may not write to it changes nothing: he can change that', () => {
    expect(keptPlace(folder(home, 0o500), job())).toBeNull()
  })

  test('when another owns it and the job’s user cannot write to it, then it counts; root can write everywhere', () => {
    const isRoot = process.getuid?.() === 0
    expect(keptPlace('/usr', job())).toBe(isRoot ? null : '/usr')
  })
})
