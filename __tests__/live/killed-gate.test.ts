import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { keys, policyFile } from '../support/policies.js'
import { imageOn, removeImages, tinyDebian } from './images.js'
import { printed } from './paused-gate.js'
import { docker, leftovers, lines, newFolder, SMALL, seaworthy, start } from './support.js'

afterAll(removeImages)

// Any other gate that starts meanwhile would do the sweeping: it runs alone (jest.config.js).
test('when the gate is killed, then the next run sweeps what is left', async () => {
  const image = tinyDebian('after-killed')
  const { child, ended } = start(['scan', SMALL])
  await printed(child, 'Clair is reading the layers')
  child.kill('SIGKILL')
  await ended
  expect(leftovers().length).toBeGreaterThan(0)
  const ran = await seaworthy(['scan', image])
  expect(ran.code).not.toBeNull()
  expect(leftovers(ran)).toEqual([])
})

describe('when the gate is killed in a test by a compose file, and another gate is in the midst of one', () => {
  /** Debian's docker-compose, as `script/setup compose` brings it. */
  const PROGRAM = process.env.SEAWORTHY_COMPOSE ?? '/usr/bin/docker-compose'

  const COMPOSE = `
services:
  app: {image: "\${IMAGE}", network_mode: none, entrypoint: [sleep, "300"], stop_grace_period: 1s, volumes: ["data:/data"]}
  tools: {build: tools, entrypoint: [sleep, "300"], stop_grace_period: 1s}
  test:
    image: "\${IMAGE}"
    network_mode: none
    volumes: ["data:/data"]
    entrypoint: [sh, -c, "until [ -e /data/go ]; do sleep 0.2; done"]
volumes: {data: {}}
`

  /** A gate whose test waits for a file; what Compose has made for it, by its project. */
  async function testing(image: string) {
    const folder = newFolder()
    mkdirSync(join(folder, 'tools'))
    writeFileSync(join(folder, 'tools/Dockerfile'), `FROM ${SMALL}\nCOPY Dockerfile /tool\n`)
    writeFileSync(join(folder, 'compose.yml'), COMPOSE)
    writeFileSync(join(folder, 'gate.yml'), 'version: 1\nchecks: [regression-test]\n')
    const { child, ended } = start(
      [
        ...['scan', image, policyFile('gate', 'gate.yml'), '--checks', 'regression-test'],
        ...['--test', 'compose.yml#test', keys({ timeouts: { test: 250 } })],
      ],
      { PATH: `${dirname(PROGRAM)}${delimiter}${process.env.PATH}` },
      ['sh', '-c', `cd ${folder} && exec "$@"`, 'sh'],
    )
    const early = ended.then((ran) => Promise.reject(new Error(`it ended: ${ran.stdout}${ran.stderr}`)))
    early.catch(() => undefined)
    const project = await Promise.race([started(child.pid), early])
    return { child, ended, project, made: () => madeFor(project) }
  }

  /** Resolves when all three services run; tells the project's name. */
  async function started(pid: number | undefined): Promise<string> {
    const format = '{{.Label "dev.seaworthy.owner"}}|{{.Label "com.docker.compose.project"}}'
    for (;;) {
      const listed = lines(docker('ps', '--filter', 'label=com.docker.compose.project', '--format', format))
      const mine = listed.filter((line) => line.split('|')[0]?.endsWith(` ${pid}`))
      if (mine.length === 3) {
        return mine[0]?.split('|')[1] ?? ''
      }
      await sleep(200)
    }
  }

  const madeFor = (project: string) => ({
    containers: lines(docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${project}`)).length,
    networks: lines(docker('network', 'ls', '-q', '--filter', `name=${project}`)).length,
    volumes: lines(docker('volume', 'ls', '-q', '--filter', `name=${project}`)).length,
    images: lines(docker('image', 'ls', '-q', '--filter', `reference=${project}*`)).length,
  })
  const ALL = { containers: 3, networks: 1, volumes: 1, images: 1 }
  const NONE = { containers: 0, networks: 0, volumes: 0, images: 0 }

  test('then the next run removes its containers, network, volume and built image, and nothing of the living one', async () => {
    if (!existsSync(PROGRAM)) {
      throw new Error(`no docker-compose at ${PROGRAM}: run script/setup compose`)
    }
    const image = imageOn(SMALL, 'killed-compose', { 'app/works': 'yes\n' })
    const [killed, living] = await Promise.all([testing(image), testing(image)])
    killed.child.kill('SIGKILL')
    await killed.ended
    expect([killed.made(), living.made()]).toEqual([ALL, ALL])

    const checks = ['--checks', 'docker-bench', keys({ 'bench-engine': 'builtin' })]
    await seaworthy(['scan', tinyDebian('after-compose'), ...checks])
    expect([killed.made(), living.made()]).toEqual([NONE, ALL])

    docker('exec', `${living.project}_app_1`, 'touch', '/data/go')
    const ran = await living.ended
    expect([ran.code, living.made()]).toEqual([0, NONE])
    expect(leftovers(ran)).toEqual([])
  })
})
