import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type LiveRegistry, startRegistry } from '../live/registry.js'
import { CLAIR_IMAGE, docker, newFolder, POSTGRES_IMAGE, ROOT, TRACKER } from '../live/support.js'

// What a first job downloads, here from a registry and a server of this machine, and from the machine's Debian mirror.

let registry: LiveRegistry
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(() => registry?.stop())

/** An address of this machine that is asked through a proxy, as loopback addresses are not. */
const OWN_ADDRESS =
  Object.values(networkInterfaces())
    .flatMap((ones) => ones ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'none'
const SERVICES = { 'clair-image': CLAIR_IMAGE, 'postgres-image': POSTGRES_IMAGE }

/** Pushes the image, and takes its name in the registry out of the engine again. */
function pushed(input: string, image: string): string {
  const name = `${registry.host}/cold/${input}:1`
  docker('tag', image, name)
  docker('push', '--quiet', name)
  docker('rmi', name)
  return name
}

/** Bytes of the layers, as the registry itself lists them. */
async function sizeOf(input: string): Promise<number> {
  const accept = 'application/vnd.docker.distribution.manifest.v2+json'
  const answer = await fetch(`http://${registry.host}/v2/cold/${input}/manifests/1`, { headers: { accept } })
  const { layers } = (await answer.json()) as { readonly layers: readonly { readonly size: number }[] }
  return layers.reduce((sum, { size }) => sum + size, 0)
}

test('when a first job is counted, then each service image, feed and mirror has its bytes', async () => {
  const server = createServer((_, answer) => answer.end(readFileSync(TRACKER)))
  await new Promise<void>((resolve) => server.listen(0, OWN_ADDRESS, resolve))
  const address = server.address()
  const host = `${OWN_ADDRESS}:${address !== null && typeof address === 'object' ? address.port : 0}`
  const images = Object.entries(SERVICES).map(([input, image]) => [input, pushed(input, image)] as const)
  const policies = newFolder()
  writeFileSync(join(policies, 'gate.yml'), 'version: 1\nmax-data-age: 87600\n')
  const flags = [
    ...images.flatMap(([input, name]) => [`--${input}`, name]),
    ...['--bench-image', images[0]?.[1] ?? '', '--tracker', `http://${host}/tracker.json`],
    ...['--checks', 'clair,security-updates', '--policies', policies],
    ...['--cvss', 'none', '--epss', 'none', '--kev', 'none', '--osv', 'none', '--data', 'none'],
  ]
  const command = [join(ROOT, 'script/cold-bytes.mjs'), process.env.SEAWORTHY_BASE_BOOKWORM ?? '', ...flags]
  const { stdout, stderr } = await promisify(execFile)(process.execPath, command)
  server.close()
  for (const [, name] of images) {
    docker('rmi', name)
  }
  expect(stderr).toContain('Clair is reading the layers')
  const shown = new Map(
    [...stdout.matchAll(/^\| (.+) \| ([\d.]+) MB \|$/gm)].map(([, part = '', size]) => [
      part,
      Number(size) * 1e6,
    ]),
  )
  for (const [input, name] of images) {
    const size = await sizeOf(input)
    expect(Math.abs((shown.get(`\`${input}\` (${name})`) ?? 0) - size)).toBeLessThan(60_000)
  }
  const feed = statSync(TRACKER).size
  expect(shown.get(host)).toBeGreaterThanOrEqual(feed - 500)
  expect(shown.get(host)).toBeLessThan(feed + 5000)
  const all = [...shown].filter(([part]) => part !== 'all').reduce((sum, [, size]) => sum + size, 0)
  expect(Math.abs((shown.get('all') ?? 0) - all)).toBeLessThan(500_000)
}, 300_000)
