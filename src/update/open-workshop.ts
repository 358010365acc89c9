import { makeTemporary } from '../io/files/temporary.js'
import type { UpdatePlan } from './plan/plan.js'
import type { UpdateRequest, UpdateSurroundings } from './request.js'
import type { InspectedImage, Workshop } from './workshop.js'

/** A workshop for one image. Nothing is made yet. */
export function openWorkshop(
  { securityMirror }: Pick<UpdateRequest, 'securityMirror'>,
  state: InspectedImage,
  plan: UpdatePlan,
  { engine, runId, signal, progress }: Omit<UpdateSurroundings, 'judge'>,
): Workshop {
  const suite = plan.addSecurity === null ? null : `${plan.addSecurity}-security`
  let folder: string | null = null
  return {
    ...{ engine, runId, signal, progress, id: state.Id, bytes: state.Size, config: state.Config ?? {} },
    ...{ made: new Set<string>(), containers: new Set<string>() },
    platform: `${state.Os}/${state.Architecture}`,
    extra: suite === null ? null : { url: securityMirror, suite },
    directory: () => {
      folder ??= makeTemporary(runId)
      return folder
    },
  }
}
