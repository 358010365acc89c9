import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import { BASES, docker, newFolder, type Ran, ROOT, reportOf, seaworthy } from '../support.js'

const IMAGE = 'seaworthy-test/update-distroless:1.0'
let ran: Ran
let outcome: UpdateOutcome

beforeAll(async () => {
  docker(
    'build',
    '-q',
    '--build-arg',
    `BASE=${BASES.bookworm}`,
    '-t',
    IMAGE,
    join(ROOT, '__tests__/live/update/distroless'),
  )
  const gate = join(newFolder(), 'gate.yml')
  writeFileSync(gate, 'version: 1\nrequire-release: supported\n')
  // There is nothing to start in it: that its library is whole is what can be tested.
  const test =
    'id=$(docker create "$IMAGE") && docker cp -L "$id:/usr/lib/x86_64-linux-gnu/liblzma.so.5" - | tar -xO | grep -q lzma_code; s=$?; docker rm "$id" >/dev/null; exit $s'
  const checks = ['--checks', 'security-updates,clair']
  ran = await seaworthy(['update', IMAGE, '--gate', gate, '--test-command', test, ...checks])
  outcome = JSON.parse(readFileSync(join(ran.folder, 'report/update.json'), 'utf8')) as UpdateOutcome
}, 180_000)

afterAll(() => {
  docker('rmi', '-f', IMAGE, `${IMAGE}-patched`)
})

test('when a distroless-style image lacks updates, then what needs no script is brought up, and the rest is refused', () => {
  expect(outcome).toMatchObject({ outcome: 'partly-updated', before: 'fail', worse: [] })
  expect(outcome.packages.map(({ name }) => name)).toEqual(['liblzma5'])
  expect(outcome.leftOut.map(({ package: { name }, by, said }) => `${name} ${by} ${said}`)).toEqual([
    expect.stringMatching(/^libpam0g files its (preinst|postinst|config) script would have to run$/),
  ])
  expect(outcome.testAfter).toMatchObject({ ok: true })
})

test('when it is judged again, then liblzma5 is up to date, and libpam0g still blocks', () => {
  const blocking = (reportOf(ran).images[0]?.findings ?? []).filter(({ blocks }) => blocks)
  const names = blocking.flatMap(({ binaries }) => binaries.map(({ name }) => name))
  expect(names).toContain('libpam0g')
  expect(names).not.toContain('liblzma5')
  expect(ran.code).toBe(1)
})
