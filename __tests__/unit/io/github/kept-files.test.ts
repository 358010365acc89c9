import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { PROVEN_FILES as proven } from '../../../../src/gate/gate.js'
import { tarOfMembers } from '../../../../src/io/archive/formats/tar-writer.js'
import { restoreKept, usesRunnerCache } from '../../../../src/io/github/kept-files.js'
import { type CacheLookup, type CacheService, cacheService } from '../../../support/cache-service.js'
import { until } from '../../../support/waiting.js'

const BRANCH = { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_REF_TYPE: 'branch' }
const SERVICE = {
  ACTIONS_CACHE_SERVICE_V2: 'true',
  ACTIONS_RESULTS_URL: 'https://results.example/',
  ACTIONS_RUNTIME_TOKEN: 'token',
}
const tarOf = (files: readonly { readonly path: string; readonly text: string }[]) =>
  tarOfMembers(
    files.map(({ path, text }) => {
      return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, link: '', bytes: Buffer.from(text) } as const
    }),
  )
const loggedOut = () => false

describe('where the runner’s cache is used', () => {
  test.each<[string, Readonly<Record<string, string>>, boolean]>([
    ['a push to a branch', {}, true],
    ['a schedule', { GITHUB_EVENT_NAME: 'schedule' }, true],
    ['a run by hand', { GITHUB_EVENT_NAME: 'workflow_dispatch' }, true],
    ['a pull request', { GITHUB_EVENT_NAME: 'pull_request' }, false],
    ['a pull request', { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' }, false],
    ['pull_request_target', { GITHUB_EVENT_NAME: 'pull_request_target' }, false],
    ['a review', { GITHUB_EVENT_NAME: 'pull_request_review' }, false],
    ['a merge queue', { GITHUB_EVENT_NAME: 'merge_group' }, false],
    ['the branch of a merge queue', { GITHUB_REF: 'refs/heads/gh-readonly-queue/main/pr-7-1' }, false],
    ['a tag', { GITHUB_REF: 'refs/tags/v1.0.0', GITHUB_REF_TYPE: 'tag' }, false],
    ['a tag by hand', { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REF_TYPE: 'tag' }, false],
    ['a branch that is named as a tag is', { GITHUB_REF: 'refs/tags/v1.0.0' }, false],
    ['a release', { GITHUB_EVENT_NAME: 'release' }, false],
    ['a deployment', { GITHUB_EVENT_NAME: 'deployment' }, false],
    ['a run after another', { GITHUB_EVENT_NAME: 'workflow_run' }, false],
    ['nothing that is told', { GITHUB_EVENT_NAME: '' }, false],
    ['a job that may sign in elsewhere', { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }, false],
    ['a runner without a cache', { ACTIONS_RUNTIME_TOKEN: '' }, false],
    ['a runner that does not say where it is', { ACTIONS_RESULTS_URL: '' }, false],
  ])('when it is %s (%j), then: %s', (_, part, used) => {
    expect(usesRunnerCache({ ...BRANCH, ...SERVICE, ...part }, loggedOut)).toBe(used)
  })

  test('when the job is logged in at a registry, then it may push there', () => {
    expect(usesRunnerCache({ ...BRANCH, ...SERVICE }, () => true)).toBe(false)
  })
})

const INDEX = `${'a1'.repeat(32)}.zst`
const OTHER = `${'b2'.repeat(32)}.zst`

let root: string
let cacheDir: string
let service: CacheService
/** What @actions/cache and the runner set; put back after each test. */
let before: NodeJS.ProcessEnv
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sw-kept-'))
  cacheDir = join(root, 'home/.cache/seaworthy')
  before = { ...process.env }
})
afterEach(async () => {
  for (const name of Object.keys(process.env)) {
    if (!(name in before)) {
      delete process.env[name]
    }
  }
  Object.assign(process.env, before)
  await service?.close()
  rmSync(root, { recursive: true })
})

/** A runner, with its cache, its folders and a job in it. */
async function runner(answer?: (lookup: CacheLookup) => Buffer | null) {
  service = await cacheService(answer)
  const env = {
    ...service.env,
    GITHUB_WORKSPACE: join(root, 'work'),
    RUNNER_TEMP: join(root, '_temp'),
    GITHUB_WORKFLOW: 'gate',
    GITHUB_JOB: 'scan',
  }
  for (const folder of [env.GITHUB_WORKSPACE, env.RUNNER_TEMP]) {
    mkdirSync(folder, { recursive: true })
  }
  Object.assign(process.env, env)
  return env
}
const keepFile = (name: string, text = name) => {
  mkdirSync(join(cacheDir, 'indexes'), { recursive: true })
  writeFileSync(join(cacheDir, 'indexes', name), text)
}
/** What @actions/cache says to the runner is not for the tests' output. */
const quietly = async <T>(work: () => Promise<T>): Promise<T> => {
  const out = jest.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    return await work()
  } finally {
    out.mockRestore()
  }
}
const fetched = () => until(() => service.log.some((line) => line.startsWith('GET /blob/')))
const settled = () =>
  until(() => !readdirSync(join(root, '_temp')).some((name) => name.startsWith('seaworthy-restored')))

describe('what is kept for the next run', () => {
  test('when a run has used an index, then @actions/cache saves it, and the next run has it', async () => {
    const env = await runner()
    const warnings: string[] = []
    await quietly(async () => {
      const first = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
      keepFile(INDEX)
      keepFile('not-ours.zst')
      first.end()
      await first.save()
    })
    expect(warnings).toEqual([])
    const [[key = ''] = []] = [...service.saved]
    expect(key).toMatch(/^seaworthy-kept-1-[0-9a-f]{16}-[0-9a-f]{32}$/)
    expect(readdirSync(env.RUNNER_TEMP).filter((name) => name.startsWith('seaworthy'))).toEqual([])

    rmSync(cacheDir, { recursive: true })
    await quietly(async () => {
      const second = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
      await until(() => existsSync(join(cacheDir, 'indexes', INDEX)))
      await settled()
      expect(readFileSync(join(cacheDir, 'indexes', INDEX), 'utf8')).toBe(INDEX)
      expect(readdirSync(join(cacheDir, 'indexes'))).toEqual([INDEX])
      // Nothing of it was used: nothing is saved.
      await second.save()
    })
    expect([warnings, [...service.saved.keys()]]).toEqual([[], [key]])
    expect(service.lookups.map(({ prefixes }) => prefixes)).toContainEqual([key.slice(0, -32)])
  })

  test('when a link lies among the indexes, or they lie behind one, then nothing of it is saved', async () => {
    const env = await runner()
    const secret = join(root, 'secret')
    await quietly(async () => {
      const kept = restoreKept({ cacheDir, proven, env }, true, () => {})
      writeFileSync(secret, 'secret')
      mkdirSync(join(cacheDir, 'indexes'), { recursive: true })
      symlinkSync(secret, join(cacheDir, 'indexes', INDEX))
      await kept.save()
      rmSync(join(cacheDir, 'indexes'), { recursive: true })
      mkdirSync(join(root, 'elsewhere'))
      writeFileSync(join(root, 'elsewhere', OTHER), 'secret')
      symlinkSync(join(root, 'elsewhere'), join(cacheDir, 'indexes'))
      await kept.save()
    })
    expect([...service.saved]).toEqual([])
  })

  test('when the folder of indexes is a link, then nothing is restored into what it leads to', async () => {
    const env = await runner(() =>
      gzipSync(tarOf([{ path: `../_temp/seaworthy-kept/indexes/${INDEX}`, text: 'x' }])),
    )
    mkdirSync(join(root, 'elsewhere'))
    mkdirSync(cacheDir, { recursive: true })
    symlinkSync(join(root, 'elsewhere'), join(cacheDir, 'indexes'))
    const warnings: string[] = []
    await quietly(async () => {
      const kept = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
      await until(() => service.lookups.length > 0)
      await settled()
      await kept.save()
    })
    expect([warnings, readdirSync(join(root, 'elsewhere'))]).toEqual([[], []])
  })

  test('when what is there is used again, then it is not written again; when another index is, then it is', async () => {
    const env = await runner()
    const run = (...used: readonly string[]) =>
      quietly(async () => {
        const kept = restoreKept({ cacheDir, proven, env }, true, () => {})
        await until(() => service.lookups.length > 0)
        if (service.saved.size > 0) {
          await fetched()
          await until(() => existsSync(join(cacheDir, 'indexes')))
          await settled()
        }
        for (const name of used) {
          keepFile(name)
        }
        await kept.save()
        rmSync(cacheDir, { recursive: true, force: true })
        service.lookups.length = 0
      })
    await run(INDEX)
    service.log.length = 0
    await run(INDEX)
    expect(service.log.filter((line) => line.includes('CreateCacheEntry'))).toEqual([])
    await run(INDEX, OTHER)
    expect(service.saved.size).toBe(2)
  })

  test('when something is there already, then it is not replaced', async () => {
    const env = await runner()
    const prefix = '../_temp/seaworthy-kept/indexes'
    const archive = zstdCompressSync(
      tarOf([INDEX, OTHER].map((name) => ({ path: `${prefix}/${name}`, text: 'restored' }))),
    )
    await service.close()
    const existing = await runner(() => archive)
    keepFile(INDEX, 'of this run')
    await quietly(async () => {
      const kept = restoreKept({ cacheDir, proven, env: { ...env, ...existing } }, true, () => {})
      await until(() => existsSync(join(cacheDir, 'indexes', OTHER)))
      await settled()
      kept.end()
    })
    expect(readFileSync(join(cacheDir, 'indexes', INDEX), 'utf8')).toBe('of this run')
    // What was restored is old until it is used.
    expect(statSync(join(cacheDir, 'indexes', OTHER)).mtimeMs).toBeLessThan(Date.now() - 3_600_000)
  })

  const prefix = '../_temp/seaworthy-kept'
  test.each<[string, string]>([
    ['a feed', `${prefix}/feeds/kev-0123456789abcdef.json.gz`],
    ['an InRelease', `${prefix}/releases/bookworm.json`],
    ['an index elsewhere', `${prefix}/docker-bench/${INDEX}`],
    ['a name longer than a hash', `${prefix}/indexes/${INDEX}x`],
    ['a folder below', `${prefix}/indexes/${INDEX}/x`],
    ['a name that leads out', `${prefix}/indexes/../../../x/${INDEX}`],
    ['an absolute name', `/${INDEX}`],
    ['another commit of Docker Bench', `${prefix}/docker-bench/${'0'.repeat(40)}.tar.gz`],
  ])('when the archive holds %s, then nothing of it is taken, and that is told', async (_, path) => {
    const good = { path: `${prefix}/indexes/${OTHER}`, text: 'x' }
    const env = await runner(() => gzipSync(tarOf([good, { path, text: '::error::x' }])))
    const warnings: string[] = []
    await quietly(async () => {
      const kept = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
      await until(() => warnings.length > 0)
      await kept.save()
    })
    expect(warnings).toEqual([expect.stringContaining('which was not requested')])
    expect(warnings[0]).not.toContain('\n')
    expect(readdirSync(root, { recursive: true }).filter((one) => /zst|kev|\/x$/.test(String(one)))).toEqual(
      [],
    )
    expect(service.saved.size).toBe(0)
  })

  test('when the service fails or says nothing of sense, then that is reported, and nothing else happens', async () => {
    const env = await runner()
    await service.close()
    const warnings: string[] = []
    await quietly(async () => {
      const kept = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
      await until(() => warnings.length > 0)
      await kept.save()
    })
    expect(warnings).toEqual([expect.stringMatching(/^the runner's cache was not read: .*ECONNREFUSED/)])
  })

  test('when the run ends before the cache has answered, then nobody waits for it', async () => {
    let answers = 0
    const env = await runner(() => {
      answers++
      return null
    })
    const warnings: string[] = []
    const kept = restoreKept({ cacheDir, proven, env }, true, (text) => warnings.push(text))
    kept.end()
    await kept.save()
    expect([warnings, answers]).toEqual([[], 0])
  })

  test('when it is not used, then nobody is asked', async () => {
    const env = await runner()
    const kept = restoreKept({ cacheDir, proven, env }, false, () => {})
    keepFile(INDEX)
    kept.end()
    await kept.save()
    expect(service.log).toEqual([])
  })
})
