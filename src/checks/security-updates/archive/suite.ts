import { redactUrl } from '../../../io/http/url.js'
import { compareText, type Problem, problemOf, withAdvice } from '../../../model/index.js'
import { debianComponent, type Mirror } from './mirrors.js'
import type { SuitePlan } from './needs.js'
import { type PackagesIndex, readIndex } from './packages-index.js'
import { archiveProblem } from './problems.js'
import type { ReleaseFile } from './release-file.js'
import type { Session } from './session.js'
import { OLD_CODES, readSignedRelease, type SignedRelease, suiteAddress } from './signed-release.js'
import { PACKINGS } from './unpack.js'

/** A mirror that got a request for a suite, and the result. */
export interface MirrorAnswer {
  readonly suite: string
  /** Without credentials. */
  readonly url: string
  readonly from: Mirror['from']
  /** `Date` of its InRelease file, ISO 8601 UTC; `null` if no date was verified. */
  readonly date: string | null
  /** `null`: the mirror provided all requested files. */
  readonly problem: Problem | null
}

export interface FetchedSuite extends SignedRelease {
  readonly plan: SuitePlan
  /** Of the mirror that provided the indexes, without credentials. */
  readonly mirror: string
  readonly indexes: readonly PackagesIndex[]
  /** Components that this suite does not have. */
  readonly missing: readonly string[]
}

export interface SuiteAnswer {
  readonly plan: SuitePlan
  readonly asked: readonly MirrorAnswer[]
  /** `null` if no mirror provided all of it. */
  readonly fetched: FetchedSuite | null
}

interface MirrorRelease {
  readonly mirror: Mirror
  readonly signed: SignedRelease | null
  readonly problem: Problem | null
}

interface VerifiedRelease extends MirrorRelease {
  readonly signed: SignedRelease
}

/**
 * Asks all mirrors for a suite, and takes the newest proven one: an old copy is signed just as well. Its indexes may
 * come from any mirror, since their hashes are signed; the first mirror that proved it is preferred.
 */
export async function fetchSuite(
  plan: SuitePlan,
  mirrors: readonly Mirror[],
  session: Session,
): Promise<SuiteAnswer> {
  const releases = await askMirrors(plan.suite, mirrors, session)
  const newest = newestOf(releases)
  const problems = new Map<Mirror, Problem>()
  const answer = (fetched: FetchedSuite | null): SuiteAnswer => ({
    plan,
    asked: releases.map(({ mirror, signed, problem }) => ({
      suite: plan.suite,
      url: redactUrl(mirror.url),
      from: mirror.from,
      date: signed?.release.date ?? null,
      problem: problem ?? problems.get(mirror) ?? null,
    })),
    fetched,
  })
  if (newest === null) {
    return answer(plan.mayBeOld === true ? await oldSuite(plan, releases, problems, session) : null)
  }
  const otherReleases = releases.filter((one) => one.signed !== null && one !== newest)
  for (const { mirror } of [newest, ...otherReleases]) {
    try {
      return answer(await fetchFrom(mirror, newest.signed, plan, session))
    } catch (error) {
      session.signal.throwIfAborted()
      problems.set(mirror, problemOf(error, redactUrl(suiteAddress(mirror, plan.suite))))
    }
  }
  return answer(null)
}

/** The first mirror's verified but expired copy, for callers that prefer it to no answer. */
async function oldSuite(
  plan: SuitePlan,
  releases: readonly MirrorRelease[],
  problems: Map<Mirror, Problem>,
  session: Session,
): Promise<FetchedSuite | null> {
  const isOld = ({ problem }: MirrorRelease) => problem !== null && OLD_CODES.includes(problem.code)
  const mirror = releases.find(isOld)?.mirror
  if (mirror === undefined) {
    return null
  }
  const base = suiteAddress(mirror, plan.suite)
  try {
    const signed = await session.once(`release ${base} of any age`, () =>
      readSignedRelease(mirror, plan.suite, session, true),
    )
    return await fetchFrom(mirror, signed, plan, session)
  } catch (error) {
    session.signal.throwIfAborted()
    problems.set(mirror, problemOf(error, redactUrl(base)))
    return null
  }
}

/** The newest InRelease file of a suite that a mirror proves; `null` if none does. */
export async function newestRelease(
  suite: string,
  mirrors: readonly Mirror[],
  session: Session,
): Promise<SignedRelease | null> {
  return newestOf(await askMirrors(suite, mirrors, session))?.signed ?? null
}

/** The first release with the newest date. */
function newestOf(releases: readonly MirrorRelease[]): VerifiedRelease | null {
  const verified = releases.filter((one): one is VerifiedRelease => one.signed !== null)
  const dateOf = ({ signed }: VerifiedRelease) => signed.release.date
  return verified.toSorted((a, b) => compareText(dateOf(b), dateOf(a)))[0] ?? null
}

/** Requests the suite from all mirrors at once, and stops waiting some time after the first has answered. */
async function askMirrors(
  suite: string,
  mirrors: readonly Mirror[],
  session: Session,
): Promise<readonly MirrorRelease[]> {
  const timeLimit = Promise.withResolvers<null>()
  let timer: NodeJS.Timeout | undefined
  const ask = async (mirror: Mirror): Promise<MirrorRelease> => {
    const base = suiteAddress(mirror, suite)
    try {
      const signed = await session.once(`release ${base}`, () => readSignedRelease(mirror, suite, session))
      timer ??= setTimeout(() => timeLimit.resolve(null), session.patienceMs)
      return { mirror, signed, problem: null }
    } catch (error) {
      return { mirror, signed: null, problem: problemOf(error, redactUrl(base)) }
    }
  }
  const releases = await Promise.all(
    mirrors.map(async (mirror): Promise<MirrorRelease> => {
      const answer = await Promise.race([ask(mirror), timeLimit.promise])
      return answer ?? { mirror, signed: null, problem: silentProblem(suiteAddress(mirror, suite), session) }
    }),
  )
  clearTimeout(timer)
  session.signal.throwIfAborted()
  return releases
}

function silentProblem(base: string, { patienceMs }: Session): Problem {
  const what = `did not respond within ${patienceMs / 1000} s after another mirror had responded`
  return withAdvice({ code: 'http-timeout', what, where: redactUrl(base) })
}

async function fetchFrom(
  mirror: Mirror,
  signed: SignedRelease,
  plan: SuitePlan,
  session: Session,
): Promise<FetchedSuite> {
  const { suite, components, architectures, required } = plan
  const { release } = signed
  const base = suiteAddress(mirror, suite)
  const offered = new Set<string | null>(release.components.map(debianComponent))
  if (!offered.has('main')) {
    throw archiveProblem('archive-release-malformed', `${suite} has no main component`, signed.url)
  }
  const indexes = await Promise.all(
    components
      .filter((component) => offered.has(component))
      .flatMap((component) =>
        architectures
          .filter((one) => (required && component === 'main') || isListed(release, component, one))
          .map((architecture) => {
            // Backports, -updates and the smaller components may be empty; for the other suites of the
            // release that means trouble.
            const mustHaveRows = required && component === 'main' && !suite.endsWith('-updates')
            const isKept = mirror.from === 'kept'
            const request = { base, isKept, suite, component, architecture, mustHaveRows }
            const name = `index ${base} ${signed.sha256} ${component} ${architecture}`
            return session.once(name, () => readIndex(release, request, session))
          }),
      ),
  )
  const missing = components.filter((component) => !offered.has(component))
  return { ...signed, plan, mirror: redactUrl(mirror.url), indexes, missing }
}

/**
 * A release may have dropped an architecture, or may have nothing for it in a smaller component. In main of
 * the image's own release, that is an error: it would hide installed packages.
 */
function isListed({ files }: ReleaseFile, component: string, architecture: string): boolean {
  const path = `${component}/binary-${architecture}/Packages`
  return PACKINGS.some((packing) => files.has(`${path}${packing}`))
}
