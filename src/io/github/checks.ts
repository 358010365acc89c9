import { createOnce, type GitHubApi, statusOf } from './client.js'
import type { GitHubRun } from './run.js'

export interface CheckAnnotation {
  /** Relative to the root of the repository. */
  readonly path: string
  readonly line: number
  readonly level: 'failure' | 'warning'
  readonly title: string
  readonly message: string
}

export interface CheckRun {
  readonly name: string
  /** A random id, which identifies a check run if the request that created it got no response; ends with `jobMark`. */
  readonly externalId: string
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral'
  readonly title: string
  readonly summary: string
  readonly annotations: readonly CheckAnnotation[]
}

/** The Checks API takes this many annotations per request. */
const BATCH = 50

/**
 * Creates a check run at the run's head: POST with the first annotations, PATCH with the others; the last request
 * completes it. If a batch fails, the check run is completed without the rest.
 * @param settle its name, once it exists: until then it is not completed, so that it is never seen as a success under a
 * name that a failure has; `null`: as in `check`
 * @returns its id, its name, and how many annotations arrived
 */
export async function createCheckRun(
  api: GitHubApi,
  run: GitHubRun,
  check: CheckRun,
  settle: (() => Promise<string>) | null,
): Promise<{ readonly id: number; readonly name: string; readonly sent: number }> {
  const { owner, repo } = run
  const [first = [], ...more] = batchesOf(check.annotations)
  const output = (annotations: readonly CheckAnnotation[]) => ({
    title: check.title,
    summary: check.summary,
    annotations: annotations.map(({ path, line, level, ...texts }) => {
      return { path, start_line: line, end_line: line, annotation_level: level, ...texts }
    }),
  })
  // When it was completed is for GitHub to say: the newest counts, and this machine's clock may be wrong.
  const done = { status: 'completed' as const, conclusion: check.conclusion }
  const post = async (annotations: readonly CheckAnnotation[], last: boolean) => {
    const { data } = await api.request('POST /repos/{owner}/{repo}/check-runs', {
      owner,
      repo,
      name: check.name,
      head_sha: run.headSha,
      details_url: run.url,
      external_id: check.externalId,
      output: output(annotations),
      ...(last ? done : { status: 'in_progress' as const }),
    })
    return Number(data.id)
  }
  const find = () => findCheckRun(api, run, check)
  const create = (annotations: readonly CheckAnnotation[], last: boolean) =>
    createOnce(() => post(annotations, last && settle === null), find, false)
  let id: number
  let [sent, others] = [first.length, more]
  try {
    id = await create(first, others.length === 0)
  } catch (error) {
    // 422: GitHub rejects something in an annotation. The verdict matters more than the annotations.
    if (statusOf(error) !== 422 || first.length === 0) {
      throw error
    }
    ;[sent, others] = [0, []]
    id = await create([], true)
  }
  const update = (part: object) =>
    api.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...{ owner, repo, check_run_id: id },
      ...part,
    })
  try {
    for (const [index, batch] of others.entries()) {
      const isLast = index === others.length - 1 && settle === null
      await update({ output: output(batch), ...(isLast ? done : {}) })
      sent += batch.length
    }
  } catch {
    if (settle === null) {
      await update(done)
    }
  }
  const name = settle === null ? check.name : await settle()
  if (settle !== null) {
    await update({ ...(name === check.name ? {} : { name }), ...done })
  }
  return { id, name, sent }
}

/** What the check run of a job says of it, in its external id. */
interface JobMark {
  /** Identifies the job in all attempts of a run. */
  readonly job: string
  /** What the check run concludes, once it is completed. */
  readonly conclusion: CheckRun['conclusion']
  readonly runId: string
  readonly attempt: number
  /** Whether the run is about a pull request. */
  readonly isOfPull: boolean
}

/** The end of an external id. @param job 16 hexadecimal digits */
export function jobMark(
  { id, attempt, pull }: Pick<GitHubRun, 'id' | 'attempt' | 'pull'>,
  job: string,
  conclusion: CheckRun['conclusion'],
): string {
  return `-${job}-${conclusion}-${id}-${attempt}${pull === null ? '' : '-pull'}`
}

function readJobMark(externalId: string | null): JobMark | null {
  const form = /-([0-9a-f]{16})-(success|neutral|action_required|failure)-(\d+)-(\d+)(-pull)?$/
  const [, job, conclusion, runId, attempt, pull] = form.exec(externalId ?? '') ?? []
  return job === undefined || runId === undefined
    ? null
    : {
        ...{ job, runId, attempt: Number(attempt), isOfPull: pull !== undefined },
        conclusion: conclusion as CheckRun['conclusion'],
      }
}

/** The best first. */
const CONCLUSIONS: readonly (string | null)[] = ['success', 'neutral', 'action_required', 'failure']
const MAX_NAMES = 10

/**
 * The name for a check run: its own, unless another job has a worse one of that name. Of one name, GitHub shows the
 * newest, and rules count it. Another job is one of the same run, in whichever attempt it ran last, since a job can be
 * repeated alone; and for a run that is not about a pull request, such as one for a push to its branch, whose policies
 * are the branch's own, also one that was about it. Whichever of two jobs is later sees the other's.
 */
export async function freeName(
  api: GitHubApi,
  run: GitHubRun,
  { name, conclusion, externalId }: CheckRun,
): Promise<string> {
  const own = readJobMark(externalId)
  for (let number = 1; number <= MAX_NAMES; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`
    const all = (await checkRunsNamed(api, run, candidate)).flatMap((one) => {
      const mark = one.external_id === externalId ? null : readJobMark(one.external_id)
      return mark === null ? [] : [{ ...one, mark }]
    })
    const isOther = ({ mark: { runId, attempt, job, isOfPull } }: (typeof all)[number]) =>
      runId === run.id ? attempt === run.attempt || job !== own?.job : run.pull === null && isOfPull
    // One that is not completed says what it will be.
    const isWorse = ({ status, conclusion: one, mark }: (typeof all)[number]) =>
      CONCLUSIONS.indexOf(status === 'completed' ? one : mark.conclusion) > CONCLUSIONS.indexOf(conclusion)
    const jobs = Map.groupBy(all.filter(isOther), ({ mark }) => mark.job)
    const newest = [...jobs.values()].flatMap(
      (same) => same.sort((a, b) => Number(b.id) - Number(a.id))[0] ?? [],
    )
    if (!newest.some(isWorse)) {
      return candidate
    }
  }
  throw new Error(`there are ${MAX_NAMES} worse check runs named ${name}`)
}

export async function renameCheckRun(
  api: GitHubApi,
  { owner, repo }: GitHubRun,
  id: number,
  name: string,
): Promise<void> {
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
  await api.request(route, { owner, repo, check_run_id: id, name })
}

/** The check run, if a request without an answer has created it: a second one would stay open forever. */
async function findCheckRun(api: GitHubApi, run: GitHubRun, { name, externalId }: CheckRun) {
  const all = await checkRunsNamed(api, run, name)
  const existing = all.find(({ external_id }) => external_id === externalId)
  return existing === undefined ? null : Number(existing.id)
}

/** Those at the run's head, the newest ones first; GitHub leaves out all but the newest of a name unless asked for all. */
async function checkRunsNamed(api: GitHubApi, run: GitHubRun, name: string) {
  const { owner, repo, headSha: ref } = run
  const route = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs'
  const page = { check_name: name, filter: 'all', per_page: 100 } as const
  const { data } = await api.request(route, { owner, repo, ref, ...page })
  return data.check_runs
}

function batchesOf(annotations: readonly CheckAnnotation[]): CheckAnnotation[][] {
  const count = Math.ceil(annotations.length / BATCH)
  return Array.from({ length: count }, (_, index) => annotations.slice(index * BATCH, (index + 1) * BATCH))
}
