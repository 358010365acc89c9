import { SeaworthyError } from '../../model/problem.js'

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
