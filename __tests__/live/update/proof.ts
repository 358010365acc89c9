import { expect } from '@jest/globals'
import { images, unlessGone } from '../../../src/io/engine/docker.js'
import { connectEngine, type Engine } from '../../../src/io/engine/engine.js'
import { newRunId } from '../../../src/io/engine/leftovers.js'
import { buildUpdated } from '../../../src/update/build.js'
import type { TestOutcome } from '../../../src/update/plan/outcome.js'
import type { UpdatePlan } from '../../../src/update/plan/plan.js'
import { type KnownTest, type TestedUpdate, testUnchanged, testUpdated } from '../../../src/update/test.js'
import { closeWorkshop, inspectImage, openWorkshop } from '../../../src/update/workshop.js'

export const planFor = (packages: UpdatePlan['packages']): UpdatePlan => ({
  packages,
  packagesOnHold: [],
  others: [],
  addSecurity: null,
  sources: [],
})

export interface Proof extends TestedUpdate {
  readonly testBefore: TestOutcome | null
}

/** Builds and tests a layer in a workshop; `look` sees the patched image before all is removed. */
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
  const shop = openWorkshop({ securityMirror: '', native: 'amd64' }, state, plan, {
    engine,
    signal,
    runId: newRunId(),
    progress: () => {},
  })
  const test = spec === null ? null : { spec, limitMs: 30_000, retries: 0, before: null, ...options }
  try {
    const context = { trial: shop, dockerfile: null }
    const testBefore = test === null ? null : await testUnchanged(shop, test)
    const built =
      testBefore?.ok === false
        ? { patched: null, packages: [], leftOut: [] }
        : await buildUpdated(context, plan.packages)
    const tested =
      test === null ? { ...built, testAfter: null } : await testUpdated({ ...context, test }, built)
    const proof = { ...tested, testBefore }
    if (proof.patched !== null) {
      look(proof.patched.id)
    }
    return proof
  } finally {
    const made = (
      await Promise.all([...shop.createdImages].map((one) => withParents(engine, one, state.Id)))
    ).flat()
    await closeWorkshop(shop)
    const left = await Promise.all(made.map((one) => inspected(engine, one)))
    expect(made.filter((_, at) => left[at] !== null)).toEqual([])
  }
}

/** The classic builder keeps an image for each step; others of this engine are of no concern. */
async function withParents(engine: Engine, name: string, until: string): Promise<string[]> {
  const { Id, Parent } = (await inspected(engine, name)) ?? {}
  if (!Id || Id === until) {
    return name.startsWith('sha256:') ? [] : [name]
  }
  return [name, Id, ...(await withParents(engine, Parent ?? '', until))]
}

/** `null`: there is none of that name. */
async function inspected(engine: Engine, image: string) {
  return image === '' ? null : await images.inspect(engine, image).catch(unlessGone)
}
