import type { CheckId } from '../checks.js'
import type { BenchStatus } from '../finding/bench.js'
import type { DebianNote } from '../finding/common.js'
import type { UpdateOrigin } from '../finding/update.js'
import type { Justification } from '../justification.js'
import type { LayerOwner } from '../layer-owner.js'
import type { Place } from '../place.js'
import type { Severity } from '../severity.js'

/**
 * Why a finding was ruled on as it was, as values: only `words.ts` makes sentences of them, and nothing parses those.
 */
export type Reason =
  | RulingReason
  | WhitelistReason
  | UpdateReason
  | DictionaryReason
  | VexReason
  | BaselineReason
  /** A sentence from another run's report.json, which has no values; `why`: what was seen, if it says that. */
  | { readonly reason: 'as-reported'; readonly words: string; readonly why: string | null }

export interface RatedFinding {
  readonly severity: Severity
  readonly source: string | null
  /** `null` if no score gave it. */
  readonly score: number | null
  /** What `unknown-severity` makes of an unrated finding; `null` if that does not matter. */
  readonly takenFor: Severity | 'noted' | null
}

type RulingReason =
  /** `packages`: the installed packages of the kernel's source, none of which is a program. */
  | { readonly reason: 'host-kernel'; readonly packages: readonly string[] }
  | {
      readonly reason: 'refuted'
      readonly version: string | null
      readonly fixedVersion: string | null
      /** The reason for an application package; else `null`. */
      readonly explanation: string | null
    }
  /** Only Clair reports it; `explanation` says so, and why Seaworthy does not. */
  | { readonly reason: 'clair-alone'; readonly explanation: string }
  /** `fixes`: the CVEs that an update fixes. */
  | { readonly reason: 'kev'; readonly fixes: readonly string[] | null }
  | { readonly reason: 'no-fix'; readonly codename: string | null }
  /** The same for an application package. */
  | { readonly reason: 'no-version-fixes' }
  /** The fix is in another branch of the program than its own, which is maintained until that day. */
  | {
      readonly reason: 'fix-elsewhere'
      readonly version: string
      readonly branch: string
      readonly end: string
    }
  | { readonly reason: 'malware' }
  /** `application` is `report`. */
  | { readonly reason: 'application-report'; readonly key: 'application' | 'programs' }
  | {
      readonly reason: 'fix-announced'
      readonly version: string
      readonly codename: string | null
      readonly offered: string | null
    }
  | { readonly reason: 'fix-offered'; readonly version: string }
  /** The signed index names it, but the mirrors no longer have its file. */
  | { readonly reason: 'fix-lost'; readonly version: string }
  /** `ended`: the day on which Debian's support of the release ended, so its statement no longer counts. */
  | {
      readonly reason: 'debian'
      readonly note: DebianNote
      readonly ended: { readonly codename: string; readonly day: string } | null
    }
  | { readonly reason: 'unrated' }
  /** The same if no fix can be installed. */
  | { readonly reason: 'not-rated' }
  | {
      readonly reason: 'at-or-above'
      readonly rated: RatedFinding
      readonly input: 'fail-on' | 'fail-on-unfixed' | 'fail-on-deferred'
      readonly threshold: Severity
      /** Whose threshold it is; `null` or omitted if there is one for all. */
      readonly of?: LayerOwner | null
    }
  | {
      readonly reason: 'below'
      readonly rated: RatedFinding
      readonly threshold: Severity
      readonly of?: LayerOwner | null
    }
  /** `act-within` allows this many days from the day on which the fix could first be installed. */
  | { readonly reason: 'due'; readonly day: string; readonly from: string; readonly days: number }
  /** The days are over. */
  | { readonly reason: 'was-due'; readonly day: string; readonly from: string; readonly days: number }
  | { readonly reason: 'likely'; readonly probability: number; readonly threshold: number }

type WhitelistReason =
  | {
      readonly reason: 'accepted'
      readonly place: Place
      readonly until: string
      readonly why: string
      readonly owner: string
    }
  /** An entry of the whitelist or the dictionary that would have decided. */
  | { readonly reason: 'entry-expired'; readonly place: Place; readonly on: string }
  /** An override of the dictionary that expects what was found, but of other images. */
  | { readonly reason: 'override-elsewhere'; readonly place: Place; readonly images: readonly string[] }
  | { readonly reason: 'entry-not-despite'; readonly place: Place; readonly despite: 'kev' | 'malware' }
  | {
      readonly reason: 'entry-too-mild'
      readonly place: Place
      readonly most: Severity
      /** The vulnerability has no severity, so that only `critical` would cover it. */
      readonly isUnrated: boolean
    }
  /** The entry names the path, but another content. */
  | { readonly reason: 'entry-other-content'; readonly place: Place }
  /** Entries accept some of its paths; those that are left are in this finding. */
  | { readonly reason: 'accepted-in-part'; readonly accepted: number; readonly of: number }

type UpdateReason =
  | { readonly reason: 'security-update'; readonly version: string }
  | { readonly reason: 'ordinary-update'; readonly origin: UpdateOrigin }
  | { readonly reason: 'fixes'; readonly cves: readonly string[] }
  | { readonly reason: 'held-back'; readonly text: string }
  /** The mirrors no longer have the file of the update. */
  | { readonly reason: 'file-lost' }
  | { readonly reason: 'any-update'; readonly release: string }
  /** The finding's own sentence. */
  | { readonly reason: 'as-found'; readonly why: string }
  /** `release`: the kind of release that has this value of its own. */
  | { readonly reason: 'require-release'; readonly wanted: string; readonly release?: string }
  | { readonly reason: 'still-supported' }
  /** The release of Debian that took its place is new. */
  | { readonly reason: 'grace'; readonly stable: string; readonly from: string; readonly day: string }
  /** `fail-on-unexamined` is true; or `unexamined` is `fail` for this kind of release. */
  | { readonly reason: 'unexamined'; readonly release?: string }
  /** What `unread` is set to. */
  | { readonly reason: 'unread'; readonly is: 'act' | 'noted' }
  /** `application` is `off`. */
  | { readonly reason: 'application-off' }
  /** Content that could not be read, and why it does not block. */
  | { readonly reason: 'spared'; readonly why: string }

/** A line of a dictionary; for the built-in one, which nobody can open, only the file: `line` is `null`. */
export interface DictionaryPlace {
  readonly file: string
  readonly line: number | null
}

/** How what was found differs from what a rule for items allows. */
export type ItemsDifference =
  | { readonly differ: 'cut' }
  | {
      readonly differ: 'too-many'
      readonly found: readonly string[]
      readonly expected: number
      readonly orFewer: boolean
    }
  | { readonly differ: 'too-few'; readonly found: number; readonly expected: number }
  | { readonly differ: 'not-expected' | 'gone'; readonly items: readonly string[] }

export type DictionaryReason =
  | { readonly reason: 'no-result'; readonly place: DictionaryPlace | null }
  | { readonly reason: 'left-out'; readonly words: string }
  | { readonly reason: 'not-applicable'; readonly why: string }
  | { readonly reason: 'host-lacks'; readonly feature: string }
  | { readonly reason: 'tied'; readonly places: readonly DictionaryPlace[] }
  | { readonly reason: 'unlisted'; readonly file: string | null }
  | { readonly reason: 'nobody-looked'; readonly why: string }
  | { readonly reason: 'other-title'; readonly place: DictionaryPlace }
  | {
      readonly reason: 'other-word'
      readonly word: BenchStatus
      readonly place: DictionaryPlace
      readonly expected: string
      readonly outdated: boolean
    }
  | {
      readonly reason: 'evidence-lacking'
      readonly place: DictionaryPlace
      readonly evidence: string
    }
  | { readonly reason: 'check-not-run'; readonly check: CheckId }
  | { readonly reason: 'only-builtin-looks' }
  | {
      readonly reason: 'evidence-found'
      readonly evidence: string
      readonly count: number
      readonly place: DictionaryPlace
    }
  | { readonly reason: 'nobody-looks' }
  | {
      readonly reason: 'other-items'
      readonly place: DictionaryPlace
      readonly difference: ItemsDifference
      readonly outdated: boolean
    }
  | { readonly reason: 'as-expected'; readonly place: DictionaryPlace }
  | { readonly reason: 'of-base'; readonly base: string }
  | { readonly reason: 'start-test'; readonly why: string }

/** Why a statement of a VEX document does not apply. */
export type VexShortfall =
  | { readonly short: 'leaves-out' | 'no-justification' | 'kev' | 'malware' }
  | { readonly short: 'to-come'; readonly day: string }
  | { readonly short: 'too-old'; readonly day: string; readonly days: number }
  | { readonly short: 'overruled'; readonly by: Place }

type VexReason =
  | {
      readonly reason: 'stated'
      readonly place: Place
      readonly status: string
      readonly justification: Justification | null
      readonly words: string
      readonly author: string
      readonly day: string
      readonly until: string
    }
  | {
      readonly reason: 'stated-in-vain'
      readonly place: Place
      readonly status: string
      readonly shortfall: VexShortfall
    }

type BaselineReason =
  | { readonly reason: 'kev-new-or-not' }
  | { readonly reason: 'malware-new-or-not' }
  | { readonly reason: 'entry-alone' }
  | { readonly reason: 'in-baseline' }

/** Conditions under which a deferred finding acts again. */
export type ReturnReason =
  | { readonly reason: 'kev' }
  /** `fix`: the announced version; `null` if there is none. */
  | { readonly reason: 'archive-offers'; readonly codename: string | null; readonly fix: string | null }
  | { readonly reason: 'support-ends'; readonly codename: string | null; readonly end: string | null }
  | { readonly reason: 'as-reported'; readonly words: string }
