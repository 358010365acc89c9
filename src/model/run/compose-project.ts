import { isRecord, type Json } from '../json.js'
import { readOrNull } from '../problem.js'
import type { ComposeFile } from './compose.js'
import { composeValue } from './compose-values.js'
import { badOptions, type RunSpec } from './spec.js'
import { isPlainValue } from './start-rules.js'

const { list, mapping, text } = composeValue

/**
 * Options that a service gets from elsewhere in the file: its network, and a restart policy that overrides `restart`.
 * @param networks the top-level `networks` of the file
 */
export function projectOptions(service: Json, networks: unknown): string[] {
  const { restart_policy: policy } = mapping(service.deploy ?? {}, 'deploy')
  return [
    ...(policy == null ? [] : [`--restart=${restartOf(mapping(policy, 'deploy.restart_policy'))}`]),
    ...(service.network_mode == null ? [`--network=${networkOf(service, networks)}`] : []),
  ]
}

/** Compose specification, "restart_policy": any failure or exit, forever, unless stated otherwise. */
function restartOf({ condition, max_attempts: attempts }: Json): string {
  const conditionText = text(condition ?? 'any', 'condition')
  const known: Readonly<Record<string, string>> = { none: 'no', any: 'always' }
  if (conditionText === 'on-failure' && attempts != null) {
    return `${conditionText}:${text(attempts, 'max_attempts')}`
  }
  return Object.hasOwn(known, conditionText) ? String(known[conditionText]) : conditionText
}

/**
 * The network of a service. Without `network_mode` it is a network of the project, which is never the engine's own
 * bridge, or a named one.
 */
function networkOf({ networks }: Json, declared: unknown): string {
  const key = text(namesOf(networks)[0] ?? 'default', 'networks')
  const all = mapping(declared ?? {}, 'networks')
  const own = mapping((Object.hasOwn(all, key) ? all[key] : null) ?? {}, `networks.${key}`)
  if (own.name != null) {
    return text(own.name, `networks.${key}`)
  }
  return text(own.external ?? false, `networks.${key}`) === 'false' ? `project_${key}` : key
}

/** Networks of a service: a list, or a mapping by name. */
function namesOf(networks: unknown): readonly unknown[] {
  return Array.isArray(networks) ? networks : Object.keys(mapping(networks ?? {}, 'networks'))
}

/**
 * Secrets and configs of the file that the service gets as mounts, and files of variables, which may contain secrets:
 * what is started has none of them. Section 5 judges none of them.
 */
export function grantsOf(service: Json): Pick<RunSpec, 'withheld'> {
  const mounted = (['secret', 'config'] as const).flatMap((kind) =>
    list(service[`${kind}s`] ?? [], `${kind}s`).map((item) => {
      const name = text(isRecord(item) ? (item.source ?? '') : item, `${kind}s`)
      return isPlainValue(name) ? `the ${kind} ${name}` : `a ${kind}`
    }),
  )
  const variables = list(service.env_file ?? [], 'env_file').map((item) => {
    // `null`: it has a variable without a default.
    const path = readOrNull(() => text(isRecord(item) ? item.path : item, 'env_file'))
    return path !== null && isPlainValue(path) ? `the variables of ${path}` : 'the variables of a file'
  })
  const withheld = [...mounted, ...variables]
  return withheld.length === 0 ? {} : { withheld }
}

/**
 * The volumes of a service. One whose driver binds a directory of the host (`driver_opts: {o: bind, device:
 * /etc}`; Compose specification, "volumes top-level element") is treated as the bind mount that it is.
 * @param declared the top-level `volumes` of the file
 */
export function serviceVolumes(value: unknown, declared: unknown): readonly unknown[] {
  const volumes = mapping(declared ?? {}, 'volumes')
  return list(value, 'volumes').map((item) => {
    const { source, rest } = mountOf(item)
    const device = Object.hasOwn(volumes, source) ? deviceOf(volumes[source], source) : null
    if (device === null || (isRecord(item) && (item.type ?? 'volume') !== 'volume')) {
      return item
    }
    return isRecord(item) ? { ...item, type: 'bind', source: device } : [device, ...rest].join(':')
  })
}

/** A mount in the long or the short syntax; `rest`: what follows the source in the short one. */
function mountOf(item: unknown): { readonly source: string; readonly rest: readonly string[] } {
  const [source = '', ...rest] = isRecord(item)
    ? [text(item.source ?? '', 'volumes')]
    : text(item, 'volumes').split(':')
  return { source, rest }
}

/**
 * Other files are not read: their volumes or networks may be a host directory or the host's network.
 * @throws SeaworthyError `bad-run-options` if the service uses one that only an included file can define
 */
export function refuseIncluded(service: Json, { root, file }: ComposeFile): void {
  if (root.include == null) {
    return
  }
  const mounted = list(service.volumes ?? [], 'volumes').flatMap((item) => {
    const { source, rest } = mountOf(item)
    const isNamed = (isRecord(item) || rest.length > 0) && source !== '' && !/^[./~]/.test(source)
    return isNamed ? [source] : []
  })
  const isDefined = (key: string, name: string) => Object.hasOwn(mapping(root[key] ?? {}, key), name)
  const joined = namesOf(service.networks).map(String)
  const other = [
    ...mounted.filter((name) => !isDefined('volumes', name)),
    ...joined.filter((name) => name !== 'default' && !isDefined('networks', name)),
  ]
  if (other.length > 0) {
    throw badOptions(
      `included files are not read, but the service uses ${other.join(', ')}, which this file does not define`,
      file,
    )
  }
}

/**
 * The host directory (or device) that a volume stands for; `null` if the engine creates it, or it is on
 * another machine.
 */
function deviceOf(volume: unknown, name: string): string | null {
  const { driver_opts: options } = mapping(volume ?? {}, `volumes.${name}`)
  const { device, o } = mapping(options ?? {}, `volumes.${name}.driver_opts`)
  if (device === undefined) {
    return null
  }
  const path = text(device, `volumes.${name}.driver_opts.device`)
  if (path.startsWith('/')) {
    return path
  }
  const isBind = /(^|,)r?bind(,|$)/.test(text(o ?? '', `volumes.${name}.driver_opts.o`))
  return isBind ? relative(path) : null
}

/** A path of the machine where names are allowed too: `data` is `./data`. */
export function relative(path: string): string {
  return /^[/.~]/.test(path) ? path : `./${path}`
}
