import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { type LazyLayer, lazyArchive, lazyLayer, WRITERS, withToc } from '../support/lazy-pulling.js'
import { keys } from '../support/policies.js'

/**
 * The author of an image stores a layer for lazy pulling, with a table of contents that names other files than the
 * layer's tar. The gate judged the tar; an engine that pulls lazily runs what the table says.
 */

async function scan(layer: LazyLayer) {
  const folder = newFolder()
  const archive = join(folder, 'app.tar')
  writeFileSync(archive, await lazyArchive(layer))
  const checks = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
  const evidence = join(folder, 'evidence')
  const ran = await seaworthy(['scan', archive, ...checks, '--save-evidence', evidence])
  return { ...ran, evidence }
}

test.each(WRITERS)(
  'when a table of contents (%s) is that of its layer, then the evidence notes it',
  async (writer) => {
    const ran = await scan(lazyLayer(writer))
    expect([ran.code, reportOf(ran).verdict]).toEqual([1, 'fail'])
    const image = JSON.parse(readFileSync(join(ran.evidence, 'image-0/image.json'), 'utf8'))
    expect(image.layers[0].toc.format).toBe(writer.startsWith('estargz') ? 'eStargz' : 'zstd:chunked')
  },
)

test.each(WRITERS)('when it (%s) makes another file setuid, then the image is refused', async (writer) => {
  const evil = withToc(lazyLayer(writer), ({ entries }) => {
    const big = entries.find(({ name }) => name === 'usr/big')
    Object.assign(big ?? {}, { mode: 0o4755, uid: 0 })
  })
  const ran = await scan(evil)
  const printed = ran.stdout + ran.stderr
  process.stdout.write(`  attack 40, ${writer}: exit ${ran.code}\n`)
  expect([ran.code, printed]).toEqual([2, expect.stringContaining('it lists another permission of usr/big')])
})
