import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { defaultCacheDir } from '../../../src/io/files/files.js'

/**
 * A run of Jest that ends early, in a made-up repository with our own set-up: one test file fails, while the other one still
 * works in its folder.
 */

const FAILS = `
import { writeFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { until } from './until.mjs'
test('fails, once the other file has begun', async () => {
  await until('begun')
  expect(1).toBe(2)
})
`
/** Each of its tests writes into a folder that a hook has made. */
const WORKS = `
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, test } from '@jest/globals'
import { LOG, note, until } from './until.mjs'
let folder
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'x-')) })
afterEach(() => rmSync(folder, { recursive: true }))
afterAll(() => note('cleaned'))
test('is running when the run ends', async () => {
  note('begun')
  await until('ended')
  writeFileSync(join(folder, 'gate.yml'), '')
  note('first')
})
test('comes later', () => {
  writeFileSync(join(folder, 'npm'), '')
  note('second')
})
`
/** A hook that fails, before a test that writes where it has nothing to write. */
const HOOK = `
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, test } from '@jest/globals'
import { note } from './until.mjs'
  let folder = ''
beforeAll(() => { throw new Error('no folder') })
beforeEach(() => note('each'))
describe('inside', () => { test('writes', () => writeFileSync(join(folder, 'gate.yml'), '')) })
test('writes too', () => writeFileSync(join(folder, 'npm'), ''))
`
const until = (log: string) => `
import { existsSync, writeFileSync } from 'node:fs'
export const LOG = ${JSON.stringify(log)}
export const note = (name) => writeFileSync(LOG + '/' + name, '')
export async function until(name) {
  while (!existsSync(LOG + '/' + name)) await new Promise((resolve) => setTimeout(resolve, 20))
}
`

let home: string
let root: string
let log: string
let temp: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'early-'))
  root = join(home, 'repository')
  log = join(home, 'log')
  temp = join(home, 'temp')
  for (const folder of [join(root, '__tests__/support'), join(root, '.cache'), log, temp]) {
    mkdirSync(folder, { recursive: true })
  }
  cpSync('__tests__/support/jest', join(root, '__tests__/support/jest'), { recursive: true })
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, '__tests__/until.mjs'), until(log))
  const jest = '<rootDir>/__tests__/support/jest'
  const config = {
    runner: `${jest}/runner.mjs`,
    globalSetup: `${jest}/folders.mjs`,
    globalTeardown: `${jest}/folders-end.mjs`,
    setupFiles: [`${jest}/modules.mjs`],
    transform: {},
    testMatch: ['<rootDir>/__tests__/*.test.mjs'],
  }
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', jest: config }))
})
const children: ChildProcess[] = []
afterEach(() => {
  note('ended')
  for (const child of children.splice(0)) {
    child.kill('SIGKILL')
  }
})

const note = (name: string) => writeFileSync(join(log, name), '')
const noted = () => readdirSync(log).sort()
async function waitFor(what: () => boolean): Promise<void> {
  for (let round = 0; !what(); round++) {
    if (round > 1500) {
      throw new Error(`not within 30 s; noted: ${noted().join()}`)
    }
    await sleep(20)
  }
}

/** Starts Jest on these files. */
function start(files: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv, ...args: readonly string[]) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, `__tests__/${name}.test.mjs`), text)
  }
  const program = [resolve('node_modules/jest/bin/jest.js'), '--maxWorkers=2', ...args]
  const child = spawn(process.execPath, ['--no-warnings', ...program], {
    cwd: root,
    env: { ...process.env, TMPDIR: temp, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
    })
  }
  // Not 'close': workers that still run hold its pipes.
  return { child, output: () => output, ended: new Promise((done) => child.on('exit', done)) }
}

/** Jest keeps its own map of files next to them. */
const runs = () => readdirSync(temp).filter((name) => name.startsWith('sw-'))
const workers = () => globSync(join(temp, '*/workers/*')).map((path) => Number(path.split('/').pop()))
const isAlive = (pid: number) => existsSync(`/proc/${pid}/stat`)
const inRepository = () => readdirSync(root).sort()

describe('when a run ends early', () => {
  test.each<[string, readonly string[], (child: ChildProcess) => unknown]>([
    ['by --bail', ['--bail'], () => undefined],
    ['by an interrupt', [], (child) => child.kill('SIGINT')],
    ['because it was killed', [], (child) => child.kill('SIGKILL')],
  ])(
    '%s, then a test that still runs finds its folder, no other begins, and the repository is as it was',
    async (_, args, end) => {
      const files = args.length > 0 ? { fails: FAILS, works: WORKS } : { works: WORKS }
      const before = inRepository()
      const { child, ended } = start(files, {}, ...args)
      await waitFor(() => noted().includes('begun'))
      end(child)
      await ended
      expect(runs()).toEqual([expect.stringMatching(/^sw-\d+-/)])
      note('ended')
      await waitFor(() => noted().includes('cleaned'))
      expect(noted()).toEqual(['begun', 'cleaned', 'ended', 'first'])
      expect(inRepository()).toEqual(before)
      await waitFor(() => !workers().some(isAlive))

      // The next run removes it.
      const next = start(
        { works: "import { test } from '@jest/globals'\ntest('good', () => undefined)\n" },
        {},
        'works',
      )
      await next.ended
      expect(runs()).toEqual([])
    },
  )

  test('and another run starts meanwhile, then that leaves the folder alone', async () => {
    const { child, ended } = start({ works: WORKS }, {})
    await waitFor(() => noted().includes('begun'))
    child.kill('SIGKILL')
    await ended
    const [run] = runs()
    const good = { good: "import { test } from '@jest/globals'\ntest('good', () => undefined)\n" }
    await start(good, {}, 'good').ended
    expect(runs()).toEqual([run])
    note('ended')
    await waitFor(() => noted().includes('cleaned'))
    expect(noted()).toContain('first')
  })
})

test('when a worker starts long after the other one, then the run still ends', async () => {
  const late = join(home, 'late.mjs')
  writeFileSync(
    late,
    `if (process.env.TINYPOOL_WORKER_ID === '2') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000)\n`,
  )
  const good = "import { test } from '@jest/globals'\ntest('good', () => undefined)\n"
  const options = `${process.env.NODE_OPTIONS ?? ''} --import ${late}`
  const { ended, output } = start({ one: good, two: good }, { NODE_OPTIONS: options })
  expect([await ended, output()]).toEqual([0, expect.stringContaining('2 passed, 2 total')])
})

test('when a hook fails, then no test that relies on it runs', async () => {
  const before = inRepository()
  const { ended, output } = start({ hook: HOOK }, {})
  await ended
  expect(output()).toContain('not run, because a hook has failed: no folder')
  expect([noted(), inRepository(), runs()]).toEqual([[], before, []])
})

test('when a test runs the command, then what that keeps is the run’s own', () => {
  const run = process.env.SEAWORTHY_TEST_RUN ?? 'none'
  expect(defaultCacheDir()).toBe(join(run, 'cache/seaworthy'))
  expect(process.env.SEAWORTHY_DEV_CACHE).toMatch(/^\/.*\/seaworthy-dev$/)
})

test('when a test file keeps a path for its tests, then that has no value before a hook sets it', () => {
  const files = globSync('__tests__/**/*.ts')
  expect(files.length).toBeGreaterThan(300)
  // join('', 'x') is a path in the repository, where join(undefined, 'x') throws.
  const empty = files.filter((path) => /^let \w+(?:: string)? = ''$/m.test(readFileSync(path, 'utf8')))
  expect(empty).toEqual([])
})
