import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readText } from '../../io/files/files.js'
import { badOptions, type RunSpec } from './run-spec.js'

/**
 * The run options with what they say of files of this machine as the engine takes it, which is what the docker command
 * does with them: directories by their full path, and a seccomp profile by what is in it.
 * @param directory where paths begin: of the compose file, or where `docker run` is
 * @throws SeaworthyError `bad-run-options` where a profile cannot be read
 */
export function withPaths(spec: RunSpec, directory: string): RunSpec {
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
    if (profile === undefined || /^(unconfined|builtin|\{.*)$/s.test(profile)) return option
    return `seccomp=${compact(readText(full(profile)), profile)}`
  })
  const changed = {
    ...(binds.length > 0 && { Binds: binds }),
    ...(options.length > 0 && { SecurityOpt: options }),
  }
  return { ...spec, hostConfig: { ...spec.hostConfig, ...changed } }
}

function compact(text: string | null, name: string): string {
  try {
    if (text !== null) return JSON.stringify(JSON.parse(text))
  } catch {
    throw badOptions(`the seccomp profile ${JSON.stringify(name)} is not JSON`, 'security-opt')
  }
  throw badOptions(`the seccomp profile ${JSON.stringify(name)} is not there`, 'security-opt')
}
