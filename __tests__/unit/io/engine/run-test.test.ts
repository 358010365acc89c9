import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { runTest } from '../../../../src/io/engine/run-test.js'

const folder = mkdtempSync(join(tmpdir(), 'run-test-'))
const { PATH } = process.env
afterEach(() => {
  process.env.PATH = PATH
  delete process.env.DOCKER_CONFIG
  rmSync(folder, { recursive: true, force: true })
})

/** A stand-in of the docker command, which keeps the document that it is given; the test fails, so no engine is asked. */
function standIn(): void {
  const script = `#!/bin/sh\n[ "$1 $2" = "compose version" ] && exit 0\ncp "$5" ${folder}/seen.json\nenv >>${folder}/seen.env\nexit 3\n`
  writeFileSync(join(folder, 'docker'), script)
  chmodSync(join(folder, 'docker'), 0o755)
  process.env.PATH = `${folder}:${PATH}`
}

test('when a compose file tests, then all that it makes has the labels of the run, by which a killed one is swept', async () => {
  standIn()
  process.env.DOCKER_CONFIG = '/login-of-the-push'
  const document = JSON.stringify({
    services: { app: { image: 'x', labels: ['a=b'] }, db: { image: 'y', labels: { c: 'd' } }, c: null },
    networks: { inner: null, shared: { external: true } },
  })
  const end = await runTest({ kind: 'compose', document, service: 'app' } as Parameters<typeof runTest>[0], {
    ...({ engine: { host: 'unix:///nowhere' }, image: 'x:1', runId: '0123456789ab' } as Parameters<
      typeof runTest
    >[1]),
    ...{ directory: () => folder, limitMs: 10_000, signal: AbortSignal.timeout(60_000) },
  })
  expect([end.ended, end.output]).toEqual(['exit 3', ''])
  const { services, networks } = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8'))
  const ours = { 'dev.seaworthy.run': '0123456789ab' }
  expect(services.app.labels).toEqual(expect.arrayContaining(['a=b', 'dev.seaworthy.run=0123456789ab']))
  expect(services.db.labels).toMatchObject({ c: 'd', ...ours })
  expect(services.c.labels).toMatchObject(ours)
  expect(Object.keys(services.c.labels)).toHaveLength(3)
  expect(networks.inner.labels).toMatchObject(ours)
  expect(networks.default.labels).toMatchObject(ours)
  expect(networks.shared).toEqual({ external: true })
  // Neither the test nor what takes it down.
  const environments = readFileSync(join(folder, 'seen.env'), 'utf8')
  expect(environments.match(/^DOCKER_HOST=/gm)).toHaveLength(2)
  expect(environments).not.toContain('login-of-the-push')
})
