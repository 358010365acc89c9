import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { PINNED_BENCH, pinnedBench } from '../../../src/checks/docker-bench/dbs/fetch.js'
import { treeHash } from '../../../src/checks/docker-bench/dbs/tree.js'
import { readRunOptions } from '../../../src/model/run/options.js'
import { isEveryCase } from '../../support/runs.js'
import { BASES, docker, leftovers, newFolder, SMALL } from '../support.js'
import {
  BENCH_SOURCE,
  benchFolder,
  type Collected,
  collect,
  findings,
  NEEDS,
  notes,
  problemCode,
  runOf,
  withBench,
} from './bench.js'
import { build, removeBuilt } from './images.js'
import { BUSYBOX, debianPlace, removePlaces } from './places.js'

const neighbours: string[] = []
afterEach(() => {
  for (const id of neighbours.splice(0)) {
    docker('rm', '-f', id)
  }
})
afterAll(removeBuilt)
afterAll(removePlaces)

const SERVER = 'HEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\nUSER 10001\n'
const OPTIONS = readRunOptions(
  '--read-only --cap-drop ALL --security-opt no-new-privileges -m 64m --pids-limit 50',
)

/**
 * Ends when its processes are listed in it, which is the only thing that Docker Bench runs in a container. The container that
 * waits in its place takes no such signal as its end (script/make-waiter.mjs).
 */
const ENDS_IF_LISTED = [
  "RUN printf '#!/bin/sh\\nkill -WINCH 1\\n' >/usr/bin/ps && chmod 755 /usr/bin/ps",
  `CMD ["sh", "-c", "trap 'exit 0' WINCH; sleep 600 & wait"]`,
].join('\n')

test('when there is no such script in the folder, then that is reported, and nobody else is asked', async () => {
  const empty = { kind: 'folder', folder: newFolder() } as const
  expect(problemCode(await collect(SMALL, { source: empty }))).toBe('bench-no-source')
})

describe('Docker Bench itself', () => {
  /** The image, started, as it judges it: two tests compare with that. */
  let judged: Promise<Collected> | null = null
  const serverImage = () => build('server', `FROM ${BASES.bookworm}\n${SERVER}`)
  const judgedOnce = () => {
    judged ??= collect(serverImage(), { source: benchFolder, spec: OPTIONS, start: true })
    return judged
  }

  withBench(`when its files are hashed, then they are the pinned ones${NEEDS}`, () => {
    expect(treeHash(BENCH_SOURCE)).toBe(PINNED_BENCH.tree)
  })

  withBench(`when it comes as GitHub's tarball, then it is the pinned one, and kept${NEEDS}`, async () => {
    // As git archive writes it: one folder around all, and a global header with the commit.
    const tarball = join(newFolder(), 'bench.tar.gz')
    const rename = `s,^\\.,docker-bench-security-${PINNED_BENCH.commit},`
    const header = `--pax-option=comment=${PINNED_BENCH.commit}`
    const tar = ['--format=pax', header, '--exclude=./.git', '--exclude=./log', '--transform', rename]
    execFileSync('tar', ['-czf', tarball, ...tar, '-C', BENCH_SOURCE, '.'])
    let requests = 0
    const server = createServer((_, response) => {
      requests++
      response.end(readFileSync(tarball))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const pinned = { ...PINNED_BENCH, url: `http://127.0.0.1:${port}/` }
    const cache = newFolder()
    const get = async () =>
      pinnedBench(pinned, cache, {
        directory: newFolder(),
        signal: new AbortController().signal,
        timeoutMs: 10_000,
      })
    try {
      expect([treeHash(await get()), treeHash(await get())]).toEqual([PINNED_BENCH.tree, PINNED_BENCH.tree])
      expect(requests).toBe(1)
    } finally {
      server.close()
    }
  })

  withBench(`when nothing is started, then its 4.1, 4.6, 4.7 and 4.9 are taken${NEEDS}`, async () => {
    const image = build('plain', `FROM ${SMALL}\nENV LISTEN_ADDR=1\nRUN echo update >/dev/null\n`)
    const collected = await collect(image, { source: benchFolder })
    const found = findings(collected)
    const taken = [...found.values()].filter(({ facts }) => facts['dbs-word'] !== undefined)
    expect(taken.map(({ id, facts }) => `${id} ${facts['dbs-word']} ${facts['builtin-word']}`)).toEqual([
      '4.1 WARN WARN',
      '4.6 WARN WARN',
      '4.7 INFO PASS',
      '4.9 INFO PASS',
    ])
    expect(notes(collected)[0]).toMatch(/^Docker Bench: folder .*, tree sha256:/)
    const ours = await collect(image)
    process.stdout.write(
      `built-in ${ours.evidence.tookMs} ms, with Docker Bench ${collected.evidence.tookMs} ms\n`,
    )
  })

  withBench(
    `when the image is started, then it judges section 5 too, whatever else runs${NEEDS}`,
    async () => {
      const image = serverImage()
      const part = { source: benchFolder, spec: OPTIONS, start: true } as const
      const statuses = (found: ReturnType<typeof findings>) =>
        [...found.values()].map(
          ({ id, facts }) => `${id} ${facts['dbs-word']} ${facts['builtin-word']} ${facts.items}`,
        )
      const collected = await judgedOnce()
      const alone = findings(collected)
      // Both on the same image in the same run; Docker Bench alone, without the start.
      const ours = await collect(image)
      const { started, ended } = JSON.parse(collected.evidence.documents['dbs-meta.json'] ?? '')
      const [mine, theirs] = [ours.evidence.tookMs, (ended - started) * 1000]
      process.stdout.write(
        `built-in ${mine} ms, sections 4 and 5 of Docker Bench ${theirs.toFixed(0)} ms: ${(theirs / mine).toFixed(0)} times\n`,
      )
      expect(
        [...alone.values()].filter(({ facts }) => facts['dbs-word'] !== undefined).length,
      ).toBeGreaterThan(35)
      const addNeighbour = (...options: readonly string[]) =>
        neighbours.push(docker('run', '-d', ...options, SMALL, 'sleep', '600').trim())
      addNeighbour('--name', `seaworthy-test-vanilla-${process.pid}`, '--privileged=false', '--net', 'host')
      addNeighbour('--label', 'docker_bench_security', '--network', 'none')
      build('other', `FROM ${SMALL}\nLABEL other=1\n`)
      expect(statuses(findings(await collect(image, part)))).toEqual(statuses(alone))
      expect(leftovers()).toEqual([])
    },
  )

  withBench(
    `when a label hides the image from it, then ours judges it, and dbs is unanswered${NEEDS}`,
    async () => {
      const image = build('hidden', `FROM ${SMALL}\nLABEL org.example=docker-bench-security\n`)
      const options = { source: benchFolder, benchEngine: 'both-required' } as const
      expect(problemCode(await collect(image, options))).toBe('bench-hidden')
      expect(findings(await collect(image)).get('4.1')?.facts.word).toBe('WARN')
    },
  )

  withBench(`when the container ends at once, then nothing is believed${NEEDS}`, async () => {
    const image = build('exits', `FROM ${SMALL}\nCMD ["true"]\n`)
    expect(problemCode(await collect(image, { source: benchFolder, start: true }))).toBe(
      'bench-subject-ended',
    )
    expect(leftovers()).toEqual([])
  })

  describe('when an image is started only because its options are known', () => {
    const part = { source: benchFolder, spec: OPTIONS, start: true, isStartOptional: true } as const
    const own = (found: ReturnType<typeof findings>) =>
      [...found.values()].flatMap(({ id, facts }) => (facts['dbs-word'] === undefined ? [] : [id]))

    withBench(`and it runs, then as much has results of its own as when it must run${NEEDS}`, async () => {
      const requests = own(findings(await collect(serverImage(), part)))
      expect(requests).toEqual(own(findings(await judgedOnce())))
      expect(requests.length).toBeGreaterThan(35)
      expect(leftovers()).toEqual([])
    })

    const cases = [
      ['ends at once', 'CMD ["true"]', /^the container exited with code 0 after/],
      [
        'has no such program',
        'CMD ["/none"]',
        /^the container could not be started; its output ends with: .*none/,
      ],
      [
        'ends while Docker Bench looks at it',
        ENDS_IF_LISTED,
        /while Docker Bench was examining it; it printed nothing$/,
      ],
    ] as const
    // What Docker Bench finds differs in the last one only; `script/long` asks about all.
    withBench.each(isEveryCase ? cases : cases.slice(-1))(
      `and it %s, then its options are judged as declared, with what Docker Bench says of the image${NEEDS}`,
      async (name, command, why) => {
        const image = build(
          name.replaceAll(' ', '-').toLowerCase(),
          `FROM ${SMALL}\n${command}\nUSER 10001\n`,
        )
        const collected = await collect(image, part)
        expect(own(findings(collected))).toEqual(['4.1', '4.6', '4.7', '4.9'])
        expect(findings(collected).get('5.11')?.facts).toMatchObject({ 'builtin-word': 'PASS' })
        expect(notes(collected).join()).toContain('the run options are judged as declared')
        expect(runOf(collected).notStarted).toMatch(why)
        expect(leftovers()).toEqual([])
      },
    )
  })

  const ofBash = BUSYBOX ? withBench : test.skip
  ofBash(
    `when its container has bash instead of busybox, then it says the same${BUSYBOX ? NEEDS : ' [skipped: no busybox]'}`,
    async () => {
      const statuses = (found: ReturnType<typeof findings>) =>
        [...found.values()].map(({ id, facts }) => `${id} ${facts['dbs-word']} ${facts.items}`)
      const part = { source: benchFolder, spec: OPTIONS, start: true, benchImage: debianPlace() } as const
      const other = findings(await collect(serverImage(), part))
      expect(statuses(other)).toEqual(statuses(findings(await judgedOnce())))
      expect(leftovers()).toEqual([])
    },
  )
})
