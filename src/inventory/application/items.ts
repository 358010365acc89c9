import type { ApplicationKind, ApplicationStatement } from '../../model/index.js'
import type { Owner } from './owners.js'

/** A place in the image's root, as a container sees it. */
export interface ApplicationPlace
  extends Pick<ApplicationStatement, 'arch' | 'sha1' | 'isFromCheckout' | 'isLoose'> {
  readonly path: string
  /** The path inside the file, for a jar in a jar; `null`: it is the file itself. */
  readonly inside: string | null
  /** diff_id of the layer that added it; `null`: not known. */
  readonly layer: string | null
  readonly owner: Owner
}

/** A package, runtime or program in the image, with all its places. */
export interface ApplicationItem {
  readonly kind: ApplicationKind
  readonly name: string
  readonly version: string | null
  /** `null` if it is not a package of an ecosystem. */
  readonly purl: string | null
  /** By path; at least one. */
  readonly places: readonly ApplicationPlace[]
}
