import type { Json } from '../json.js'
import type { ComposeFile } from './compose.js'
import { grantsOf, projectOptions, refuseIncluded, relative, serviceVolumes } from './compose-project.js'
import { composeValue } from './compose-values.js'
import { specOf } from './options.js'
import { badOptions, type RunSpec } from './spec.js'
import { splitArguments } from './split-arguments.js'

/** The `docker run` option for the value of a key; `null`: nothing here judges it. */
type Translate = ((value: unknown, key: string) => string[]) | null

const { list, pairs, mapping, text } = composeValue

const singleOption =
  (option: string): Translate =>
  (value, key) => [`${option}=${text(value, key)}`]
const repeatedOption =
  (option: string): Translate =>
  (value, key) =>
    list(value, key).map((item) => `${option}=${text(item, key)}`)
const keyValuePairs =
  (option: string): Translate =>
  (value, key) =>
    pairs(value, key).map((item) => `${option}=${item}`)

/** Keys that say what the image is, how it is reached and what it waits for. None reaches anything outside of its file. */
const FILE_KEYS =
  'attach build container_name depends_on domainname image networks platform profiles pull_policy scale stdin_open stop_grace_period tty'.split(
    ' ',
  )
/** Keys that read other files, or are options that no run option stands for here. */
export const OTHER_KEYS =
  'annotations blkio_config configs develop env_file external_links label_file links logging mac_address secrets storage_opt'.split(
    ' ',
  )

/**
 * Keys of a service (Compose specification, "services"); other keys are refused, so that nothing is silently ignored.
 */
const KEYS: Readonly<Record<string, Translate>> = {
  cap_add: repeatedOption('--cap-add'),
  cap_drop: repeatedOption('--cap-drop'),
  cgroup: singleOption('--cgroupns'),
  cgroup_parent: singleOption('--cgroup-parent'),
  cpu_period: singleOption('--cpu-period'),
  cpu_quota: singleOption('--cpu-quota'),
  cpu_shares: singleOption('--cpu-shares'),
  cpus: singleOption('--cpus'),
  cpuset: singleOption('--cpuset-cpus'),
  deploy: (value, key) => deploy(mapping(value, key)),
  device_cgroup_rules: repeatedOption('--device-cgroup-rule'),
  devices: (value, key) => list(value, key).map((item) => `--device=${device(item, key)}`),
  dns: repeatedOption('--dns'),
  dns_opt: repeatedOption('--dns-option'),
  dns_search: repeatedOption('--dns-search'),
  environment: keyValuePairs('--env'),
  expose: repeatedOption('--expose'),
  extra_hosts: repeatedOption('--add-host'),
  gpus: () => ['--gpus=all'],
  group_add: repeatedOption('--group-add'),
  healthcheck: (value, key) => healthcheck(mapping(value, key)),
  hostname: singleOption('--hostname'),
  init: singleOption('--init'),
  ipc: singleOption('--ipc'),
  labels: keyValuePairs('--label'),
  mem_limit: singleOption('--memory'),
  mem_reservation: singleOption('--memory-reservation'),
  mem_swappiness: singleOption('--memory-swappiness'),
  memswap_limit: singleOption('--memory-swap'),
  network_mode: singleOption('--network'),
  oom_kill_disable: singleOption('--oom-kill-disable'),
  oom_score_adj: singleOption('--oom-score-adj'),
  pid: singleOption('--pid'),
  pids_limit: singleOption('--pids-limit'),
  ports: (value, key) => list(value, key).map((item) => `--publish=${port(item, key)}`),
  privileged: singleOption('--privileged'),
  read_only: singleOption('--read-only'),
  restart: singleOption('--restart'),
  runtime: singleOption('--runtime'),
  security_opt: repeatedOption('--security-opt'),
  shm_size: singleOption('--shm-size'),
  stop_signal: singleOption('--stop-signal'),
  sysctls: keyValuePairs('--sysctl'),
  tmpfs: repeatedOption('--tmpfs'),
  ulimits: (value, key) => Object.entries(mapping(value, key)).map(([name, limit]) => ulimit(name, limit)),
  user: singleOption('--user'),
  userns_mode: singleOption('--userns'),
  uts: singleOption('--uts'),
  volumes: (value, key) => list(value, key).map((item) => volume(item, key)),
  working_dir: singleOption('--workdir'),
  // What is started is not an option: it is set in the container's configuration.
  command: () => [],
  entrypoint: () => [],
  // Section 5 judges none of these.
  ...Object.fromEntries([...FILE_KEYS, ...OTHER_KEYS].map((name) => [name, null])),
}

/**
 * The run options of one service. Variables are replaced only by their defaults (`${PORT:-8080}`); `extends` and unknown
 * keys are errors.
 * @throws SeaworthyError `bad-run-options`
 */
export function runSpecOf(compose: ComposeFile, service: string): RunSpec {
  const { file, root } = compose
  const found = mapping(compose.services[service], `services.${service}`)
  refuseIncluded(found, compose)
  const args = Object.entries(found).flatMap(([key, value]) => {
    if (key.startsWith('x-') || value === null || value === undefined) {
      return []
    }
    const translate = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
    if (translate === undefined) {
      throw badOptions(`unknown key ${JSON.stringify(key)}`, file)
    }
    if (translate === null) {
      return []
    }
    return translate(key === 'volumes' ? serviceVolumes(value, root.volumes) : value, key)
  })
  const spec = { ...specOf([...args, ...projectOptions(found, root.networks)]), ...grantsOf(found) }
  const start = {
    ...(found.command == null ? {} : { Cmd: command(found.command, 'command') }),
    ...(found.entrypoint == null ? {} : { Entrypoint: command(found.entrypoint, 'entrypoint') }),
  }
  const test = healthTest(found.healthcheck)
  const { Healthcheck, ...config } = { ...spec.config, ...start } as Json
  const health = test === null ? Healthcheck : { ...(Healthcheck as object | undefined), Test: test }
  return { ...spec, config: health === undefined ? config : { ...config, Healthcheck: health } }
}

function deploy(found: Json): string[] {
  const resources = mapping(found.resources ?? {}, 'deploy.resources')
  const limits = mapping(resources.limits ?? {}, 'deploy.resources.limits')
  // Devices are requested by capability; each request becomes an option.
  const reservations = mapping(resources.reservations ?? {}, 'deploy.resources.reservations')
  const devices = list(reservations.devices ?? [], 'devices').length > 0 ? ['--gpus=all'] : []
  const options = { cpus: '--cpus', memory: '--memory', pids: '--pids-limit' }
  const optionsSet = Object.entries(options).flatMap(([key, option]) =>
    limits[key] === undefined ? [] : [`${option}=${text(limits[key], key)}`],
  )
  return [...optionsSet, ...devices]
}

function isDisabled(found: Json): boolean {
  return text(found.disable ?? false, 'disable') === 'true'
}

function healthcheck(found: Json): string[] {
  if (isDisabled(found)) {
    return ['--no-healthcheck']
  }
  const options = ['interval', 'timeout', 'retries', 'start_period'] as const
  return options.flatMap((key) =>
    found[key] === undefined ? [] : [`--health-${key.replace('_', '-')}=${text(found[key], key)}`],
  )
}

function healthTest(value: unknown): string[] | null {
  if (value === undefined || value === null) {
    return null
  }
  const found = mapping(value, 'healthcheck')
  const { test } = found
  if (test === undefined || isDisabled(found)) {
    return null
  }
  return typeof test === 'string'
    ? ['CMD-SHELL', text(test, 'test')]
    : list(test, 'test').map((item) => text(item, 'test'))
}

function command(value: unknown, key: string): string[] {
  return typeof value === 'string'
    ? splitArguments(text(value, key), true)
    : list(value, key).map((item) => text(item, key))
}

function ulimit(name: string, value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return `--ulimit=${name}=${text(value, name)}`
  }
  const { soft, hard } = value as Json
  return `--ulimit=${name}=${text(soft, name)}:${text(hard, name)}`
}

function port(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) {
    return text(value, key)
  }
  const { target, published, host_ip: ip, protocol } = value as Json
  const address = ip === undefined ? '' : text(ip, key)
  const shown = address.includes(':') ? `[${address}]:` : address === '' ? '' : `${address}:`
  const outside = published === undefined ? (shown === '' ? '' : ':') : `${text(published, key)}:`
  return `${shown}${outside}${text(target, key)}${protocol === undefined ? '' : `/${text(protocol, key)}`}`
}

function device(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) {
    return text(value, key)
  }
  const { source, target = source, permissions = 'rwm' } = value as Json
  return [source, target, permissions].map((part) => text(part, key)).join(':')
}

function volume(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null) {
    return `--volume=${text(value, key)}`
  }
  const { type, source, target, read_only: readOnly, bind } = value as Json
  const propagation = bind === undefined ? undefined : mapping(bind, key).propagation
  const fields = [
    `type=${text(type ?? 'volume', key)}`,
    ...(source === undefined
      ? []
      : [`source=${type === 'bind' ? relative(text(source, key)) : text(source, key)}`]),
    `target=${text(target, key)}`,
    ...(text(readOnly ?? false, key) === 'true' ? ['readonly'] : []),
    ...(propagation === undefined ? [] : [`bind-propagation=${text(propagation, key)}`]),
  ]
  return `--mount=${fields.join(',')}`
}
