import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { printed as untilPrinted } from '../live/paused-gate.js'
import { BASES, CLAIR_IMAGE, lines, POSTGRES_IMAGE, reportOf, SMALL } from '../live/support.js'
import {
  type Done,
  dockerOn,
  fromElsewhere,
  HERE,
  leftoversOn,
  load,
  otherEngine,
  printed,
  runIn,
  secondEngine,
  startOn,
  type TestEngine,
} from '../live/test-engine.js'
import { verdictOf } from '../live/verdict-of.js'

/** Those of docs/engines.md. */
const IMAGES = [BASES.bookworm, BASES.trixie, SMALL]

const RELAY = 'starting a relay'

/** What this machine's engine gives, directly: by image. */
const usual = new Map<string, { readonly code: number | null; readonly verdict: string }>()
beforeAll(async () => {
  for (const image of IMAGES) {
    const ran = await judged(HERE, image)
    expect(ran.relayed).toBe(false)
    expect(reportOf(ran).images[0]?.findings.length).toBeGreaterThan(3)
    usual.set(image, { code: ran.code, verdict: verdictOf(ran) })
  }
})

type Judged = Pick<Done, 'code' | 'stdout' | 'stderr' | 'folder'> & {
  readonly relayed: boolean
  readonly left: readonly string[]
}

async function judged(engine: TestEngine, image: string): Promise<Judged> {
  const { child, ended } = startOn(engine, ['scan', image])
  const ran = await ended
  return { ...ran, relayed: ran.stderr.includes(RELAY), left: leftoversOn(engine, `${child.pid}`) }
}

async function expectSame(engine: TestEngine, relayed: boolean): Promise<void> {
  for (const image of IMAGES) {
    const ran = await judged(engine, image)
    expect([image, ran.code, ran.relayed, ran.left]).toEqual([image, usual.get(image)?.code, relayed, []])
    expect(verdictOf(ran)).toBe(usual.get(image)?.verdict)
  }
}

/** What the kernel says of a relay at work: the gate is stopped meanwhile, which works with every engine. */
async function expectConfined(engine: TestEngine): Promise<void> {
  const { child, ended } = startOn(engine, ['scan', SMALL])
  await untilPrinted(child, 'Clair is reading the layers')
  child.kill('SIGSTOP')
  const format = '{{.ID}} {{.Label "dev.seaworthy.owner"}}'
  const relay = lines(dockerOn(engine, 'ps', '--filter', 'name=-relay', '--format', format))
    .find((line) => line.endsWith(` ${child.pid}`))
    ?.split(' ')[0]
  const status = await runIn(engine, ['--pid', `container:${relay}`], 'cat /proc/1/status')
  const routes = await runIn(engine, ['--network', `container:${relay}`], 'cat /proc/net/route')
  const host = engine.host === null ? [] : ['-H', engine.host]
  const writing = await printed('docker', [...host, 'exec', relay ?? '', 'touch', '/file'])
  child.kill('SIGCONT')
  expect((await ended).code).toBe(1)
  for (const set of ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb']) {
    expect(status).toMatch(new RegExp(`^Cap${set}:\\t0{16}$`, 'm'))
  }
  expect(status).toMatch(/^NoNewPrivs:\t1$/m)
  expect(status).toMatch(/^Uid:(\t[1-9]\d*){4}$/m)
  expect(writing).toContain('Read-only file system')
  // The address that nobody has, or none (docs/decisions/0011-closed-network.md).
  expect(routes).toMatch(/^eth0\t/m)
  const gateways = [...routes.matchAll(/^eth0\t0{8}\t([0-9A-F]{8})/gm)].map(([, hex = '']) =>
    (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse(),
  )
  expect(gateways.every(([, , c, d]) => c === 255 && d === 254)).toBe(true)
}

describe.each([
  ['podman', /^4\./],
  ['rootless', /^2\d\./],
  ['remote', /^2\d\./],
] as const)('an engine whose containers are out of reach (%s)', (kind, version) => {
  let engine: TestEngine & { down(): void }
  beforeAll(async () => {
    engine = otherEngine(`test-${kind}-${process.pid}`, kind)
    await load([engine], [CLAIR_IMAGE, POSTGRES_IMAGE, ...IMAGES])
  })
  afterAll(() => engine.down())

  test('then it is that one', () => {
    expect(dockerOn(engine, 'info', '-f', '{{.ServerVersion}}').trim()).toMatch(version)
    const options = dockerOn(engine, 'info', '-f', '{{.SecurityOptions}}')
    expect(options.includes('name=rootless')).toBe(kind === 'rootless')
  })

  test('then the verdicts on three images are those of this machine’s, through a relay, and nothing is left', () =>
    expectSame(engine, true))

  test('then the relay is as confined as elsewhere', () => expectConfined(engine))
})

describe.each([
  ['26', 'classic'],
  ['26', 'ctrd'],
  ['29', 'classic'],
  ['29', 'ctrd'],
] as const)('an engine %s with the %s store', (release, store) => {
  let engine: TestEngine & { down(): void }
  beforeAll(async () => {
    engine = secondEngine(`test-way-${release}-${store}-${process.pid}`, store, release)
    await load([engine], [CLAIR_IMAGE, POSTGRES_IMAGE, ...IMAGES])
  })
  afterAll(() => engine.down())

  test('then the verdicts on three images are those of this machine’s, directly and through a relay', async () => {
    await expectSame(engine, false)
    // Its socket is on this machine, its bridges are not.
    await expectSame({ ...engine, pid: null }, true)
  })

  test('then the relay is as confined as elsewhere', () => expectConfined({ ...engine, pid: null }))

  test.each([
    ['nothing comes from a container', []],
    ['no container may open a connection', ['-m', 'conntrack', '--ctstate', 'NEW']],
  ])('when a firewall is such that %s, then the gate tries, and takes a relay', async (_, match) => {
    const rule = ['INPUT', '-i', 'br-+', ...match, '-j', 'DROP']
    const within = (...args: string[]) =>
      printed('nsenter', ['-t', String(engine.pid), '-n', 'iptables', '-w', ...args])
    expect(await within('-I', ...rule)).toBe('')
    const ran = await judged(engine, SMALL)
    expect(await within('-D', ...rule)).toBe('')
    expect([ran.code, ran.relayed, ran.left]).toEqual([usual.get(SMALL)?.code, true, []])
    expect(verdictOf(ran)).toBe(usual.get(SMALL)?.verdict)
  })
})

test('when this machine’s engine is used from elsewhere, then through a relay, with the same verdicts', async () => {
  const far = fromElsewhere(HERE)
  try {
    await expectSame(far, true)
  } finally {
    far.down()
  }
})
