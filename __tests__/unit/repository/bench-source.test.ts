import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { treeHash } from '../../../src/checks/docker-bench/dbs/tree.js'

const { unpackBench } = (await import(join(process.cwd(), 'script/lib/docker-bench-source.mjs'))) as {
  unpackBench(into: string, archives: readonly string[], root?: string): Promise<string>
}

// Docker Bench itself is not in this repository: a made-up one stands for it, pinned in a made-up root.

const COMMIT = 'c'.repeat(40)
let folder: string
let into: string
let root: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  into = join(folder, 'into')
  root = join(folder, 'root')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** An archive as GitHub makes it, of a script with this text; @returns its path. */
function archive(name: string, text: string): string {
  const files = join(folder, name, 'docker-bench-security-x')
  mkdirSync(files, { recursive: true })
  writeFileSync(join(files, 'docker-bench-security.sh'), text)
  chmodSync(join(files, 'docker-bench-security.sh'), 0o755)
  const path = join(folder, `${name}.tar.gz`)
  execFileSync('tar', ['-czf', path, '-C', join(folder, name), 'docker-bench-security-x'])
  return path
}

function pin(name: string): void {
  const path = join(root, 'src/checks/docker-bench/dbs')
  mkdirSync(path, { recursive: true })
  const tree = treeHash(join(folder, name, 'docker-bench-security-x'))
  writeFileSync(join(path, 'fetch.ts'), `const COMMIT = '${COMMIT}'\nx({ tree: '${tree}' })\n`)
}

test('when an archive has the pinned files, then it is unpacked once, whatever comes before it', async () => {
  const [good, other] = [archive('good', 'echo good\n'), archive('other', 'echo evil\n')]
  pin('good')
  const found = await unpackBench(into, [join(folder, 'none.tar.gz'), other, good], root)
  expect([found, readdirSync(into)]).toEqual([
    join(into, 'docker-bench-cccccccccccc'),
    ['docker-bench-cccccccccccc'],
  ])
  expect(readdirSync(found)).toEqual(['docker-bench-security.sh'])
  // No archive is needed any more.
  expect(await unpackBench(into, [], root)).toBe(found)
  // What was changed is not used.
  writeFileSync(join(found, 'more.sh'), '')
  await expect(unpackBench(into, [other], root)).rejects.toThrow('are not those of commit')
  expect(await unpackBench(into, [good], root)).toBe(found)
  expect(existsSync(join(found, 'more.sh'))).toBe(false)
})

test('when there is none, then each place is named with its reason, and nothing is left', async () => {
  const other = archive('other', 'echo evil\n')
  archive('good', 'echo good\n')
  pin('good')
  const gone = 'http://127.0.0.1:9/{commit}'
  const message = await unpackBench(into, [other, gone], root).catch((error: Error) => error.message)
  expect(message).toMatch(
    /^\/.*other\.tar\.gz: its files are not those of commit c{40}\nhttp:\/\/127\.0\.0\.1:9\/c{40}: ./,
  )
  expect(readdirSync(into)).toEqual([])
  await expect(unpackBench(into, [], root)).rejects.toThrow('no archive was named')
})
