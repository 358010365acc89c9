import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import { pushImage } from '../../../../src/io/engine/transfer.js'
import { fakeEngine } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'
import { problemOfRejected } from '../../../support/rejections.js'
import { commands, fakes } from './fakes.js'

const NAME = 'localhost:5000/acme/app:1-patched'
const DIGEST = `sha256:${'a'.repeat(64)}`
const signal = new AbortController().signal

async function engine(digests: readonly string[]) {
  const fake = await fakeEngine({
    [`GET /images/${NAME}/json`]: (_, response) => json(response, 200, { Id: 'x', RepoDigests: digests }),
  })
  fakes.push(fake)
  return connectEngine({ DOCKER_HOST: fake.host })
}

function docker(script: string): () => readonly string[] {
  const log = join(commands, 'log')
  writeFileSync(join(commands, 'docker'), `#!/bin/sh\nprintf '%s\\n' "$@" > ${log}\n${script}\n`)
  chmodSync(join(commands, 'docker'), 0o755)
  return () => readFileSync(log, 'utf8').trimEnd().split('\n')
}

test('when docker pushes, then the digest in that repository is reported, and the name can be no option', async () => {
  const args = docker(`echo "1-patched: digest: sha256:${'b'.repeat(64)} size: 1 of a label"
echo "1-patched: digest: ${DIGEST} size: 529"`)
  // An earlier push of the image may have given it another one.
  const it = await engine([`localhost:5000/acme/app@sha256:${'c'.repeat(64)}`])
  expect(await pushImage(it, NAME, signal)).toBe(`localhost:5000/acme/app@${DIGEST}`)
  expect(args()).toEqual(['--host', it.host, 'push', '--', NAME])
})

test('when the registry refuses, then the last line of it is reported', async () => {
  docker('echo one >&2; echo "denied: no login" >&2; exit 1')
  const problem = await problemOfRejected(pushImage(await engine([]), NAME, signal))
  expect(problem).toMatchObject({ code: 'push-failed', what: expect.stringMatching(/denied: no login$/) })
})

test('when there is no docker command, or no digest after it, then it was not pushed', async () => {
  expect((await problemOfRejected(pushImage(await engine([]), NAME, signal))).code).toBe('push-failed')
  docker('exit 0')
  expect((await problemOfRejected(pushImage(await engine([]), NAME, signal))).what).toMatch(/no digest/)
})
