import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import { compat } from '../../../src/checks/docker-bench/builtin/compat.js'
import { isRecord, type Json } from '../../../src/checks/docker-bench/builtin/json.js'
import { type BenchState, containerOf } from '../../../src/checks/docker-bench/builtin/state.js'
import { call } from '../../../src/io/engine/docker.js'
import { connectEngine, type Engine } from '../../../src/io/engine/engine.js'
import { itemSet } from '../../../src/policy/dictionary/items.js'
import { BASES, docker } from '../support.js'
import { benchAlone } from './alone.js'
import { BENCH_SOURCE, NEEDS, withBench } from './bench.js'
import { build, removeBuilt } from './images.js'

/** Where the two may differ, and why. Each must be needed: an entry without a difference fails the test. */
const ALLOWED: Readonly<Record<string, string>> = {
  '5.7':
    'Docker Bench runs ps in the container, which an image may lack; the engine lists the processes from outside',
}

const PREFIX = `seaworthy-test-bench-${process.pid}-`
const HARD =
  '--cap-drop ALL --read-only --security-opt no-new-privileges --memory 64m --pids-limit 50 --user 10001:10001 --cpus 0.5 --ulimit nofile=1024 --restart on-failure:5'

/**
 * Containers by name: options, and which image. What a container does beside sleeping comes last. None has one mount
 * to read and another to write to: the engine lists mounts in another order each time, and 5.6 goes by the order.
 */
const CONTAINERS: Readonly<
  Record<string, readonly [options: string, image?: string | undefined, command?: string]>
> = {
  plain: [''],
  hard: [HARD, 'good'],
  user0: ['--user 0', 'good'],
  rootroot: ['--user root:root', 'good'],
  sock: ['-v /var/run/docker.sock:/var/run/docker.sock'],
  sockdir: ['-v /var/run:/host/run'],
  etcro: ['-v /etc:/x:ro'],
  etcrw: ['-v /etc:/x'],
  etcsub: ['-v /etc/apt:/x:ro'],
  voldest: ['-v /boot'],
  limits: ['--ulimit nofile=64 --cgroup-parent /seaworthy'],
  caps: ['--cap-add SYS_TIME --cap-add NET_RAW'],
  netraw: ['--cap-add NET_RAW'],
  seccomp: ['--security-opt seccomp=unconfined'],
  nnpfalse: ['--security-opt no-new-privileges:false'],
  cpuq: ['--cpu-quota 50000'],
  shares: ['--cpu-shares 512'],
  of10: ['--restart on-failure:10'],
  always: ['--restart always'],
  published: ['-p 127.0.0.1:11022:80 -p 21080:81'],
  any: ['-P', 'exposes'],
  hostnet: ['--net host'],
  hostpid: ['--pid host --ipc host --uts host'],
  joined: [`--net container:${PREFIX}plain`],
  healthcmd: ['--health-cmd true'],
  device: ['--device /dev/null'],
  pids: ['--pids-limit -1'],
  paused: [''],
  'ssh-no-ps': ['', undefined, 'cp /bin/sleep /tmp/sshd && exec /tmp/sshd 600'],
}

const IMAGES: Readonly<Record<string, string>> = {
  good: 'RUN echo good\nUSER 10001\nHEALTHCHECK CMD true\n',
  exposes: 'EXPOSE 80 443\nENV LISTEN_ADDR=:80\n',
  updates: 'RUN echo apt-get update >/dev/null\n',
  none: 'HEALTHCHECK NONE\n',
}

describe('Docker Bench beside our reading of its rules', () => {
  const ids: string[] = []
  const tags = new Map<string, string>()
  let engine: Engine

  beforeAll(async () => {
    // Hooks run though the only test is skipped.
    if (BENCH_SOURCE === '') {
      return
    }
    engine = await connectEngine()
    for (const [name, rest] of Object.entries(IMAGES)) {
      tags.set(name, build(name, `FROM ${BASES.bookworm}\n${rest}`))
    }
    for (const [name, [options, image, command = 'exec sleep 600']] of Object.entries(CONTAINERS)) {
      const from = image === undefined ? BASES.bookworm : (tags.get(image) ?? '')
      const words = options.split(' ').filter((word) => word !== '')
      ids.push(docker('run', '-d', '--name', `${PREFIX}${name}`, ...words, from, 'sh', '-c', command).trim())
    }
    docker('pause', `${PREFIX}paused`)
  })
  afterAll(() => {
    for (const id of ids) {
      docker('rm', '-f', '-v', id)
    }
    removeBuilt()
  })

  withBench(
    `when both judge the same containers and images, then word and items are the same, but for a list${NEEDS}`,
    async () => {
      expect(Object.keys(CONTAINERS).length).toBeGreaterThanOrEqual(20)
      const imageIds = [...tags.values(), BASES.bookworm].map((tag) =>
        docker('image', 'inspect', '-f', '{{.Id}}', tag).trim(),
      )
      const state = await stateOf(engine, imageIds, ids)
      const began = performance.now()
      const ours = new Map(compat(state).map((one) => [one.id, one]))
      const took = performance.now() - began
      const theirs = benchAlone(engine, imageIds, PREFIX)
      process.stdout.write(
        `${ids.length} containers: ours ${took.toFixed(1)} ms, Docker Bench ${theirs.seconds.toFixed(1)} s\n`,
      )

      expect([...ours.keys()].sort()).toEqual([...theirs.results.keys()].sort())
      const differing = [...theirs.results].filter(([id, { word, items }]) => {
        const one = ours.get(id)
        return (
          one?.word !== word ||
          itemSet(onlyOurs(id, one.items), 'whole').join() !== itemSet(onlyOurs(id, items), 'whole').join()
        )
      })
      const unexplained = differing.filter(([id]) => !Object.hasOwn(ALLOWED, id))
      expect(unexplained.map(([id, said]) => ({ id, said, ours: ours.get(id) }))).toEqual([])
      // The list is not longer than it must be.
      expect(Object.keys(ALLOWED).filter((id) => !differing.some(([other]) => other === id))).toEqual([])
    },
  )

  /** 5.30 ignores the selection: other containers of this machine are left out. */
  function onlyOurs(id: string, items: readonly string[]): readonly string[] {
    return id === '5.30' ? items.filter((item) => item.includes(PREFIX)) : items
  }
})

async function stateOf(
  engine: Engine,
  imageIds: readonly string[],
  containers: readonly string[],
): Promise<BenchState> {
  const get = async (path: string, query = {}): Promise<Json> => call<Json>(engine, path, { query })
  const listed = await call<readonly { Id: string }[]>(engine, '/containers/json')
  const running = listed.filter(({ Id }) => containers.includes(Id))
  const networks = await call<readonly { Id: string }[]>(engine, '/networks')
  return {
    info: await get('/info'),
    images: await Promise.all(
      imageIds.map(async (id) => {
        const inspect = await get(`/images/${id}/json`)
        const repoTags = Array.isArray(inspect.RepoTags) ? inspect.RepoTags.map(String) : []
        const history = (await call<readonly unknown[]>(engine, `/images/${id}/history`)).filter(isRecord)
        return { id, repoTags, inspect, history, config: null, files: { passwd: null, setuid: null } }
      }),
    ),
    containers: await Promise.all(
      running.map(async ({ Id }) => {
        const top = await get(`/containers/${Id}/top`, { ps_args: '-el' }).catch(() => null)
        return containerOf(await get(`/containers/${Id}/json`), top)
      }),
    ),
    networks: await Promise.all(networks.map(({ Id }) => get(`/networks/${Id}`))),
    contentTrust: null,
  }
}
