import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { osvFolder } from '../live/application-images.js'
import { newFolder, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'
import { auditableProgram } from '../support/programs.js'
import { END, entryOf, ociEntries, tarOf } from '../unit/io/archive/build.js'
import { OF_DEBIAN } from './debian-layer.js'

/** A Rust program that names its crates (cargo auditable) was noted as a Rust program, whatever it names. */

const PACKAGES = [
  { name: 'shop', version: '0.3.0', source: 'local', dependencies: [1, 3], root: true },
  { name: 'time', version: '0.1.45', source: 'crates.io', kind: 'build' },
  { name: 'time', version: '0.2.22', source: 'git' },
  { name: 'smallvec', version: '1.6.0', source: 'crates.io' },
]

test('when a Rust program names a vulnerable crate, then the image fails; a fork of one is left open', async () => {
  const body = auditableProgram({ packages: PACKAGES, format: 1 })
  const layer = tarOf([...OF_DEBIAN, { path: 'usr/local/bin/shop', body, mode: 0o755 }])
  const archive = join(newFolder(), 'app.tar')
  writeFileSync(archive, Buffer.concat([...ociEntries([layer]).map(entryOf), END]))
  const ran = await seaworthy(['scan', archive, '--osv', osvFolder(), keys({ 'max-data-age': 87600 })])
  const image = reportOf(ran).images[0]
  const of = (blocks: boolean) =>
    (image?.findings ?? []).filter((one) => one.blocks === blocks).map((one) => `${one.package} ${one.id}`)
  process.stdout.write(`  attack 32: exit ${ran.code}, ${of(true).join(', ')}\n`)
  expect([ran.code, image?.checks[0]?.state]).toEqual([1, 'answered'])
  expect(of(true)).toContain('cargo/smallvec CVE-2021-25900')
  // What only built the program is not in it, and a Git repository's version is not that of crates.io.
  expect([...of(true), ...of(false)].filter((one) => one.startsWith('cargo/time'))).toEqual([])
  expect(JSON.stringify(image?.findings)).toContain('cargo/time 0.2.22 (CVE-2020-26235)')
  expect(image?.applications?.words).toContain('3 Cargo packages judged by OSV')
  expect(ran.stdout).toContain('Change Cargo.toml: cargo/smallvec 1.6.0')
})
