import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { load } from 'js-yaml'

const PULL = 'docker pull "$BASE"'
const DIGEST = `sha256:${'d'.repeat(64)}`

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sw-base-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** The part of the file, as a script, that pulls the base and builds. */
function scriptIn(path: string): string {
  const text = readFileSync(path, 'utf8')
  if (path.endsWith('Jenkinsfile')) {
    return [...text.matchAll(/sh '''(.*?)'''/gs)].map(([, script = '']) => script).find(pulls) ?? ''
  }
  if (path.endsWith('.sh')) {
    return text.slice(text.indexOf('digest=$('), text.indexOf('# Exit codes'))
  }
  if (path.includes('gitlab')) {
    const { build } = load(text) as { build: { script: string[] } }
    return build.script.join('\n')
  }
  const { jobs } = load(text) as { jobs: Record<string, { steps: { run?: string }[] }> }
  return (
    Object.values(jobs)
      .flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
      .find(pulls) ?? ''
  )
}
const pulls = (script: string) => script.includes(PULL)

/** @param pull what docker, which is a fake here, does when it pulls */
function build(path: string, pull: string, base = 'debian:trixie-slim') {
  const calls = join(folder, 'calls')
  rmSync(calls, { force: true })
  const docker = `#!/bin/sh\ncase "$1" in pull) ${pull};; *) echo "$*" >>"${calls}";; esac\n`
  writeFileSync(join(folder, 'docker'), docker, { mode: 0o755 })
  const env = {
    ...{ PATH: `${folder}:${process.env.PATH ?? ''}`, BASE: base, IMAGE: 'app:1' },
    ...{ CONTEXT: '.', DOCKERFILE: 'Dockerfile' },
  }
  // No runner of these sets pipefail for a script without a shell of its own.
  const shell = path.includes('workflows') ? 'bash' : 'sh'
  const { status, stdout } = spawnSync(shell, ['-e', '-c', scriptIn(path)], { env, encoding: 'utf8' })
  return { status, stdout, calls: existsSync(calls) ? readFileSync(calls, 'utf8') : '' }
}

test.each([
  '.github/workflows/gate-rebuild.yml',
  '.github/workflows/gate-release.yml',
  'examples/gitlab/.gitlab-ci.yml',
  'examples/jenkins/Jenkinsfile',
  'examples/shell/gate.sh',
  'examples/workflows/attested-release.yml',
  'examples/workflows/rebuild.yml',
  'examples/workflows/release.yml',
])('when %s cannot pull the base or finds no digest, then it fails before the build', (path) => {
  expect(build(path, 'echo "no such image" >&2; exit 1')).toMatchObject({ status: 1, calls: '' })
  expect(build(path, 'echo "Status: Downloaded newer image"')).toMatchObject({ status: 1, calls: '' })
  const { status, calls } = build(path, `printf 'latest: Pulling\\nDigest: ${DIGEST}\\n'`)
  expect(status).toBe(0)
  expect(calls).toContain(`--label org.opencontainers.image.base.digest=${DIGEST} `)
})

test.each(['attested-release', 'rebuild', 'release'])(
  'when BASE is empty in the example %s, then the job says so, and pulls and builds nothing',
  (name) => {
    const pull = `echo pulled >>"${join(folder, 'calls')}"`
    expect(build(`examples/workflows/${name}.yml`, pull, '')).toEqual({
      status: 1,
      stdout: '::error::BASE is empty. Set it to the image that the last stage builds on.\n',
      calls: '',
    })
  },
)
