import type { OfficialBase } from '../inventory/application/findings.js'
import type { JudgedInput } from '../judge/answers.js'
import type { DataLimits } from '../judge/data-age.js'
import type {
  Answers,
  ArchiveConclusion,
  CheckId,
  CommonAnswer,
  Finding,
  Image,
  JudgedApplications,
  Problem,
} from '../model/index.js'
import type { Policy } from '../policy/policy.js'
import { type ByCheck, type CheckAnswer, interpreted, withAnswer, withMore } from './answered.js'
import type { Contents, Joined } from './applications.js'
import type { Collected } from './collected.js'

/** What is known of one image: each check's answer, and what joins find out. */
export interface Known
  extends ByCheck,
    Contents,
    Joined,
    Required<Pick<JudgedInput, 'applications' | 'account'>> {
  /** What the archive says; `null`: it gave no answer, or the policy does not ask it. */
  readonly archive: (CommonAnswer & ArchiveConclusion) | null
  /** Whether the archive's data was compared with the package database. */
  readonly isDatabaseExamined: boolean
  /** Whether KEV lists a CVE; `null`: it was not read. */
  readonly kev: ((id: string) => boolean | null) | null
  /** `null`: none is proven. */
  readonly official: OfficialBase | null
  /** What advisories say, as far as the policy asks them; `null`: it does not, or nothing is known. */
  readonly advisories: JudgedApplications | null
  /** Why a part of what the policy asks of advisories is missing. */
  readonly lacking: Problem | null
}

/** What no join changes. */
interface Context extends Collected {
  readonly image: Image
  readonly policy: Policy
  readonly limits: DataLimits
}

/** An image that is to be judged; `opened` is missing if it could not be opened, or was not examined. */
export interface Joining extends JudgedInput {
  readonly opened?: { readonly known: Known; readonly context: Context }
}

export interface Join {
  readonly name: string
  readonly reads: readonly (keyof Known | keyof JudgedInput)[]
  readonly writes: readonly (keyof Known | keyof JudgedInput)[]
  readonly join: (all: readonly Joining[], policy: Policy) => readonly Joining[]
}

/** A join of what is known of one image. The compiler holds it to what it says that it reads and writes. */
export function ofImage<Reads extends keyof Known, Writes extends keyof Known>(
  name: string,
  reads: readonly Reads[],
  writes: readonly Writes[],
  join: (known: Pick<Known, Reads>, context: Context) => Pick<Known, Writes>,
): Join {
  const add = (one: Joining): Joining => {
    if (one.opened === undefined) {
      return one
    }
    const { context } = one.opened
    const known: Known = { ...one.opened.known, ...join(one.opened.known, context) }
    const { applications, account } = known
    const answers = context.evidence.flatMap<CheckAnswer>(({ check }) => known[check] ?? [])
    return { ...one, applications, account, answers, opened: { known, context } }
  }
  return { name, reads, writes, join: (all) => all.map(add) }
}

type Own<Check extends CheckId> = CheckAnswer<Check> | undefined

/** Joins that read what a check answers. Those that change it write it as well. */
export function joinsOf<Check extends CheckId>(check: Check) {
  // The compiler cannot see that the member of this check is an answer of this check.
  const ownOf = (known: Pick<Known, Check>) => known[check] as Own<Check>
  const changed = <Reads extends keyof Known>(
    name: string,
    reads: readonly Reads[],
    change: (own: Own<Check>, known: Pick<Known, Reads>, context: Context) => Own<Check>,
  ): Join =>
    ofImage<Reads | Check, Check>(name, [check, ...reads], [check], (known, context) => {
      return { [check]: change(ownOf(known), known, context) } as Pick<Known, Check>
    })
  return {
    /** Finds out something for other checks. */
    finds: <Reads extends keyof Known, Writes extends keyof Known>(
      name: string,
      reads: readonly Reads[],
      writes: readonly Writes[],
      find: (own: Own<Check>, known: Pick<Known, Reads>, context: Context) => Pick<Known, Writes>,
    ): Join =>
      ofImage<Reads | Check, Writes>(name, [check, ...reads], writes, (known, context) =>
        find(ownOf(known), known, context),
      ),

    /** Changes its answer, if it has one. */
    changes: <Reads extends keyof Known>(
      name: string,
      reads: readonly Reads[],
      change: (
        answer: Answers[Check],
        known: Pick<Known, Reads>,
        context: Context,
      ) => Partial<Answers[Check]>,
    ): Join =>
      changed(name, reads, (own, known, context) =>
        withAnswer(own, (answer) => change(answer, known, context)),
      ),

    /** Adds findings; if it has no answer, they stand next to the reason. */
    gains: <Reads extends keyof Known>(
      name: string,
      reads: readonly Reads[],
      find: (known: Pick<Known, Reads>, context: Context) => readonly Finding[],
    ): Join => changed(name, reads, (own, known, context) => own && withMore(own, find(known, context))),

    /** Interprets its evidence, which needs to know where the image's packages are from. */
    interprets: (name: string): Join =>
      changed(name, ['foreign'], (_, { foreign }, { evidence, image, limits }) => {
        const own = evidence.find((one) => one.check === check)
        return own && (interpreted(own, image, foreign, limits) as CheckAnswer<Check>)
      }),
  }
}
