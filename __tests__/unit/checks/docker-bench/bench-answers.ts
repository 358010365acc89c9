import { dockerBenchInterpreter } from '../../../../src/checks/docker-bench/interpret.js'
import type { RunDocument, StartReport } from '../../../../src/checks/docker-bench/run/document.js'
import { countedResult } from '../../../../src/model/finding/bench.js'
import { isBench } from '../../../../src/model/finding/index.js'
import type { Image } from '../../../../src/model/image/image.js'
import { aLayer, anImage, LAYER } from '../../../support/builders.js'
import { CONTAINER, IMAGE_ID, jsonOf, logOf, type MadeResult, metaOf } from './answers.js'

export const CONFIG = { User: '10001', Healthcheck: { Test: ['CMD', 'true'] }, Cmd: ['/app'] }
const HISTORY = [
  { created_by: '/bin/sh -c #(nop) COPY dir:1 in / ' },
  { created_by: 'RUN /bin/sh -c apt-get update && apt-get install -y perl # buildkit', empty_layer: true },
]

/** The same, as the engine lists it: newest first. */
export const LISTED = HISTORY.map(({ created_by }) => ({ CreatedBy: created_by, Comment: '' })).reverse()

export function imageOf(config: object = CONFIG): Image {
  return anImage({
    reference: 'acme/app:1',
    config: { config, rootfs: { type: 'layers', diff_ids: [LAYER] }, history: HISTORY },
    layers: [aLayer({ files: { 'etc/passwd': 'root:x:0:0::/:/bin/sh\n' } })],
  })
}

export function runOf(part: Partial<RunDocument> = {}): RunDocument {
  return {
    ...{ engine: 'both', withoutDbs: 'neither bench-image nor bench-source was given', imageId: IMAGE_ID },
    ...{
      imageNames: ['acme/app:1'],
      hasOptions: false,
      start: false,
      judged: null,
      started: null,
      startTest: null,
      waiter: null,
      notAsked: [],
      apart: null,
      dbs: null,
    },
    ...part,
  }
}

const INFO = {
  SecurityOptions: ['name=apparmor', 'name=seccomp,profile=default'],
  Swarm: { LocalNodeState: 'inactive' },
}
const HOST = {
  Memory: 1,
  NanoCpus: 1,
  PidsLimit: 5,
  ReadonlyRootfs: true,
  CapDrop: ['ALL'],
  NetworkMode: 'own',
  SecurityOpt: ['no-new-privileges'],
  RestartPolicy: { Name: 'no' },
  PortBindings: {},
}
export const container = (name: string, running: boolean) =>
  JSON.stringify({
    Id: CONTAINER.id,
    Name: `/${name}`,
    AppArmorProfile: 'docker-default',
    Mounts: [],
    State: { Running: running, Status: running ? 'running' : 'created' },
    Config: CONFIG,
    HostConfig: HOST,
    NetworkSettings: { Ports: {}, Networks: {} },
  })

/** The answer to these documents, by id. */
export function ask(run: RunDocument, documents: Record<string, string> = {}, image = imageOf()) {
  const all = { 'run.json': JSON.stringify(run), 'info.json': JSON.stringify(INFO), ...documents }
  const evidence = { check: 'docker-bench', documents: all, sources: [], problem: null, tookMs: 1 } as const
  const answer = dockerBenchInterpreter.interpret(evidence, image)
  if (answer.state === 'unanswered') {
    throw new Error(answer.problem.code)
  }
  const findings = answer.findings
    .filter((one) => isBench(one))
    .map((one) => ({ ...one, counted: countedResult(one) }))
  return { ...answer, findings, byId: new Map(findings.map((one) => [one.id, one])) }
}

export const dbs = (all: MadeResult[], isRunning: boolean) => ({
  'dbs.json': jsonOf(all),
  'dbs.log': logOf(all),
  'dbs-meta.json': JSON.stringify(metaOf({}, isRunning)),
})
export const healthy: StartReport = { outcome: 'healthy', exitCode: null, seconds: 1, said: '' }
export const started: NonNullable<RunDocument['started']> = {
  ...{ ...CONTAINER, changed: ['5.30', '5.9', '5.16'], report: healthy },
  differs: [
    { kind: 'with', what: 'a network of its own', ids: ['5.30'] },
    { kind: 'without', what: '--publish', ids: ['5.9'] },
    { kind: 'without', what: '--pid host', ids: ['5.16'] },
  ],
}
