import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { badOptions, isRecord, jsonIn, problemOf, type RunSpec } from '../../model/index.js'
import { readInside } from './files.js'

/**
 * The run options, with references to files of this machine resolved as the docker command does it:
 * directories by their full path, and a seccomp profile by its content.
 * @param read reads such a file, if that is allowed; `null` if there is none
 * @param directory what paths are relative to: the compose file's directory, or that of `docker run`
 * @throws SeaworthyError `bad-run-options` if a profile is unreadable or invalid
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
    // The engine's own keywords, and an inline profile.
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
 * On one line. Only JSON with `defaultAction`, which every profile has
 * (docs.docker.com/engine/security/seccomp), is accepted: the settings of something else must not get into
 * reports and evidence. For any other file only its path is reported.
 */
function profileText(read: () => string | null, path: string): string {
  const invalid = (why: string) =>
    badOptions(`the seccomp profile ${JSON.stringify(path)} ${why}`, 'security-opt')
  let text: string | null
  try {
    text = read()
  } catch (error) {
    throw invalid(`cannot be read: ${problemOf(error, path).what.replace(/^a file could not be read: /, '')}`)
  }
  if (text === null) {
    throw invalid('does not exist')
  }
  const profile = jsonIn(text)
  if (profile === undefined) {
    throw invalid('is not JSON')
  }
  if (isRecord(profile) && typeof profile.defaultAction === 'string') {
    return JSON.stringify(profile)
  }
  throw invalid('is invalid: it has no "defaultAction" key')
}
