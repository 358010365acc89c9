import { spawn, spawnSync } from 'node:child_process'
import { createHash, generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import { load } from 'js-yaml'
import { placeFiles } from '../live/act/act.js'
import { type LiveRegistry, startRegistry } from '../live/registry.js'
import { BASES, benchAlone, docker, newFolder, ROOT } from '../live/support.js'
import { type FakeServer, fakeServer } from '../support/fake-server.js'

// The scripts of the examples for other systems than GitHub, run as their runners do, without these systems.

const { rewritten, writtenFor } = (await import(join(ROOT, 'script/examples.mjs'))) as {
  rewritten(text: string, from: unknown, to: unknown): string
  writtenFor(text: string): unknown
}

let registry: LiveRegistry
let server: FakeServer
let sha256: string
let repository: string
const made: string[] = []
beforeAll(async () => {
  const packed = spawnSync(process.execPath, [join(ROOT, 'script/pack.mjs'), newFolder()], {
    encoding: 'utf8',
    cwd: ROOT,
  })
  const bytes = readFileSync(packed.stdout.trim())
  sha256 = createHash('sha256').update(bytes).digest('hex')
  server = await fakeServer(({ path }, response) => {
    const isTarball = path.endsWith('/v1.2.0/seaworthy-1.2.0.tgz')
    response.writeHead(isTarball ? 200 : 404).end(isTarball ? bytes : '')
  })
  registry = await startRegistry()
  docker('tag', BASES.bookworm, `${registry.host}/base:1`)
  docker('push', '--quiet', `${registry.host}/base:1`)
  made.push(`${registry.host}/base:1`)
})
afterAll(async () => {
  for (const tag of made) {
    spawnSync('docker', ['rmi', '--force', tag])
  }
  await registry.stop()
  await server.close()
})
beforeEach(() => {
  repository = newFolder()
})

/** An example as it is for a release, which a server of this machine has instead of github.com. */
function exampleOf(name: string, hash = sha256): string {
  const text = readFileSync(join(ROOT, 'examples', name), 'utf8')
  const release = { repository: 'acme/seaworthy', version: '1.2.0', commit: 'e'.repeat(40), sha256: hash }
  return rewritten(text, writtenFor(text), release)
    .replaceAll('https://github.com', server.url)
    .replaceAll('debian:trixie-slim', `${registry.host}/base:1`)
}

/** What runs where, in order: the steps of one job share a shell only where `steps` has one text. */
interface Job {
  readonly steps: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

const SYSTEMS: Readonly<Record<string, (hash?: string) => Job>> = {
  shell: (hash) => ({ steps: [exampleOf('shell/gate.sh', hash)], env: {} }),
  gitlab: (hash) => {
    const file = load(exampleOf('gitlab/.gitlab-ci.yml', hash)) as Record<string, { script?: string[] }> & {
      stages: readonly string[]
      variables: Record<string, string>
    }
    const { IMAGE: _, ...env } = file.variables
    // A job of each stage, in their order; each script ends at its first failure.
    const jobs = file.stages.map((name) => file[name]?.script ?? [])
    const [CI_REGISTRY_USER, CI_REGISTRY_PASSWORD] = [registry.user, registry.password]
    return {
      steps: jobs.map((lines) => ['set -e', ...lines].join('\n')),
      env: { ...env, CI_REGISTRY: registry.host, CI_REGISTRY_USER, CI_REGISTRY_PASSWORD },
    }
  },
  jenkins: (hash) => {
    const text = exampleOf('jenkins/Jenkinsfile', hash)
    const steps = [...text.matchAll(/\bsh (?:'''([\s\S]*?)'''|'([^\n]*)')/g)].map(
      ([, long, short]) => `set -e\n${long ?? short}`,
    )
    const env = [...text.matchAll(/(SEAWORTHY_\w+|BASE) = "([^"]*)"/g)].map(([, name, value]) => [
      name,
      value,
    ])
    return { steps, env: Object.fromEntries(env) as Record<string, string> }
  },
}

async function run(
  { steps, env }: Job,
  image: string,
  branch = 'main',
): Promise<{ code: number | null; output: string }> {
  let output = ''
  const branches = { CI_DEFAULT_BRANCH: 'main', CI_COMMIT_BRANCH: branch, BRANCH_NAME: branch }
  for (const step of steps) {
    const child = spawn('sh', ['-c', step], {
      cwd: repository,
      env: { ...process.env, ...env, ...branches, IMAGE: image, CI: 'true' },
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8')
      })
    }
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
    if (code !== 0) {
      return { code, output }
    }
  }
  return { code: 0, output }
}

function place(healthcheck: string): void {
  placeFiles(repository, {
    // Docker Bench's rules alone need no service: that a person looks at the rest is agreed on.
    'policies/gate.yml': 'version: 1\nchecks: [docker-bench]\nbench-engine: builtin\n',
    'policies/dictionary.yml': benchAlone(),
    Dockerfile: `FROM ${registry.host}/base:1\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +\n${healthcheck}\nUSER 10001\n`,
  })
}

async function tags(name: string): Promise<readonly string[]> {
  const answer = await fetch(`http://${registry.host}/v2/${name}/tags/list`)
  return answer.status === 404 ? [] : ((await answer.json()) as { tags: string[] }).tags
}

test.each(Object.keys(SYSTEMS))(
  'when the scripts for %s run, then only an image that passes is pushed',
  async (system) => {
    const image = `${registry.host}/${system}/app:1.4.0`
    made.push(image)
    place('')
    const failed = await run(SYSTEMS[system]?.() as Job, image)
    expect([failed.code, await tags(`${system}/app`)]).toEqual([1, []])
    expect(failed.output).toContain('FAIL')
    expect(existsSync(join(repository, 'seaworthy-report/report.html'))).toBe(true)

    place('HEALTHCHECK CMD true')
    if (system !== 'shell') {
      const other = await run(SYSTEMS[system]?.() as Job, image, 'mine')
      expect([other.code === 0 ? '' : other.output, await tags(`${system}/app`)]).toEqual(['', []])
    }
    const passed = await run(SYSTEMS[system]?.() as Job, image)
    expect([passed.code === 0 ? '' : passed.output, await tags(`${system}/app`)]).toEqual(['', ['1.4.0']])
  },
)

test.each(Object.keys(SYSTEMS))(
  'when the package for %s is another one, then nothing of it runs',
  async (system) => {
    place('HEALTHCHECK CMD true')
    const image = `${registry.host}/${system}/other:1.4.0`
    made.push(image)
    const { code, output } = await run(SYSTEMS[system]?.('b'.repeat(64)) as Job, image)
    expect([code, existsSync(join(repository, '.seaworthy'))]).toEqual([1, false])
    expect(output).toContain('FAILED')
    expect(await tags(`${system}/other`)).toEqual([])
  },
)

test.each(['gitlab', 'jenkins'])(
  'when the CI system of %s has a key, then the verdict on the default branch is signed, and verifies',
  async (system) => {
    place('HEALTHCHECK CMD true')
    const image = `${registry.host}/${system}/signed:1.4.0`
    made.push(image)
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const VERDICT_KEY = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
    const job = SYSTEMS[system]?.() as Job
    const { code, output } = await run({ ...job, env: { ...job.env, VERDICT_KEY } }, image)
    expect(code === 0 ? '' : output).toBe('')
    const [, digest] = /attested PASSED: \S+@(sha256:[0-9a-f]{64})/.exec(output) ?? []
    expect(digest).toBeDefined()
    expect(output).not.toContain(VERDICT_KEY.split('\n')[1])
    writeFileSync(join(repository, 'verdict.pub'), publicKey.export({ type: 'spki', format: 'pem' }))
    const verify = [`${registry.host}/${system}/signed@${digest}`, '--key', 'verdict.pub']
    const verified = spawnSync(join(repository, '.seaworthy/bin/seaworthy'), ['verify', ...verify], {
      cwd: repository,
      encoding: 'utf8',
    })
    expect([verified.status, verified.stderr]).toEqual([0, expect.anything()])
  },
)
