import { execFileSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { imageOn, removeImages } from '../live/images.js'
import { newFolder, reportOf, SMALL, seaworthy } from '../live/support.js'
import { keys } from '../support/policies.js'

/**
 * Nobody's attack: an application that ends while its test runs. Docker Compose stops all services when one ends, and
 * in many versions returns 0 then, whatever became of the service whose exit code was asked for (docker/compose, issues
 * 5966 and 9778). A stand-in does the same here: where the tests run, there is no Docker Compose.
 */

let image: string
let path: string
beforeAll(() => {
  image = imageOn(SMALL, 'stopped-test', { 'app/works': 'yes\n' })
  const folder = newFolder()
  const program = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  const docker = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  program('docker', `[ "$1" = compose ] && exit 1\nexec ${docker} "$@"`)
  program('docker-compose', STAND_IN.replaceAll('DOCKER', docker))
  path = `${folder}:${process.env.PATH}`
})
afterAll(removeImages)

/** Starts the services, waits for the first that ends, stops the others, and returns 0. */
const STAND_IN = `
case "$*" in *version*) exit 0 ;; esac
project=$2 file=$4
case "$*" in *" down "*) DOCKER rm -f "$project-app-1" "$project-test-1" >/dev/null; exit 0 ;; esac
for service in app test; do
  command=$(sed -n "s/.*\\"$service\\":{[^}]*\\"command\\":\\[\\"sh\\",\\"-c\\",\\"\\([^\\"]*\\)\\".*/\\1/p" "$file")
  DOCKER run -d --network none --name "$project-$service-1" --label com.docker.compose.project="$project" \\
    --label com.docker.compose.service=$service "$IMAGE" sh -c "$command" >/dev/null || exit 9
done
running() { [ "$(DOCKER inspect -f '{{.State.Running}}' "$project-$1-1")" = true ]; }
while running app && running test; do sleep 0.1; done
DOCKER stop -t 1 "$project-app-1" "$project-test-1" >/dev/null
exit 0`

async function scan(app: string, tester: string) {
  const service = (command: string) => ({ image: '$IMAGE', command: ['sh', '-c', command] })
  const services = { app: service(app), test: service(tester) }
  const file = join(newFolder(), 'compose.yml')
  writeFileSync(file, JSON.stringify({ services }))
  const ran = await seaworthy(
    [
      'scan',
      image,
      '--checks',
      'regression-test',
      keys({ checks: ['regression-test'] }),
      '--test',
      `${file}#test`,
    ],
    { PATH: path },
  )
  const report: Report = reportOf(ran)
  const [of] = report.images
  process.stdout.write(`  attack 67, ${tester}: exit ${ran.code}, ${report.verdict}\n`)
  return {
    code: ran.code,
    state: of?.regressionTest?.state,
    problem: report.unanswered[0]?.problem.what ?? null,
  }
}

test('when the application ends first, and the test was killed, then the image fails', async () => {
  const { code, state } = await scan('sleep 1; exit 1', 'sleep 60')
  expect([code, state]).toEqual([1, 'failed'])
})

test('when the test ends with 0 because it was told to, then there is no answer', async () => {
  const found = await scan('sleep 1; exit 1', "trap 'exit 0' TERM; sleep 60 & wait")
  expect([found.code, found.state]).toEqual([2, 'no-answer'])
  expect(found.problem).toContain('the service test was stopped, because another one ended first')
})

test('when the test ends first, by itself and with 0, then the image passes', async () => {
  expect(await scan('sleep 60', 'cat /app/works')).toEqual({ code: 0, state: 'passed', problem: null })
})
