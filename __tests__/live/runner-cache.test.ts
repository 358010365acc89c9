import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { unpackPlainFiles } from '../../src/io/archive/formats/plain-files.js'
import { type CacheService, cacheService } from '../support/cache-service.js'
import { runStep, type Step } from './act/dist.js'
import { newFolder, SMALL } from './support.js'

let service: CacheService
beforeAll(async () => {
  service = await cacheService()
})
afterAll(() => service.close())

/** A scheduled job on a new machine, whose work tree and RUNNER_TEMP have the paths that such jobs always have. */
const temp = join(newFolder(), '_temp')
const workspace = newFolder()
async function scheduled(): Promise<Step & { readonly home: string }> {
  mkdirSync(temp, { recursive: true })
  const home = newFolder()
  const step = await runStep(
    'action',
    { image: SMALL, checks: 'security-updates' },
    {
      temp,
      env: {
        ...service.env,
        HOME: home,
        GITHUB_WORKSPACE: workspace,
        GITHUB_EVENT_NAME: 'schedule',
        GITHUB_REF: 'refs/heads/main',
        GITHUB_REF_TYPE: 'branch',
        GITHUB_JOB: 'gate',
      },
    },
  )
  return { ...step, home }
}

test('when a scheduled job has read the archive, then its indexes are kept for the next one, and nothing else', async () => {
  const first = await scheduled()
  expect(['pass', 'fail']).toContain(first.outputs.verdict)
  const cache = join(first.home, '.cache/seaworthy')
  const indexes = readdirSync(join(cache, 'indexes'))
  expect(indexes.length).toBeGreaterThan(0)
  expect(readdirSync(cache).sort()).toEqual(['indexes', 'releases'])
  // @actions/cache leaves the folder that it packs in.
  expect(readdirSync(temp).filter((name) => name.startsWith('seaworthy'))).toEqual([])

  const [[key = '', { bytes } = { bytes: Buffer.alloc(0) }] = []] = [...service.saved]
  const folder = newFolder()
  const names = await unpackPlainFiles(
    (async function* () {
      yield bytes
    })(),
    folder,
    {
      nameOf: (path) => /\/seaworthy-kept\/indexes\/([0-9a-f]{64}\.zst)$/.exec(path)?.[1] ?? null,
      maxFiles: 100,
      maxTotalBytes: 2 ** 28,
      where: 'the cache',
    },
  )
  expect(names.toSorted()).toEqual(indexes.toSorted())

  const second = await scheduled()
  expect(second.outputs.verdict).toBe(first.outputs.verdict)
  const prefix = key.slice(0, -32)
  expect(service.lookups.at(-1)).toMatchObject({ prefixes: [prefix] })
  expect([...service.saved.keys()].every((one) => one.startsWith(prefix))).toBe(true)
  expect(second.stdout).not.toContain("the runner's cache was not")
})
