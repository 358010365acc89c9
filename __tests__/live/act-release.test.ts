import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Report } from '../../src/reports/json/schema.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'
import { type GateKeys, gateYml } from '../support/policies.js'
import { runWorkflow } from './act/reusable.js'
import { type LiveRegistry, startRegistry } from './registry.js'
import { benchAlone, docker, lines, NO_BENCH, newFolder, SMALL } from './support.js'

let stub: GitHubStub
let registry: LiveRegistry
beforeAll(async () => {
  stub = await githubStub()
  registry = await startRegistry()
  docker('tag', SMALL, `${registry.host}/base:1`)
  docker('push', '--quiet', `${registry.host}/base:1`)
})
afterAll(async () => {
  const made = docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')
  docker(
    'rmi',
    '-f',
    ...lines(made).filter((name) => name.startsWith(`${registry.host}/`) && !name.endsWith('<none>')),
  )
  await registry.stop()
  await stub.close()
  expect(stub.errors).toEqual([])
})

/** examples/workflows/release.yml with this self-test in the image, and these keys in gate.yml. */
async function release(selfTest: string, keys: GateKeys = {}) {
  const artifacts = newFolder()
  const files = {
    // Docker Bench alone needs no service: that a person looks at what the other checks would decide is agreed on.
    'policies/gate.yml': gateYml({ checks: ['docker-bench'], 'bench-engine': 'builtin', ...keys }),
    'policies/dictionary.yml': benchAlone(),
    'app/self-test': `#!/bin/sh\n${selfTest}\n`,
    Dockerfile: [
      `FROM ${registry.host}/base:1`,
      'COPY app /app',
      'RUN chmod 755 /app/self-test && find / -xdev -perm /6000 -type f -exec chmod a-s {} +',
      'HEALTHCHECK --interval=1s CMD true',
      'USER 10001',
      'CMD ["sleep", "600"]',
    ].join('\n'),
  }
  const run = await runWorkflow({
    ...{ example: 'release.yml', event: 'push', files, artifacts },
    payload: { ref: 'refs/tags/v1.2.3', created: true, repository: { default_branch: 'main' } },
    replace: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in the example
      'ghcr.io/${{ github.repository }}': `${registry.host}/acme/app`,
      'bench-source: download': `bench-source: ${NO_BENCH}`,
      'BASE: debian:trixie-slim': `BASE: ${registry.host}/base:1`,
    },
    api: { url: stub.url, token: 'ghs_x' },
    onCommit: (sha) => {
      stub.git.commits.set(sha, { tree: stub.git.addTree(new Map()), parents: [], message: '' })
      stub.git.branches.set('main', sha)
    },
  })
  const folder = join(artifacts, 'seaworthy')
  const report = JSON.parse(readFileSync(join(folder, 'seaworthy-report/report.json'), 'utf8')) as Report
  return { run, report, image: report.images[0] }
}

async function published(): Promise<readonly string[]> {
  const answer = await fetch(`http://${registry.host}/v2/acme/app/tags/list`)
  return answer.status === 404 ? [] : ((await answer.json()) as { tags: string[] }).tags
}

describe('when the regression test of a release', () => {
  test('fails, then nothing is pushed, and why stands in the report', async () => {
    const { run, report, image } = await release('echo "the database does not answer"; exit 3')
    expect([run.jobs, await published()]).toEqual([{ 'release/image': 'failure' }, []])
    expect(report.verdict).toBe('fail')
    expect(image?.regressionTest).toMatchObject({ state: 'failed', by: 'command', ended: 'exit 3' })
    const blocking = image?.findings.filter(({ blocks }) => blocks)
    expect(blocking?.map(({ id, because }) => [id, because])).toEqual([
      ['regression-test-failed', expect.stringContaining('the database does not answer')],
    ])
  })

  test('does not end, then nothing is pushed', async () => {
    const { run, report } = await release('sleep 3600', { timeouts: { test: 5 } })
    expect([run.jobs, await published()]).toEqual([{ 'release/image': 'failure' }, []])
    expect(report.verdict).toBe('incomplete')
    expect(report.unanswered.map(({ problem }) => problem.code)).toEqual(['test-timeout'])
  })

  test('passes, but Docker Bench did not run and nobody has chosen to do without it, then nothing is pushed', async () => {
    const { run, report } = await release('exit 0', { 'bench-engine': 'both' })
    expect([run.jobs, await published()]).toEqual([{ 'release/image': 'failure' }, []])
    expect(report.verdict).toBe('incomplete')
    expect(report.unanswered.map(({ problem }) => problem.code)).toEqual(['bench-not-run'])
  })

  test('passes, then the image is pushed', async () => {
    const { run, image } = await release('exit 0')
    expect(image?.regressionTest).toMatchObject({ state: 'passed', ended: 'exit 0' })
    expect([run.jobs, await published()]).toEqual([{ 'release/image': 'success' }, ['v1.2.3']])
  })
})
