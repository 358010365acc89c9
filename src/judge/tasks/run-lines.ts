import { type BenchFinding, groupsBy, type RunService } from '../../model/index.js'
import {
  bindingText,
  isOfPorts,
  isSettledByBinding,
  type KnownOfRun,
  openPortLines,
  type PortResult,
} from './port-lines.js'

/** What a result of section 5 contributes to the lines that settle it. */
type SettledResult = PortResult & Pick<BenchFinding, 'service' | 'userOfOptions'>

/** One change of a service of a compose file, or of run options. */
type Change =
  /** Keys, of which at least one is there, that have to go. */
  | { readonly kind: 'remove'; readonly keys: readonly string[]; readonly more?: string }
  | { readonly kind: 'set'; readonly key: string; readonly value: string }
  /** An item of a list. `isExample`: if there is such a list, its items are the user's choice. */
  | { readonly kind: 'item'; readonly key: string; readonly item: string; readonly isExample?: true }
  | { readonly kind: 'limit'; readonly key: keyof typeof FLAT; readonly value: string }
  /** What a person has to choose at a key that is there. */
  | { readonly kind: 'choose'; readonly key: string; readonly text: string }

const remove = (...keys: string[]): Change => ({ kind: 'remove', keys })
const choose = (key: string, text: string): Change => ({ kind: 'choose', key, text })
const set = (key: string, value: string): Change => ({ kind: 'set', key, value })

/** The names that a limit of `deploy.resources.limits` has as a key of the service (compose file reference). */
const FLAT = { cpus: 'cpus', memory: 'mem_limit', pids: 'pids_limit' } as const
const LIMITS = 'deploy.resources.limits'

/** By id; what is not listed is not settled by the run options alone. Nothing in it is from outside. */
const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  '4.1': [{ kind: 'remove', keys: ['user'], more: ", so that the image's own user counts" }],
  '5.2': [remove('privileged', 'security_opt.apparmor')],
  '5.3': [remove('privileged', 'security_opt.label')],
  '5.4': [remove('privileged', 'cap_add'), { kind: 'item', key: 'cap_drop', item: 'ALL', isExample: true }],
  '5.5': [remove('privileged')],
  '5.6': [choose('volumes', 'mount a volume or a directory of the service, read-only if it only reads')],
  '5.8': [choose('ports', 'publish port 1024 or higher, and let a proxy serve 80 and 443')],
  '5.10': [{ kind: 'remove', keys: ['network_mode'], more: ', and publish the ports that are needed' }],
  '5.11': [{ kind: 'limit', key: 'memory', value: '512M' }],
  '5.12': [{ kind: 'limit', key: 'cpus', value: "'1'" }],
  '5.13': [set('read_only', 'true'), { kind: 'item', key: 'tmpfs', item: '/tmp', isExample: true }],
  '5.15': [set('restart', 'on-failure:5')],
  '5.16': [remove('pid')],
  '5.17': [remove('ipc')],
  '5.18': [
    remove('privileged', 'devices', 'gpus', 'device_cgroup_rules', 'deploy.resources.reservations.devices'),
  ],
  '5.20': [choose('volumes', 'do not set bind.propagation to shared or rshared')],
  '5.21': [remove('uts')],
  '5.22': [remove('privileged', 'security_opt.seccomp')],
  '5.25': [remove('cgroup_parent', 'cgroup')],
  '5.26': [{ kind: 'item', key: 'security_opt', item: 'no-new-privileges:true' }],
  '5.29': [{ kind: 'limit', key: 'pids', value: '100' }],
  '5.30': [remove('network_mode')],
  '5.31': [remove('userns_mode')],
  '5.32': [choose('volumes', 'remove the mount of the socket, or of the directory that contains it')],
}

/** @param results all that the same lines settle */
function changesOf(result: SettledResult, results: readonly SettledResult[]): readonly Change[] {
  return isOfPorts(result) ? [choose('ports', bindingText(result, results))] : (CHANGES[result.id] ?? [])
}

export function isSettledByOptions(result: SettledResult): boolean {
  const isOfImage = result.id === '4.1' && result.userOfOptions !== true
  return isSettledByBinding(result) || (Object.hasOwn(CHANGES, result.id) && !isOfImage)
}

/** Ids that ask for the same, in the order of the results. */
type RequestedChange = ReturnType<typeof requestedBy>[number]

function requestedBy(results: readonly SettledResult[], keysOf: (change: Change) => readonly Change[]) {
  const all = results.flatMap((one) => {
    const changes = changesOf(one, results).flatMap(keysOf)
    return changes.map((change) => ({ id: one.id, change }))
  })
  const groups = groupsBy(all, ({ change }) => JSON.stringify(change))
  return groups.map((group) => ({ change: group[0].change, ids: group.map(({ id }) => id) }))
}

/**
 * The lines to paste below a service of a compose file, and what to change in the lines that it has, as comments: all
 * of it can be copied at once. Contains nothing from outside except ports and numbers of lines.
 */
export function composeLines(results: readonly SettledResult[], known: KnownOfRun = {}): string {
  const { indent, lines }: Pick<RunService, 'indent' | 'lines'> = results[0]?.service ?? NO_SERVICE
  const requested = requestedBy(results, (change) => presentOf(change, lines))
  const isExisting = (change: Change) =>
    placeOfChange(change, lines) !== null || change.kind === 'remove' || change.kind === 'choose'
  const own = requested.filter(({ change }) => isExisting(change))
  const added = requested.filter(({ change }) => !isExisting(change))
  const isFlat = lines.deploy !== undefined || Object.values(FLAT).some((key) => lines[key] !== undefined)
  const indented = addedLines(added, isFlat).map((line) => `${' '.repeat(indent)}${line}`)
  const below = added.length === 0 ? [] : ['# add below the service', ...indented]
  return [...below, ...inPlace(own, lines), ...openPortLines(results, known)].join('\n')
}

const NO_SERVICE = { indent: 4, lines: {} } as const

/** One change for each key that is there. If no line is known, one for the first key: it may be in an anchor. */
function presentOf(change: Change, lines: RunService['lines']): readonly Change[] {
  if (change.kind === 'item') {
    return change.isExample && lines[change.key] !== undefined ? [] : [change]
  }
  if (change.kind !== 'remove') {
    return [change]
  }
  const present = change.keys.filter((key) => lines[key] !== undefined)
  const keys = present.length > 0 ? present : change.keys.slice(0, 1)
  return keys.map((key) => ({ ...change, keys: [key] }))
}

/** The key, with its line, where the change is made; `null` if the service has none. */
function placeOfChange(change: Change, lines: RunService['lines']): string | null {
  const first = (...keys: string[]) => keys.find((key) => lines[key] !== undefined) ?? null
  switch (change.kind) {
    case 'remove':
      return first(...change.keys)
    case 'limit':
      return first(`${LIMITS}.${change.key}`, FLAT[change.key], LIMITS)
    case 'item':
      return first(`${change.key}.${change.item.split(':')[0]}`, change.key)
    default:
      return first(change.key)
  }
}

/** Each key once, whatever asks for it. */
function addedLines(added: readonly RequestedChange[], isFlat: boolean): string[] {
  const items = added.flatMap(({ change, ids }) =>
    change.kind === 'item' ? [{ key: change.key, line: `  - ${change.item}${why(ids)}` }] : [],
  )
  const lists = [...Map.groupBy(items, ({ key }) => key)].flatMap(([key, all]) => {
    return [`${key}:`, ...all.map(({ line }) => line)]
  })
  const values = added.flatMap(({ change, ids }) =>
    change.kind === 'set' ? [`${change.key}: ${change.value}${why(ids)}`] : [],
  )
  const limits = added.flatMap(({ change, ids }) =>
    change.kind === 'limit' ? [`${isFlat ? FLAT[change.key] : change.key}: ${change.value}${why(ids)}`] : [],
  )
  const nested =
    isFlat || limits.length === 0
      ? limits
      : ['deploy:', '  resources:', '    limits:', ...limits.map((line) => `      ${line}`)]
  return [...lists, ...values, ...nested]
}

const why = (ids: readonly string[]) => `  # ${ids.join(', ')}`

function inPlace(own: readonly RequestedChange[], lines: RunService['lines']): string[] {
  const texts = own
    .map(({ change, ids }) => {
      const key = placeOfChange(change, lines)
      return { line: key === null ? 0 : (lines[key] ?? 0), text: textInPlace(change, key), ids }
    })
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, text, ids }) => `#   ${line === 0 ? '' : `line ${line}: `}${text}  # ${ids.join(', ')}`)
  return texts.length === 0 ? [] : ['# change what is there', ...texts]
}

function textInPlace(change: Change, key: string | null): string {
  switch (change.kind) {
    case 'remove':
      return `remove ${itemName(key ?? change.keys.join())}${change.more ?? ''}`
    case 'limit':
      return key === LIMITS
        ? `add to ${key}: ${change.key}: ${change.value}`
        : `${key ?? ''}: ${change.value}`
    case 'item':
      return key === change.key ? `add to ${key}: - ${change.item}` : `${change.key}: - ${change.item}`
    case 'set':
      return `${change.key}: ${change.value}`
    default:
      return `${change.key}: ${change.text}`
  }
}

function itemName(key: string): string {
  if (key === 'cap_add') {
    return 'what the service does not need from cap_add'
  }
  const [list, item] = key.split('.')
  return list === 'security_opt' && item !== undefined ? `${item} from ${list}` : key
}

/** By id: the options to add, and what to do with those that are there. */
const OPTIONS: Readonly<Record<string, { readonly add?: string; readonly change?: string }>> = {
  '4.1': { change: "remove --user, so that the image's own user counts" },
  '5.2': { change: 'remove --security-opt apparmor=unconfined' },
  '5.3': { change: 'remove --security-opt label=disable' },
  '5.4': { add: '--cap-drop=ALL', change: 'remove --cap-add, except for what the service needs' },
  '5.5': { change: 'remove --privileged' },
  '5.6': {
    change: '--volume, --mount: mount a volume or a directory of the service, read-only if it only reads',
  },
  '5.8': { change: '--publish: use port 1024 or higher, and let a proxy serve 80 and 443' },
  '5.10': { change: 'remove --network host, and publish the ports that are needed' },
  '5.11': { add: '--memory=512m' },
  '5.12': { add: '--cpus=1' },
  '5.13': { add: '--read-only --tmpfs=/tmp' },
  '5.15': { change: '--restart: on-failure:5, or none if an orchestrator restarts the container' },
  '5.16': { change: 'remove --pid host' },
  '5.17': { change: 'remove --ipc host' },
  '5.18': { change: 'remove --device, --gpus and --device-cgroup-rule' },
  '5.20': { change: '--volume, --mount: do not set the propagation to shared or rshared' },
  '5.21': { change: 'remove --uts host' },
  '5.22': { change: 'remove --security-opt seccomp=unconfined' },
  '5.25': { change: 'remove --cgroup-parent and --cgroupns host' },
  '5.26': { add: '--security-opt=no-new-privileges:true' },
  '5.29': { add: '--pids-limit=100' },
  '5.30': { add: '--network=app', change: 'create that network first: docker network create app' },
  '5.31': { change: 'remove --userns host' },
  '5.32': { change: '--volume, --mount: remove the socket, or the directory that contains it' },
}

/** What a privileged container fails too. */
const BY_PRIVILEGED: readonly string[] = ['5.2', '5.3', '5.4', '5.18', '5.22']

/** The options to add to those that are set, and what to change in these. Contains nothing from outside except ports. */
export function optionLines(results: readonly SettledResult[], known: KnownOfRun = {}): string {
  const isPrivileged = results.some(({ id }) => id === '5.5')
  const changed = results.flatMap((one) => {
    if (isOfPorts(one)) {
      return [{ text: `--publish: ${bindingText(one, results)}`, id: one.id }]
    }
    const of = isPrivileged && BY_PRIVILEGED.includes(one.id) ? '5.5' : one.id
    const text = OPTIONS[of]?.change
    return text === undefined ? [] : [{ text, id: one.id }]
  })
  const added = results.flatMap(({ id }) => OPTIONS[id]?.add ?? [])
  const byText = Map.groupBy(changed, ({ text }) => text)
  return [
    ...(added.length === 0 ? [] : ['# add', added.join(' ')]),
    ...(byText.size === 0 ? [] : ['# change what is there']),
    ...[...byText].map(([text, all]) => `#   ${text}  # ${all.map(({ id }) => id).join(', ')}`),
    ...openPortLines(results, known),
  ].join('\n')
}
