import { afterAll, describe, expect } from '@jest/globals'
import { gitHub, runPullRequest } from '../../attacks/pull-request.js'
import { reportOfStep } from '../act/dist.js'
import { BASES } from '../support.js'
import { BENCH_SOURCE, NEEDS, withBench } from './bench.js'
import { build, removeBuilt } from './images.js'
import { anyPlace, removePlaces } from './places.js'

afterAll(removeBuilt)
afterAll(removePlaces)

const FILES = { 'policies/gate.yml': 'version: 1\nchecks: [docker-bench]\ncompose-file: compose.yml\n' }
const HARDENED = {
  ...{ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
  ...{ mem_limit: '64m', pids_limit: 50, cpus: '0.5' },
}
const compose = (service: object) => JSON.stringify({ services: { app: service } })

/** The report about a pull request that changes the compose file from one to the other. */
async function judged(before: object, after: object) {
  const server = 'HEALTHCHECK --interval=1s CMD true\nCMD ["sleep", "600"]\nUSER 10001\n'
  const image = build('own-compose', `FROM ${BASES.bookworm}\n${server}`)
  const github = await gitHub({ ...FILES, 'compose.yml': compose(before) })
  const files = { ...FILES, 'compose.yml': compose(after) }
  const inputs = { image, 'bench-source': BENCH_SOURCE, 'bench-image': anyPlace() }
  const step = await runPullRequest(github, inputs, { files })
  await github.close()
  const report = reportOfStep(step)
  const [result] = report.images
  return {
    verdict: step.outputs.verdict,
    notices: report.policyNotices.map(({ text }) => text),
    limits: result?.checks[0]?.limits ?? [],
    of: (id: string) => result?.checks[0]?.bench?.results.find((one) => one.id === id),
  }
}

const bothAre = (status: string) => ({ builtIn: { word: status }, dockerBench: { word: status } })
/** Docker Bench did not judge it, for this reason. */
const builtinOnly = (status: string, whyNoDockerBench: string) => ({
  ...{ builtIn: { word: status }, dockerBench: null, whyNoDockerBench },
})

describe('when a pull request changes the compose file that the base’s gate.yml names', () => {
  withBench(`and takes privileged away, then it passes${NEEDS}`, async () => {
    const { verdict, of, notices } = await judged({ ...HARDENED, privileged: true }, HARDENED)
    expect(notices.join()).toContain("compose.yml of this pull request differs from the base branch's")
    // Both start the same container, so Docker Bench's own results count.
    for (const id of ['5.4', '5.5', '5.7', '5.13']) {
      expect(of(id)).toMatchObject({ outcome: 'match', ...bothAre('PASS') })
    }
    expect(verdict).toBe('pass')
  })

  withBench(`and adds privileged, then it fails${NEEDS}`, async () => {
    const { verdict, of } = await judged(HARDENED, { ...HARDENED, privileged: true })
    for (const id of ['5.4', '5.5']) {
      const result = builtinOnly('WARN', 'started without --privileged')
      expect(of(id)).toMatchObject({ outcome: 'worse', ...result })
    }
    expect(verdict).toBe('fail')
  })

  withBench(`in what is started, then it is judged, and the base’s is started${NEEDS}`, async () => {
    const { read_only: _, ...writable } = HARDENED
    const why = "started with the base branch's options"
    const better = await judged(writable, HARDENED)
    expect(better.of('5.13')).toMatchObject({ outcome: 'match', ...builtinOnly('PASS', why) })
    expect(better.of('5.12')).toMatchObject({ outcome: 'match', ...bothAre('PASS') })
    expect(better.limits.join()).toContain("the container was started with the base branch's options")
    expect(better.verdict).toBe('pass')
    const worse = await judged(HARDENED, writable)
    expect(worse.of('5.13')).toMatchObject({ outcome: 'worse', ...builtinOnly('WARN', why) })
    expect(worse.verdict).toBe('fail')
  })
})
