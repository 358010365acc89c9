import { thingsToDo } from '../../judge/tasks/actions.js'
import type { Action } from '../../model/task.js'
import type { ImageVerdict, Verdict } from '../../model/verdict.js'
export function actionsOf(verdict: Verdict): { readonly image: ImageVerdict; readonly action: Action }[] {
  return verdict.images.flatMap((image) => thingsToDo(image).map((action) => ({ image, action })))
}
