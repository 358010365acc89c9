// Repeats the live tests in random order while busy loops take every core, and lists each test that failed at least once: such
// a test is repaired or deleted, never repeated until it passes. Ends non-zero if there is one.
// Run: node script/chance.mjs [--times N] [--seed TEXT] [WORD…]   (words as for `npm run test:live`; usually five times)
import { spawn } from 'node:child_process'
import { openSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { testsIn } from './lib/jest-results.mjs'

const RESULTS = '.cache/jest-live.json'
const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '5' }, seed: { type: 'string', default: `${Date.now()}` } },
  allowPositionals: true,
})
const times = Number(values.times)
if (!Number.isInteger(times) || times < 1) {
  console.error(`--times is ${values.times}: give a whole number, 1 or more`)
  process.exit(2)
}

/** One repetition: the names of the tests that passed, and of those that did not. */
async function repetition(order) {
  rmSync(RESULTS, { force: true })
  const log = openSync(`.cache/chance-${order}.log`, 'w')
  const child = spawn(process.execPath, ['script/live.mjs', ...positionals], {
    env: { ...process.env, SEAWORTHY_ORDER: order },
    stdio: ['ignore', log, log],
  })
  const code = await new Promise((resolve) => child.on('close', resolve))
  const tests = testsIn(RESULTS)
  const passed = tests.passed.map(([file, name]) => `${file}: ${name}`)
  const failed = tests.failed.map(([file, name]) => `${file}: ${name || 'did not run'}`)
  // A crash of the runner counts, too: a result without its tests would read as passed.
  return { passed, failed: code !== 0 && failed.length === 0 ? [`the runner ended with ${code}`] : failed }
}

const busy = Array.from({ length: availableParallelism() }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
)
process.on('exit', () => {
  for (const child of busy) {
    child.kill('SIGKILL')
  }
})
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => process.exit(1))
}

const all = new Set()
const failures = new Map()
for (let n = 1; n <= times; n += 1) {
  const order = `${values.seed}-${n}`
  const start = Date.now()
  const { passed, failed } = await repetition(order)
  const seconds = Math.round((Date.now() - start) / 1000)
  console.log(
    `repetition ${n} of ${times} (SEAWORTHY_ORDER=${order}): ${passed.length} passed, ${failed.length} failed, ${seconds} s`,
  )
  for (const name of [...passed, ...failed]) {
    all.add(name)
  }
  for (const name of failed) {
    failures.set(name, (failures.get(name) ?? 0) + 1)
  }
}
if (all.size === 0) {
  failures.set('no test ran', times)
}
for (const [name, count] of failures) {
  console.log(`FAILED ${count} of ${times}: ${name}`)
}
console.log(
  `\n${all.size - [...failures.keys()].filter((name) => all.has(name)).length} passed, ${failures.size} failed`,
)
process.exit(failures.size === 0 ? 0 : 1)
