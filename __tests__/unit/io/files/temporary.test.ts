import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { makeTemporary, removeTemporary } from '../../../../src/io/files/temporary.js'

let env = { RUNNER_TEMP: '' }
beforeEach(() => {
  env = { RUNNER_TEMP: mkdtempSync(join(tmpdir(), 'temporary-')) }
})
afterEach(() => rmSync(env.RUNNER_TEMP, { recursive: true }))

const [ONE, OTHER] = ['111111111111', '222222222222'] as const
const names = () => readdirSync(env.RUNNER_TEMP).sort()

/** A folder with a file in it that was last changed so many hours ago. */
function folder(name: string, hours: number): void {
  const path = join(env.RUNNER_TEMP, name)
  mkdirSync(path)
  writeFileSync(join(path, 'layer'), 'x')
  const then = Date.now() / 1000 - hours * 3600
  utimesSync(path, then, then)
}

describe('makeTemporary', () => {
  test('when it makes folders, then each is new, under RUNNER_TEMP and for this user only', () => {
    const made = [makeTemporary(ONE, env), makeTemporary(ONE, env)]
    expect(names()).toEqual(made.map((path) => path.slice(env.RUNNER_TEMP.length + 1)).sort())
    for (const path of made) {
      expect(statSync(path).mode & 0o777).toBe(0o700)
    }
  })

  test('when there is no RUNNER_TEMP, then it is made where the system has such folders', () => {
    const path = makeTemporary(ONE, {})
    try {
      expect(path.startsWith(join(tmpdir(), `seaworthy-${ONE}-`))).toBe(true)
    } finally {
      rmSync(path, { recursive: true })
    }
  })

  test('when runs were killed a day ago, then their folders go, and younger and other ones stay', () => {
    folder(`seaworthy-${OTHER}-old`, 25)
    folder(`seaworthy-${OTHER}-new`, 23)
    folder('seaworthy-report', 100)
    folder('seaworthy-evidence-old', 100)
    folder('someone-else', 100)
    const made = makeTemporary(ONE, env).slice(env.RUNNER_TEMP.length + 1)
    const stay = [`seaworthy-${OTHER}-new`, 'seaworthy-report', 'seaworthy-evidence-old', 'someone-else']
    expect(names()).toEqual([made, ...stay].sort())
  })
})

describe('a run that was killed', () => {
  const owner = (name: string) => join(env.RUNNER_TEMP, name, 'owner')

  test('when its process is gone, then its folder goes; that of one that lives stays', () => {
    const living = makeTemporary(ONE, env).slice(env.RUNNER_TEMP.length + 1)
    const [boot, space, started, pid] = readFileSync(owner(living), 'utf8').split(' ')
    expect(pid).toBe(String(process.pid))
    const named = {
      [`seaworthy-${OTHER}-again`]: [boot, space, `${started}0`, pid],
      [`seaworthy-${OTHER}-elsewhere`]: [boot, 'pid:[1]', started, '999999999'],
      [`seaworthy-${OTHER}-gone`]: [boot, space, started, '999999999'],
    }
    for (const [name, args] of Object.entries(named)) {
      folder(name, 1)
      writeFileSync(owner(name), args.join(' '))
    }
    const made = makeTemporary(ONE, env).slice(env.RUNNER_TEMP.length + 1)
    expect(names()).toEqual([living, made, `seaworthy-${OTHER}-elsewhere`].sort())
  })

  test('when no folder can be made, then that is reported with what to do', () => {
    const nowhere = { RUNNER_TEMP: join(env.RUNNER_TEMP, 'nowhere') }
    expect(() => makeTemporary(ONE, nowhere)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({ code: 'file-unwritable', where: nowhere.RUNNER_TEMP }),
      }),
    )
  })
})

describe('folders of others', () => {
  test('when one can’t be read or removed, then the run goes on without a word', () => {
    folder(`seaworthy-${OTHER}-odd`, 1)
    // As unreadable as another user's, also for root.
    mkdirSync(join(env.RUNNER_TEMP, `seaworthy-${OTHER}-odd`, 'owner'))
    expect(existsSync(makeTemporary(ONE, env))).toBe(true)
    expect(names()).toContain(`seaworthy-${OTHER}-odd`)
  })
})

describe('removeTemporary', () => {
  test('when a run ends, then all its folders go, and those of others stay; twice is no error', () => {
    const mine = makeTemporary(ONE, env)
    writeFileSync(join(mine, 'layer'), 'x')
    makeTemporary(ONE, env)
    const theirs = makeTemporary(OTHER, env)
    removeTemporary(ONE, env)
    removeTemporary(ONE, env)
    expect(existsSync(theirs)).toBe(true)
    expect(names()).toHaveLength(1)
  })
})
