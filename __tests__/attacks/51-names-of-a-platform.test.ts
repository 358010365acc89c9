import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  add,
  digestOf,
  emptyShelf,
  type FakeRegistry,
  fakeRegistry,
  putIndex,
  serve,
} from '../support/fake-registry.js'
import { keys } from '../support/policies.js'
import { tarOf } from '../unit/io/archive/build.js'
import { attack } from './bundle.js'
import { debianFiles } from './made-evidence.js'

/**
 * An index with two images for one platform, which is written in two ways. Docker 20.10 pulls the first for each of
 * these names; the gate judged the second.
 */

const shelf = emptyShelf()
let registry: FakeRegistry
beforeAll(async () => {
  registry = await fakeRegistry((request, response) => serve(shelf, request, response))
})
afterAll(() => registry?.close())

/** @returns digests of the manifest, and of the config */
function image(text: string): readonly [string, string] {
  const layer = tarOf([...debianFiles(), { path: 'file', body: text }]).toString('utf8')
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] }
  const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs })
  const manifest = add(shelf, {
    schemaVersion: 2,
    config: { digest: add(shelf, config), size: config.length },
    layers: [{ digest: add(shelf, layer), size: Buffer.byteLength(layer) }],
  })
  return [manifest, digestOf(config)]
}

test.each([
  ['x86_64', null],
  ['AMD64', null],
  ['amd64', 'v1'],
])(
  'when the image in front is for linux/%s/%s, then no other one is judged',
  async (architecture, variant) => {
    const [front, config] = image('pulled')
    const [behind] = image('judged')
    putIndex(shelf, '1', [
      [{ os: 'linux', architecture, variant }, front],
      [{ os: 'linux', architecture: 'amd64', variant: null }, behind],
    ])
    const name = `registry:${registry.host}/acme/shop:1`
    const gate = [
      '--platform',
      'linux/amd64',
      '--checks',
      'docker-bench',
      keys({ 'bench-engine': 'builtin' }),
    ]
    const { report } = await attack(['scan', name, ...gate])
    // A config that names the platform differently is refused.
    const [problem] = report.unanswered.map((one) => one.problem.code)
    expect(problem ?? report.images[0]?.digest).toBe(variant === null ? 'registry-malformed' : config)
  },
)
