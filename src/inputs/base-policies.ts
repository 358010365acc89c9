import { join } from 'node:path'
import { readPolicy } from '../io/files/files.js'
import { connectGitHub, type GitHubApi } from '../io/github/client.js'
import {
  foreignCheckout,
  type ProposedChange,
  pathInRepository,
  readProposedChange,
} from '../io/github/environment.js'
import { parentsOf } from '../io/github/repository.js'
import { type PolicyNotice, plural, readOrNull, SeaworthyError } from '../model/index.js'
import { isRunName } from '../policy/gate/laxer.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { THRESHOLD_ROWS } from '../policy/gate/thresholds.js'
import type { ReadPolicy } from '../policy/whitelist/includes.js'
import { hasNoLinkInPath, refuseOwnData } from './base-data.js'
import {
  composeFilesOf,
  type FilesAtCommit,
  filesAt,
  type NamedInRepository,
  notRead,
  ownComposeFiles,
  type PolicyFile,
  policyFilesOf,
  type Texts,
  unreadable,
} from './base-files.js'
import { policiesOfBranch } from './policy-branch.js'
import {
  isDefaultFolder,
  noPolicies,
  type PolicySource,
  policyFolder,
  readPlainFile,
} from './policy-files.js'
import type { ReadInput } from './row.js'

/** Limit for all requests together, in milliseconds. */
const TIMEOUT_MS = 60_000

/** The policies of a change's base, which hold, and those of the change itself, which are only shown. */
export interface BasePolicies {
  readonly base: PolicySource
  /** `null`: it changes no policy, or its policies could not be read. */
  readonly proposed: PolicySource | null
}

interface BaseOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
  readonly backoffMs?: number
}

/**
 * The policies of a pull request's base (docs/decisions/0017-policy-from-base.md); `null` if the run is not about a
 * pull request. They are read through the API, so nothing in the work tree can replace them.
 * @throws SeaworthyError `pull-request-target`, `policy-base-unreadable` or `policy-missing`
 */
export async function readBasePolicies(
  inputs: ReadInput,
  options: BaseOptions = {},
): Promise<BasePolicies | null> {
  const env = options.env ?? process.env
  if (env.GITHUB_EVENT_NAME === 'pull_request_target') {
    const what =
      "the workflow runs on pull_request_target, so strangers' code would run with the repository's permissions"
    throw new SeaworthyError({ code: 'pull-request-target', what, where: 'on: pull_request_target' })
  }
  const foreign = foreignCheckout(env)
  if (foreign !== null) {
    const what = `the workflow runs on ${foreign} with the repository's permissions, and the pull request that it is about is checked out, so its own policies would decide`
    throw new SeaworthyError({ code: 'pull-request-target', what, where: `on: ${foreign}` })
  }
  const change = readProposedChange(env)
  if (change === null) {
    return null
  }
  if (change === 'unclear') {
    throw unreadable('the runner does not report which commit the run is for', 'the event')
  }
  const token = inputs('github-token').trim()
  if (token === '' || token.startsWith('${{')) {
    const advice =
      'leave github-token at its default; in a local run with the tool "act", which provides no token, pass --secret GITHUB_TOKEN=…'
    throw unreadable('there is no token', 'github-token', advice)
  }
  // Errors in the inputs that name policy files are reported before any request is made.
  const files = policyFilesOf(inputs, env)
  const { backoffMs, timeoutMs = TIMEOUT_MS } = options
  const api = await connectGitHub({ token, apiUrl: change.apiUrl, timeoutMs, backoffMs })
  const branchPolicies = await baseCommit(api, change).then((base) =>
    policiesOfBranch(api, change, base, inputs).catch((error: unknown) => {
      throw error instanceof SeaworthyError ? error : notRead(error, 'policies-from')
    }),
  )
  const base = branchPolicies.commit
  await refuseOwnData(api, change, base, inputs, env)
  const [[atBase, own], proposed] = await Promise.all([
    filesAt(api, change, base, inputs, env).then(async (files) => {
      // The compose file is a part of what is judged: after the merge, the image is run by the change's.
      const own = files.compose === null ? null : await ownComposeFiles(api, change, files.compose, env)
      return [files, own] as const
    }),
    // The pull request's changes to policies are shown if possible; the verdict does not depend on that.
    filesAt(api, change, change.merge, inputs, env).catch(() => null),
  ])
  const compose = composeFilesOf(inputs, env).filter(
    ({ path }) => atBase.run.get(path) === null && typeof proposed?.run.get(path) === 'string',
  )
  const isSame =
    atBase.policies.size === proposed?.policies.size &&
    [...atBase.policies].every(([path, text]) => proposed.policies.get(path) === text)
  return {
    base: {
      read: reader(atBase, env),
      ...(own === null ? {} : { own: reader({ policies: own, run: own }, env) }),
      binding: true,
      baseline: await baselineReader(api, change, [atBase.policies, proposed?.policies ?? null], inputs, env),
      unbound: compose.map(({ named }) => named),
      notices: [
        branchPolicies.notice,
        ...unboundNotices(policyFolder(inputs), files, atBase.policies, proposed?.policies ?? null),
        ...compose.map(notYetOnBase),
        ...layersNotices(inputs),
        ...(own === null ? [] : ownDiffers(atBase.run, own)),
        ...(proposed === null ? [] : changedTexts(atBase.run, proposed.run))
          .filter((path) => !own?.has(path))
          .map(runDiffers),
        ...(proposed === null || !branchPolicies.isBase
          ? []
          : settingsDiffer(files, atBase.policies, proposed.policies)),
      ],
    },
    proposed:
      proposed === null || !branchPolicies.isBase || isSame
        ? null
        : { read: reader(proposed, env), binding: false, notices: [] },
  }
}

/**
 * An earlier report that is in the repository is read from the base; the change's own copy does not count. A report
 * that is in no commit was put there by the job, which may have downloaded it. That does not hold for one reached
 * through a link or in a submodule: the change may have brought it, and GitHub answers that the content of a
 * submodule does not exist.
 */
async function baselineReader(
  api: GitHubApi,
  change: ProposedChange,
  [atBase, wanted]: readonly [Texts, Texts | null],
  inputs: ReadInput,
  env: NodeJS.ProcessEnv,
): Promise<ReadPolicy> {
  const path = pathInRepository(inputs('baseline').trim(), env)
  if (path === null) {
    return readPolicy
  }
  const text = atBase.get(path) ?? null
  const isOfJob = text === null && wanted?.get(path) === null && (await hasNoLinkInPath(api, change, path))
  const folder = env.GITHUB_WORKSPACE || process.cwd()
  return () => (isOfJob ? readPlainFile(join(folder, path), folder) : text)
}

/** The commit that the change is compared with. It is always requested, so that a 404 for a file means the file. */
async function baseCommit(api: GitHubApi, change: ProposedChange): Promise<string> {
  const { base, merge, owner, repo } = change
  const where = `commit ${(base ?? merge).slice(0, 12)} of ${owner}/${repo}`
  const parents = await parentsOf(api, change, base ?? merge).catch((error: unknown) => {
    throw notRead(error, where)
  })
  if (base !== null) {
    return base
  }
  const [first] = parents
  // GitHub's merge has the base first. Anything else (a branch checked out differently, a squashed merge) proves
  // nothing.
  if (parents.length === 2 && first !== undefined) {
    return first
  }
  const count = plural(parents.length, 'parent')
  const todo =
    'run the job while the pull request is open, on its merge commit (refs/pull/NUMBER/merge), as GitHub does by default; for a run with the tool "act", check that ref out first'
  throw unreadable(`the run's commit is not a merge with the base branch: it has ${count}`, where, todo)
}

/** Reads a file by its path in the repository, however an input writes that. */
function reader(
  { policies, run }: Pick<FilesAtCommit, 'policies' | 'run'>,
  env: NodeJS.ProcessEnv,
): PolicySource['read'] {
  return (name) => {
    const path = pathInRepository(name, env) ?? ''
    return policies.get(path) ?? run.get(path) ?? null
  }
}

/** Paths of the base's files that have another text in the change, or none. */
function changedTexts(atBase: Texts, proposed: Texts): readonly string[] {
  return [...atBase]
    .filter(([path, text]) => text !== null && proposed.has(path) && proposed.get(path) !== text)
    .map(([path]) => path)
}

/** Without `file`: no task is to say that the change's own file is not judged. */
function ownDiffers(atBase: Texts, own: Texts): PolicyNotice[] {
  const changed = [...own].filter(
    ([path, text]) => text !== null && atBase.has(path) && atBase.get(path) !== text,
  )
  return changed.map(([path]) => {
    const [differs, started] =
      atBase.get(path) === null
        ? ['is not on the base branch yet', 'nothing is started with it']
        : ["differs from the base branch's", 'only the options of the base branch are started']
    const text = `${path} of this pull request ${differs}: section 5 of Docker Bench is judged by it, and ${started}`
    return { kind: 'run-differs', place: null, text }
  })
}

function runDiffers(path: string): PolicyNotice {
  const text = `${path} of this pull request differs from the base branch's, which says how the image was run for this verdict; this pull request's is judged after the merge`
  return { kind: 'run-differs', place: null, text, file: path }
}

/**
 * A notice if the change's gate.yml says otherwise how the image is run: the comparison of verdicts (`policyChange`) does
 * not show that, because both are about the same evidence. Without the values, which may contain secrets.
 */
function settingsDiffer(files: readonly PolicyFile[], atBase: Texts, proposed: Texts): PolicyNotice[] {
  const { path, named } = files.find(({ name }) => name === 'gate') ?? { path: '', named: '' }
  const text = atBase.get(path) ?? null
  const settings = (yaml: string | null) =>
    yaml === null ? {} : readOrNull(() => readGatePolicy(yaml, named))
  const [before, after] = [settings(text), settings(proposed.get(path) ?? null)]
  // What only the change has is said of the file as a whole; what is invalid, when it is read to be compared.
  if (text === null || before === null || after === null) {
    return []
  }
  const changed = THRESHOLD_ROWS.filter(
    ({ name, key }) =>
      (name === 'start' || isRunName(name)) && (before[key] ?? null) !== (after[key] ?? null),
  ).map(({ name }) => name)
  if (changed.length === 0) {
    return []
  }
  const keys = changed.join(', ')
  const what = `${named} of this pull request changes how the image is run (${keys}); the base branch's settings were used for this verdict, and this pull request's take effect after the merge`
  const file = changed.includes('run-options') ? { file: path } : {}
  return [{ kind: 'run-differs', place: null, text: what, ...file }]
}

/** Whoever opens a pull request may choose the Clair, so Clair gets no token of a registry (layers-from). */
function layersNotices(inputs: ReadInput): readonly PolicyNotice[] {
  const text =
    'the input "layers-from" has no effect, because a pull request must not choose who gets a token of a registry: the gate hands the layers to Clair'
  return inputs('layers-from').trim() === 'registry' ? [{ kind: 'unbound', place: null, text }] : []
}

function notYetOnBase({ named }: NamedInRepository): PolicyNotice {
  const text = `${named} is not on the base branch yet; until it is merged, nothing is started or tested with it, and section 5 of Docker Bench is not judged`
  return { kind: 'unbound', place: null, text }
}

/**
 * Notices for files that the base does not have: then an empty policy applies, unless a folder was named that has no
 * policies anywhere.
 */
function unboundNotices(
  folder: string,
  files: readonly PolicyFile[],
  atBase: Texts,
  wanted: Texts | null,
): PolicyNotice[] {
  const missing = files.filter(({ path }) => atBase.get(path) === null)
  const proposed = missing.filter(({ path }) => typeof wanted?.get(path) === 'string')
  if (missing.length === files.length && proposed.length === 0 && !isDefaultFolder(folder)) {
    throw noPolicies(folder, ' (for a pull request, they are read from the base branch)')
  }
  return proposed.map(({ named }) => {
    const text = `${named} is not on the base branch yet, so it has no effect until it is merged`
    return { kind: 'unbound', place: null, text }
  })
}
