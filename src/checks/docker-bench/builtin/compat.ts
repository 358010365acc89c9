import { compareIds } from '../../../model/bench-ids.js'
import { plural } from '../../../model/text.js'
import type { BenchResult } from '../result.js'
import { compatSection4 } from './compat-4.js'
import { compatSection5 } from './compat-5.js'
import { flagAt, isRecord, type Json, listAt, textAt } from './json.js'
import type { BenchContainer, BenchImage, BenchState } from './state.js'

/**
 * What Docker Bench for Security (master, ids of v1.6.1) says about a state: result and items, including its
 * mistakes. It serves as proof and is shown next to the strict rules' results; nothing is judged by it. Ids
 * for which it gives no result are left out: all of section 5 except 5.1 if it sees no container. One thing
 * is not available from the Engine API: for 5.7 it runs `ps` in the container, which an image may lack.
 */
export function compat(state: BenchState): BenchResult[] {
  const containers = seenByDockerBench(state.containers)
  const answers = { ...compatSection4(state, containers), ...compatSection5(state, containers) }
  return Object.entries(answers)
    .sort(([one], [other]) => compareIds(one, other))
    .map(([id, { word, items }]) => ({
      id,
      word,
      subject: null,
      items,
      why: `Docker Bench's rule, applied to ${plural(containers.length, 'container')} and ${plural(state.images.length, 'image')}.`,
      state: 'evaluated',
      improvement: null,
      compatWord: word,
      places: [],
    }))
}

/**
 * The containers that Docker Bench looks at: those that `docker ps` lists, minus those it takes for itself.
 * It finds itself by a label, and leaves out every name that contains one of its own names; if it finds none,
 * it searches for the text `nil` in the same way.
 */
function seenByDockerBench(containers: readonly BenchContainer[]): readonly BenchContainer[] {
  const listed = containers.filter(({ inspect }) => inspect === null || isListed(inspect))
  const own = listed.filter(hasBenchLabel).map(({ name }) => name)
  const hidden = own.length > 0 ? own : ['nil']
  return listed.filter(({ name }) => !hidden.some((part) => name.includes(part)))
}

function isListed(inspect: BenchContainer['inspect']): boolean {
  if (flagAt(inspect, 'State', 'Running') || flagAt(inspect, 'State', 'Paused')) {
    return true
  }
  return ['running', 'paused', 'restarting'].includes(textAt(inspect, 'State', 'Status'))
}

function hasBenchLabel({ inspect }: BenchContainer): boolean {
  const config = inspect?.Config
  const labels = isRecord(config) && isRecord(config.Labels) ? config.Labels : {}
  return Object.entries(labels).some(([name, value]) =>
    /docker.bench.security/.test(`${name}=${String(value)}`),
  )
}

/**
 * What Docker Bench's rules say about the same image and container, by id. 5.6 depends on the order of
 * mounts, which the engine lists differently each time, so the worst result is used.
 */
export function compatOf(
  state: BenchState,
  image: BenchImage | undefined,
  container: BenchContainer | null | undefined,
): ReadonlyMap<string, BenchResult> {
  const containers = container ? [{ ...container, inspect: inWorstOrder(container.inspect) }] : []
  const results = compat({ ...state, images: image ? [image] : [], containers })
  return new Map(results.map((result) => [result.id, result]))
}

/** Writable mounts come last, because its rule applies each to all mounts before it. */
function inWorstOrder(inspect: Json | null): Json | null {
  if (!Array.isArray(inspect?.Mounts)) {
    return inspect
  }
  const mounts = listAt(inspect, 'Mounts')
  const [writable, readable] = [true, false].map((one) =>
    mounts.filter((mount) => flagAt(mount, 'RW') === one),
  )
  return { ...inspect, Mounts: [...(readable ?? []), ...(writable ?? [])] }
}
