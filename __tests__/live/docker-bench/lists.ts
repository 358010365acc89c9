import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { dockerBenchInterpreter } from '../../../src/checks/docker-bench/interpret.js'
import { runSchema } from '../../../src/checks/docker-bench/run/document.js'
import { loadEvidence } from '../../../src/gate/evidence/folder.js'
import { isBench } from '../../../src/model/finding/index.js'
import { compareResults } from '../../../src/policy/dictionary/compare.js'
import { DEFAULT_DICTIONARY } from '../../../src/policy/dictionary/default.js'
import { newFolder } from '../support.js'
import { type Done, dockerOn, HERE, load, runOn, type TestEngine } from '../test-engine.js'
import { BENCH_SOURCE } from './bench.js'
import { build, removeBuilt } from './images.js'
import { anyPlace, removePlaces } from './places.js'
import { standIn } from './stand-in.js'

// Where a service is started as its compose file says, each id of sections 4 and 5 stands in one of three lists.

const COMPOSE = `services:
  app:
    image: app
    user: "10001"
    read_only: true
    cap_drop: [ALL]
    security_opt: ["no-new-privileges:true"]
    mem_limit: 64m
    cpus: 0.5
    pids_limit: 50
    ulimits: {nofile: 1024}
    restart: on-failure:5
    ports: ["127.0.0.1:18095:8080"]
    tmpfs: [/tmp]
    volumes: [data:/data]
volumes: {data: {}}
`

/** Docker Bench's own result is used. */
const USED: readonly string[] = [
  ...['4.1', '4.2', '4.4', '4.6', '4.7', '4.8', '4.9', '4.10', '4.11'],
  ...['5.4', '5.5', '5.6', '5.7', '5.10', '5.11', '5.12', '5.13', '5.16', '5.17', '5.18', '5.19', '5.20'],
  ...['5.21', '5.22', '5.23', '5.24', '5.25', '5.26', '5.27', '5.28', '5.29', '5.31', '5.32'],
]

/** The question does not arise, and why. */
const NOT_APPLICABLE: Readonly<Record<string, string>> = {
  '4.3': 'no test for needless packages yet',
  '4.5': 'a variable of the client, nothing of the image',
  '4.12': 'signatures are checked where the image is deployed',
  '5.1': 'the swarm state of the CI runner',
}

/** By what the kernel has, where Docker Bench warns of hosts. */
const OF_HOST: Readonly<Record<string, readonly [feature: string, why: string]>> = {
  '5.2': ['apparmor', 'The host does not use AppArmor.'],
  '5.3': ['selinux', 'The host does not use SELinux.'],
}

/** Docker Bench is not believed: the container was started with another option, which these judge. */
const WITHHELD: Readonly<Record<string, string>> = {
  '5.8': 'it was started without published ports',
  '5.9': 'it was started without published ports',
  '5.14': 'it was started without published ports',
  '5.15': 'it was started without a restart policy',
  '5.30': 'it was started on a closed network',
}

const WITH = BENCH_SOURCE === '' ? 'a stand-in of Docker Bench' : 'Docker Bench itself'

/** The three lists of one run on that engine. */
export function listTests(engineOf: () => TestEngine): void {
  describe(`a service that is started next to ${WITH}`, () => {
    let ran: Done
    let lists: Lists
    /** The same image, not started: Docker Bench looks at the container that only waits. */
    let waited: { readonly ran: Done; readonly evidence: string }
    beforeAll(async () => {
      const engine = engineOf()
      // The docker command and next to nothing else: an engine beside has to be given it first.
      const place = anyPlace()
      const image = build(
        'listed',
        `FROM ${place}\nUSER 10001\nHEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\n`,
      )
      if (engine !== HERE) {
        await load([engine], [place, image])
      }
      const folder = newFolder()
      writeFileSync(join(folder, 'compose.yml'), COMPOSE)
      const source = BENCH_SOURCE === '' ? standIn().folder : BENCH_SOURCE
      const evidence = join(folder, 'evidence')
      const scan = [
        'scan',
        image,
        '--checks',
        'docker-bench',
        '--bench-source',
        source,
        '--bench-image',
        place,
      ]
      const command = [
        '--compose-file',
        join(folder, 'compose.yml'),
        '--start',
        'true',
        '--save-evidence',
        evidence,
      ]
      ran = await runOn(engine, [...scan, ...command])
      lists = listsOf(evidence)
      const plain = join(folder, 'plain')
      waited = { ran: await runOn(engine, [...scan, '--save-evidence', plain]), evidence: plain }
      if (engine !== HERE) {
        dockerOn(engine, 'rmi', '-f', image, place)
      }
    })
    afterAll(() => {
      removeBuilt()
      removePlaces()
    })

    test('then Docker Bench runs in its container', () => {
      expect(lists.dbs).toMatchObject({ source: expect.stringContaining('in a container of') })
    })

    test('then each of the 44 ids stands in the list that is written down', () => {
      const host = dockerOn(engineOf(), 'info', '-f', '{{.SecurityOptions}}')
      const ofHost = Object.entries(OF_HOST).map(([id, [feature, why]]) => ({
        id,
        why: host.includes(`name=${feature}`) ? null : why,
      }))
      const lacking = ofHost.flatMap(({ id, why }) => (why === null ? [] : [[id, why] as const]))
      const had = ofHost.flatMap(({ id, why }) => (why === null ? [id] : []))
      expect(new Set(lists.used)).toEqual(new Set([...USED, ...had]))
      expect(lists.notApplicable).toEqual({ ...NOT_APPLICABLE, ...Object.fromEntries(lacking) })
      expect(new Set(lists.withheld)).toEqual(new Set(Object.keys(WITHHELD)))
      const all = [...lists.used, ...Object.keys(lists.notApplicable), ...lists.withheld]
      expect([all.length, new Set(all).size]).toEqual([44, 44])
    })

    test('then it judges the image that only waits too, 4.1 among the rest', () => {
      const pass = ['PASS', 'PASS']
      expect(takenIn(waited.evidence)).toEqual({ '4.1': pass, '4.6': pass, '4.7': pass, '4.9': pass })
      expect(findingsIn(waited.evidence).run.withoutDbs).toBeNull()
    })

    test('then nothing is left', () => {
      expect([ran.code, ran.left]).toEqual([1, []])
      expect(waited.ran.left).toEqual([])
    })
  })
}

interface Lists {
  readonly dbs: unknown
  readonly used: readonly string[]
  readonly notApplicable: Readonly<Record<string, string>>
  readonly withheld: readonly string[]
}

/** Id of the run, from the name of the container that waited. */
export function runIn(folder: string): string {
  return findingsIn(folder).run.waiter?.name.split('-')[1] ?? 'none'
}

/** Ids of which Docker Bench's result was taken, with its word and that of the built-in rules. */
export function takenIn(folder: string): Readonly<Record<string, readonly (string | null)[]>> {
  const taken = findingsIn(folder).findings.filter(({ dbs }) => dbs !== null)
  return Object.fromEntries(
    taken.map(({ id, dbs, builtin }) => [id, [dbs?.word ?? null, builtin?.word ?? null]]),
  )
}

function listsOf(folder: string): Lists {
  const { today, findings, reference, run } = findingsIn(folder)
  const context = { reference, today, evidence: new Set(['vulnerability-scan']) }
  const used: string[] = []
  const withheld: string[] = []
  const notApplicable: Record<string, string> = {}
  for (const {
    id,
    outcome,
    result,
    because: [first],
  } of compareResults(findings, DEFAULT_DICTIONARY, context)) {
    if (outcome === 'not-applicable' && first?.reason === 'left-out') {
      notApplicable[id] = first.words
    } else if (outcome === 'not-applicable' && first?.reason === 'not-applicable') {
      notApplicable[id] = first.why
    } else if (result?.dbs) {
      used.push(id)
    } else {
      withheld.push(id)
    }
  }
  return { dbs: run.dbs, used, notApplicable, withheld }
}

/** What Docker Bench and the built-in rules found of the only image, from the evidence that was saved. */
export function findingsIn(folder: string) {
  const { today, collected } = loadEvidence(folder)
  const [{ image, evidence = [] } = { image: null }] = collected
  const found = evidence.find(({ check }) => check === 'docker-bench')
  if (!image || !found || found.problem) {
    throw new Error(`no evidence: ${found?.problem?.what}`)
  }
  const answer = dockerBenchInterpreter.interpret(found, image)
  const findings = answer.state === 'answered' ? answer.findings.filter((one) => isBench(one)) : []
  const run = runSchema.parse(JSON.parse(found.documents['run.json'] ?? 'null'))
  return { today, findings, reference: image.reference, run }
}
