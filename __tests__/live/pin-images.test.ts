import { spawnSync } from 'node:child_process'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { removeImages, tinyDebian } from './images.js'
import { type LiveRegistry, push, startRegistry } from './registry.js'
import { docker, newFolder, ROOT } from './support.js'

const TABLE = join(ROOT, 'src/inputs/service-images.ts')

let registry: LiveRegistry
let image: string
const made: string[] = []
beforeAll(async () => {
  registry = await startRegistry()
  image = tinyDebian('pinned')
})
afterAll(async () => {
  for (const tag of made) {
    docker('rmi', '--force', tag)
  }
  removeImages()
  await registry.stop()
})

/** Pushes an image under this name; gives the digest that Docker says it got. */
function published(name: string): string {
  const tag = `${registry.host}/${name}`
  docker('tag', image, tag)
  made.push(tag)
  return push(tag, registry.noLogin)
}

/** The table as it is, but for the places of the images. */
function tableWith(names: readonly string[]): string {
  const file = join(newFolder(), 'service-images.ts')
  copyFileSync(TABLE, file)
  let text = readFileSync(file, 'utf8').replace(/digest: '[^']*'/g, 'digest: null')
  for (const name of names) {
    text = text.replace(/name: '(?!127)[^']*'/, `name: '${registry.host}/${name}'`)
  }
  writeFileSync(file, text)
  return file
}

function pin(file: string, ...more: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'script/pin-images'), '--file', file, ...more],
    { encoding: 'utf8', env: { ...process.env, DOCKER_CONFIG: registry.noLogin } },
  )
  return { status, output: stdout + stderr }
}

const digestsIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/digest: (null|'[^']*')/g)].map(([, digest]) => digest)

test('when registries are reachable, then the digests are filled in, and only then a release may be made', () => {
  const names = ['clair:4.9.0', 'postgres:17', 'docker:29-cli']
  const file = tableWith(names)
  expect(pin(file, '--check')).toEqual({
    status: 1,
    output: expect.stringMatching(/clair-image: .* has no digest[\s\S]*postgres-image: [\s\S]*bench-image: /),
  })
  const digests = names.map(published)
  expect(pin(file).status).toBe(0)
  expect(digestsIn(file)).toEqual(digests.map((digest) => `'${digest}'`))
  expect(pin(file, '--check')).toEqual({ status: 0, output: '3 images have digests\n' })
  // What has not moved stays as it is.
  const before = readFileSync(file, 'utf8')
  expect(pin(file).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('when one registry lacks the image, then the others are filled in, and that one is reported', () => {
  const file = tableWith(['clair:4.9.0', 'nobody/has-it:1', 'docker:29-cli'])
  const { status, output } = pin(file)
  expect([status, output]).toEqual([
    1,
    expect.stringContaining(
      'has-it:1 could not be read, so its digest is still missing: not found in the registry',
    ),
  ])
  expect(digestsIn(file).map((digest) => digest === 'null')).toEqual([false, true, false])
  expect(pin(file, '--check').status).toBe(1)
})

test('when this repository’s table is looked at, then each row is found, and what is pinned is a digest', () => {
  const { output } = pin(TABLE, '--check')
  const missing = digestsIn(TABLE).filter((digest) => digest === 'null').length
  expect(digestsIn(TABLE)).toHaveLength(3)
  expect(output.match(/has no digest/g) ?? []).toHaveLength(missing)
})
