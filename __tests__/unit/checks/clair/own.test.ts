import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { withOwnClair } from '../../../../src/checks/clair/own.js'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import type { OpeningImage } from '../../../../src/model/image/opening.js'
import { fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'
import { until } from '../../../support/waiting.js'
import { commands, fakes } from '../../io/engine/fakes.js'

const fake = async () => {
  const one = await fakeEngine({
    'GET /images/': (_, response) => json(response, 404, { message: 'no image' }),
  })
  fakes.push(one)
  return connectEngine({ DOCKER_HOST: one.host })
}

/** A docker command that notes what it pulls, and pulls until it is killed. */
function endlessDocker(): () => readonly string[] {
  const log = join(commands, 'pulls')
  writeFileSync(
    join(commands, 'docker'),
    `#!/bin/sh\nfor last; do :; done\necho "$last $$" >> ${log}\nexec /bin/sleep 1000\n`,
    {
      mode: 0o755,
    },
  )
  return () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').sort() : [])
}

function isRunning(pid: string): boolean {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

test('when the image is still being pulled, then both service images are too; when it is not found, then their pulls end', async () => {
  const pulled = endlessDocker()
  const engine = await fake()
  const found = Promise.withResolvers<never>()
  const listing = Promise.withResolvers<never>()
  listing.promise.catch(() => undefined)
  const opening = { found: found.promise } as unknown as OpeningImage
  const collect = withOwnClair({
    engine: async () => engine,
    runId: '0123456789ab',
    labels: {},
    clairImage: 'clair:1',
    postgresImage: 'postgres:1',
  })
  const { signal } = new AbortController()
  const work = collect(
    [{ opening, listing: listing.promise }],
    new Promise(() => {}),
    { signal, progress: () => {}, origins: new Map(), timeoutMs: 1000, lookup: null } as never,
    () => Promise.reject(new Error('nothing is collected')),
  )
  await until(() => pulled().length === 2)
  const pulls = pulled().map((line) => line.split(' '))
  expect(pulls.map(([image]) => image)).toEqual(['clair:1', 'postgres:1'])
  found.reject(new Error('there is no such image'))
  await expect(work).rejects.toThrow('there is no such image')
  await until(() => !pulls.some(([, pid = '']) => isRunning(pid)))
})
