import { redactUrl } from '../../../io/http/url.js'
import { type Problem, problemOf } from '../../../model/problem.js'
import { debianComponent, type Mirror } from './mirrors.js'
import type { SuitePlan } from './needs.js'
import { type PackagesIndex, readIndex } from './packages-index.js'
import { archiveProblem } from './problems.js'
import type { Session } from './session.js'
import { readSignedRelease, type SignedRelease } from './signed-release.js'

/** A mirror that was asked for a suite, and what came of it. */
export interface MirrorAnswer {
  readonly suite: string
  /** Without credentials. */
  readonly url: string
  readonly from: Mirror['from']
  /** `null`: it gave all that was wanted. */
  readonly problem: Problem | null
}

/** A suite with all indexes that were wanted, of one mirror. */
export interface FetchedSuite extends SignedRelease {
  readonly plan: SuitePlan
  /** Of the mirror, without credentials. */
  readonly mirror: string
  readonly indexes: readonly PackagesIndex[]
  /** Components that this suite does not have. */
  readonly missing: readonly string[]
}

export interface SuiteAnswer {
  readonly plan: SuitePlan
  readonly asked: readonly MirrorAnswer[]
  /** `null` where no mirror gave all of it. */
  readonly fetched: FetchedSuite | null
}

/** Asks one mirror after the other for a suite, until one gives it whole and proven. */
export async function fetchSuite(
  plan: SuitePlan,
  mirrors: readonly Mirror[],
  session: Session,
): Promise<SuiteAnswer> {
  const asked: MirrorAnswer[] = []
  for (const { url, from } of mirrors) {
    const base = `${url}dists/${plan.suite}/`
    const entry = { suite: plan.suite, url: redactUrl(url), from }
    try {
      const fetched = await fetchFrom(base, redactUrl(url), plan, session)
      return { plan, asked: [...asked, { ...entry, problem: null }], fetched }
    } catch (error) {
      session.signal.throwIfAborted()
      asked.push({ ...entry, problem: problemOf(error, redactUrl(base)) })
    }
  }
  return { plan, asked, fetched: null }
}

async function fetchFrom(
  base: string,
  mirror: string,
  plan: SuitePlan,
  session: Session,
): Promise<FetchedSuite> {
  const { suite, components, architectures, required } = plan
  const signed = await session.once(`release ${base}`, () => readSignedRelease(base, suite, session))
  const { release } = signed
  const offered = new Set(release.components.map(debianComponent))
  if (!offered.has('main')) {
    throw archiveProblem('archive-release-malformed', `${suite} has no component main`, signed.url)
  }
  const indexes = await Promise.all(
    components
      .filter((component) => offered.has(component))
      .flatMap((component) =>
        architectures.map((architecture) => {
          // Backports, -updates and the smaller components may be empty; of these two that means trouble.
          const mustHaveRows = required && component === 'main' && !suite.endsWith('-updates')
          const request = { base, suite, component, architecture, mustHaveRows }
          const name = `index ${base} ${signed.sha256} ${component} ${architecture}`
          return session.once(name, () => readIndex(release, request, session))
        }),
      ),
  )
  const missing = components.filter((component) => !offered.has(component))
  return { ...signed, plan, mirror, indexes, missing }
}
