import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  serve,
} from '../support/fake-registry.js'
import { keys } from '../support/policies.js'
import { tarOf } from '../unit/io/archive/build.js'
import { attack } from './bundle.js'
import { debianFiles } from './made-evidence.js'

/**
 * Two manifests in a registry with the same config, of which one lists another layer: an engine that does not compare
 * layers with the config, such as one that pulls lazily, runs that one. Read together, the layers of the first were
 * judged for both.
 */

const shelf = emptyShelf()
const GOOD = tarOf(debianFiles()).toString('utf8')
const OTHER = tarOf([...debianFiles(), { path: 'bin/sh', body: 'other', mode: 0o4755 }]).toString('utf8')
let registry: FakeRegistry
beforeAll(async () => {
  registry = await fakeRegistry((request, response) => serve(shelf, request, response))
  const config = JSON.stringify({
    os: 'linux',
    architecture: 'amd64',
    rootfs: { type: 'layers', diff_ids: [digestOf(GOOD)] },
  })
  for (const [tag, layer] of [
    ['1', GOOD],
    ['2', OTHER],
  ] as const) {
    const manifest = {
      schemaVersion: 2,
      config: { digest: add(shelf, config), size: config.length },
      layers: [{ digest: add(shelf, layer), size: Buffer.byteLength(layer) }],
    }
    shelf.tags.set(tag, add(shelf, manifest))
  }
})
afterAll(() => registry?.close())

test.each([['1 2'], ['2 1'], ['2']])(
  'when manifests %s are read, then the one without the layers of its config has no answer',
  async (tags) => {
    const names = tags.split(' ').map((tag) => `registry:${registry.host}/acme/shop:${tag}`)
    const ran = await attack([
      'scan',
      ...names,
      '--checks',
      'docker-bench',
      keys({ 'bench-engine': 'builtin' }),
    ])
    const unanswered = ran.report.unanswered.map(
      ({ image, problem }) => `${image?.slice(-2)} ${problem.code}`,
    )
    expect([...new Set(unanswered)]).toEqual([':2 archive-digest'])
  },
)
