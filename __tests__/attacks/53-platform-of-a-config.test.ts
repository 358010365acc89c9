import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder } from '../live/support.js'
import { keys } from '../support/policies.js'
import { configOf, END, type Entry, entryOf, sha256, tarOf } from '../unit/io/archive/build.js'
import { attack } from './bundle.js'
import { debianFiles } from './made-evidence.js'

/**
 * An OCI archive of an image for two platforms, in which index and configs contradict each other. With the containerd
 * store, an engine runs the image of which the index says that it is for its platform; the gate believed the configs.
 */

const blob = (body: string | Buffer): Entry => ({ path: `blobs/sha256/${sha256(body)}`, body })
const digestOf = (body: string | Buffer) => ({ digest: `sha256:${sha256(body)}` })

/** @returns its files, and its manifest */
function image(
  architecture: string,
  os = 'linux',
): { readonly files: readonly Entry[]; readonly manifest: string } {
  const layer = tarOf([...debianFiles(), { path: 'file', body: architecture }])
  const config = configOf([layer], { architecture, os })
  const manifest = JSON.stringify({ schemaVersion: 2, config: digestOf(config), layers: [digestOf(layer)] })
  return { files: [layer, config, manifest].map(blob), manifest }
}

const [JUDGED, RUN, ATTESTATION] = [image('amd64'), image('riscv64'), image('unknown', 'unknown')]

async function scan(ofJudged: string, ofRun: string, run = RUN) {
  const entry = (architecture: string, manifest: string) => {
    return { ...digestOf(manifest), platform: { os: 'linux', architecture } }
  }
  const index = JSON.stringify({ manifests: [entry(ofRun, run.manifest), entry(ofJudged, JUDGED.manifest)] })
  const top = { path: 'index.json', body: JSON.stringify({ manifests: [digestOf(index)] }) }
  const archive = join(newFolder(), 'app.tar')
  writeFileSync(
    archive,
    Buffer.concat([...[...JUDGED.files, ...run.files, blob(index), top].map(entryOf), END]),
  )
  const gate = ['--platform', 'linux/amd64', '--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
  const { report } = await attack(['scan', archive, ...gate])
  return [...new Set(report.unanswered.map(({ problem }) => problem.code))]
}

test('when index and configs name the same platforms, then the one for the platform is judged', async () => {
  expect(await scan('amd64', 'riscv64')).toEqual([])
})

test('when the config of the other one is that of an attestation, then the archive is refused', async () => {
  expect(await scan('amd64', 'amd64', ATTESTATION)).toEqual(['archive-hostile'])
})

test('when the index gives each the platform of the other, then the archive is refused', async () => {
  expect(await scan('riscv64', 'amd64')).toEqual(['archive-hostile'])
})
