import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './scan.js'

// A test that waits for a time, or takes a port that it has not asked for, fails by chance on a busy machine. Tests ask until
// something is so (`until`, a loop), and listen on port 0.

/** Pauses whose length is what the test is about, or that can only make it pass for the wrong reason, and why. */
const PAUSES: Readonly<Record<string, string>> = {
  'live/docker-bench/waiter.test.ts': 'how much a waiting program uses within a second',
  'live/paused-gate.ts': 'a limit, for a message',
  'long/fleet.test.ts': 'how long a service is gone',
  'mutations/tools/served.ts': 'in an image, which has to live for a while',
  'unit/checks/regression-test/collect.system.test.ts': 'a fake engine that reports late',
  'unit/io/process/exec.system.test.ts': 'what must not come within the time',
}
const LOOP = /\b(?:while|for) ?\(/
const LOOKED_BACK = 12

const files = readdirSync(join(ROOT, '__tests__'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'rules/waits.test.ts')
  .sort()

const pausesIn = (text: string) => {
  const lines = text.split('\n')
  return lines.filter((line, n) => {
    const pauses = /\bsleep\((?!\))|\bsetTimeout\((?:resolve|process|\(\))/.test(line)
    const before = lines.slice(Math.max(0, n - LOOKED_BACK), n + 1)
    return pauses && !/function sleep|sleep = /.test(line) && !before.some((one) => LOOP.test(one))
  })
}

test('when a test waits, then for something that it asks for, or the reason for its pause stands here', () => {
  const pausing = files.filter(
    (name) => pausesIn(readFileSync(join(ROOT, '__tests__', name), 'utf8')).length > 0,
  )
  expect(pausing).toEqual(Object.keys(PAUSES).sort())
})

test('when a test listens, then on a port that the system gives it', () => {
  const fixed = files.filter((name) =>
    /\.listen\((?:\{ ?port: )?[1-9]\d*/.test(
      // In an image, a service has the port that its Dockerfile names.
      name.startsWith('mutations/') ? '' : readFileSync(join(ROOT, '__tests__', name), 'utf8'),
    ),
  )
  expect(fixed).toEqual([])
})

test.each([
  ['await sleep(700)', 1],
  ['await new Promise((resolve) => setTimeout(resolve, 50))', 1],
  ['while (!done()) {\n  await sleep(20)\n}', 0],
])('when a test has %j, then %i pauses are found', (text, count) => {
  expect(pausesIn(text)).toHaveLength(count)
})
