import type { Json } from '../../../model/index.js'
import { textAt } from './json.js'
import type { BenchResult, RequestedRun } from './rule-result.js'
import type { BenchImage } from './state.js'
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
  return BENCH_IDS.map((id) => {
    const imageResult = imageResults[id]
    return imageResult === undefined
      ? { id, ...runResults(id), subject: run?.name ?? null }
      : { id, ...imageResult, subject: imageName }
  })
}
