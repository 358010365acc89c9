import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { listTests } from '../live/docker-bench/lists.js'
import { removeImages, tinyDebian } from '../live/images.js'
import { isolationTests } from '../live/isolation.js'
import { jobTests } from '../live/job-tests.js'
import { BASES, CLAIR_IMAGE, docker, newFolder, POSTGRES_IMAGE, reportOf, SMALL } from '../live/support.js'
import { type Done, dockerOn, HERE, load, runOn, secondEngine, type TestEngine } from '../live/test-engine.js'
import { verdictOf } from '../live/verdict-of.js'

const BASE = BASES.bookworm
const folder = newFolder()

const digestOf = (ran: Done) => reportOf(ran).images[0]?.digest ?? 'none'

const engines = new Map<'classic' | 'ctrd', TestEngine & { down(): void }>()
let tiny: string
let usual: Done
let tinyUsual: Done
beforeAll(async () => {
  tiny = tinyDebian('everywhere')
  for (const store of ['classic', 'ctrd'] as const) {
    engines.set(store, secondEngine(`test-${store}-${process.pid}`, store))
  }
  await load([...engines.values()], [CLAIR_IMAGE, POSTGRES_IMAGE, BASE, SMALL, tiny])
  usual = await runOn(HERE, ['scan', BASE])
  tinyUsual = await runOn(HERE, ['scan', tiny])
  expect([...reportOf(usual).unanswered, ...reportOf(tinyUsual).unanswered]).toEqual([])
  expect(reportOf(usual).images[0]?.findings.length).toBeGreaterThan(10)
  expect(reportOf(tinyUsual).images[0]?.findings.length).toBeGreaterThan(3)
})
afterAll(() => {
  for (const engine of engines.values()) {
    engine.down()
  }
  removeImages()
  rmSync(folder, { recursive: true })
})

describe('one image by this machine’s engine', () => {
  test('then its digest is the engine’s own id, which is that of the config', () => {
    expect(digestOf(usual)).toBe(docker('image', 'inspect', '-f', '{{.Id}}', BASE).trim())
  })
})

describe('one image in an archive', () => {
  const path = (name: string) => join(folder, name)

  test('then what docker save wrote gives the same report, plain and in gzip', async () => {
    docker('save', '-o', path('saved.tar'), BASE)
    execFileSync('gzip', ['-1', '-k', path('saved.tar')])
    for (const name of ['saved.tar', 'saved.tar.gz']) {
      expect(verdictOf(await runOn(HERE, ['scan', path(name)]))).toBe(verdictOf(usual))
    }
  })

  test.each(['gzip', 'zstd'])('then an OCI archive with layers in %s gives the same report', async (form) => {
    const archive = path(`${form}.oci.tar`)
    skopeo('copy', '-q', '--dest-compress-format', form, `docker-daemon:${BASE}`, `oci-archive:${archive}`)
    const ran = await runOn(HERE, ['scan', archive])
    // Skopeo writes Docker's config again, as one of the OCI image-spec: that is another digest.
    const config = skopeo('inspect', '--raw', '--config', `oci-archive:${archive}`)
    const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`
    expect(digestOf(ran)).toBe(digest)
    expect(verdictOf(ran).replaceAll(digest, digestOf(usual))).toBe(verdictOf(usual))
  })
})

describe.each(['classic', 'ctrd'] as const)('one image by an engine 26 with the %s store', (store) => {
  let engine: TestEngine
  beforeAll(() => {
    engine = engines.get(store) ?? HERE
  })

  test('then it is that store', () => {
    const driver = dockerOn(engine, 'info', '-f', '{{.ServerVersion}} {{.Driver}}').trim()
    expect(driver).toMatch(store === 'classic' ? /^26\S+ overlay2$/ : /^26\S+ overlayfs$/)
  })

  test('then it gives the same report, and leaves nothing', async () => {
    for (const [image, expected] of [
      [BASE, usual],
      [tiny, tinyUsual],
    ] as const) {
      const ran = await runOn(engine, ['scan', image])
      expect(verdictOf(ran)).toBe(verdictOf(expected))
      expect([ran.code, ran.left, ran.made.length]).toEqual([expected.code, [], 2])
    }
  })

  test('then what it saves gives the same report elsewhere', async () => {
    const archive = join(folder, `${store}.tar`)
    dockerOn(engine, 'save', '-o', archive, BASE)
    expect(verdictOf(await runOn(HERE, ['scan', archive]))).toBe(verdictOf(usual))
  })

  listTests(() => engine)

  if (store === 'classic') {
    describe('while a gate runs on it', () => isolationTests(() => engine))
    describe('when the gate runs in a container of it', () => jobTests(() => engine))
  }
})

function skopeo(...args: readonly string[]): Buffer {
  try {
    return execFileSync('skopeo', args)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw error
    }
    throw new Error('this test needs skopeo, which script/setup engine26 installs on Debian', {
      cause: error,
    })
  }
}
