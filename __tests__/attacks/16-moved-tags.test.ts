import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { reportOfStep, runStep } from '../live/act/dist.js'
import { importImage, removeImages, restartedAs, tinyDebian } from '../live/images.js'
import { type LiveRegistry, push, startRegistry } from '../live/registry.js'
import { benchAlone, CLAIR_IMAGE, docker, newFolder, reportOf, seaworthy } from '../live/support.js'
import { runScript, type WorkflowStep, workflowSteps } from './workflows.js'

/**
 * Whoever may move a tag, in a registry or in the runner's engine, chooses what runs next to the gate, and what is
 * published under the name of what was judged. Whoever has the registry's login need not move any.
 */

let registry: LiveRegistry
let guarded: LiveRegistry
const tags: string[] = []
beforeAll(async () => {
  registry = await startRegistry()
  guarded = await startRegistry(true)
})
afterAll(async () => {
  removeImages()
  for (const tag of tags) {
    docker('rmi', '--force', tag)
  }
  await registry.stop()
  await guarded.stop()
})

const tagged = (image: string, name: string, { host } = registry) => {
  const tag = `${host}/${name}`
  docker('tag', image, tag)
  tags.push(tag)
  return tag
}

/** All checks but Docker Bench's rules are left out. An imported image has no history to judge four of these by. */
const POLICIES = {
  'policies/gate.yml': 'version: 1\nbench-engine: builtin\napplication: off\n',
  'policies/dictionary.yml': benchAlone(['4.2', '4.4', '4.7', '4.9', '4.10', '4.11']),
}

const outputOf = (path: string) => /^docker-config=(.*)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? ''

describe.each([
  ['examples/workflows/release.yml', 'example'],
  ['examples/workflows/attested-release.yml', 'attested'],
  ['.github/workflows/gate-release.yml', 'reusable'],
])('%s', (path, name) => {
  const step = (wanted: string) => workflowSteps(path).find(({ name }) => name === wanted)
  const good = () =>
    restartedAs(`judged-${name}`, tinyDebian(`data-${name}`), ['USER 1000', 'HEALTHCHECK CMD true', 'CMD x'])
  const login = async (temp: string) => {
    const output = join(newFolder(), 'output')
    // The registry of this machine stands for ghcr.io, and its user for the token.
    const script = (step('Log in')?.run ?? '').replaceAll('ghcr.io', guarded.host)
    const environment = { TOKEN: guarded.password, ACTOR: guarded.user, RUNNER_TEMP: temp, HOME: newFolder() }
    const { code, output: regressionTest } = await runScript(script, {
      ...environment,
      GITHUB_OUTPUT: output,
    })
    // A test would find a login there.
    expect([code, code === 0 ? '' : regressionTest, existsSync(join(environment.HOME, '.docker'))]).toEqual([
      0,
      '',
      false,
    ])
    return outputOf(output)
  }

  test('then the gate alone pushes, with a login that no other step has but the one that ends it', () => {
    const steps = workflowSteps(path)
    const gate = steps.find(({ id }) => id === 'gate')
    expect(gate?.with?.push).toBe('judged')
    expect(steps.filter(({ run = '' }) => /docker (?:image )?push|imagetools/.test(run))).toEqual([])
    const config = '$' + '{{ steps.login.outputs.docker-config }}'
    const holders = steps.filter(({ env }) => env?.DOCKER_CONFIG !== undefined)
    expect(holders.map(({ id, name, env }) => [id ?? name, env?.DOCKER_CONFIG])).toEqual([
      ['gate', config],
      ['Log out', config],
    ])
    const at = (find: (step: WorkflowStep) => boolean) => steps.findIndex(find)
    // The build runs before the login, or it could push.
    expect(at(({ run = '' }) => run.includes('docker build'))).toBeLessThan(at(({ id }) => id === 'login'))
  })

  test('when the test moves the tag and wants to push, then it cannot, and nothing is published; else just what was judged', async () => {
    const judged = good()
    const other = importImage(`other-${name}`, { evil: 'yes' })
    const repository = `${name}/app`
    const tag = tagged(judged, `${repository}:1.2.3`, guarded)
    const mine = tagged(other, `${name}/mallory:1`, guarded)
    const marker = join(newFolder(), 'seen')
    const temp = newFolder()
    const config = await login(temp)
    expect([dirname(config), statSync(config).mode & 0o777]).toEqual([temp, 0o700])
    const gate = (test: string) =>
      runStep(
        'action',
        { image: tag, checks: 'docker-bench', push: 'judged', test, 'check-run': 'false' },
        { files: POLICIES, temp, env: { DOCKER_CONFIG: config } },
      )
    const published = async (of: string) => {
      const basic = Buffer.from(`${guarded.user}:${guarded.password}`).toString('base64')
      const answer = await fetch(
        `http://${guarded.host}/v2/${of}/manifests/${of === repository ? '1.2.3' : '1'}`,
        {
          headers: {
            accept: 'application/vnd.docker.distribution.manifest.v2+json',
            authorization: `Basic ${basic}`,
          },
        },
      )
      return ((await answer.json()) as { config?: { digest: string } }).config?.digest ?? null
    }

    const moved = await gate(`{ env; docker push ${mine}; } >${marker} 2>&1; docker tag ${other} ${tag}`)
    process.stdout.write(
      `  attack 16, ${name}: exit ${moved.code}, published ${(await published(repository)) ?? 'nothing'}, judged ${moved.outputs.digest}\n`,
    )
    const regressionTest = reportOfStep(moved).images[0]?.regressionTest
    expect([moved.code, moved.outputs.verdict, regressionTest?.ended]).toEqual([1, 'pass', 'exit 0'])
    expect(moved.stdout).toContain('the tag now points to a different image than the one that was judged')
    expect([await published(repository), await published(`${name}/mallory`)]).toEqual([null, null])
    expect(readFileSync(marker, 'utf8')).toMatch(/^DOCKER_HOST=[\s\S]*no basic auth credentials/m)
    expect(readFileSync(marker, 'utf8')).not.toContain(config)

    docker('tag', judged, tag)
    const passed = await gate('true')
    expect([passed.code, await published(repository)]).toEqual([0, passed.outputs.digest])
    const logout = await runScript(step('Log out')?.run ?? '', { DOCKER_CONFIG: config })
    expect([logout.code, existsSync(config)]).toEqual([0, false])
  })
})

test('when a service is named by its digest, then that runs whatever the tag leads to, and evidence and report say so', async () => {
  const tag = tagged(CLAIR_IMAGE, 'clair:4')
  const digest = push(tag, registry.noLogin)
  // What the tag leads to now could not even start.
  docker('tag', importImage('not-clair', { x: '' }), tag)
  const named = `${tag}@${digest}`
  const ran = await seaworthy([
    'scan',
    tinyDebian('service-digests'),
    ...['--clair-image', named, '--save-evidence', 'evidence'],
  ])
  const sources = reportOf(ran).sources.filter(({ name }) => name.endsWith('-image'))
  process.stdout.write(
    `  attack 16, services: ${sources.map(({ name, url, sha256 }) => `${name} ${url} ${sha256}`).join('; ') || 'the report does not say what ran'}\n`,
  )
  expect(reportOf(ran).images[0]?.checks.map(({ check, state }) => [check, state])).toEqual([
    ['clair', 'answered'],
    ['credentials', 'answered'],
  ])
  expect(sources).toEqual([
    expect.objectContaining({ name: 'clair-image', url: named, sha256: digest.slice('sha256:'.length) }),
    expect.objectContaining({ name: 'postgres-image', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }),
  ])
  const evidence = readFileSync(join(ran.folder, 'evidence/evidence.json'), 'utf8')
  expect(evidence).toContain(digest)
  expect(readFileSync(join(ran.folder, 'report/report.md'), 'utf8')).toContain(digest.slice('sha256:'.length))
})
