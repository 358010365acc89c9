import type { BenchStatus, Numbering, Place, PolicyNotice } from '../../model/index.js'
import type { Path } from '../yaml/read.js'
/** What the items of a result must be; each is compared by `by`, as a set. */
export interface ItemRule {
  readonly kind: 'count' | 'max' | 'equals' | 'subset_of'
  /** For `count` and `max`. */
  readonly count: number
  /** For `equals` and `subset_of`. */
  readonly values: readonly string[]
  readonly by: 'whole' | 'name' | 'port' | 'path'
}

export interface Expectation {
  /** In the numbering of 1.6.1. */
  readonly id: string
  /** As written in the file. */
  readonly writtenId: string
  readonly expect: readonly BenchStatus[]
  readonly items: ItemRule | null
  /** A guard: words that the tool's own title of the check must contain in this order. */
  readonly title: string | null
  /** Name of another test that decides, for checks that Docker Bench never decides. */
  readonly evidence: string | null
  readonly reason: string | null
  readonly owner: string | null
  /** YYYY-MM-DD, UTC; that day still counts. */
  readonly expires: string | null
  /** A feature that the host must have for this to be judged. */
  readonly host: string | null
  readonly place: Place
  readonly path: Path
}

export interface NotApplicable {
  /** A check in the numbering of 1.6.1, or a section. */
  readonly id: string
  readonly reason: string
  /** Who answers for it, and the last day on which it holds (YYYY-MM-DD); `null` if it needs neither. */
  readonly owner: string | null
  readonly expires: string | null
  /** Ids within it that are expected anyway. */
  readonly except: readonly string[]
  readonly place: Place
}

export interface Override {
  /** Patterns of image references; `*` only. */
  readonly images: readonly string[]
  readonly entries: readonly Expectation[]
  readonly place: Place
}

export interface Dictionary {
  /** `null`: there was no file at the default path. */
  readonly file: string | null
  /** The built-in dictionary that the file extends; `null` if it stands alone. */
  readonly extended: Dictionary | null
  readonly notices: readonly PolicyNotice[]
  readonly numbering: Numbering
  readonly defaults: {
    readonly expect: readonly BenchStatus[]
    readonly unlisted: 'action' | 'report'
    readonly missing: 'action' | 'report'
  }
  readonly notApplicable: readonly NotApplicable[]
  readonly entries: readonly Expectation[]
  readonly overrides: readonly Override[]
}
