import type { Group } from '../../../debian/relations.js'

/** What stands in the way of a version in a set of installed ones. */
export interface Fault {
  readonly kind: 'depends' | 'conflicts' | 'breaks' | 'recommends' | 'multi-arch'
  /** `Depends: libc6 (>= 2.38)`, as a person reads it. */
  readonly text: string
  /** What is asked for, or must not be. */
  readonly group: Group
}
