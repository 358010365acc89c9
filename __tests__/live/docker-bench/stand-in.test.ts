import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { BenchSource } from '../../../src/checks/docker-bench/collect.js'
import { documentsOf } from '../../../src/checks/docker-bench/dbs/meta.js'
import { readBench } from '../../../src/checks/docker-bench/dbs/read.js'
import { runInService, startService } from '../../../src/checks/docker-bench/dbs/service.js'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { labelsOf, newRunId } from '../../../src/io/engine/leftovers.js'
import { readRunOptions } from '../../../src/model/run/options.js'
import { isEveryCase } from '../../support/runs.js'
import { BASES, docker, leftovers, newFolder, SMALL } from '../support.js'
import {
  BENCH_SOURCE,
  benchFolder,
  collect,
  collectAll,
  findings,
  notes,
  problemCode,
  runOf,
} from './bench.js'
import { build, removeBuilt, shellless } from './images.js'
import { BUSYBOX, busyboxPlace, debianPlace, refusedPlace, removePlaces } from './places.js'
import { scripted, standIn } from './stand-in.js'

afterAll(removeBuilt)
afterAll(removePlaces)

const ITSELF = 'Docker Bench itself'
const STAND_IN = ['a stand-in of Docker Bench', standIn] as const
/** The same is asked of Docker Bench itself, where it is on this machine. */
const SOURCES: readonly (readonly [string, () => BenchSource])[] = [
  STAND_IN,
  ...(BENCH_SOURCE === '' ? [] : [[ITSELF, () => benchFolder] as const]),
]
/** Where only what is around the script differs, Docker Bench itself runs it in the first case, and in `script/long` in all. */
const casesOf = <Case>(source: string, cases: readonly Case[]): readonly Case[] =>
  isEveryCase || source !== ITSELF ? cases : cases.slice(0, 1)
/** The stand-in alone, but in `script/long`: several images at once and what is started meet Docker Bench itself in verdicts.test.ts. */
const MOSTLY_STAND_IN = isEveryCase ? SOURCES : SOURCES.slice(0, 1)
const testBusybox: typeof test.skip = BUSYBOX ? test : test.skip
const GOOD = `FROM ${SMALL}\nUSER 10001\nHEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\n`
const statusesOf = (collected: Parameters<typeof findings>[0]) =>
  [...findings(collected).values()]
    .filter(({ facts }) => facts['dbs-word'] !== undefined)
    .map(({ id, facts }) => `${id} ${facts['dbs-word']}`)
const whereOf = (collected: Parameters<typeof runOf>[0]) => runOf(collected).dbs

describe.each(SOURCES)('%s, where it runs', (name, source) => {
  test('when the image has bash and the docker command, then in a container, over one that waits', async () => {
    const part = { source: source(), benchImage: debianPlace() }
    const good = await collect(build('good', GOOD), part)
    expect(statusesOf(good)).toEqual(['4.1 PASS', '4.6 PASS', '4.7 PASS', '4.9 PASS'])
    expect(whereOf(good)).toMatchObject({ source: expect.stringContaining('in a container of') })
    expect(notes(good)[0]).toMatch(
      /^Docker Bench: folder .*, in a container of .*, tree sha256:[0-9a-f]{10}$/,
    )
    const bad = await collect(build('bad', `FROM ${SMALL}\nENV LISTEN_ADDR=1\nRUN echo update\n`), part)
    expect(statusesOf(bad)).toEqual(['4.1 WARN', '4.6 WARN', '4.7 INFO', '4.9 INFO'])
    expect(findings(bad).get('4.1')?.facts['dbs-items']).toBe('container')
    expect(leftovers()).toEqual([])
  })

  testBusybox(
    `when the image has only the shell of busybox, then it says the same${BUSYBOX ? '' : ' [skipped: no busybox]'}`,
    async () => {
      const collected = await collect(build('good', GOOD), { source: source(), benchImage: busyboxPlace() })
      expect(statusesOf(collected)).toEqual(['4.1 PASS', '4.6 PASS', '4.7 PASS', '4.9 PASS'])
    },
  )

  const places: readonly (readonly [string, () => string, string])[] = [
    ['without a shell', () => shellless('no-shell'), "the image's shell does not start"],
    ['without the docker command', () => BASES.bookworm, 'the image has no docker command'],
    [
      'with one too old for the engine',
      () => refusedPlace('old', 'client version 1.24 is too old. Minimum supported API version is 1.44'),
      "the image's docker command failed: client version 1.24 is too old",
    ],
    [
      'with one too new for the engine',
      () => refusedPlace('new', 'client version 1.52 is too new. Maximum supported API version is 1.41'),
      "the image's docker command failed: client version 1.52 is too new",
    ],
    ['that nobody has', () => 'localhost:1/none:1', 'there is no image'],
  ]
  test.each(casesOf(name, places))(
    'when the image is one %s, then ours judge, and why is reported',
    async (_, place, why) => {
      const collected = await collect(build('good', GOOD), { source: source(), benchImage: place() })
      expect(statusesOf(collected)).toEqual([])
      expect(runOf(collected).withoutDbs).toContain(why)
      expect(notes(collected)).toContainEqual(expect.stringContaining(why))
      expect(leftovers()).toEqual([])
    },
  )

  const engines = [
    ['is remote', { host: 'tcp://127.0.0.1:1' }, 'the engine has no socket on this machine'],
    [
      'has a socket that cannot be mounted',
      { host: 'unix:///nonexistent/docker.sock' },
      'no container can be created from the image',
    ],
  ] as const
  test.each(casesOf(name, engines))(
    'when the engine %s, then ours judge, and dbs is unanswered',
    async (_, other, why) => {
      const engine = { ...(await connectEngine()), ...other }
      const part = { source: source(), benchImage: debianPlace(), engine: async () => engine }
      const collected = await collect(build('good', GOOD), part)
      expect(statusesOf(collected)).toEqual([])
      expect(runOf(collected).withoutDbs).toContain(why)
      expect(notes(collected)).toContainEqual(expect.stringContaining(why))
      expect(problemCode(await collect(build('good', GOOD), { ...part, benchEngine: 'both-required' }))).toBe(
        'bench-no-place',
      )
    },
  )
})

describe('something in the place of Docker Bench', () => {
  const HALF = 'while getopts bc:i:l: o; do [ $o = l ] && printf "{\\"start\\":" >"$OPTARG.json"; done'
  const LEAKS = [
    ['ends with 1', 'exit 1', 'bench-failed'],
    ['complains', 'echo "jq: error" >&2', 'bench-failed'],
    ['is killed', 'kill -9 $$', 'bench-failed'],
    ['writes nothing', 'true', 'bench-doubtful'],
    ['writes half of an answer, twice', HALF, 'bench-doubtful'],
  ] as const

  test.each(LEAKS)('when it %s, then dbs is unanswered', async (_, script, code) => {
    const part = {
      source: scripted(script),
      benchImage: debianPlace(),
      benchEngine: 'both-required' as const,
    }
    expect(problemCode(await collect(SMALL, part))).toBe(code)
    expect(leftovers()).toEqual([])
  })

  // The first and the last for all, but for `script/long`.
  test.each(LEAKS.filter((_, at) => isEveryCase || at === 0 || at === LEAKS.length - 1))(
    'when it %s, then ours judge and say why',
    async (_, script, _code) => {
      const collected = await collect(SMALL, { source: scripted(script), benchImage: debianPlace() })
      expect(statusesOf(collected)).toEqual([])
      expect(notes(collected)[0]).toMatch(
        /^Docker Bench did not run, so all results come from the built-in rules\. Reason: in a container of /,
      )
      expect(leftovers()).toEqual([])
    },
  )

  test('when it fails once, then it is run again where it ran', async () => {
    // The engine remembers: each run has a container of its own.
    const once = `seaworthy-test-once-${process.pid}`
    const first = `docker volume inspect ${once} >/dev/null 2>&1 || { docker volume create ${once}; exit 1; }`
    try {
      const collected = await collect(build('good', GOOD), { source: standIn(first) })
      expect(statusesOf(collected)).toHaveLength(4)
      expect(docker('volume', 'ls', '-q')).toContain(once)
    } finally {
      docker('volume', 'rm', once)
    }
  })

  test('when it hangs in its container, then it is ended there', async () => {
    const engine = await connectEngine()
    const imageId = docker('image', 'inspect', '-f', '{{.Id}}', SMALL).trim()
    const runId = newRunId()
    const { folder } = scripted('sleep 600')
    const bench = { folder, version: 'stand-in', tree: 'sha256:0' }
    const options = {
      ...{ engine, directory: newFolder(), signal: new AbortController().signal, limitMs: 1500 },
      ...{ image: debianPlace(), runId, labels: labelsOf(runId, Math.ceil(Date.now() / 1000) + 600) },
      sections: 'all' as const,
    }
    const service = await startService(Promise.resolve(bench), options)
    const run = await runInService(service, bench, [{ imageId, container: null }], options)
    const documents = documentsOf(run, 0)
    expect(() => readBench(documents['dbs.json'], documents['dbs.log'], documents['dbs-meta.json'])).toThrow(
      'time limit',
    )
    expect(leftovers()).toEqual([])
  })
})

describe.each(MOSTLY_STAND_IN)('%s, over several images', (_name, source) => {
  test('when a run has several images, then it runs once, and each has its own words', async () => {
    const nameless = execFileSync('docker', ['build', '-q', '-'], {
      ...{ input: `FROM ${SMALL}\nLABEL sw=nameless\nRUN echo update\n`, encoding: 'utf8' },
    }).trim()
    try {
      const [good, bad, third] = await collectAll(
        [build('good', GOOD), build('bad', `FROM ${SMALL}\nRUN echo update\nENV X=1\n`), nameless],
        { source: source(), benchImage: debianPlace() },
      )
      if (!good || !bad || !third) {
        throw new Error('three were asked')
      }
      expect(statusesOf(good)).toEqual(['4.1 PASS', '4.6 PASS', '4.7 PASS', '4.9 PASS'])
      expect(statusesOf(bad)).toEqual(['4.1 WARN', '4.6 WARN', '4.7 INFO', '4.9 PASS'])
      // Which image it means is not said of one without a tag.
      expect(statusesOf(third)).toEqual(['4.1 WARN', '4.6 WARN'])
      expect(runOf(third).notAsked.map(({ id }) => id)).toEqual(['4.7', '4.9'])
      const runs = [good, bad, third].map(({ evidence }) => evidence.documents['dbs.json'])
      expect(new Set(runs).size).toBe(1)
    } finally {
      docker('rmi', '-f', nameless)
    }
    expect(leftovers()).toEqual([])
  })

  test('when two gates run on one engine at the same time, then both are answered', async () => {
    const image = build('good', GOOD)
    const part = { source: source(), benchImage: debianPlace() }
    const both = await Promise.all([collect(image, part), collect(image, part)])
    expect(both.map(statusesOf)).toEqual(Array(2).fill(['4.1 PASS', '4.6 PASS', '4.7 PASS', '4.9 PASS']))
    expect(leftovers()).toEqual([])
  })
})

describe.each(MOSTLY_STAND_IN)('%s, over several images of which a label hides one', (_name, source) => {
  test('when a label hides one from it, then ours judge that one and say so, and dbs is unanswered', async () => {
    const hidden = build('hidden', `${GOOD}LABEL org.example=docker-bench-security\n`)
    const part = { source: source(), benchImage: debianPlace() }
    const [one, other] = await collectAll([hidden, build('good', GOOD)], part)
    if (!one || !other) {
      throw new Error('two were asked')
    }
    expect(statusesOf(one)).toEqual([])
    expect(notes(one)).toContainEqual(
      expect.stringContaining('a label of the image contains docker.bench.security'),
    )
    expect(statusesOf(other)).toHaveLength(4)
    expect(problemCode(await collect(hidden, { ...part, benchEngine: 'both-required' }))).toBe('bench-hidden')
  })
})

describe.each(MOSTLY_STAND_IN)('%s, and a container that waits for it', (_name, source) => {
  test('when the user of the image is not known there, then 4.1 is ours, and why is reported', async () => {
    const image = build('unknown', `FROM ${SMALL}\nUSER nobody-knows\nHEALTHCHECK CMD true\n`)
    const collected = await collect(image, { source: source(), benchImage: debianPlace() })
    expect(statusesOf(collected)).toEqual(['4.6 PASS', '4.7 PASS', '4.9 PASS'])
    expect(runOf(collected).notAsked).toEqual([{ id: '4.1', why: expect.stringContaining('nobody-knows') }])
    expect(leftovers()).toEqual([])
  })

  test('when the image has a start, a health check and a shell of its own, then none of it runs', async () => {
    const image = build('trap', `FROM ${SMALL}\nENTRYPOINT ["sh", "-c", "touch /ran; sleep 600"]\n`)
    const collected = await collect(image, { source: source(), benchImage: debianPlace() })
    expect(statusesOf(collected)).toContain('4.1 WARN')
    expect(runOf(collected).waiter?.name).toMatch(/^seaworthy-[0-9a-f]{12}-0-waiter$/)
  })

  test('when it is started, then that one serves, with section 5 where options were given', async () => {
    const image = build('good', GOOD)
    const part = { source: source(), benchImage: debianPlace(), start: true }
    const plain = await collect(image, part)
    expect(statusesOf(plain).map((one) => one.split(' ')[0])).toEqual([
      ...['4.1', '4.2', '4.4', '4.6', '4.7', '4.8', '4.9', '4.10', '4.11'],
    ])
    expect(runOf(plain).waiter).toBeNull()
    const collected = await collect(image, { ...part, spec: readRunOptions('--read-only') })
    expect(statusesOf(collected).filter((one) => one.startsWith('5.')).length).toBeGreaterThan(20)
    expect(leftovers()).toEqual([])
  })
})

describe.each(MOSTLY_STAND_IN)('%s, and a container that is started and dies', (_name, source) => {
  const part = () => ({ source: source(), benchImage: debianPlace(), start: true })
  test('when it needs a variable, then its last lines are reported, without secrets, and what to give it', async () => {
    const start = 'echo "using $API_TOKEN and $CLUE"; echo "DB_URL is not set"; exit 3'
    const image = build(
      'needs',
      `FROM ${SMALL}\nENV API_TOKEN=hunter2hunter2 CLUE=plain\nCMD ["sh", "-c", ${JSON.stringify(start)}]\n`,
    )
    const { evidence } = await collect(image, part())
    expect(evidence.problem).toMatchObject({
      code: 'bench-subject-ended',
      what: expect.stringMatching(
        /exited with code 3 .*its output ends with: using \*\*\* and plain \/ DB_URL is not set$/,
      ),
      todo: expect.stringContaining('-e NAME=value'),
    })
    expect(JSON.stringify(evidence)).not.toContain('hunter2')
    expect(leftovers()).toEqual([])
  })

  test('when it never gets healthy, then it is judged, and its last lines are noted', async () => {
    const image = build(
      'ill',
      `FROM ${SMALL}\nHEALTHCHECK --interval=1s --retries=1 CMD false\nCMD ["sh", "-c", "echo no database; sleep 600"]\n`,
    )
    const collected = await collect(image, part())
    expect(statusesOf(collected)).toContain('4.1 WARN')
    expect(notes(collected)).toContainEqual(
      'state of the started container: unhealthy; end of its output: no database',
    )
  })

  test.each([
    ['it only has to run', true],
    ['it has to become healthy', false],
  ])(
    'when %s, and its health check succeeds, then the engine’s first check is not waited for',
    async (_, isStartOptional) => {
      // Docker runs the first one after ten minutes.
      const check = 'HEALTHCHECK --interval=10m CMD test -e /etc/debian_version && test "$(id -u)" = 65534'
      const image = build('healthy', `FROM ${SMALL}\n${check}\nUSER 65534\nCMD ["sleep", "600"]\n`)
      const options = { spec: readRunOptions('--read-only'), isStartOptional }
      const { started } = runOf(await collect(image, { ...part(), ...options }))
      expect(started?.report.outcome).toBe('healthy')
      expect(started?.report.seconds).toBeLessThan(300)
    },
  )

  // It fails only after the time in which one that only has to run is watched.
  test('when it only has to run, and its health check fails later, then that is noted', async () => {
    const check = 'HEALTHCHECK --interval=7s --retries=1 CMD ["/no-such-program"]'
    const image = build('wrong-check', `FROM ${SMALL}\n${check}\nCMD ["sleep", "600"]\n`)
    const options = { spec: readRunOptions('--read-only'), isStartOptional: true }
    const collected = await collect(image, { ...part(), ...options })
    expect(statusesOf(collected)).toContain('4.1 WARN')
    expect(notes(collected)).toContainEqual(
      expect.stringMatching(
        /^the container started, but its health check did not succeed within \d[\d.]* s; last output of its health check: .*no-such-program.*no such file/,
      ),
    )
    expect(leftovers()).toEqual([])
  })
})

describe('a stand-in of Docker Bench from an address', () => {
  test('when it is another tree, then the check is unanswered in auto too; when nobody answers, then ours judge', async () => {
    const { folder } = standIn()
    const tarball = join(newFolder(), 'bench.tar.gz')
    execFileSync('tar', ['-czf', tarball, '--transform', 's,^\\.,bench-1,', '-C', folder, '.'])
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/bench' ? 200 : 404
      response.end(request.url === '/bench' ? readFileSync(tarball) : '')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    try {
      const from = (path: string) => ({ kind: 'download' as const, url: `${base}${path}` })
      const other = await collect(SMALL, { source: from('/bench'), benchImage: debianPlace() })
      expect(problemCode(other)).toBe('bench-not-genuine')
      const none = await collect(SMALL, { source: from('/none') })
      expect(notes(none)[0]).toBe(
        'Docker Bench did not run, so all results come from the built-in rules. Reason: Docker Bench could not be fetched: the server returned HTTP 404',
      )
      expect(problemCode(await collect(SMALL, { source: from('/none'), benchEngine: 'both-required' }))).toBe(
        'bench-not-fetched',
      )
    } finally {
      server.close()
    }
  })
})
