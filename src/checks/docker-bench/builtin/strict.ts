import {
  compareText,
  HEALTH_PROGRAMS,
  type HealthRequest,
  healthPathIn,
  healthProgram,
  isRecord,
  type Json,
} from '../../../model/index.js'
import { memberAt, textAt, textsAt } from './json.js'
import type { BenchResult, RequestedRun } from './rule-result.js'
import { type BenchImage, imageConfigOf } from './state.js'
import { strictSection4 } from './strict-4.js'
import { strictSection5 } from './strict-5.js'
import { BENCH_IDS } from './table.js'

/** The image, and the container if there is one, that the strict rules judge. */
export interface StrictSubject {
  /** GET /info; `null` if no engine was asked. */
  readonly info: Json | null
  readonly image: BenchImage
  /** The image's name in items and as subject. */
  readonly imageName: string
  /** The container, running or only created; `null` if no run options were set. */
  readonly run: RequestedRun | null
}

/** Sections 4 and 5 by the strict rules (docs/findings), one result per id. */
export function strict({ info, image, imageName, run }: StrictSubject): BenchResult[] {
  const user = run?.inspect ? { name: run.name, user: textAt(run.inspect, 'Config', 'User') } : null
  const imageResults = strictSection4({ name: imageName, image }, user)
  const runResults = strictSection5(info, run)
  // The user of a container that could not be inspected is not known: the image's user alone is no pass.
  if (run?.inspect === null && imageResults['4.1']?.word === 'PASS') {
    imageResults['4.1'] = runResults('4.1')
  }
  const health = imageResults['4.6']
  if (health?.word === 'WARN') {
    imageResults['4.6'] = { ...health, ...healthRequest(image, run?.inspect ?? null) }
  }
  return BENCH_IDS.map((id) => {
    const imageResult = imageResults[id]
    return imageResult === undefined
      ? { id, ...runResults(id), subject: run?.name ?? null }
      : { id, ...imageResult, subject: imageName }
  })
}

/**
 * A request that an image without a health check could make to its own service; absent if it has none of the programs
 * that can make one, or it is not clear which port is the service's.
 * @param container GET /containers/{id}/json; `null` if there is none
 */
function healthRequest(image: BenchImage, container: Json | null): { readonly health?: HealthRequest } {
  const path = bestProgram(image.files.programs ?? [])
  const published = tcpPorts(memberAt(container, 'HostConfig', 'PortBindings'))
  const exposed = memberAt(imageConfigOf(image), 'ExposedPorts')
  const [port, ...more] = published.length > 0 ? published : tcpPorts(exposed)
  if (path === null || port === undefined || more.length > 0) {
    return {}
  }
  // Run options may have a health check although the image has none.
  const urlPath = healthPathIn(textsAt(container, 'Config', 'Healthcheck', 'Test').join(' '), [port])
  return { health: { path, port, ...(urlPath === null ? {} : { urlPath }) } }
}

/** The one that needs the shortest command. */
function bestProgram(paths: readonly string[]): string | null {
  const sorted = paths.toSorted(compareText)
  const ofEach = HEALTH_PROGRAMS.map((name) => sorted.find((path) => healthProgram(path) === name))
  return ofEach.find((path) => path !== undefined) ?? null
}

/** The TCP ports among the keys `8080/tcp`. */
function tcpPorts(map: unknown): readonly number[] {
  return Object.keys(isRecord(map) ? map : {}).flatMap((key) => {
    const [, port] = /^(\d{1,5})(?:\/tcp)?$/.exec(key) ?? []
    return port === undefined ? [] : [Number(port)]
  })
}
