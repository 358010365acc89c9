import type { Group } from '../../../debian/relations.js'

/** What prevents a version from fitting into a set of installed ones. */
export interface Fault {
  readonly kind: 'depends' | 'conflicts' | 'breaks' | 'recommends' | 'multi-arch'
  /** `Depends: libc6 (>= 2.38)`, as a person reads it. */
  readonly text: string
  /** What is required, or must not be there. */
  readonly group: Group
}
