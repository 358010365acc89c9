import type { BenchResult } from '../result.js'
import { textAt } from './json.js'
import { notEvaluated, type RuleResult } from './rule-result.js'
import type { BenchState } from './state.js'
import { strictSection4 } from './strict-4.js'
import { strictSection5 } from './strict-5.js'
import { BENCH_IDS } from './table.js'

/** What is judged: by id, never by a pattern. */
export interface StrictSubject {
  /** Id of an image of the state. */
  readonly imageId: string
  /** The image's name in items and as subject; by default its first tag, or its id. */
  readonly imageName?: string
  /** Id of a container of the state; `null` if no run options were set. */
  readonly containerId: string | null
  /** The container's name; by default its own. */
  readonly containerName?: string
  /** The cgroup namespace that the run options ask for: an engine's answer shows its own default in the same way. */
  readonly cgroupns?: string | undefined
}

/**
 * Sections 4 and 5 by the strict rules (docs/findings), one result per id, for one image and at most one
 * container. Everything else in the state is ignored. An image or container that is not in the state, or
 * could not be inspected, is `not-evaluated`.
 */
export function strict(state: BenchState, subject: StrictSubject): BenchResult[] {
  const image = state.images.find(({ id }) => id === subject.imageId)
  const container =
    subject.containerId === null ? null : state.containers.find(({ id }) => id === subject.containerId)
  const imageName = subject.imageName ?? image?.repoTags[0] ?? subject.imageId
  const containerName = subject.containerName ?? container?.name ?? subject.containerId ?? ''

  const inspect = container?.inspect
  const user = inspect ? { name: containerName, user: textAt(inspect, 'Config', 'User') } : null
  const ofImage: Record<string, RuleResult> = image ? strictSection4({ name: imageName, image }, user) : {}
  const noImage = notEvaluated('This image is not among the inspected images.', 'no-subject')
  const ofRun = strictSection5(state, container, { name: containerName, cgroupns: subject.cgroupns ?? null })

  // The user of a container that could not be inspected is not known: the image's user alone is no pass.
  if (container !== null && !inspect && ofImage['4.1']?.word === 'PASS') {
    ofImage['4.1'] = ofRun('4.1')
  }

  return BENCH_IDS.map((id) => {
    const isOfImage = id.startsWith('4.')
    const ruling = isOfImage ? (ofImage[id] ?? noImage) : ofRun(id)
    const name = isOfImage ? imageName : subject.containerId === null ? null : containerName
    return { id, ...ruling, subject: name }
  })
}
