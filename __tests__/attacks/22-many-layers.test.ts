import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'
import { END, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { mostUsed } from './most-used.js'

/**
 * The author of an image puts hundreds of layers of one file each above a layer of many known names. Every layer was
 * asked about each of the names, and the same once more for each reading of the root.
 */

const NAMES = 9000
const LAYERS = 400
const SETUID = 0o4755

const OF_DEBIAN = [
  { path: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' },
  {
    path: 'var/lib/dpkg/status',
    body: 'Package: apt\nStatus: install ok installed\nVersion: 2.6.1\nArchitecture: amd64\n',
  },
]

function archiveOf(layers: readonly Buffer[], stored?: readonly Buffer[]): string {
  const path = join(newFolder(), 'app.tar')
  writeFileSync(path, Buffer.concat([...ociEntries(layers, stored).map(entryOf), END]))
  return path
}

const scan = (archive: string, env: NodeJS.ProcessEnv = {}) =>
  seaworthy(['scan', archive, '--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })], env)

test('when hundreds of layers lie above thousands of known names, then the work is that of the bytes', async () => {
  const names = tarOf([
    ...OF_DEBIAN,
    ...Array.from({ length: NAMES }, (_, at) => ({ path: `a/b/c/d/${at}`, body: '', mode: SETUID })),
  ])
  const small = Array.from({ length: LAYERS }, (_, at) => tarOf([{ path: `x/${at}`, body: '' }]))
  const archive = archiveOf([names, ...small])
  const counts = mkdtempSync(join(newFolder(), 'counts-'))
  const ran = await scan(archive, { NODE_V8_COVERAGE: counts })
  expect(JSON.stringify(reportOf(ran))).toContain(`${NAMES} files have the setuid or setgid bit`)
  const { count, name } = mostUsed(counts)
  process.stdout.write(`  attack 22: ${name} ran ${count} times for ${statSync(archive).size} bytes\n`)
  // The checksum of a header takes one step a byte: nothing else may take more.
  expect(count).toBeGreaterThan(NAMES * 512)
  expect(count).toBeLessThanOrEqual(statSync(archive).size)
})

test('when one layer is named more often than a kernel mounts, then the image is refused', async () => {
  const base = tarOf(OF_DEBIAN)
  const again = tarOf([{ path: 'x', body: '' }])
  const layers = [base, ...Array.from({ length: 600 }, () => again)]
  const ran = await scan(archiveOf(layers, [base, ...Array.from({ length: 600 }, () => again)]))
  expect(ran.code).toBe(2)
  expect(ran.stdout + ran.stderr).toContain('601 layers, but the kernel can mount at most 500')
})
