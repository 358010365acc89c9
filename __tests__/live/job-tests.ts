import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type JobContainer, startJob, until } from './job-container.js'
import { reportOf, SMALL } from './support.js'
import { dockerOn, LABEL, runOn, type TestEngine } from './test-engine.js'

const IMAGE = SMALL
const NETWORK = `${LABEL}-job-${process.pid}`

/** The tests of a gate that runs in a container of the engine that it uses. */
export function jobTests(engineOf: () => TestEngine): void {
  let engine: TestEngine
  let findings: object[]
  beforeAll(async () => {
    engine = engineOf()
    dockerOn(engine, 'network', 'create', '--label', LABEL, NETWORK)
    findings = reportOf(await runOn(engine, ['scan', IMAGE])).images[0]?.findings ?? []
    expect(findings.length).toBeGreaterThan(10)
  })
  afterAll(() => void dockerOn(engine, 'network', 'rm', NETWORK))

  function expectJudged(job: JobContainer, { code, output }: { code: number | null; output: string }): void {
    expect(output).toContain('report: /report/report.html')
    expect(job.report()).toMatchObject({ verdict: 'fail', unanswered: [] })
    expect(job.report().images[0]?.findings).toEqual(findings)
    expect(code).toBe(1)
    expect(job.leftovers()).toEqual([])
  }

  describe('on a network of its own', () => {
    let job: JobContainer
    beforeAll(() => {
      job = startJob(engine, NETWORK)
    })
    afterAll(() => job.stop())
    const route = () => /^eth\d\t0{8}\t.*$/m.exec(job.exec('cat', '/proc/net/route'))?.[0]

    test('then it joins Clair’s network, keeps its own way out, judges, and leaves again', async () => {
      const [usual, scanning] = [route(), job.scan(IMAGE)]
      await until(() => job.networks().length === 2, 'it has joined')
      expect(usual).toContain('eth0')
      expect(route()).toBe(usual)
      expectJudged(job, await scanning.ended)
      expect(job.networks()).toEqual([NETWORK])
    })

    test('then when it is ended by a signal it leaves too', async () => {
      const scanning = job.scan(IMAGE)
      await until(() => job.networks().length === 2, 'it has joined')
      scanning.kill('TERM')
      const { code, output } = await scanning.ended
      expect(output).toContain('SIGTERM')
      expect([code, job.networks(), job.leftovers()]).toEqual([2, [NETWORK], []])
    })

    test('then when it was killed the next run sweeps what is left, the network that it is still on too', async () => {
      const scanning = job.scan(IMAGE)
      await until(() => job.networks().length === 2, 'it has joined')
      scanning.kill('KILL')
      await scanning.ended
      expect(job.networks()).toHaveLength(2)
      expect(job.leftovers().length).toBeGreaterThan(1)
      expectJudged(job, await job.scan(IMAGE).ended)
      expect(job.networks()).toEqual([NETWORK])
    })
  })

  test('then on the host’s network it judges as on the host', async () => {
    const job = startJob(engine, 'host')
    try {
      expectJudged(job, await job.scan(IMAGE).ended)
      expect(job.networks()).toEqual(['host'])
    } finally {
      job.stop()
    }
  })
}
