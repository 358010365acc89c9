import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inContainer, type Listener, onHost, outside } from './listeners.js'
import { holdGate, type PausedGate } from './paused-gate.js'
import { SMALL } from './support.js'
import { dockerOn, LABEL, leftoversOn, printed, runIn, type TestEngine, within } from './test-engine.js'

/** An HTTP answer, or `null` where there is no connection. */
interface Reply {
  readonly status: number | null
  readonly body: string
}

const NOTHING = 'no connection'

/** Seconds after which nobody has answered; and those that an answer may take on a busy machine. */
const [REFUSED, ANSWERED] = [5, 100]

/** A bash script that asks and prints the begin of the answer. Bash alone: a base image has no curl. */
function asking({ hostname, port, pathname }: URL, method = 'GET', seconds = REFUSED): string {
  const line = `${method} ${pathname} HTTP/1.0\\r\\n\\r\\n`
  return `timeout ${seconds} bash -c 'exec 3<>/dev/tcp/${hostname}/${port} && printf "${line}" >&3 && head -c 400 <&3' 2>/dev/null || echo ${NOTHING}`
}

function replyIn(text: string): Reply {
  const [head = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? Number.NaN) || null, body }
}

/** A bash script that prints what a listener says, or that it could not be reached. */
const listening = ({ address, port }: { address: string; port: number }, seconds = REFUSED) =>
  `timeout ${seconds} bash -c 'cat </dev/tcp/${address}/${port}' 2>/dev/null || echo ${NOTHING}`

/**
 * The tests of what a running gate lets through: nothing but Clair reaches our server, and Clair reaches nothing but
 * it and PostgreSQL. Each "can't" has a "can" next to it, or the test would also pass where nothing works at all.
 * @param gateOn the engine as a gate sees it that needs a relay; `null`: no relay
 */
export function isolationTests(engineOf: () => TestEngine, gateOn: (() => TestEngine) | null = null): void {
  let engine: TestEngine
  let gate: PausedGate
  let other: string
  const stops: (() => void)[] = []
  const fromClair = (script: string) => runIn(engine, ['--network', `container:${gate.clair}`], script)

  beforeAll(async () => {
    engine = engineOf()
    other = dockerOn(engine, 'network', 'create', '--label', LABEL, `${LABEL}-${process.pid}`).trim()
    stops.push(() => dockerOn(engine, 'network', 'rm', other))
    gate = await holdGate(gateOn?.() ?? engine, SMALL)
  })

  afterAll(async () => {
    await gate.release()
    for (const stop of stops.reverse()) {
      stop()
    }
  })

  test('then Clair’s own address gets the tracker and a layer, but only by the secret path and by GET', async () => {
    const [tracker, layer] = [gate.tracker, gate.layer]
    const wrong = new URL(tracker.href.replace(/\/[0-9a-f]{32}\//, `/${'0'.repeat(32)}/`))
    expect(wrong.href).not.toBe(tracker.href)
    const scripts = [
      asking(tracker, 'GET', ANSWERED),
      asking(layer, 'GET', ANSWERED),
      asking(wrong, 'GET', ANSWERED),
      asking(tracker, 'POST', ANSWERED),
    ]
    const replies = await Promise.all(scripts.map(async (script) => replyIn(await fromClair(script))))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 404, 405])
    expect(replies[0]?.body).toContain('"releases"')
    expect(replies[1]?.body.length).toBeGreaterThan(100)
    expect(replies.slice(2).map(({ body }) => body)).toEqual(['', ''])
  })

  test.each([
    ['a container on the default bridge', () => []],
    ['a container on another network', () => ['--network', other]],
    ['a container on the host’s network', () => ['--network', 'host']],
    ['a container on Clair’s own network', () => ['--network', gate.network]],
    ['the host', null],
  ])('then %s gets neither the tracker nor a layer', async (_, optionsOf) => {
    const answers = [gate.tracker, gate.layer].map((url) => {
      const [command = '', ...args] = [...within(engine), 'bash', '-c', asking(url)]
      return optionsOf ? runIn(engine, optionsOf(), asking(url)) : printed(command, args)
    })
    for (const text of await Promise.all(answers)) {
      if (!text.includes(NOTHING)) {
        expect(replyIn(text)).toEqual({ status: 403, body: '' })
      }
    }
  })

  test('then Clair reaches PostgreSQL', async () => {
    const { postgres } = gate.addresses
    expect(await fromClair(`timeout ${ANSWERED} bash -c '</dev/tcp/${postgres}/5432' && echo open`)).toBe(
      'open\n',
    )
  })

  test.each<[string, () => Promise<Listener>]>([
    ['a container on another network', () => inContainer(engine, other)],
    ['a port of the host on the gateway of another network', () => onHost(engine, gatewayOf(engine, other))],
    ['another machine', () => outside(engine)],
  ])('then Clair does not reach %s, which a usual container does', async (_, start) => {
    const listener = await start()
    stops.push(listener.stop)
    expect(await runIn(engine, ['--network', other], listening(listener, ANSWERED))).toBe('here')
    expect(await fromClair(listening(listener))).toContain(NOTHING)
  })

  test('then no name of the world is found, and there is nobody whom to ask', async () => {
    const impatient = "RES_OPTIONS='timeout:2 attempts:1'"
    expect(await fromClair(`${impatient} getent ahostsv4 debian.org; echo end $?`)).toBe('end 2\n')
    // Engines before 26.0 forward what containers of an internal network ask to the host's resolver.
    for (const id of [gate.clair, gate.postgres, gate.relay].filter((one) => one !== '')) {
      expect(dockerOn(engine, 'inspect', '-f', '{{.HostConfig.Dns}}', id).trim()).toBe('[0.0.0.0]')
    }
  })

  test.each(['clair', 'postgres', ...(gateOn ? (['relay'] as const) : [])] as const)(
    'then %s runs without root, capabilities or a way to get them',
    async (name) => {
      const [state] = JSON.parse(dockerOn(engine, 'inspect', gate[name])) as { HostConfig: object }[]
      expect(state?.HostConfig).toMatchObject({ Privileged: false, Binds: null, PortBindings: {} })
      const status = await runIn(engine, ['--pid', `container:${gate[name]}`], 'cat /proc/1/status')
      for (const set of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb']) {
        expect(status).toMatch(new RegExp(`^Cap${set}:\\t0{16}$`, 'm'))
      }
      expect(status).toMatch(/^NoNewPrivs:\t1$/m)
      expect(status).toMatch(/^Uid:(\t[1-9]\d*){4}$/m)
      expect(status).toMatch(/^Gid:(\t[1-9]\d*){4}$/m)
    },
  )

  if (gateOn) {
    test('then the relay’s files can’t be changed, and the engine keeps nothing of what goes through it', () => {
      const [state] = JSON.parse(dockerOn(engine, 'inspect', gate.relay)) as { HostConfig: object }[]
      expect(state?.HostConfig).toMatchObject({ ReadonlyRootfs: true, LogConfig: { Type: 'none' } })
    })
  }

  test('then after its end it has judged, the port is closed and nothing is left', async () => {
    const ran = await gate.release()
    expect(ran.code).toBe(1)
    expect(leftoversOn(engine, String(gate.pid))).toEqual([])
    // A relay's port is gone with its container; whose address it was, anybody may have.
    if (gateOn === null) {
      const [command = '', ...args] = [...within(engine), 'bash', '-c', asking(gate.tracker)]
      expect(await printed(command, args)).toContain(NOTHING)
    }
  })
}

function gatewayOf(engine: TestEngine, network: string): string {
  return dockerOn(engine, 'network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', network).trim()
}
