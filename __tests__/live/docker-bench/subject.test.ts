import { afterAll, describe, expect, test } from '@jest/globals'
import { readRunOptions } from '../../../src/model/run/options.js'
import { docker, leftovers, SMALL } from '../support.js'
import { collect, findings, problemCode, runOf } from './bench.js'
import { build, removeBuilt, shellless } from './images.js'

afterAll(removeBuilt)

const SERVER = 'CMD ["sleep", "600"]\nUSER 10001\n'
const statusOf = (found: ReturnType<typeof findings>, id: string) => found.get(id)?.facts.word
const DATA = `sw-subject-${process.pid}`

describe('the subject', () => {
  test('when nothing is to be started, then the image is judged, and nothing is made', async () => {
    const collected = await collect(SMALL)
    expect(collected.evidence.problem).toBeNull()
    expect(Object.keys(collected.evidence.documents).sort()).toEqual([
      'history.json',
      'image-inspect.json',
      'info.json',
      'run.json',
    ])
    expect(findings(collected).size).toBe(44)
  })

  test('when options are given, then a container is made with exactly these, not started, and removed', async () => {
    const spec = readRunOptions(
      `-p 80:80 -v ${DATA}:/data --cap-add SYS_ADMIN --restart always -e TOKEN=abc -l acme.token=abcd --net host`,
    )
    const collected = await collect(build('server', `FROM ${SMALL}\n${SERVER}`), { spec })
    const found = findings(collected)
    const made = JSON.parse(collected.evidence.documents['container.json'] ?? '')
    expect(made.State.Status).toBe('created')
    expect(made.HostConfig).toMatchObject({ CapAdd: ['SYS_ADMIN'], NetworkMode: 'host' })
    expect([
      statusOf(found, '5.4'),
      statusOf(found, '5.8'),
      statusOf(found, '5.10'),
      statusOf(found, '5.15'),
    ]).toEqual(Array(4).fill('WARN'))
    expect(found.get('5.8')?.facts.items).toBe('container:80')
    expect(found.get('5.7')?.facts.state).toBe('not-applicable')
    expect(JSON.stringify(collected.evidence.documents)).not.toMatch(/TOKEN=abc|abcd\W/)
    expect(leftovers()).toEqual([])
    expect(docker('volume', 'ls', '-q', '--filter', `name=${DATA}`)).toBe('')
  })

  test('when it is started, then without a way out, without published ports, and once', async () => {
    const spec = readRunOptions('-p 18080:80 --restart always')
    const collected = await collect(build('server', `FROM ${SMALL}\n${SERVER}`), {
      spec,
      start: true,
    })
    const started = JSON.parse(collected.evidence.documents['started.json'] ?? '')
    expect(started.State.Running).toBe(true)
    expect(started.HostConfig).toMatchObject({ Memory: 2 ** 30, PidsLimit: 1024 })
    expect(started.HostConfig.RestartPolicy.Name).not.toBe('always')
    expect(JSON.stringify(started.NetworkSettings.Ports)).not.toContain('18080')
    expect(runOf(collected).started).toMatchObject({
      changed: ['5.30', '5.8', '5.9', '5.14', '5.15', '5.11', '5.29'],
      differs: expect.arrayContaining([{ kind: 'without', what: '--restart', ids: ['5.15'] }]),
      report: { outcome: 'running' },
    })
    const found = findings(collected)
    expect(found.get('5.7')?.facts).toMatchObject({ word: 'PASS', state: 'evaluated' })
    // Judged as given, not as started.
    expect([statusOf(found, '5.9'), statusOf(found, '5.11'), statusOf(found, '5.15')]).toEqual([
      'WARN',
      'WARN',
      'WARN',
    ])
    expect(leftovers()).toEqual([])
  })

  test('when the engine refuses the options, then that is reported as such', async () => {
    // Below what every engine asks for. What a container can't be joined to is reported at the start only.
    const spec = readRunOptions('-m 1m')
    expect(problemCode(await collect(SMALL, { spec }))).toBe('bad-run-options')
    expect(leftovers()).toEqual([])
  })
})

describe('the start test', () => {
  const started = async (name: string, dockerfile: string, part: Parameters<typeof collect>[1] = {}) => {
    const image = build(name, `FROM ${SMALL}\n${dockerfile}`)
    const collected = await collect(image, { startTest: 'given', ...part })
    expect(leftovers()).toEqual([])
    return findings(collected).get('start-test')?.facts
  }

  test('when the image becomes healthy without rights, then it passes', async () => {
    const healthy = `HEALTHCHECK --interval=1s CMD true\n${SERVER}`
    expect(await started('healthy', healthy, { startTest: 'hardened' })).toMatchObject({ word: 'PASS' })
  })

  test('when it writes where it may not, then it does not', async () => {
    const writes = 'HEALTHCHECK --interval=1s CMD true\nCMD ["sh", "-c", "echo x > /data && sleep 600"]\n'
    expect(await started('writes', writes)).toMatchObject({ word: 'PASS' })
    expect(await started('writes', writes, { startTest: 'hardened' })).toMatchObject({
      word: 'WARN',
      said: expect.stringContaining('Read-only file system'),
    })
  })

  test('when it exits at once, then it fails with its exit code and last words', async () => {
    const facts = await started(
      'exits',
      'CMD ["sh", "-c", "printf \\"\\\\033[31m::error::no\\" >&2; exit 3"]\n',
    )
    expect(facts).toMatchObject({ word: 'WARN', found: expect.stringContaining('with code 3') })
    expect(facts?.said).toBe('::error::no')
  })

  test('when its health check fails, or never ends, then it fails', async () => {
    const check = (test: string) => `HEALTHCHECK --interval=500ms --retries=2 CMD ${test}\n${SERVER}`
    expect(await started('ill', check('false'))).toMatchObject({
      word: 'WARN',
      found: expect.stringContaining('health check failed'),
    })
    expect(await started('slow', check('sleep 60'), { startTimeoutMs: 3000 })).toMatchObject({
      word: 'WARN',
      found: expect.stringContaining('was not healthy'),
    })
  })

  test('when the entrypoint needs arguments, then it ends, and with them it runs', async () => {
    const needs = 'HEALTHCHECK --interval=1s CMD true\nENTRYPOINT ["sleep"]\n'
    expect(await started('needs', needs)).toMatchObject({
      word: 'WARN',
      found: expect.stringContaining('with code 1'),
    })
    const spec = { config: { Cmd: ['600'] }, hostConfig: {} }
    expect(await started('needs', needs, { spec })).toMatchObject({ word: 'PASS' })
  })

  test('when there is no such program, then it could not be started', async () => {
    expect(await started('nothing', 'CMD ["/no/such/program"]\n')).toMatchObject({
      word: 'WARN',
      found: expect.stringContaining('could not be started'),
    })
  })

  test('when the image has no shell and no health check, then it runs, and nobody knows whether it is well', async () => {
    const image = shellless('no-shell', ['ENTRYPOINT ["/pause"]', 'USER 10001'])
    const collected = await collect(image, {
      start: true,
      startTest: 'given',
      spec: readRunOptions('--read-only'),
    })
    const found = findings(collected)
    expect(found.get('start-test')?.facts).toMatchObject({ state: 'not-evaluated' })
    expect(found.get('5.7')?.facts).toMatchObject({ word: 'PASS' })
    expect(statusOf(found, '4.1')).toBe('PASS')
    expect(leftovers()).toEqual([])
  })
})
