import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import { policyFile } from '../../support/policies.js'
import { CLAIR_FLAGS } from '../shared-clair.js'
import { docker, leftovers, newFolder, type Ran, ROOT, reportOf, seaworthy, UPDATABLE } from '../support.js'

const IMAGE = 'seaworthy-test/update-app:1.0'
const PATCHED = `${IMAGE}-patched`
const CHECKS = ['--checks', 'security-updates,clair,docker-bench']
const SMOKE = [
  'id=$(docker run -d --network none "$IMAGE")',
  'trap "docker rm -f $id >/dev/null" EXIT',
  'for n in 1 2 3 4 5 6 7 8 9 10; do docker exec "$id" perl /srv/app.pl --probe && exit 0; sleep 0.5; done',
  'exit 1',
].join('\n')

let before: Ran
let updated: Ran
let outcome: UpdateOutcome

beforeAll(async () => {
  docker(
    'build',
    '-q',
    '--build-arg',
    `BASE=${UPDATABLE}`,
    '-t',
    IMAGE,
    join(ROOT, '__tests__/live/update/app'),
  )
  const folder = newFolder()
  const gate = join(folder, 'gate.yml')
  writeFileSync(gate, 'version: 1\nrequire-release: supported\n')
  before = await seaworthy(['scan', IMAGE, policyFile('gate', gate), ...CHECKS, ...CLAIR_FLAGS])
  const args = ['update', IMAGE, policyFile('gate', gate), '--test', SMOKE, ...CHECKS]
  updated = await seaworthy([...args, ...CLAIR_FLAGS])
  outcome = JSON.parse(readFileSync(join(updated.folder, 'report/update.json'), 'utf8')) as UpdateOutcome
})

afterAll(async () => {
  docker('rmi', '-f', IMAGE, PATCHED)
})

test('when a service lacks security updates, then one command gives a patched image that passes and works', () => {
  expect(before.code).toBe(1)
  expect(updated.code).toBe(0)
  expect(outcome).toMatchObject({ outcome: 'updated', before: 'fail', after: 'pass', leftOut: [], worse: [] })
  expect(outcome.testBefore).toMatchObject({ ok: true, ended: 'exit 0' })
  expect(outcome.testAfter).toMatchObject({ ok: true, ended: 'exit 0' })
  expect(outcome.patched).toMatchObject({ name: PATCHED })
  expect(outcome.patched?.grewBytes).toBeGreaterThan(0)
  expect(updated.stdout).toMatch(/^Updated, and the image still works: \d+ packages$/m)
  expect(leftovers(updated)).toEqual([])
})

test('when it is patched, then its verdict says of its base what that of the unpatched one says', () => {
  const printedBy = (ran: Ran) => {
    const image = reportOf(ran).images[0]
    const ids = (image?.findings ?? []).map(({ id }) => id).filter((id) => /base/.test(id))
    // Not its name: what else runs may give the same layers another one in this engine.
    return { ids, base: image?.base?.restsOn ?? null }
  }
  expect(printedBy(updated)).toEqual(printedBy(before))
})

test('when it is patched, then one layer is new and the config is as it was', () => {
  const inspect = (image: string) => JSON.parse(docker('image', 'inspect', image))[0]
  const [old, now] = [inspect(IMAGE), inspect(PATCHED)]
  expect(now.RootFS.Layers.slice(0, -1)).toEqual(old.RootFS.Layers)
  const config = ({ Image: _, Hostname: __, ...rest }: Record<string, unknown>) => rest
  expect(config(now.Config)).toEqual(config(old.Config))
})

test('when apt in the patched image is asked, then nothing of the list is left', () => {
  const script = [
    "echo 'deb http://security.debian.org/debian-security bookworm-security main' >/etc/apt/sources.list.d/s.list",
    'apt-get update >/dev/null && apt list --upgradable 2>/dev/null',
  ].join(' && ')
  const list = docker('run', '--rm', '--user', '0', '--entrypoint', 'sh', PATCHED, '-c', script)
  expect(list).toMatch(/^Listing/)
  const pending = list.split('\n').map((line) => line.split('/')[0])
  expect(outcome.packages.length).toBeGreaterThan(3)
  expect(outcome.packages.filter(({ name }) => pending.includes(name))).toEqual([])
})

test('when Clair judges the patched image, then exactly what was fixed is gone', () => {
  const clairOf = (ran: Ran) =>
    (reportOf(ran).images[0]?.findings ?? []).filter(({ check }) => check === 'clair')
  const keyOf = ({ id, package: name }: { id: string; package: string | null }) => `${id} ${name}`
  const [old, now] = [clairOf(before), clairOf(updated)]
  const left = new Set(now.map(keyOf))
  expect(now.filter((one) => !old.map(keyOf).includes(keyOf(one)))).toEqual([])
  const gone = old.filter((one) => !left.has(keyOf(one)))
  expect(gone.length).toBeGreaterThan(3)
  const updatedNames = new Set(outcome.packages.map(({ name }) => name))
  expect(gone.filter(({ binaries }) => !binaries.some(({ name }) => updatedNames.has(name)))).toEqual([])
  expect(gone.filter(({ fixedVersion }) => fixedVersion === null)).toEqual([])
  const stays = now.filter(
    ({ installable, binaries }) =>
      installable === true && binaries.some(({ name }) => updatedNames.has(name)),
  )
  expect(stays).toEqual([])
})
