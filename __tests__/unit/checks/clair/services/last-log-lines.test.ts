import { expect, test } from '@jest/globals'
import { assertRunning } from '../../../../../src/checks/clair/services/services.js'
import { connectEngine } from '../../../../../src/io/engine/engine.js'
import { SeaworthyError } from '../../../../../src/model/problem.js'
import { fakeEngine } from '../../../../support/fake-engine.js'
import { json } from '../../../../support/fake-server.js'

/** What is said of a service that ended like this, with this log. */
async function ended(State: object, log: string): Promise<string> {
  const fake = await fakeEngine({
    'GET /containers/c1/json': (_, response) => json(response, 200, { Id: 'c1', State }),
    'GET /containers/c1/logs': (_, response) => response.end(log),
  })
  try {
    const engine = await connectEngine({ DOCKER_HOST: fake.host })
    const error = await assertRunning(engine, 'c1', 'Clair').catch((one: unknown) => one)
    return error instanceof SeaworthyError ? error.problem.what : String(error)
  } finally {
    await fake.close()
  }
}
const exit = (ExitCode: number, OOMKilled = false) => ({ Running: false, ExitCode, OOMKilled })
const line = (level: string, message: string, more: object = {}) =>
  JSON.stringify({ level, component: 'main', time: '2026-11-24T06:12:00Z', message, ...more })
const STEPS = Array.from({ length: 6 }, (_, at) => line('info', `step ${at}`)).join('\n')

test('when a service logged JSON, then its errors are quoted as sentences, in one line', async () => {
  const logs = [
    line('info', 'starting'),
    line('error', 'failed to connect', { error: 'dial tcp:\n refused' }),
    JSON.stringify({ level: 'ERROR', msg: 'giving up', reason: 'no database' }),
    '',
  ].join('\n')
  expect(await ended(exit(1), logs)).toBe(
    'Clair exited with code 1; it said: failed to connect: dial tcp: refused; giving up: no database',
  )
})

test('when it logged no error, then its last lines are quoted', async () => {
  expect(await ended(exit(3), STEPS)).toBe(
    'Clair exited with code 3; it said: step 2; step 3; step 4; step 5',
  )
})

test('when it was killed, then that is the cause, and what it did before is none', async () => {
  expect(await ended(exit(137), STEPS)).toBe('Clair was killed by SIGKILL (exit code 137)')
  expect(await ended(exit(137, true), STEPS)).toBe(
    'Clair exited with code 137, killed because memory ran out',
  )
  expect(await ended(exit(137), `${STEPS}\n${line('fatal', 'no memory')}`)).toBe(
    'Clair was killed by SIGKILL (exit code 137); it said: no memory',
  )
})

test('when it logged text, or JSON of another form, then that is quoted, and a long line is cut', async () => {
  expect(await ended(exit(1), '2026-11-24 UTC [1] FATAL:  no space left\nHINT: x\n')).toBe(
    'Clair exited with code 1; it said: 2026-11-24 UTC [1] FATAL:  no space left',
  )
  expect(await ended(exit(1), 'last words\r\n["a"]\nnull\n{"x": 1}')).toBe(
    'Clair exited with code 1; it said: last words; ["a"]; null; {"x": 1}',
  )
  expect((await ended(exit(1), 'y'.repeat(5000))).length).toBeLessThan(350)
  expect(await ended(exit(0), '')).toBe('Clair exited with code 0')
})
