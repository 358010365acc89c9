import type { BenchWord } from '../../../model/finding/bench.js'
import type { CompatAnswer } from './compat-4.js'
import { printMounts, printPorts, printTexts } from './go-print.js'
import { flagAt, isRecord, type Json, listAt, memberAt, numberAt, textAt, textsAt } from './json.js'
import type { BenchContainer, BenchState } from './state.js'

/** The capabilities that Docker gives by default (moby, oci/caps/defaults.go). */
const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set(
  (
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID ' +
    'SETPCAP SETUID SYS_CHROOT'
  ).split(' '),
)

/** The host directories that CIS Docker 5.5 names. */
const SENSITIVE = ['/', '/boot', '/dev', '/etc', '/lib', '/proc', '/sys', '/usr']

interface Rule {
  readonly bad: BenchWord
  /** Whether a container that cannot be inspected is listed: the compared text is empty then. */
  readonly whenGone: boolean
  /** What is listed for a container: nothing, itself (`''`), or things of it. */
  readonly hits: (inspect: Json, container: BenchContainer, state: BenchState) => readonly string[]
}

/** Rules that look at one container at a time, by id. */
const RULES: Readonly<Record<string, Rule>> = {
  '5.2': whether('WARN', (c) => ['', '[]', 'unconfined'].includes(textAt(c, 'AppArmorProfile'))),
  '5.3': whether('WARN', (c) => textsAt(c, 'HostConfig', 'SecurityOpt').length === 0),
  '5.4': whether('WARN', (c) => addedCapabilities(c).length > 0, true),
  '5.5': whether('WARN', (c) => flagAt(c, 'HostConfig', 'Privileged')),
  '5.6': { bad: 'WARN', whenGone: false, hits: sensitiveMounts },
  '5.7': { bad: 'WARN', whenGone: false, hits: (c, { top }) => (hasSshd(c, top) ? [''] : []) },
  '5.8': { bad: 'WARN', whenGone: false, hits: (c) => hostPorts(c).filter(isLowPort) },
  '5.9': { bad: 'WARN', whenGone: false, hits: (c) => hostPorts(c) },
  '5.10': whether('WARN', (c) => textAt(c, 'HostConfig', 'NetworkMode') === 'host'),
  '5.11': whether('WARN', (c) => numberAt(c, 'HostConfig', 'Memory') === 0),
  '5.12': whether(
    'WARN',
    (c) => numberAt(c, 'HostConfig', 'CpuShares') === 0 && numberAt(c, 'HostConfig', 'NanoCpus') === 0,
  ),
  '5.13': whether('WARN', (c) => !flagAt(c, 'HostConfig', 'ReadonlyRootfs')),
  '5.14': { bad: 'WARN', whenGone: false, hits: (c) => hostAddresses(c).filter((ip) => ip === '0.0.0.0') },
  '5.15': whether('WARN', (c) => numberAt(c, 'HostConfig', 'RestartPolicy', 'MaximumRetryCount') > 5),
  '5.16': whether('WARN', (c) => textAt(c, 'HostConfig', 'PidMode') === 'host'),
  '5.17': whether('WARN', (c) => textAt(c, 'HostConfig', 'IpcMode') === 'host'),
  '5.18': whether('INFO', (c) => listAt(c, 'HostConfig', 'Devices').length > 0, true),
  '5.19': whether('INFO', (c) => listAt(c, 'HostConfig', 'Ulimits').length === 0),
  '5.20': whether('WARN', (c) =>
    listAt(c, 'Mounts').some((mount) => textAt(mount, 'Propagation').includes('shared')),
  ),
  '5.21': whether('WARN', (c) => textAt(c, 'HostConfig', 'UTSMode') === 'host'),
  '5.22': whether('WARN', (c) => /seccomp[=:]unconfined/.test(securityOptions(c))),
  '5.25': whether('WARN', (c) => textAt(c, 'HostConfig', 'CgroupParent') !== '', true),
  '5.26': {
    bad: 'WARN',
    whenGone: true,
    hits: (c, _, { info }) => (hasNoNewPrivileges(c, info) ? [] : ['']),
  },
  '5.27': whether('WARN', (c) => (memberAt(c, 'State', 'Health') ?? null) === null, true),
  '5.29': whether('WARN', (c) => [0, -1].includes(numberAt(c, 'HostConfig', 'PidsLimit'))),
  '5.31': whether('WARN', (c) => textAt(c, 'HostConfig', 'UsernsMode').includes('host')),
  '5.32': whether('WARN', (c) => printMounts(c).includes('docker.sock')),
}

/**
 * Section 5 by Docker Bench's own rules, including their mistakes. If it sees no container, it gives only
 * 5.1.
 */
export function compatSection5(
  state: BenchState,
  containers: readonly BenchContainer[],
): Readonly<Record<string, CompatAnswer>> {
  const swarm = textAt(state.info, 'Swarm', 'LocalNodeState') === 'inactive' ? 'PASS' : 'WARN'
  const answers: Record<string, CompatAnswer> = {}
  if (state.info !== null) {
    answers['5.1'] = { word: swarm, items: [] }
  }
  if (containers.length === 0) {
    return answers
  }
  for (const [id, { bad, whenGone, hits }] of Object.entries(RULES)) {
    const items = containers.flatMap((container) => {
      const found = container.inspect ? hits(container.inspect, container, state) : whenGone ? [''] : []
      return found.map((hit) => (hit === '' ? container.name : `${container.name}:${hit}`))
    })
    answers[id] = { word: items.length > 0 ? bad : 'PASS', items }
  }
  for (const id of ['5.23', '5.24']) {
    answers[id] = { word: 'NOTE', items: [] }
  }
  answers['5.28'] = { word: 'INFO', items: [] }
  if (state.networks !== null) {
    answers['5.30'] = onDefaultBridge(state.networks)
  }
  return answers
}

function whether(bad: BenchWord, isHit: (inspect: Json) => boolean, whenGone = false): Rule {
  return { bad, whenGone, hits: (inspect) => (isHit(inspect) ? [''] : []) }
}

/** Capabilities beyond the default ones, in capitals and without `CAP_`. */
export function addedCapabilities(inspect: Json): readonly string[] {
  return askedCapabilities(inspect).filter((name) => !DEFAULT_CAPABILITIES.has(name))
}

/** All that the options add, even if it is a default one: it may have been dropped with all others. */
export function askedCapabilities(inspect: Json): readonly string[] {
  return textsAt(inspect, 'HostConfig', 'CapAdd').map((name) => name.toUpperCase().replace(/^CAP_/, ''))
}

/** Searches the printed list of all mounts: a directory, and anywhere after it the word `true`. */
function sensitiveMounts(inspect: Json): readonly string[] {
  const print = printMounts(inspect)
  return SENSITIVE.filter((directory) => {
    const found = print.indexOf(` ${directory} `)
    return found >= 0 && /\btrue\b/.test(print.slice(found + directory.length + 1))
  })
}

/** Docker Bench runs `ps -el` in the container, which fails in a paused one. */
function hasSshd(inspect: Json, top: Json | null): boolean {
  if (flagAt(inspect, 'State', 'Paused')) {
    return false
  }
  return listAt(top, 'Processes').some((row) => Array.isArray(row) && row.join(' ').includes('sshd'))
}

/** The second `:`-field of each line: the port, but for an IPv6 address usually nothing. */
function hostPorts(inspect: Json): readonly string[] {
  return printPorts(inspect).flatMap((line) => line.split(':')[1] || [])
}

function isLowPort(port: string): boolean {
  return /^\d+$/.test(port) && Number(port) < 1025
}

function hostAddresses(inspect: Json): readonly string[] {
  return printPorts(inspect).map((line) => line.split(':')[0]?.split(' -> ')[1] ?? '')
}

function securityOptions(inspect: Json): string {
  return printTexts(textsAt(inspect, 'HostConfig', 'SecurityOpt'))
}

function hasNoNewPrivileges(inspect: Json, info: Json | null): boolean {
  const ofDaemon = textsAt(info, 'SecurityOptions').some((option) => option.includes('no-new-privileges'))
  return ofDaemon || securityOptions(inspect).includes('no-new-privileges')
}

/** Every container on the bridge docker0, whatever was selected. */
function onDefaultBridge(networks: readonly Json[]): CompatAnswer {
  const items = networks.flatMap((network) => {
    if (textAt(network, 'Options', 'com.docker.network.bridge.name') !== 'docker0') {
      return []
    }
    const members = memberAt(network, 'Containers')
    if (!isRecord(members)) {
      return []
    }
    return Object.entries(members).map(([id, member]) => `${id}:${textAt(member, 'Name')}`)
  })
  return { word: items.length > 0 ? 'INFO' : 'PASS', items }
}
