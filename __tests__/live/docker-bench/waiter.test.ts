import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from '@jest/globals'
import { call, containers } from '../../../src/io/engine/docker.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { labelsOf, newRunId, removeRun } from '../../../src/io/engine/leftovers.js'
import { WAITER_PATH, waiterFor, waiterTar } from '../../../src/io/engine/waiter.js'
import { docker, SMALL } from '../support.js'
import { build, removeBuilt } from './images.js'

afterAll(removeBuilt)

/** What the engine itself can run; the others are tested with qemu (__tests__/unit/io/engine/waiter.system.test.ts). */
const ARCHITECTURE = docker('version', '-f', '{{.Server.Arch}}').trim()

interface Waited {
  readonly running: boolean | null | undefined
  readonly ticks: number
  readonly stopMs: number
  readonly exitCode: number | null | undefined
  readonly processes: number
}

/** Starts the program as process 1 of a container of that image, watches it for a second, and stops it. */
async function wait(image: string, config: object = {}): Promise<Waited> {
  const engine = await connectEngine()
  const runId = newRunId()
  const program = waiterFor(ARCHITECTURE)
  if (program === null) {
    throw new Error(`no program for ${ARCHITECTURE}`)
  }
  try {
    const { Id: id } = await containers.create(engine, `seaworthy-${runId}-waiter`, {
      ...{ Image: image, Entrypoint: [WAITER_PATH], Cmd: [], ...config },
      Labels: labelsOf(runId, Math.ceil(Date.now() / 1000) + 600),
      HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'], Memory: 64 * 2 ** 20, PidsLimit: 16 },
    })
    await containers.put(engine, id, '/', waiterTar(program))
    await containers.start(engine, id)
    const pid = docker('inspect', '-f', '{{.State.Pid}}', id).trim()
    const used = () => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return Number(fields[11]) + Number(fields[12])
    }
    const before = used()
    await sleep(1000)
    const ticks = used() - before
    const running = (await containers.inspect(engine, id)).State?.Running
    const { Processes } = await call<{ Processes: unknown[] }>(engine, `/containers/${id}/top`)
    const began = performance.now()
    docker('stop', '--time', '200', id)
    const stopMs = performance.now() - began
    const exitCode = (await containers.inspect(engine, id)).State?.ExitCode
    return { running, ticks, stopMs, exitCode, processes: Processes.length }
  } finally {
    await removeRun(engine, runId)
  }
}

describe('the program that only waits, as process 1 of a container', () => {
  test.each([
    ['with nothing else in it', 'FROM scratch\nLABEL a=1\n'],
    ['of a user who is not root', 'FROM scratch\nUSER 10001:10001\n'],
    [
      'with a start, a folder and a signal of its own',
      'FROM scratch\nWORKDIR /none\nSTOPSIGNAL SIGQUIT\nCMD ["/no"]\n',
    ],
    [
      'with volumes and a health check',
      'FROM scratch\nVOLUME /data\nHEALTHCHECK --interval=1s CMD ["/no"]\n',
    ],
    ['of Debian', `FROM ${SMALL}\nENTRYPOINT ["/bin/false"]\nSTOPSIGNAL SIGRTMIN+3\n`],
  ])(
    'when the image is one %s, then it stays, rests, and is stopped at once with 0',
    async (_, dockerfile) => {
      const { stopMs, ticks, ...rest } = await wait(build('waiter', dockerfile))
      expect(rest).toEqual({ running: true, exitCode: 0, processes: 1 })
      // Ticks of 10 ms in a second.
      expect(ticks).toBeLessThanOrEqual(1)
      // Where it did not hear the signal, the engine would wait for 200 s.
      expect(stopMs).toBeLessThan(150_000)
    },
  )
})
