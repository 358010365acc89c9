import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readInside } from '../../../io/files/files.js'
import { problemOf, SeaworthyError } from '../../../model/problem.js'
import type { RunSpec } from '../../../model/start-rules.js'

export const NO_OPTIONS: RunSpec = { config: {}, hostConfig: {} }

export function badOptions(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-run-options', what, where })
}

/**
 * The run options with what they say of files of this machine as the engine takes it, which is what the docker command
 * does with them: directories by their full path, and a seccomp profile by what is in it.
 * @param read reads such a file, where it may be read; `null` where there is none
 * @param directory where paths begin: of the compose file, or where `docker run` is
 * @throws SeaworthyError `bad-run-options` where a profile cannot be read, or is none
 */
export function withPaths(
  spec: RunSpec,
  directory: string,
  read: (path: string) => string | null = readInside,
): RunSpec {
  const texts = (key: string) => (spec.hostConfig[key] as readonly string[] | undefined) ?? []
  const full = (path: string) =>
    /^~(\/|$)/.test(path) ? join(homedir(), path.slice(1)) : resolve(directory, path)
  const binds = texts('Binds').map((bind) => {
    const [source = '', ...rest] = bind.split(':')
    return [/^[.~]/.test(source) ? full(source) : source, ...rest].join(':')
  })
  const options = texts('SecurityOpt').map((option) => {
    const profile = /^seccomp[=:](.+)$/s.exec(option)?.[1]
    // The engine's own words, and a profile that is written out.
    if (profile === undefined || /^(unconfined|builtin|\{.*)$/s.test(profile)) {
      return option
    }
    return `seccomp=${profileText(() => read(full(profile)), profile)}`
  })
  const changed = {
    ...(binds.length > 0 && { Binds: binds }),
    ...(options.length > 0 && { SecurityOpt: options }),
  }
  return { ...spec, hostConfig: { ...spec.hostConfig, ...changed } }
}

/**
 * In one line. Only what has `defaultAction`, which every profile has (docs.docker.com/engine/security/seccomp), is one:
 * the settings of something else must not come into reports and evidence. Of a file that is none, nothing is told but
 * its path.
 */
function profileText(read: () => string | null, path: string): string {
  const fault = (why: string) =>
    badOptions(`the seccomp profile ${JSON.stringify(path)} ${why}`, 'security-opt')
  let text: string | null
  try {
    text = read()
  } catch (error) {
    throw fault(`is not read: ${problemOf(error, path).what.replace(/^a file could not be read: /, '')}`)
  }
  if (text === null) {
    throw fault('does not exist')
  }
  let profile: unknown
  try {
    profile = JSON.parse(text)
  } catch {
    throw fault('is not JSON')
  }
  const { defaultAction } = (profile ?? {}) as { readonly defaultAction?: unknown }
  if (typeof defaultAction === 'string') {
    return JSON.stringify(profile)
  }
  throw fault('is invalid: it has no defaultAction')
}
