import { spawnSync } from 'node:child_process'
import { expect } from '@jest/globals'
import { connectEngine } from '../../../src/io/engine/engine.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import { wayOf } from '../../../src/update/overlay/way.js'
import type { UpdatePlan } from '../../../src/update/plan/plan.js'
import { type Proof, prove } from '../../../src/update/prove.js'
import type { KnownTest } from '../../../src/update/test.js'
import { closeWorkshop, inspectImage, openWorkshop } from '../../../src/update/workshop.js'

export const planFor = (packages: UpdatePlan['packages']): UpdatePlan => ({
  packages,
  held: [],
  others: [],
  addSecurity: null,
})

/** Proves in a workshop; `look` sees the patched image before all is removed. */
export async function runProof(
  image: string,
  plan: UpdatePlan,
  spec: KnownTest | null,
  look: (id: string) => void = () => {},
  options: { limitMs?: number; retries?: number } = {},
): Promise<Proof> {
  const engine = await connectEngine()
  const signal = AbortSignal.timeout(300_000)
  const state = await inspectImage(engine, image, signal)
  const shop = openWorkshop({ securityMirror: '' }, state, plan, {
    engine,
    signal,
    runId: newRunId(),
    progress: () => {},
  })
  const test = spec === null ? null : { spec, limitMs: 30_000, retries: 0, before: null, ...options }
  try {
    const proof = await prove({ shop, way: await wayOf(shop, 'amd64'), test }, plan)
    if (proof.patched !== null) {
      look(proof.patched.id)
    }
    return proof
  } finally {
    const made = [...shop.made].flatMap((one) => withParents(one, state.Id))
    await closeWorkshop(shop)
    expect(made.filter(exists)).toEqual([])
  }
}

/** The classic builder keeps an image for each step; others of this engine are of no concern. */
function withParents(name: string, until: string): string[] {
  const [id = '', parent = ''] = inspected(name, '{{.Id}} {{.Parent}}').split(' ')
  if (id === until || id === '') {
    return name.startsWith('sha256:') ? [] : [name]
  }
  return [name, id, ...withParents(parent, until)]
}

function inspected(image: string, format: string): string {
  return spawnSync('docker', ['image', 'inspect', '-f', format, image], { encoding: 'utf8' }).stdout.trim()
}

function exists(id: string): boolean {
  return spawnSync('docker', ['image', 'inspect', id]).status === 0
}
