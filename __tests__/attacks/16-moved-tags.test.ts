import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { runStep } from '../live/act/dist.js'
import { importImage, removeImages, tinyDebian } from '../live/images.js'
import { type LiveRegistry, push, startRegistry } from '../live/registry.js'
import { docker, newFolder, POSTGRES_IMAGE, reportOf, seaworthy } from '../live/support.js'
import { runScript, workflowSteps } from './workflows.js'

/**
 * Whoever may move a tag, in a registry or in the runner's engine, chooses what runs beside the gate, and what is
 * published under the name of what was judged.
 */

let registry: LiveRegistry
const tags: string[] = []
beforeAll(async () => {
  registry = await startRegistry()
})
afterAll(async () => {
  removeImages()
  for (const tag of tags) {
    docker('rmi', '--force', tag)
  }
  await registry.stop()
})

const tagged = (image: string, name: string) => {
  const tag = `${registry.host}/${name}`
  docker('tag', image, tag)
  tags.push(tag)
  return tag
}

/** The docker command, which logs in nowhere: there is no ghcr.io here. */
function dockerWithoutLogin(): string {
  const folder = join(newFolder(), 'bin')
  mkdirSync(folder)
  const real = execFileSync('sh', ['-c', 'command -v docker'], { encoding: 'utf8' }).trim()
  const text = `#!/bin/sh\nif [ "$1" = login ]; then cat >/dev/null; exit 0; fi\nexec '${real}' "$@"\n`
  writeFileSync(join(folder, 'docker'), text)
  chmodSync(join(folder, 'docker'), 0o755)
  return [folder, process.env.PATH].join(delimiter)
}

describe.each([
  ['examples/workflows/release.yml', 'example'],
  ['.github/workflows/gate-release.yml', 'reusable'],
])('%s', (path, name) => {
  test('when the tag is moved after the image was judged, then nothing is published; else just what was judged', async () => {
    const judged = tinyDebian(`judged-${name}`)
    const other = importImage(`other-${name}`, { evil: 'yes' })
    const tag = tagged(judged, `${name}:v1.2.3`)
    const { outputs } = await runStep('action', {
      ...{ image: tag, checks: 'docker-bench', 'bench-engine': 'builtin', 'check-run': 'false' },
    })
    const script = workflowSteps(path).find((step) => step.name === 'Publish')?.run ?? ''
    const publish = () =>
      runScript(script, {
        PATH: dockerWithoutLogin(),
        ...{ TOKEN: 't', ACTOR: 'a', IMAGE: tag, JUDGED: outputs.digest ?? '' },
      })
    const published = async () =>
      (await fetch(`http://${registry.host}/v2/${name}/manifests/v1.2.3`, {
        headers: { accept: 'application/vnd.docker.distribution.manifest.v2+json' },
      }).then((answer) => answer.json())) as { readonly config?: { readonly digest: string } }

    docker('tag', other, tag)
    const moved = await publish()
    process.stdout.write(
      `  attack 16, ${name}: exit ${moved.code}, published ${(await published()).config?.digest ?? 'nothing'}, judged ${outputs.digest}\n`,
    )
    expect((await published()).config).toBeUndefined()
    expect([moved.code, moved.said]).toEqual([1, `${tag} is not the image that was judged.\n`])

    docker('tag', judged, tag)
    expect((await publish()).code).toBe(0)
    expect((await published()).config?.digest).toBe(outputs.digest)
  })
})

test('when a service is named by its digest, then that runs whatever the tag leads to, and evidence and report say so', async () => {
  const tag = tagged(POSTGRES_IMAGE, 'postgres:15')
  const digest = push(tag, registry.noLogin)
  // What the tag leads to now could not even start.
  docker('tag', importImage('not-postgres', { x: '' }), tag)
  const named = `${tag}@${digest}`
  const ran = await seaworthy([
    'scan',
    tinyDebian('service-digests'),
    ...['--postgres-image', named, '--save-evidence', 'evidence'],
  ])
  const sources = reportOf(ran).sources.filter(({ name }) => name.endsWith('-image'))
  process.stdout.write(
    `  attack 16, services: ${sources.map(({ name, url, sha256 }) => `${name} ${url} ${sha256}`).join('; ') || 'the report does not say what ran'}\n`,
  )
  expect(reportOf(ran).images[0]?.checks.map(({ check, state }) => [check, state])).toEqual([
    ['clair', 'answered'],
  ])
  expect(sources).toEqual([
    expect.objectContaining({ name: 'clair-image', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    expect.objectContaining({ name: 'postgres-image', url: named, sha256: digest.slice('sha256:'.length) }),
  ])
  const evidence = readFileSync(join(ran.folder, 'evidence/evidence.json'), 'utf8')
  expect(evidence).toContain(digest)
  expect(readFileSync(join(ran.folder, 'report/report.md'), 'utf8')).toContain(digest.slice('sha256:'.length))
})
