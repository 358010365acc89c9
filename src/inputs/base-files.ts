import { dirname, join } from 'node:path'
import { type GitHubApi, githubProblem } from '../io/github/client.js'
import { type ProposedChange, pathInRepository } from '../io/github/environment.js'
import { readEntryAt } from '../io/github/git.js'
import { textAtCommit } from '../io/github/repository.js'
import { readOrNull, SeaworthyError } from '../model/index.js'
import { readGatePolicy } from '../policy/gate/read.js'
import { includedTexts } from '../policy/whitelist/includes.js'
import { POLICY_FILES, type PolicyFileName, policyFolder, policyPath } from './policy-files.js'
import { composeFileOfTest } from './regression-test.js'
import type { ReadInput } from './row.js'
import { readThresholds } from './thresholds.js'

/** path -> text; `null` if there is no such file. */
export type Texts = ReadonlyMap<string, string | null>

export interface FilesAtCommit {
  readonly policies: Texts
  /** How the image is run and tested: not a policy, and a difference in it changes no policy. */
  readonly run: Texts
  /** The compose file that its gate.yml names, if that is in the repository. */
  readonly compose: string | null
}

export interface NamedInRepository {
  /** As people wrote it: reports name it so. */
  readonly named: string
  readonly path: string
}

export interface PolicyFile extends NamedInRepository {
  readonly name: PolicyFileName
}

export function policyFilesOf(inputs: ReadInput, env: NodeJS.ProcessEnv): readonly PolicyFile[] {
  return POLICY_FILES.map((name) => {
    const file = policyPath(inputs, name)
    const path = pathInRepository(file, env)
    if (path !== null) {
      return { name, named: file, path }
    }
    const what =
      'the folder specified by the input "policies" is outside the repository, so it is not on the base branch'
    throw unreadable(what, policyFolder(inputs))
  })
}

/** Compose files that inputs name: the image is run, and its update tested, with the base's. */
export function composeFilesOf(inputs: ReadInput, env: NodeJS.ProcessEnv): readonly NamedInRepository[] {
  return [inputs('compose-file').trim(), composeFileOfTest(inputs) ?? ''].flatMap((value) => {
    const path = value === '' ? null : pathInRepository(value, env)
    return path === null ? [] : [{ named: value, path }]
  })
}

/** A profile's name in run options and in a list of `security_opt`; a wrong match only reads one file too many. */
const PROFILE = /\bseccomp[=:]["']?([^\s"',\]}]+)/g
const MAX_PROFILES = 10

/** The seccomp profiles that run options or the texts of compose files name. */
function profilesIn(options: readonly (string | null | undefined)[], compose: Texts): readonly string[] {
  const namedPaths = (text: string | null | undefined, folder: string) =>
    [...(text ?? '').matchAll(PROFILE)].map(([, name = '']) => join(folder, name))
  const inOptions = options.flatMap((text) => namedPaths(text, '.'))
  const inFiles = [...compose].flatMap(([path, text]) => namedPaths(text, dirname(path)))
  return [...inOptions, ...inFiles].slice(0, MAX_PROFILES)
}

/** @throws SeaworthyError `policy-base-unreadable` */
export async function filesAt(
  api: GitHubApi,
  change: ProposedChange,
  commit: string,
  inputs: ReadInput,
  env: NodeJS.ProcessEnv,
): Promise<FilesAtCommit> {
  const read = async (path: string) => {
    try {
      return await textAtCommit(api, change, commit, path)
    } catch (error) {
      throw notRead(error, `${path} at ${commit.slice(0, 12)} of ${change.owner}/${change.repo}`)
    }
  }
  const files = policyFilesOf(inputs, env)
  const texts = await Promise.all(
    files.map(async ({ name, path }) => {
      const text = await read(path)
      const included =
        name === 'whitelist' && text !== null ? await includedTexts(path, text, read) : new Map()
      return [[path, text] as const, ...included]
    }),
  )
  const policies = new Map<string, string | null>(texts.flat())
  const gate = policies.get(files.find(({ name }) => name === 'gate')?.path ?? '') ?? null
  const run = new Map<string, string | null>()
  const readInto = (into: Map<string, string | null>, paths: readonly string[]) =>
    Promise.all(paths.map(async (path) => into.set(path, await read(path))))
  // Other files must not be the change's own either. Files outside the repository are not affected.
  const inside = (names: readonly (string | null | undefined)[]) =>
    names.flatMap((name) => (name ? (pathInRepository(name, env) ?? []) : []))
  // Errors in gate.yml are reported when its policy is read to be applied.
  const gatePolicy = gate === null ? null : readOrNull(() => readGatePolicy(gate, 'gate.yml'))
  const { vex = [], composeFile, runOptions } = gatePolicy ?? {}
  await Promise.all([
    readInto(policies, inside([inputs('baseline').trim(), ...vex])),
    readInto(run, [...composeFilesOf(inputs, env).map(({ path }) => path), ...inside([composeFile])]),
  ])
  const requested = readThresholds(inputs, [])
  await readInto(run, inside(profilesIn([requested.runOptions, runOptions], run)))
  return { policies, run, compose: inside([composeFile])[0] ?? null }
}

const PLAIN_FILE = /^100(?:644|755)$/

/**
 * A compose file and the seccomp profiles that it names, as the change has them. GitHub follows a link, and a work tree's
 * are not followed: one counts as no file here too.
 * @throws SeaworthyError `policy-base-unreadable`
 */
export async function ownComposeFiles(
  api: GitHubApi,
  change: ProposedChange,
  compose: string,
  env: NodeJS.ProcessEnv,
): Promise<Texts> {
  const texts = new Map<string, string | null>()
  const readInto = async (path: string) => {
    try {
      const { entry } = await readEntryAt(api, change, change.merge, path)
      const isPlain = entry !== null && PLAIN_FILE.test(entry.mode)
      texts.set(path, isPlain ? await textAtCommit(api, change, change.merge, path) : null)
    } catch (error) {
      const where = `${path} at ${change.merge.slice(0, 12)} of ${change.owner}/${change.repo}`
      throw notRead(error, where, "the pull request's compose file")
    }
  }
  await readInto(compose)
  const profiles = profilesIn([], texts).flatMap((name) => pathInRepository(name, env) ?? [])
  await Promise.all(profiles.map(readInto))
  return texts
}

const SILENT = 'run the job again, or check the network and the proxy settings (https_proxy, no_proxy)'

export function notRead(error: unknown, where: string, subject?: string): SeaworthyError {
  const { code, what } = githubProblem(error, where, 'contents: read')
  // If the server did not answer, missing permissions are not the reason.
  return unreadable(what, where, code === 'github-unreachable' ? SILENT : undefined, subject)
}

export function unreadable(
  why: string,
  where: string,
  todo?: string,
  subject = 'the policies of the base branch',
): SeaworthyError {
  const what = `${subject} could not be read: ${why}`
  return new SeaworthyError({ code: 'policy-base-unreadable', what, where, ...(todo && { todo }) })
}
