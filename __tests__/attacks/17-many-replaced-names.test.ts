import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { tarOf } from '../../src/io/archive/formats/tar-writer.js'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'
import { type Entry, entryOf, ociEntries } from '../unit/io/archive/build.js'
import { mostUsed } from './most-used.js'

/**
 * The author of an image makes one layer of a few megabytes in which thousands of known names are followed by thousands
 * of entries that take the place of a directory. The scan looked at each of the former for each of the latter.
 */

/** Known names, and entries that replace a directory. Work that is their product shows against the archive's bytes. */
const EACH = 8000

/** `0755` with the setuid bit: a name that the scan keeps. */
const SETUID = 0o4755

function hostileLayer(): Buffer {
  return tarOf([
    { path: 'etc/os-release', text: 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n' },
    {
      path: 'var/lib/dpkg/status',
      text: 'Package: apt\nStatus: install ok installed\nVersion: 2.6.1\nArchitecture: amd64\n',
    },
    ...Array.from({ length: EACH }, (_, at) => ({ path: `s/${at}`, text: '', mode: SETUID })),
    { path: 'd/x', text: '', mode: SETUID },
    ...Array.from({ length: EACH }, () => ({ path: 'd', text: '' })),
  ])
}

function archiveOf(layer: Buffer): string {
  const path = join(newFolder(), 'app.tar')
  writeFileSync(
    path,
    Buffer.concat([...ociEntries([layer]).map((entry: Entry) => entryOf(entry)), Buffer.alloc(1024)]),
  )
  return path
}

test('when thousands of entries replace a directory next to thousands of known names, then the work is that of the bytes', async () => {
  const layer = hostileLayer()
  const archive = archiveOf(layer)
  const counts = mkdtempSync(join(newFolder(), 'counts-'))
  const ran = await seaworthy(
    ['scan', archive, '--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })],
    {
      NODE_V8_COVERAGE: counts,
    },
  )
  // The layer was read to its end: `d/x` is gone, the others stay.
  const careless = reportOf(ran).images[0]?.findings.find(({ id }) => id === '4.8')
  expect(JSON.stringify(careless)).toContain(`${EACH} files have the setuid or setgid bit`)
  const { count, name } = mostUsed(counts)
  process.stdout.write(`  attack 17: ${name} ran ${count} times for ${statSync(archive).size} bytes\n`)
  // The checksum of a header takes one step a byte: nothing else may take more.
  expect(count).toBeGreaterThan(EACH * 512)
  expect(count).toBeLessThanOrEqual(statSync(archive).size)
})
