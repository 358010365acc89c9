import { connectEngine } from '../../../src/io/engine/engine.js'
import type { PlannedPackage } from '../../../src/update/plan/plan.js'
import type { TrialContext } from '../../../src/update/workshop.js'
import { openWorkshop } from '../../../src/update/workshop.js'
import { type FakeEngine, fakeEngine, type Routes } from '../../support/fake-engine.js'

export const RUN_ID = '0123456789ab'
export const IMAGE_ID = `sha256:${'1'.repeat(64)}`

export function aPackage(name: string): PlannedPackage {
  return { name, architecture: 'amd64', from: '1', to: '2', fixes: ['CVE-2026-1'] }
}

/** A workshop in an engine that answers as a test reports it to. */
export async function aWorkshop(
  routes: Routes,
  signal: AbortSignal = new AbortController().signal,
): Promise<{ shop: TrialContext; fake: FakeEngine }> {
  const fake = await fakeEngine(routes)
  const engine = await connectEngine({ DOCKER_HOST: fake.host })
  const state = { Id: IMAGE_ID, Os: 'linux', Architecture: 'amd64', Size: 1, Config: {} }
  const plan = { packages: [], held: [], others: [], addSecurity: null, sources: [] }
  const around = { engine, runId: RUN_ID, signal, progress: () => {} }
  return { shop: openWorkshop({ securityMirror: '', native: 'amd64' }, state, plan, around), fake }
}
