import { composeValue } from './compose-values.js'

type Mapping = Readonly<Record<string, unknown>>

const { mapping, text } = composeValue

/**
 * Options that a service has by what stands elsewhere: its network, and a restart policy that holds over `restart`.
 * @param networks the top-level `networks` of the file
 */
export function projectOptions(service: Mapping, networks: unknown): string[] {
  const { restart_policy: policy } = mapping(service.deploy ?? {}, 'deploy')
  return [
    ...(policy == null ? [] : [`--restart=${restartOf(mapping(policy, 'deploy.restart_policy'))}`]),
    ...(service.network_mode == null ? [`--network=${networkOf(service, networks)}`] : []),
  ]
}

/** Compose specification, "restart_policy": any failure or end, for ever, unless it says otherwise. */
function restartOf({ condition, max_attempts: attempts }: Mapping): string {
  const given = text(condition ?? 'any', 'condition')
  const known: Readonly<Record<string, string>> = { none: 'no', any: 'always' }
  if (given === 'on-failure' && attempts != null) return `${given}:${text(attempts, 'max_attempts')}`
  return Object.hasOwn(known, given) ? String(known[given]) : given
}

/** Without `network_mode` it is on a network of its project, which is never the engine's own bridge, or on a named one. */
function networkOf({ networks }: Mapping, declared: unknown): string {
  const names = Array.isArray(networks) ? networks : Object.keys(mapping(networks ?? {}, 'networks'))
  const key = text(names[0] ?? 'default', 'networks')
  const all = mapping(declared ?? {}, 'networks')
  const own = mapping((Object.hasOwn(all, key) ? all[key] : null) ?? {}, `networks.${key}`)
  if (own.name != null) return text(own.name, `networks.${key}`)
  return text(own.external ?? false, `networks.${key}`) === 'false' ? `project_${key}` : key
}
