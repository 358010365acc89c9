import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import { policyFile } from '../../support/policies.js'
import { type LiveRegistry, startRegistry } from '../registry.js'
import { docker, newFolder, seaworthy, UPDATABLE } from '../support.js'

let registry: LiveRegistry
let image: string
beforeAll(async () => {
  registry = await startRegistry(true)
  image = `${registry.host}/acme/app:1`
  docker('tag', UPDATABLE, image)
})
afterAll(async () => {
  await registry.stop()
  docker('rmi', '-f', image, `${image}-patched`)
})

const gate = join(newFolder(), 'gate.yml')
writeFileSync(gate, 'version: 1\nrequire-release: supported\n')
const update = (config: string, gateFile = gate) =>
  seaworthy(
    [
      ...['update', image, policyFile('gate', gateFile), '--test', 'true', '--push', 'patched'],
      ...['--checks', 'security-updates'],
    ],
    { DOCKER_CONFIG: config },
  )

test('when the patched image passes, then it is pushed by the user’s login, and its digest is reported', async () => {
  const ran = await update(registry.login)
  expect(ran.code).toBe(0)
  const { patched } = JSON.parse(
    readFileSync(join(ran.folder, 'report/update.json'), 'utf8'),
  ) as UpdateOutcome
  const digest = patched?.pushed ?? ''
  expect(digest).toMatch(new RegExp(`^${registry.host}/acme/app@sha256:[0-9a-f]{64}$`))
  expect(ran.stdout).toContain(`pushed: ${digest}\n`)
  docker('rmi', '-f', `${image}-patched`)
  docker('--config', registry.login, 'pull', '-q', digest)
  expect(docker('image', 'inspect', '-f', '{{.Id}}', digest).trim()).toBe(patched?.id)
  docker('rmi', '-f', digest)
})

test('when nobody is logged in, then that is reported, and the exit is no pass', async () => {
  const ran = await update(registry.noLogin)
  expect(ran.code).toBe(2)
  expect(ran.stderr).toMatch(/could not be pushed: .*no basic auth credentials/)
})

test('when the patched image does not pass, then it stays out of the registry', async () => {
  const strict = join(newFolder(), 'gate.yml')
  // bookworm is not the current stable.
  writeFileSync(strict, 'version: 1\nrequire-release: stable\n')
  const ran = await update(registry.noLogin, strict)
  expect(ran.code).toBe(1)
  const outcome = JSON.parse(readFileSync(join(ran.folder, 'report/update.json'), 'utf8')) as UpdateOutcome
  expect(outcome).toMatchObject({ outcome: 'updated', after: 'fail', patched: { pushed: null } })
})
