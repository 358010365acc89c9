import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { aKey } from '../support/keys.js'
import { forge, statementIn } from './forge.js'
import { type LiveRegistry, startRegistry } from './registry.js'
import { smallPolicies } from './small-image.js'
import { docker, lines, newFolder, ROOT, SMALL, seaworthy } from './support.js'

// examples/deploy/deploy.sh on this engine, with the real command, a real registry and a verdict signed by a key.

const NAME = `deploy-${process.pid}`
const THRESHOLDS = ['--fail-on', 'medium', '--fail-on-unfixed', 'critical']
const { policies, own } = smallPolicies()
let registry: LiveRegistry
let tag: string
beforeAll(async () => {
  registry = await startRegistry()
  tag = `${registry.host}/${NAME}:1`
  const context = newFolder()
  const text = [`FROM ${SMALL}`, 'USER 1000', 'HEALTHCHECK CMD true', 'CMD ["sleep", "60"]']
  writeFileSync(join(context, 'Dockerfile'), `${text.join('\n')}\n`)
  docker('build', '-q', '-t', tag, context)
})
afterAll(async () => {
  for (const container of containers()) {
    docker('rm', '--force', container)
  }
  for (const one of [tag, tag.replace(NAME, `${NAME}-stale`)]) {
    docker('rmi', '--force', one)
  }
  await registry?.stop()
})

const containers = () => lines(docker('ps', '-aq', '--filter', `label=${NAME}`))

/** The script, as an operator calls it; containers get a label, so that only these are looked at. */
function deploy(image: string, key: string): Promise<{ readonly code: number; readonly text: string }> {
  const bin = newFolder()
  const program = (name: string, text: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  program('seaworthy', `exec '${process.execPath}' '${join(ROOT, 'dist/cli.js')}' "$@"`)
  program('docker', `[ "$1" = run ] && { shift; exec ${real} run --label ${NAME} "$@"; }\nexec ${real} "$@"`)
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, KEY: key, POLICIES: policies }
  return new Promise((resolve) => {
    const file = join(ROOT, 'examples/deploy/deploy.sh')
    execFile('sh', [file, image], { env, cwd: newFolder() }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr })
    })
  })
}

test('when the verdict is stale, then nothing is deployed; when it was renewed, then the digest is', async () => {
  const key = aKey(newFolder())
  const attest = (image: string, ...flags: string[]) =>
    seaworthy(
      [
        'attest',
        image,
        '--checks',
        'docker-bench',
        ...own,
        ...THRESHOLDS,
        '--key',
        key.privateFile,
        ...flags,
      ],
      { DOCKER_CONFIG: registry.noLogin },
    )
  const first = await attest(tag, '--push', 'judged')
  const image = /^attested PASSED: (.*)$/m.exec(first.stdout)?.[1] ?? first.stderr
  expect(await deploy(image, key.publicFile)).toMatchObject({ code: 0 })
  expect(containers()).toHaveLength(1)
  docker('rm', '--force', ...containers())

  // The same image under another name, whose only verdict is eight days old.
  const copy = image.replace(NAME, `${NAME}-stale`)
  docker('tag', tag, copy.replace(/@.*/, ':1'))
  docker('push', '--quiet', copy.replace(/@.*/, ':1'))
  const statement = statementIn(readFileSync(join(first.folder, 'report/report.vsa.dsse.json'), 'utf8'))
  const timeVerified = new Date(Date.now() - 8 * 86_400_000).toISOString()
  const resourceUri = statement.predicate.resourceUri.replace(NAME, `${NAME}-stale`)
  const stale = { ...statement, predicate: { ...statement.predicate, timeVerified, resourceUri } }
  await forge(copy, registry.noLogin, stale as typeof statement, key)
  const refused = await deploy(copy, key.publicFile)
  expect(refused).toMatchObject({ code: 1, text: expect.stringMatching(/^age +refused/m) })
  expect(containers()).toEqual([])

  expect((await attest(copy)).code).toBe(0)
  const renewed = await deploy(copy, key.publicFile)
  expect(renewed).toMatchObject({ code: 0, text: expect.stringContaining('verified: may be deployed') })
  const [container = ''] = containers()
  expect(docker('inspect', '--format', '{{.Config.Image}} {{.State.Running}}', container).trim()).toBe(
    `${copy} true`,
  )
})
