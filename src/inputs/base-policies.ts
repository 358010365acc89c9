import { dirname, join } from 'node:path'
import { readPlain, readPolicy } from '../io/files/files.js'
import { connectGitHub, type GitHubApi, githubProblem } from '../io/github/client.js'
import { type ProposedChange, pathInRepository, readProposedChange } from '../io/github/environment.js'
import { parentsOf, textAtCommit } from '../io/github/repository.js'
import { SeaworthyError } from '../model/problem.js'
import type { PolicyNotice } from '../model/verdict.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { includedTexts } from '../policy/whitelist/includes.js'
import { policiesHeldBy } from './policy-branch.js'
import { boundPath, isDefault, type PolicySource } from './policy-files.js'
import type { Given } from './row.js'
import { readThresholds } from './thresholds.js'

/** All requests together, in milliseconds. */
const TIMEOUT_MS = 60_000

/** The policies of a change's base, which hold, and those of the change itself, which are only shown. */
export interface BasePolicies {
  readonly base: PolicySource
  /** `null`: it changes no policy, or that could not be read. */
  readonly proposed: PolicySource | null
}

export interface BaseOptions {
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs?: number
  readonly backoffMs?: number
}

/** path -> text; `null` where there is no such file. */
type Texts = ReadonlyMap<string, string | null>

/** What a commit has. */
interface Held {
  readonly policies: Texts
  /** How the image is run, where gate.yml names files for it: no policy, and what is different there changes none. */
  readonly run: Texts
}

/**
 * The policies of a pull request's base (docs/decisions/0017-policy-from-base.md); `null` where the run is about no
 * pull request. They are read through the API, so that nothing in the work tree can stand in for them.
 * @throws SeaworthyError `pull-request-target`, `policy-base-unreadable` or `policy-missing`
 */
export async function readBasePolicies(
  given: Given,
  options: BaseOptions = {},
): Promise<BasePolicies | null> {
  const env = options.env ?? process.env
  if (env.GITHUB_EVENT_NAME === 'pull_request_target') {
    throw dangerousEvent()
  }
  const change = readProposedChange(env)
  if (change === null) {
    return null
  }
  if (change === 'unclear') {
    throw unreadable('the runner does not say which commit the run is about', 'the event')
  }
  const token = given('github-token').trim()
  if (token === '' || token.startsWith('${{')) {
    throw unreadable('there is no token', 'github-token')
  }
  const files = filesOf(given, env)
  const others = othersOf(given, env)
  const backoff = options.backoffMs === undefined ? {} : { backoffMs: options.backoffMs }
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS
  const api = await connectGitHub({ token, apiUrl: change.apiUrl, timeoutMs, ...backoff })
  const holding = await baseCommit(api, change).then((base) =>
    policiesHeldBy(api, change, base, given).catch((error: unknown) => {
      throw error instanceof SeaworthyError ? error : notRead(error, 'policies-from')
    }),
  )
  const base = holding.commit
  const [held, wanted] = await Promise.all([
    textsAt(api, change, base, files, others),
    // What the pull request would change is shown where it can be; the verdict does not depend on it.
    textsAt(api, change, change.merge, files, others).catch(() => null),
  ])
  const [ours, theirs] = [held.policies, wanted?.policies ?? null]
  return {
    base: {
      read: reader(held, env),
      binding: true,
      baseline: baselineReader(ours, theirs, env),
      notices: [holding.notice, ...unboundNotices(files, ours, theirs)],
    },
    proposed:
      wanted === null || !holding.isBase || isSame(ours, wanted.policies)
        ? null
        : { read: reader(wanted, env), binding: false, notices: [] },
  }
}

interface PolicyFile {
  readonly name: string
  /** As the input says it: reports name it so. */
  readonly given: string
  readonly path: string
}

/** The files that inputs name, by their paths in the repository. */
function filesOf(given: Given, env: NodeJS.ProcessEnv): readonly PolicyFile[] {
  return (['gate', 'whitelist', 'dictionary'] as const).flatMap((name): PolicyFile[] => {
    const value = boundPath(given, name)
    if (value === '') {
      return []
    }
    const path = pathInRepository(value, env)
    if (path !== null) {
      return [{ name, given: value, path }]
    }
    throw unreadable(
      `the file given as ${name} lies outside of the repository, so that the base has none`,
      value,
    )
  })
}

/** What else must not be the change's own: VEX documents, and an earlier report. Outside of the repository is nothing. */
interface Others {
  readonly paths: readonly string[]
  /** The VEX documents that a gate.yml names. */
  readonly vexOf: (gate: string | null) => readonly string[]
  /** The compose file that a gate.yml names. */
  readonly composeOf: (gate: string | null) => readonly string[]
  /** The seccomp profiles that its run options or the text of that compose file name. */
  readonly profilesOf: (gate: string | null, compose: string | null) => readonly string[]
}

/** A profile's name in run options and in a list of `security_opt`; a name too many only asks for a file too many. */
const PROFILE = /\bseccomp[=:]["']?([^\s"',\]}]+)/g
const MOST_PROFILES = 10

function othersOf(given: Given, env: NodeJS.ProcessEnv): Others {
  const inside = (names: readonly string[]) => names.flatMap((name) => pathInRepository(name, env) ?? [])
  const baseline = given('baseline').trim()
  return {
    paths: inside([...(readThresholds(given, []).vex ?? []), ...(baseline === '' ? [] : [baseline])]),
    vexOf: (gate) => inside(saidBy(gate).vex ?? []),
    composeOf: (gate) => inside([saidBy(gate).composeFile ?? []].flat()),
    profilesOf: (gate, compose) => {
      const { runOptions, composeFile } = saidBy(gate)
      const named = (text: string | null | undefined, folder: string) =>
        [...(text ?? '').matchAll(PROFILE)].map(([, name = '']) => join(folder, name))
      const all = [...named(runOptions, '.'), ...named(compose, dirname(composeFile ?? '.'))]
      return inside(all.slice(0, MOST_PROFILES))
    },
  }
}

function saidBy(gate: string | null): ReturnType<typeof readGatePolicy> {
  try {
    return gate === null ? {} : readGatePolicy(gate, 'gate.yml')
  } catch {
    // Its faults are told when it is read for good.
    return {}
  }
}

/**
 * An earlier report that lies in the repository is the base's; the change's own counts for nothing. One that lies in no
 * commit was put there by the job, which may have downloaded it. Not where a link leads to it:
 * the change may have brought the link, and what it leads to, by a path that nobody has asked the API for.
 */
function baselineReader(held: Texts, wanted: Texts | null, env: NodeJS.ProcessEnv): PolicySource['read'] {
  return (name) => {
    const path = pathInRepository(name, env)
    if (path === null) {
      return readPolicy(name)
    }
    const text = held.get(path) ?? null
    return text === null && wanted?.get(path) === null
      ? readPlain(env.GITHUB_WORKSPACE || process.cwd(), path)
      : text
  }
}

/** The commit that the change is compared with. It is asked for in any case: a 404 for a file then means the file. */
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
  // GitHub's merge has the base first. Anything else (a branch checked out otherwise, a squashed merge) proves nothing.
  if (parents.length === 2 && first !== undefined) {
    return first
  }
  throw unreadable(`the run's commit has ${parents.length} parents and is no merge with the base`, where)
}

async function textsAt(
  api: GitHubApi,
  change: ProposedChange,
  commit: string,
  files: readonly PolicyFile[],
  others: Others,
): Promise<Held> {
  const read = async (path: string) => {
    try {
      return await textAtCommit(api, change, commit, path)
    } catch (error) {
      throw notRead(error, `${path} at ${commit.slice(0, 12)} of ${change.owner}/${change.repo}`)
    }
  }
  const texts = await Promise.all(
    files.map(async ({ name, path }) => {
      const text = await read(path)
      const included =
        name === 'whitelist' && text !== null ? await includedTexts(path, text, read) : new Map()
      return [[path, text] as const, ...included]
    }),
  )
  const found = new Map<string, string | null>(texts.flat())
  const gate = found.get(files.find(({ name }) => name === 'gate')?.path ?? '') ?? null
  const run = new Map<string, string | null>()
  const readInto = (texts: Map<string, string | null>, paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => texts.set(path, await read(path))))
  const [compose] = others.composeOf(gate)
  await Promise.all([
    readInto(found, [...others.paths, ...others.vexOf(gate)]),
    readInto(run, compose === undefined ? [] : [compose]),
  ])
  await readInto(run, others.profilesOf(gate, run.get(compose ?? '') ?? null))
  return { policies: found, run }
}

/** By its path in the repository, however an input writes it. */
function reader({ policies, run }: Held, env: NodeJS.ProcessEnv): PolicySource['read'] {
  return (name) => {
    const path = pathInRepository(name, env) ?? ''
    return policies.get(path) ?? run.get(path) ?? null
  }
}

function isSame(a: Texts, b: Texts): boolean {
  return a.size === b.size && [...a].every(([path, text]) => b.get(path) === text)
}

/** A file that the base does not have: an empty policy holds, unless nobody has it at all and it was named. */
function unboundNotices(files: readonly PolicyFile[], held: Texts, wanted: Texts | null): PolicyNotice[] {
  return files
    .filter(({ path }) => held.get(path) === null)
    .flatMap(({ name, given, path }): PolicyNotice[] => {
      if (typeof wanted?.get(path) === 'string') {
        const text = `${given} is not in the base yet: nothing of it holds before the merge`
        return [{ kind: 'unbound', place: null, text }]
      }
      if (isDefault(name, given)) {
        return []
      }
      throw new SeaworthyError({
        code: 'policy-missing',
        what: `the file given as ${name} is not there: on a pull request it is read from the base branch`,
        where: given,
        todo: `write it as a path from the root of the repository, or leave ${name} out to use the built-in default`,
      })
    })
}

function notRead(error: unknown, where: string): SeaworthyError {
  return unreadable(githubProblem(error, where, 'contents: read').what, where)
}

function unreadable(what: string, where: string): SeaworthyError {
  return new SeaworthyError({
    code: 'policy-base-unreadable',
    what: `the policies of the base branch could not be read: ${what}`,
    where,
  })
}

function dangerousEvent(): SeaworthyError {
  return new SeaworthyError({
    code: 'pull-request-target',
    what: 'the workflow runs on pull_request_target: code of strangers would run with the rights of the repository',
    where: 'on: pull_request_target',
  })
}
