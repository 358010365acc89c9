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

/** An index in a registry from which Docker 20.10 pulls another image than the gate judged. */

const shelf = emptyShelf()
let registry: FakeRegistry
beforeAll(async () => {
  registry = await fakeRegistry((request, response) => serve(shelf, request, response))
})
afterAll(() => registry?.close())

/** @returns the digest of its manifest */
function image(text: string): string {
  const layer = tarOf([...debianFiles(), { path: 'file', body: text }]).toString('utf8')
  const rootfs = { type: 'layers', diff_ids: [digestOf(layer)] }
  const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs })
  return add(shelf, {
    schemaVersion: 2,
    config: { digest: add(shelf, config), size: config.length },
    layers: [{ digest: add(shelf, layer), size: Buffer.byteLength(layer) }],
  })
}

const PLATFORM = '"platform": {"os": "linux", "architecture": "amd64"}'
const [JUDGED, PULLED] = [image('judged'), image('pulled')].map(
  (digest) => `"digest": "${digest}", ${PLATFORM}`,
)

test.each([
  ['Manifests', `"manifests": [{${JUDGED}}], "Manifests": [{${PULLED}}]`],
  ['Digest', `"manifests": [{${JUDGED}, ${PULLED?.replace('digest', 'Digest')}}]`],
])('when an index also has the key %s, then the image has no answer', async (_, members) => {
  shelf.tags.set('1', add(shelf, `{"schemaVersion": 2, ${members}}`))
  const name = `registry:${registry.host}/acme/shop:1`
  const gate = ['--platform', 'linux/amd64', '--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
  const { code, report } = await attack(['scan', name, ...gate])
  const problems = new Set(report.unanswered.map(({ problem }) => problem.code))
  expect([code, ...problems]).toEqual([2, 'registry-malformed'])
})
