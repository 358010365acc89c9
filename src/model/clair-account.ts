/**
 * Where the packages of Clair's index may be; each is on one side. `debian`: in a dpkg database, which the security
 * tracker covers. `judged`: compared with advisories. `not-examined`: a finding of that name says so. `refuted`: not
 * one of the application's packages, for a reason that the image shows. `unexplained`: none of these.
 */
export const CLAIR_SIDES = ['debian', 'judged', 'not-examined', 'refuted', 'unexplained'] as const
export type ClairSide = (typeof CLAIR_SIDES)[number]

/** A package in Clair's index that is not judged, with why. Name, version, path and reason are text from outside. */
export interface ListedByClair {
  readonly name: string
  readonly version: string
  readonly path: string
  readonly side: Exclude<ClairSide, 'debian' | 'judged'>
  readonly reason: string
}

/**
 * Each package of Clair's index on exactly one side: `packages` is the sum of `sides`. A package that Clair found in
 * two ecosystems counts in both. The canaries are not counted.
 */
export interface ClairAccount {
  readonly packages: number
  readonly sides: Readonly<Record<ClairSide, number>>
  /** Those that are not judged, unexplained ones first; at most `MOST_LISTED`. */
  readonly listed: readonly ListedByClair[]
}

/** How many packages an account lists; `sides` counts all of them. */
export const MOST_LISTED = 1000
