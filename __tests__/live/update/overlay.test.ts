import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type TarMember, tarOfMembers } from '../../../src/io/archive/tar-writer.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import { wayOf } from '../../../src/update/overlay/way.js'
import type { PlannedPackage } from '../../../src/update/plan/plan.js'
import { prove } from '../../../src/update/prove.js'
import { closeWorkshop, inspectImage, openWorkshop } from '../../../src/update/workshop.js'
import { docker, newFolder } from '../support.js'
import { planFor } from './proof.js'

const IMAGE = 'seaworthy-test/distroless:1'
const folder = newFolder()
let server: Server
let base: string

/** Version 2 of a package whose library lies in /lib, which is a link in the image. */
function buildDeb(
  name: string,
  files: Readonly<Record<string, string>>,
  control: Readonly<Record<string, string>> = {},
) {
  const root = join(folder, name)
  mkdirSync(join(root, 'DEBIAN'), { recursive: true })
  writeFileSync(
    join(root, 'DEBIAN/control'),
    `Package: ${name}\nVersion: 2\nArchitecture: amd64\nMaintainer: lab <lab@example.org>\nDescription: lab\n`,
  )
  for (const [path, text] of Object.entries(control)) {
    writeFileSync(join(root, 'DEBIAN', path), text, { mode: 0o755 })
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  execFileSync('dpkg-deb', ['--root-owner-group', '--build', root, join(folder, `${name}.deb`)])
}

function file(path: string, text: string, mode = 0o644): TarMember {
  return { path, type: 'file', mode, uid: 0, gid: 0, link: '', bytes: Buffer.from(text) }
}

/** Version 1 of a package in `status.d`, as distroless images have it. */
function installed(name: string, files: readonly string[]): TarMember[] {
  const status = `var/lib/dpkg/status.d/${name}`
  const md5 = '0'.repeat(32)
  return [
    file(status, `Package: ${name}\nVersion: 1\nArchitecture: amd64\n`),
    file(`${status}.md5sums`, files.map((path) => `${md5}  ${path}\n`).join('')),
    ...files.map((path) => file(path.replace(/^lib\//, 'usr/lib/'), 'one\n')),
  ]
}

function asUpdate(name: string, sha256?: string): PlannedPackage {
  const sum = createHash('sha256')
    .update(readFileSync(join(folder, `${name}.deb`)))
    .digest('hex')
  const deb = { url: `${base}/${name}.deb`, sha256: sha256 ?? sum }
  return { name, architecture: 'amd64', from: '1', to: '2', fixes: ['lab'], deb }
}

beforeAll(async () => {
  buildDeb('lab-lib', { 'lib/lab/lib.so': 'two\n', 'usr/share/doc/lab-lib/copyright': 'ours\n' })
  buildDeb('lab-new', { 'usr/share/lab-new/a/very/deep/folder': 'two\n' })
  buildDeb('lab-script', { 'usr/share/lab-script': 'two\n' }, { postinst: '#!/bin/sh\ntrue\n' })
  buildDeb('lab-gone', { 'usr/share/lab-gone/b': 'two\n' })
  buildDeb('lab-unknown', { 'usr/share/x': 'two\n' })
  const root = [
    { ...file('lib', ''), type: 'symlink' as const, link: 'usr/lib', mode: 0o777 },
    ...installed('lab-lib', ['lib/lab/lib.so']),
    ...installed('lab-new', []),
    ...installed('lab-script', ['usr/share/lab-script']),
    ...installed('lab-gone', ['usr/share/lab-gone/a']),
  ]
  writeFileSync(join(folder, 'root.tar'), tarOfMembers(root))
  docker('import', '-c', 'USER 65532', '-c', 'ENTRYPOINT ["/app"]', join(folder, 'root.tar'), IMAGE)
  server = createServer((request, response) => response.end(readFileSync(join(folder, `.${request.url}`))))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)

afterAll(() => {
  server.close()
  docker('rmi', '-f', IMAGE)
  rmSync(folder, { recursive: true })
})

async function run(packages: readonly PlannedPackage[], look: (files: string) => void) {
  const engine = await connectEngine()
  const signal = AbortSignal.timeout(60_000)
  const state = await inspectImage(engine, IMAGE, signal)
  const plan = planFor(packages)
  const shop = openWorkshop({ securityMirror: '' }, state, plan, {
    engine,
    signal,
    runId: newRunId(),
    progress: () => {},
  })
  try {
    const proof = await prove({ shop, way: await wayOf(shop, 'amd64'), test: null }, plan)
    if (proof.patched !== null) {
      const id = docker('create', proof.patched.id).trim()
      shop.containers.add(id)
      const tar = join(folder, 'out.tar')
      docker('export', '-o', tar, id)
      look(execFileSync('tar', ['-tvf', tar], { encoding: 'utf8' }))
      const read = (path: string) => execFileSync('tar', ['-xOf', tar, path], { encoding: 'utf8' })
      expect(read('usr/lib/lab/lib.so')).toBe('two\n')
      expect(read('var/lib/dpkg/status.d/lab-lib')).toContain('Version: 2\n')
    }
    return proof
  } finally {
    await closeWorkshop(shop)
  }
}

describe('when an image has neither apt nor a shell', () => {
  test('then packages that need no script are laid over it, and the others are left out with the reason', async () => {
    const names = ['lab-lib', 'lab-new', 'lab-script', 'lab-gone', 'lab-unknown']
    let files = ''
    const { packages, leftOut } = await run(
      names.map((name) => asUpdate(name)),
      (list) => {
        files = list
      },
    )
    expect(packages.map(({ name }) => name)).toEqual(['lab-lib', 'lab-new'])
    expect(
      Object.fromEntries(leftOut.map(({ package: one, by, said }) => [one.name, `${by}: ${said}`])),
    ).toEqual({
      'lab-script': 'files: its postinst script would have to run',
      'lab-gone': 'files: usr/share/lab-gone/a from the old version would remain in the image',
      'lab-unknown': "files: it is not in the image's var/lib/dpkg/status.d",
    })
    // The link is still one, and nothing was put in its place.
    expect(files).toMatch(/^l\S+ .* lib -> usr\/lib$/m)
    expect(files).toMatch(/usr\/share\/lab-new\/a\/very\/deep\/folder$/m)
  }, 60_000)

  test('when a package is not the one that the signed index names, then nothing is given', async () => {
    await expect(run([asUpdate('lab-lib', '0'.repeat(64))], () => {})).rejects.toMatchObject({
      problem: { code: 'update-bad-deb' },
    })
  }, 60_000)

  test('when nothing says where a package is, then that is said', async () => {
    await expect(run([{ ...asUpdate('lab-lib'), deb: null }], () => {})).rejects.toMatchObject({
      problem: { code: 'update-no-package' },
    })
  }, 60_000)
})
