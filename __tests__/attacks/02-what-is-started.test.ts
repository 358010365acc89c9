import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HOST_CONFIG } from '../../src/model/run/start-options.js'
import type { Report } from '../../src/reports/json/schema.js'
import { reportOfStep, type Step, startStep } from '../live/act/dist.js'
import { build, removeBuilt } from '../live/docker-bench/images.js'
import { lines, NO_BENCH, newFolder, ROOT, SMALL } from '../live/support.js'
import { gitHub, startPullRequest } from './pull-request.js'

let image: string
beforeAll(() => {
  const healthy = 'HEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\nUSER 10001\n'
  image = build('attack-start', `FROM ${SMALL}\n${healthy}`)
})
afterAll(removeBuilt)

/** The result that counts for this id. */
function statusOf(findings: Report['images'][number]['findings'], id: string) {
  const details = findings.find((one) => one.id === id)?.details
  return details !== undefined && 'compared' in details ? details.compared?.reported?.word : undefined
}

/** A file of the machine that nobody handed to the image, and what the image would leave next to it. */
function proof() {
  const folder = newFolder()
  writeFileSync(join(folder, 'secret'), 'of the machine\n')
  const taken = join(folder, 'taken')
  const marker = join(folder, 'seen')
  const script = [
    // What is read and written lies in this folder alone.
    `cat /h${folder}/secret > /h${taken}`,
    `for one in /proc/[0-9]*; do tr '\\0' ' ' <$one/cmdline | grep -q dist/action && echo $one >>/h${marker}; done`,
    'touch /tmp/done; exec sleep 600',
  ]
  return {
    script: script.join('\n'),
    /** What the image took. */
    taken: () => (existsSync(taken) ? readFileSync(taken, 'utf8') : null),
    /** True where it saw this process among its own. */
    saw: ({ pid }: ChildProcess) =>
      existsSync(marker) && lines(readFileSync(marker, 'utf8')).includes(`/proc/${pid}`),
  }
}

const compose = (service: object) => JSON.stringify({ services: { app: service } })
/** The root of the machine, its processes, and root among them. Privileged ones do not start on every test machine. */
const reaching = (script: string) => ({
  volumes: ['/:/h'],
  pid: 'host',
  user: '0',
  entrypoint: ['sh', '-c', script.replaceAll('$', '$$$$')],
  // It is looked at once it has done what it came for.
  healthcheck: { test: 'test -f /tmp/done', interval: '1s', retries: 100 },
})

const INPUTS = {
  checks: 'docker-bench',
  'bench-source': NO_BENCH,
  'compose-file': 'compose.yml',
  'save-evidence': 'evidence',
}

/** What the engine says of the container that was started. */
function started({ folder }: Step): { HostConfig: Record<string, unknown>; Config: Record<string, unknown> } {
  return JSON.parse(readFileSync(join(folder, 'evidence/image-0/docker-bench/started.json'), 'utf8'))
}

const notesOf = (step: Step) => reportOfStep(step).images[0]?.checks[0]?.limits.join('\n') ?? ''

describe('when a pull request of the same repository brings a compose file', () => {
  test.each([
    ['start: true', { start: 'true' }],
    ['start: given', { start: 'given' }],
  ])('then nothing of it is started (%s)', async (_, inputs) => {
    const github = await gitHub()
    const { script, taken, saw } = proof()
    const files = { 'compose.yml': compose(reaching(script)) }
    const { child, ended } = startPullRequest(github, { ...INPUTS, ...inputs, image }, { files })
    const step = await ended
    await github.close()
    expect({ taken: taken(), saw: saw(child) }).toEqual({ taken: null, saw: false })
    expect(`${reportOfStep(step).policyNotices.map(({ text }) => text)}`).toContain(
      'compose.yml is not on the base branch yet',
    )
  })

  test.each([undefined, 'true', 'given'])(
    'or run options, then they are judged, and start nothing (start: %s)',
    async (start) => {
      const github = await gitHub()
      const { 'compose-file': _, ...inputs } = INPUTS
      const own = { 'run-options': '--read-only --init', ...(start === undefined ? {} : { start }) }
      const step = await startPullRequest(github, { ...inputs, ...own, image }, {}).ended
      await github.close()
      const saved = join(step.folder, 'evidence/image-0/docker-bench')
      expect(['container.json', 'started.json'].map((name) => existsSync(join(saved, name)))).toEqual([
        true,
        false,
      ])
      const { findings = [] } = reportOfStep(step).images[0] ?? {}
      expect(statusOf(findings, '5.11')).toBe('WARN')
      const reported = `${reportOfStep(step).policyNotices.map(({ text }) => text)}`
      expect(reported.includes('the input "start" has no effect')).toBe(start !== undefined)
    },
  )

  test('then the base’s is the one that is judged, where an input names it and no policy does', async () => {
    const github = await gitHub({ 'compose.yml': compose({ privileged: true }) })
    const files = { 'compose.yml': compose({ read_only: true }) }
    const step = await startPullRequest(github, { ...INPUTS, image }, { files }).ended
    await github.close()
    const { findings = [] } = reportOfStep(step).images[0] ?? {}
    expect(statusOf(findings, '5.5')).toBe('WARN')
  })
})

describe('when a pull request changes the compose file that the base’s gate.yml names', () => {
  test('then that is judged, and nothing of it is started', async () => {
    const gate = {
      'policies/gate.yml': 'version: 1\nchecks: [docker-bench]\ncompose-file: compose.yml\nstart: true\n',
    }
    const base = { user: '10001', tmpfs: ['/run'] }
    const github = await gitHub({ ...gate, 'compose.yml': compose(base) })
    const { script, taken, saw } = proof()
    const files = { ...gate, 'compose.yml': compose({ ...reaching(script), tmpfs: ['/of-the-change'] }) }
    const { 'compose-file': _, ...inputs } = INPUTS
    const { child, ended } = startPullRequest(github, { ...inputs, image }, { files })
    const step = await ended
    await github.close()
    expect({ taken: taken(), saw: saw(child) }).toEqual({ taken: null, saw: false })
    const { HostConfig, Config } = started(step)
    expect([HostConfig.Tmpfs, Config.User, Config.Entrypoint]).toEqual([{ '/run': '' }, '10001', null])
    expect(notesOf(step)).toContain("the container was started with the base branch's options")
    const { findings = [] } = reportOfStep(step).images[0] ?? {}
    expect(['4.1', '5.6', '5.16', '5.32'].map((id) => statusOf(findings, id))).toEqual(Array(4).fill('WARN'))
  })
})

describe('when those who may, say by inputs that the image is started with what reaches for the machine', () => {
  test('then it is started without, the report says so, and the options are judged as they are written', async () => {
    const { script, taken, saw } = proof()
    const files = { 'compose.yml': compose(reaching(script)) }
    const { child, ended } = startStep('action', { ...INPUTS, image, start: 'true' }, { files })
    const step = await ended
    expect({ taken: taken(), saw: saw(child) }).toEqual({ taken: null, saw: false })
    expect(started(step).HostConfig).toMatchObject({ Binds: null, PidMode: '', Privileged: false })
    expect(notesOf(step)).toMatch(/started without .*bind mounts.*--pid/)
    const { findings = [] } = reportOfStep(step).images[0] ?? {}
    const statuses = ['5.6', '5.16', '5.32'].map((id) => statusOf(findings, id))
    expect(statuses).toEqual(['WARN', 'WARN', 'WARN'])
  })

  test('then not with labels, profiles, groups and devices either, nor without limits', async () => {
    const service = {
      security_opt: ['label=type:spc_t', 'apparmor=mine', 'no-new-privileges'],
      ...{ mem_limit: 0, pids_limit: -1, oom_score_adj: -1000 },
      ...{ dns: ['192.0.2.53'], extra_hosts: ['api:192.0.2.1'], group_add: ['0'] },
      ...{ devices: ['/dev/null:/dev/x'], cap_add: ['SYS_PTRACE', 'CHOWN'] },
    }
    const files = { 'compose.yml': compose(service) }
    const step = await startStep('action', { ...INPUTS, image, start: 'true' }, { files }).ended
    const host = started(step).HostConfig
    expect({ ...host, Devices: host.Devices ?? [] }).toMatchObject({
      ...{ SecurityOpt: ['no-new-privileges'], CapAdd: ['CHOWN'], Devices: [], GroupAdd: null },
      ...{ Memory: 2 ** 30, PidsLimit: 1024, OomScoreAdj: 0, Dns: ['0.0.0.0'], ExtraHosts: null },
    })
    // What the engine knows of a container, and the list does not, would be passed over in silence.
    expect(Object.keys(host).filter((key) => !Object.hasOwn(HOST_CONFIG, key))).toEqual([])
  })
})

/** Debian's docker-compose, as `script/setup compose` brings it. */
const COMPOSE = process.env.SEAWORTHY_COMPOSE ?? '/usr/bin/docker-compose'

test('when a pull request brings the compose file that tests an update, then nothing of it is started', async () => {
  expect(existsSync(COMPOSE)).toBe(true)
  const github = await gitHub({ 'policies/gate.yml': 'version: 1\nrequire-release: supported\n' })
  const { script, taken, saw } = proof()
  const { healthcheck: _, ...service } = reaching(script.replace('exec sleep 600', 'exit 1'))
  const files = { 'compose.yml': JSON.stringify({ services: { test: { image: '$IMAGE', ...service } } }) }
  const { child, ended } = startPullRequest(
    github,
    {
      ...{ image: SMALL, checks: 'security-updates,clair', update: 'prove' },
      test: 'compose.yml#test',
      'cache-dir': join(ROOT, '.cache/attacks'),
    },
    { files, env: { PATH: `${dirname(COMPOSE)}:${process.env.PATH}` } },
  )
  const step = await ended
  await github.close()
  expect({ taken: taken(), saw: saw(child) }).toEqual({ taken: null, saw: false })
  expect(step.stdout.match(/No update was made: [^(]*/)?.[0]).toBe(
    'No update was made: the test file compose.yml is not on the base branch yet ',
  )
}, 600_000)
