import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { readText } from '../../../io/files/files.js'
import { SeaworthyError } from '../../../model/problem.js'

/** How an image is run: the parts of the Engine API's "create a container" that run options decide. */
export interface RunSpec {
  /** Members beside HostConfig: User, Env, Cmd, Entrypoint, Healthcheck, Volumes … */
  readonly config: Readonly<Record<string, unknown>>
  readonly hostConfig: Readonly<Record<string, unknown>>
}

export const NO_OPTIONS: RunSpec = { config: {}, hostConfig: {} }

/** What must never be used from a fork's pull request, in the words of `docker run`; empty where there is nothing. */
export function risksOf({ hostConfig }: RunSpec): string[] {
  const list = (key: string): readonly unknown[] => {
    const value = hostConfig[key]
    return Array.isArray(value) ? value : []
  }
  const modes = ['NetworkMode', 'PidMode', 'IpcMode', 'UTSMode', 'UsernsMode', 'CgroupnsMode'] as const
  const shared = modes.filter((mode) => /^(host|container:)/.test(String(hostConfig[mode] ?? '')))
  const mounts = list('Mounts').filter((one) => (one as { Type?: unknown }).Type === 'bind')
  return [
    ...(hostConfig.Privileged === true ? ['--privileged'] : []),
    ...shared.map((mode) => `${mode} ${String(hostConfig[mode])}`),
    ...(['Devices', 'DeviceRequests', 'DeviceCgroupRules'] as const).filter((key) => list(key).length > 0),
    ...(list('Binds').length + mounts.length > 0 ? ['bind mounts'] : []),
    ...list('CapAdd').map((name) => `--cap-add ${String(name)}`),
    ...list('SecurityOpt')
      .map(String)
      .filter((option) =>
        /unconfined|disable|:false|=false|systempaths|^seccomp[=:](?!builtin$)/.test(option),
      )
      .map((option) => `--security-opt ${option.slice(0, 60)}`),
    ...(['Runtime', 'CgroupParent'] as const).filter((key) => hostConfig[key] !== undefined),
    ...(hostConfig.Sysctls === undefined ? [] : ['--sysctl']),
  ]
}

export function badOptions(what: string, where: string): SeaworthyError {
  return new SeaworthyError({ code: 'bad-run-options', what, where })
}

/**
 * The run options with what they say of files of this machine as the engine takes it, which is what the docker command
 * does with them: directories by their full path, and a seccomp profile by what is in it.
 * @param read reads such a file; `null` where there is none
 * @param directory where paths begin: of the compose file, or where `docker run` is
 * @throws SeaworthyError `bad-run-options` where a profile cannot be read
 */
export function withPaths(
  spec: RunSpec,
  directory: string,
  read: (path: string) => string | null = readText,
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
    return `seccomp=${compact(read(full(profile)), profile)}`
  })
  const changed = {
    ...(binds.length > 0 && { Binds: binds }),
    ...(options.length > 0 && { SecurityOpt: options }),
  }
  return { ...spec, hostConfig: { ...spec.hostConfig, ...changed } }
}

function compact(text: string | null, name: string): string {
  try {
    if (text !== null) {
      return JSON.stringify(JSON.parse(text))
    }
  } catch {
    throw badOptions(`the seccomp profile ${JSON.stringify(name)} is not JSON`, 'security-opt')
  }
  throw badOptions(`the seccomp profile ${JSON.stringify(name)} is not there`, 'security-opt')
}
