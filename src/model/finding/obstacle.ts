import type { BaseGround } from '../base-image.js'
import { BARE, type Common } from './common.js'

/** What is known of the base, of a finding about it. */
export interface BaseDetails {
  /** `null`: the evidence says nothing of the base. */
  readonly restsOn: BaseGround | null
  readonly base: string | null
  readonly tag: string | null
}

type Nothing = Readonly<Record<never, never>>

/**
 * What the findings about the image as a whole know, each beside its sentence: what stands in the way of updates, what
 * the release is to Debian, and what is to be said of the base.
 */
export interface ObstacleDetails {
  /** `lines` are for a Dockerfile: they give apt the security suite. */
  readonly 'no-security-source': { readonly codename: string; readonly lines: string }
  readonly 'hidden-security-updates': { readonly packages: readonly string[] }
  readonly 'updates-main-component': { readonly file: string }
  readonly 'expired-source': { readonly file: string }
  readonly 'snapshot-source': { readonly file: string }
  readonly 'mixed-releases': { readonly suites: readonly string[] }
  /** The last day of Debian's support, or `unknown`. */
  readonly 'end-of-life': { readonly end: string }
  readonly 'archived-release': Nothing
  readonly 'unknown-release': Nothing
  readonly 'not-current-stable': {
    readonly stable: string
    /** Who says so: `archive` or `table`. */
    readonly saysSo: string
    readonly support: 'unreleased' | 'supported' | 'lts' | 'end-of-life' | 'unknown'
    readonly end: string | null
  }
  readonly 'stable-not-known': Nothing
  readonly 'testing-or-unstable': { readonly suite: string }
  readonly 'dpkg-broken': { readonly packages: readonly string[] }
  readonly 'unofficial-base': BaseDetails
  readonly 'base-label-contradicted': BaseDetails
  readonly 'base-not-known': BaseDetails
  readonly 'base-moved-on': BaseDetails
}

export type ObstacleId = keyof ObstacleDetails

/** A finding about the image as a whole; what it knows goes by its id. */
export type ObstacleFinding<Id extends ObstacleId = ObstacleId> = {
  readonly [One in Id]: Common & {
    readonly check: 'security-updates'
    readonly id: One
    /** One sentence for people. Holds words from outside. */
    readonly why: string
    readonly details: ObstacleDetails[One]
  }
}[Id]

/** @param why one sentence for people */
export function obstacle<Id extends ObstacleId>(
  id: Id,
  why: string,
  details: ObstacleDetails[Id],
): ObstacleFinding<Id> {
  const check = 'security-updates' as const
  return { check, id, why, details, ...BARE } as ObstacleFinding<Id>
}
