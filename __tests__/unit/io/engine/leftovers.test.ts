import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, test } from '@jest/globals'
import { connectEngine } from '../../../../src/io/engine/engine.js'
import {
  labelsOf,
  labelsOfBuilt,
  newRunId,
  removeRun,
  sweepLeftovers,
} from '../../../../src/io/engine/leftovers.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../../support/fake-engine.js'
import { json } from '../../../support/fake-server.js'

const fakes: FakeEngine[] = []
afterEach(async () => {
  for (const fake of fakes.splice(0)) {
    await fake.close()
  }
})

const NOW = Date.UTC(2026, 10, 24, 12)
const LATER = NOW / 1000 + 3600
const [RUN, OWNER] = ['dev.seaworthy.run', 'dev.seaworthy.owner']

interface Thing {
  readonly Id: string
  readonly Labels: Record<string, string>
  readonly members?: readonly string[]
  /** As a run names it, where nothing is said. */
  readonly name?: string
  /** Of its image; `null`: the image is gone. */
  readonly imageLabels?: Record<string, string> | null
}

/** What Docker Compose made for tests. `volumes`: null as engines say it where there are none. */
interface OfTests {
  readonly volumes?:
    | readonly { readonly Name: string; readonly Labels: Record<string, string> | null }[]
    | null
  /** 403, as of a proxy that lets only some calls through. */
  readonly refused?: boolean
  readonly images?: readonly {
    readonly RepoTags: readonly string[] | null
    readonly Labels: Record<string, string>
  }[]
}

type Route = Routes[string]

/** An engine with these containers and networks, from which things can be removed. */
async function engineWith(boxes: readonly Thing[], nets: readonly Thing[] = [], ofTests: OfTests = {}) {
  const existing = new Map<string, unknown>([...boxes, ...nets].map((thing) => [thing.Id, thing]))
  const { volumes = null, images = [], refused = false } = ofTests
  const names = [
    ...(volumes ?? []).map(({ Name }) => Name),
    ...images.flatMap(({ RepoTags }) => RepoTags ?? []),
  ]
  for (const name of names) {
    existing.set(name, name)
  }
  const listed = (from: readonly Thing[]): Route => {
    return (request, response) => {
      const filters = new URL(request.path, 'http://x').searchParams.get('filters') ?? '{}'
      const [label = ''] = (JSON.parse(filters) as { label?: string[] }).label ?? []
      const [key = '', value] = label.split('=')
      const found = from.filter(
        ({ Id, Labels }) => existing.has(Id) && key in Labels && (value ?? Labels[key]) === Labels[key],
      )
      const about = found.map((thing) => {
        const name = thing.name ?? `seaworthy-${thing.Labels[RUN]}-${thing.Id}`
        return { ...thing, Name: name, Names: [`/${name}`], ImageID: `image-of-${thing.Id}` }
      })
      json(response, 200, about)
    }
  }
  const image = ({ imageLabels = {} }: Thing): Route => {
    return (_, response) =>
      json(response, imageLabels === null ? 404 : 200, { Id: 'x', Config: { Labels: imageLabels } })
  }
  const remove = (Id: string): Route => {
    return (_, response) => json(response, existing.delete(Id) ? 200 : 404, { message: 'gone' })
  }
  const inspect = ({ Id, members = [] }: Thing): Route => {
    const Containers = Object.fromEntries(members.map((one) => [one, {}]))
    return (_, response) => json(response, 200, { Id, Containers })
  }
  const disconnect: Route = (_, response) => json(response, 200, null)
  const fake = await fakeEngine({
    'GET /containers/json': listed(boxes),
    'GET /networks': listed(nets),
    'GET /volumes': (_, response) => json(response, refused ? 403 : 200, { Volumes: volumes }),
    'GET /images/json': (_, response) => json(response, refused ? 403 : 200, images),
    ...Object.fromEntries(names.map((name) => [`DELETE /volumes/${name}`, remove(name)])),
    ...Object.fromEntries(names.map((name) => [`DELETE /images/${name}`, remove(name)])),
    ...Object.fromEntries(boxes.map(({ Id }) => [`DELETE /containers/${Id}`, remove(Id)])),
    ...Object.fromEntries(boxes.map((box) => [`GET /images/image-of-${box.Id}/json`, image(box)])),
    ...Object.fromEntries(nets.map(({ Id }) => [`DELETE /networks/${Id}`, remove(Id)])),
    ...Object.fromEntries(nets.map((net) => [`GET /networks/${net.Id}`, inspect(net)])),
    ...Object.fromEntries(nets.map(({ Id }) => [`POST /networks/${Id}/disconnect`, disconnect])),
  })
  fakes.push(fake)
  const engine = await connectEngine({ DOCKER_HOST: fake.host })
  return { fake, engine, left: () => [...existing.keys()].sort() }
}

/** Labels as another process of this machine would have made them: those of this one, but its start and pid. */
function ownerOf(start: string, pid: number): string {
  const [boot, space] = (labelsOf('x', LATER)[OWNER] ?? '').split(' ')
  return `${boot} ${space} ${start} ${pid}`
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(child, 'exit')
  return child.pid ?? 0
}

test('when runs get names, then they are of 12 hex digits and differ', () => {
  const names = Array.from({ length: 50 }, newRunId)
  expect(names.every((name) => /^[0-9a-f]{12}$/.test(name))).toBe(true)
  expect(new Set(names).size).toBe(50)
})

describe('sweepLeftovers', () => {
  const KILLED = '0123456789ab'
  const owned = (Id: string, owner: string, deadline = LATER): Thing => ({
    Id,
    Labels: { ...labelsOf(KILLED, deadline), [OWNER]: owner },
  })

  test('when the process lives, then what it made stays', async () => {
    const { engine, left } = await engineWith([{ Id: 'mine', Labels: labelsOf('mine', LATER) }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['mine'])
  })

  test('when it had a compose file that tests, then what Compose made for it is removed', async () => {
    const dead = ownerOf('1', await deadPid())
    const name = `seaworthy-${KILLED}`
    const { engine, left } = await engineWith(
      [
        { ...owned('box', dead), name: `${name}-app-1` },
        { ...owned('other', dead), name: `${name}x-app-1` },
      ],
      [
        { ...owned('net', dead), name: `${name}_default` },
        { ...owned('not', dead), name: 'mine_default' },
      ],
    )
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['not', 'other'])
  })

  test('when it had a compose file that tests, then its named volumes and built images are removed, and no other’s', async () => {
    const dead = owned('x', ownerOf('1', await deadPid())).Labels
    const lives = labelsOf('ba9876543210', LATER)
    const { engine, left } = await engineWith([], [], {
      volumes: [
        { Name: `seaworthy-${KILLED}_data`, Labels: dead },
        { Name: 'seaworthy-ba9876543210_data', Labels: lives },
        { Name: 'pgdata', Labels: dead },
        { Name: 'unlabelled', Labels: null },
      ],
      images: [
        { RepoTags: [`seaworthy-${KILLED}_app:latest`, 'theirs:1'], Labels: labelsOfBuilt(dead) },
        { RepoTags: [`seaworthy-${KILLED}-db:latest`], Labels: labelsOfBuilt(dead) },
        { RepoTags: ['seaworthy-ba9876543210_app:latest'], Labels: labelsOfBuilt(lives) },
        // The labels of a container's own run, on an image: they are the image's, and prove nothing.
        { RepoTags: [`seaworthy-${KILLED}-of-somebody:latest`], Labels: dead },
        { RepoTags: null, Labels: labelsOfBuilt(dead) },
      ],
    })
    await sweepLeftovers(engine, true, NOW)
    const kept = [
      'pgdata',
      'seaworthy-ba9876543210_app:latest',
      'seaworthy-ba9876543210_data',
      `seaworthy-${KILLED}-of-somebody:latest`,
      'theirs:1',
      'unlabelled',
    ]
    expect(left()).toEqual(kept.sort())
  })

  test.each([
    ['finds a network of a killed run, then it looks for its built images', true, []],
    ['finds nothing, then it does not list images or volumes', false, ['seaworthy-0123456789ab_app:latest']],
  ])('when a run without a compose file %s', async (_, hasNetwork, kept) => {
    const dead = owned('net', ownerOf('1', await deadPid()))
    const images = [{ RepoTags: [`seaworthy-${KILLED}_app:latest`], Labels: labelsOfBuilt(dead.Labels) }]
    const { engine, left, fake } = await engineWith([], hasNetwork ? [dead] : [], { images })
    await sweepLeftovers(engine, false, NOW)
    expect(left()).toEqual(kept)
    expect(fake.calls().includes('GET /images/json')).toBe(hasNetwork)
    expect(fake.calls().includes('GET /volumes')).toBe(hasNetwork)
  })

  test('when a container is of an image that a test has built, then it is the run’s own, and removed', async () => {
    const dead = owned('box', ownerOf('1', await deadPid()))
    const { engine, left } = await engineWith([{ ...dead, imageLabels: labelsOfBuilt(dead.Labels) }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual([])
  })

  test('when a proxy in front of the engine refuses lists of volumes and images, then the rest is removed', async () => {
    const { engine, left } = await engineWith([owned('box', ownerOf('1', await deadPid()))], [], {
      refused: true,
    })
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual([])
  })

  test('when the process is dead, then what it made is removed', async () => {
    const pid = await deadPid()
    const { engine, left } = await engineWith(
      [owned('dead', ownerOf('1', pid))],
      [owned('dead-net', ownerOf('1', pid))],
    )
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual([])
  })

  test('when its pid was given to another process, then it is dead', async () => {
    const { engine, left } = await engineWith([owned('reused', ownerOf('1', process.pid))])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual([])
  })

  test('when it is of another boot or another pid namespace, then only the deadline tells', async () => {
    const [boot, space] = ownerOf('1', 1).split(' ')
    const others = [
      `00000000-0000-0000-0000-000000000000 ${space} 1 4194304`,
      `${boot} pid:[1] 1 4194304`,
      'unknown',
      '',
    ]
    const { engine, left } = await engineWith([
      ...others.map((owner, index) => owned(`kept-${index}`, owner)),
      ...others.map((owner, index) => owned(`over-${index}`, owner, NOW / 1000 - 1)),
    ])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['kept-0', 'kept-1', 'kept-2', 'kept-3'])
  })

  test('when the deadline has passed, then it is removed though the process lives', async () => {
    const over = { Id: 'over', Labels: labelsOf(KILLED, NOW / 1000 - 1) }
    const { engine, left } = await engineWith([over, { Id: 'now', Labels: labelsOf(KILLED, NOW / 1000) }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['now'])
  })

  test('when labels are not as we write them, then nothing is removed', async () => {
    const { engine, left } = await engineWith([
      { Id: 'a', Labels: { [RUN]: KILLED } },
      { Id: 'b', Labels: { [RUN]: KILLED, 'dev.seaworthy.deadline': 'soon', [OWNER]: 'x y z' } },
      { Id: 'c', Labels: labelsOf('c', 1) },
      { Id: 'd', Labels: labelsOf('', 1) },
    ])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['a', 'b', 'c', 'd'])
  })

  const dead = labelsOf(KILLED, 1)

  test.each([
    ['another name', { name: 'shop-db-1' }],
    ['the name of another run', { name: 'seaworthy-ba9876543210-clair' }],
    ['a name that only begins like one', { name: `seaworthy-${KILLED}0-x` }],
    ['the labels of its image', { imageLabels: dead }],
    ['an image that is gone', { imageLabels: null }],
  ])('when a container with such labels has %s, then it stays', async (_, about) => {
    const { engine, left } = await engineWith([{ Id: 'theirs', Labels: dead, ...about }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['theirs'])
  })

  test('when a run has made it of an image with labels of another run, then it is removed', async () => {
    const imageLabels = labelsOf('ba9876543210', 1)
    const { engine, left } = await engineWith([{ Id: 'ours', Labels: dead, imageLabels }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual([])
  })

  test('when a network with such labels has another name, then it stays', async () => {
    const nets = [
      { Id: 'theirs', Labels: dead, name: 'shop' },
      { Id: 'ours', Labels: dead, name: `seaworthy-${KILLED}` },
    ]
    const { engine, left } = await engineWith([], nets)
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['theirs'])
  })

  test('when things are not ours, then they are not even asked for', async () => {
    const { engine, left, fake } = await engineWith([{ Id: 'theirs', Labels: { other: '1' } }])
    await sweepLeftovers(engine, true, NOW)
    expect(left()).toEqual(['theirs'])
    const filters = fake.requestsReceived.map(({ path }) =>
      new URL(path, 'http://x').searchParams.get('filters'),
    )
    const labels = [RUN, RUN, RUN, `${RUN}.built`]
    expect(filters.slice(1)).toEqual(labels.map((label) => JSON.stringify({ label: [label] })))
  })
})

describe('removeRun', () => {
  const [one, other] = ['111111111111', '222222222222'].map((run) => labelsOf(run, LATER))

  test('when a run ends, then its containers go, then its networks, and no other’s', async () => {
    const { engine, left, fake } = await engineWith(
      [
        { Id: 'clair', Labels: one ?? {} },
        { Id: 'postgres', Labels: one ?? {} },
        { Id: 'other', Labels: other ?? {} },
      ],
      [
        { Id: 'net', Labels: one ?? {} },
        { Id: 'other-net', Labels: other ?? {} },
      ],
    )
    await removeRun(engine, '111111111111')
    expect(left()).toEqual(['other', 'other-net'])
    const removed = fake.calls().filter((call) => call.startsWith('DELETE'))
    expect(removed.slice(0, 2).sort()).toEqual(['DELETE /containers/clair', 'DELETE /containers/postgres'])
    expect(removed[2]).toBe('DELETE /networks/net')
    await removeRun(engine, '111111111111')
    expect(left()).toEqual(['other', 'other-net'])
  })

  test('when a test of the run was killed with its compose project, then its volumes and images go, and no other’s', async () => {
    const { engine, left } = await engineWith([], [], {
      volumes: ['111111111111', '222222222222'].map((run) => {
        return { Name: `seaworthy-${run}_data`, Labels: labelsOf(run, LATER) }
      }),
      images: ['111111111111', '222222222222'].map((run) => {
        return { RepoTags: [`seaworthy-${run}-app:latest`], Labels: labelsOfBuilt(labelsOf(run, LATER)) }
      }),
    })
    await removeRun(engine, '111111111111')
    expect(left()).toEqual(['seaworthy-222222222222-app:latest', 'seaworthy-222222222222_data'])
  })

  test('when the job’s own container is still on its network, then it is taken off first', async () => {
    const { engine, left, fake } = await engineWith([], [{ Id: 'net', Labels: one ?? {}, members: ['job'] }])
    await removeRun(engine, '111111111111')
    expect(left()).toEqual([])
    const done = fake.calls().filter((call) => !call.startsWith('GET'))
    expect(done).toEqual(['POST /networks/net/disconnect', 'DELETE /networks/net'])
  })
})
