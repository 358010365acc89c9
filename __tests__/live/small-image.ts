import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { policyFile } from '../support/policies.js'
import { BOOKWORM } from './images.js'
import { debianData, pushImageFor } from './registry-index.js'
import { benchAlone, docker, newFolder } from './support.js'

// Small Debian images in a registry and in the engine, which the gate judges in a second.

/** By these policies, a small image can pass without services and data: their folder, and the flags that name them. */
export function smallPolicies(): { readonly policies: string; readonly own: readonly string[] } {
  const policies = newFolder()
  const settings = 'checks: [docker-bench]\napplication: off\nbench-engine: builtin\n'
  writeFileSync(join(policies, 'gate.yml'), `version: 1\n${settings}`)
  writeFileSync(join(policies, 'dictionary.yml'), benchAlone())
  const own = [
    policyFile('gate', join(policies, 'gate.yml')),
    policyFile('dictionary', join(policies, 'dictionary.yml')),
    policyFile('whitelist', ''),
  ]
  return { policies, own }
}

/** What was made here, and is removed by `removeImages`. */
export const images: string[] = []

export function removeImages(): void {
  // The name by digest first: with the last tag, the engine removes it too.
  for (const image of images.splice(0).reverse()) {
    docker('rmi', '--force', image)
  }
}

/** A small Debian image in the engine, made of data: the gate passes it by these policies. */
export async function anImage(
  host: string,
  repository: string,
  tag: string,
  extra = {},
  user = '1000',
): Promise<string> {
  const data = debianData('amd64', { bash: '5.2.15-2' }, BOOKWORM)
  const { digest } = await pushImageFor(
    host,
    repository,
    { os: 'linux', architecture: 'amd64' },
    { ...data, ...extra },
    { User: user, Healthcheck: { Test: ['CMD', 'true'] } },
  )
  const reference = `${host}/${repository}:${tag}`
  docker('pull', '--quiet', `${host}/${repository}@${digest}`)
  docker('tag', `${host}/${repository}@${digest}`, reference)
  images.push(reference, `${host}/${repository}@${digest}`)
  return reference
}
