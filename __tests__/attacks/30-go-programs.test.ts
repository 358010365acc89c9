import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { osvFolder } from '../live/application-images.js'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { detailOf } from '../support/facts.js'
import { keys } from '../support/policies.js'
import { goProgram, oldGoProgram } from '../support/programs.js'
import { END, type Entry, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { OF_DEBIAN } from './debian-layer.js'

/**
 * A Go program that nobody may execute by its mode (a shared object, or one that ld.so runs), or that Go 1.17 built.
 * Clair listed its vulnerable module; the gate did not search the one, and noted that it cannot read the other.
 */

const LINES = [
  'path\texample.com/shop',
  'mod\texample.com/shop\t(devel)\t',
  'dep\tgolang.org/x/text\tv0.3.5\th1:i6eZZ+zk0SOf0xgBpEpPD18qWcJda6q1sxt3S0kzyUQ=',
]

async function scanned(program: Entry) {
  const layer = tarOf([...OF_DEBIAN, program])
  const archive = join(newFolder(), 'app.tar')
  writeFileSync(archive, Buffer.concat([...ociEntries([layer]).map(entryOf), END]))
  const ran = await seaworthy(['scan', archive, '--osv', osvFolder(), keys({ 'max-data-age': 87600 })])
  const report = reportOf(ran)
  const blocking = (report.images[0]?.findings ?? []).filter(({ blocks }) => blocks)
  return { ran, state: report.images[0]?.checks[0]?.state, blocking }
}

test.each<[string, Entry]>([
  ['a Go program of mode 0644', { path: 'opt/libshop.so', body: goProgram('go1.26.0', LINES), mode: 0o644 }],
  ['a program of Go 1.17', { path: 'opt/shop', body: oldGoProgram('go1.17.13', LINES), mode: 0o755 }],
])(
  'when an image has %s with a vulnerable module, then it fails, and Clair says the same',
  async (name, program) => {
    const { ran, state, blocking } = await scanned(program)
    const found = blocking.filter((one) => one.package === 'golang/golang.org/x/text')
    process.stdout.write(`  attack 30, ${name}: exit ${ran.code}, ${found.map(({ id }) => id).join(', ')}\n`)
    expect([ran.code, state]).toEqual([1, 'answered'])
    expect(found.map(({ id }) => id)).toContain('CVE-2022-32149')
    expect(found.map((one) => detailOf(one, 'paths'))).toContain(program.path)
    expect(ran.stdout).toContain('Change go.mod: golang/golang.org/x/text v0.3.5')
  },
)
