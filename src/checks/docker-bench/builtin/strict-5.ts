import { isRecord, type Json, plural } from '../../../model/index.js'
import { flagAt, listAt, memberAt, numberAt, objectAt, textAt, textsAt } from './json.js'
import {
  doesNotApply,
  notEvaluated,
  passed,
  type RequestedRun,
  type RuleResult,
  type RunSubject,
  resultOf,
  warnIf,
} from './rule-result.js'
import { hasTest } from './strict-4.js'
import { confinement } from './strict-confinement.js'
import { hostMounts, reachedSockets } from './strict-mounts.js'
import { strictPorts } from './strict-ports.js'

/** Section 5 by the strict rules, for one container, running or only created. */
export function strictSection5(info: Json | null, run: RequestedRun | null): (id: string) => RuleResult {
  if (run === null) {
    const why = 'Section 5 judges how an image is run, but no run options were set.'
    return () => doesNotApply(why, null)
  }
  const { inspect } = run
  if (inspect === null || !isRecord(inspect.HostConfig) || !isRecord(inspect.Config)) {
    return () =>
      notEvaluated('The container could not be inspected, or it changed in the meantime.', 'no-subject')
  }
  const running = flagAt(inspect, 'State', 'Running') || flagAt(inspect, 'State', 'Paused')
  const rulings = rulingsOf({ ...run, inspect, info, running })
  return (id) => rulings[id] ?? notEvaluated('There is no rule for this check.', 'no-subject')
}

function rulingsOf(run: RunSubject): Readonly<Record<string, RuleResult>> {
  const { inspect } = run
  const mode = (key: string) => textAt(inspect, 'HostConfig', key)
  const isWritable = !flagAt(inspect, 'HostConfig', 'ReadonlyRootfs')
  const mounts = listAt(inspect, 'Mounts')
  const shared = mounts.filter((mount) => textAt(mount, 'Propagation').includes('shared'))
  return {
    ...confinement(run),
    ...strictPorts(run),
    ...resources(run),
    '5.1': swarm(run.info),
    '5.6': hostMounts(run),
    '5.7': sshServers(run),
    '5.10': warnIf(mode('NetworkMode') === 'host', run, "The host's network is shared."),
    '5.13': warnIf(isWritable, run, 'The root file system can be written to.'),
    '5.16': warnIf(mode('PidMode') === 'host', run, "The host's process namespace is shared."),
    '5.17': warnIf(mode('IpcMode') === 'host', run, "The host's IPC namespace is shared."),
    '5.20': warnIf(shared.length > 0, run, 'A mount propagates back to the host.'),
    '5.21': warnIf(mode('UTSMode') === 'host', run, "The host's UTS namespace is shared."),
    '5.23': resultOf('NOTE', [], "A container's configuration does not show how docker exec is used."),
    '5.24': resultOf('NOTE', [], "A container's configuration does not show how docker exec is used."),
    '5.27': healthCheck(run),
    '5.28': resultOf(
      'INFO',
      [],
      "A container's configuration does not show whether a newer image was built.",
    ),
    '5.30': defaultBridge(run),
    '5.31': warnIf(mode('UsernsMode').includes('host'), run, "The host's user namespace is shared."),
    '5.32': reachedSockets(run),
  }
}

function swarm(info: Json | null): RuleResult {
  if (info === null) {
    return notEvaluated('The Docker engine was not queried.', 'no-subject')
  }
  return textAt(info, 'Swarm', 'LocalNodeState') === 'inactive'
    ? passed('The engine is not in a swarm.')
    : resultOf('WARN', [], 'The engine is in a swarm, or does not report whether it is.')
}

/** Programs of sshd(8), whose sessions have names of their own, and of dropbear(8). */
const SSH_SERVER = /^(sshd(-session|-auth)?|dropbear)$/
/** Commands that start an SSH server by service(8) or by its init script. */
const SSH_SERVICE = /\b(service\s+(ssh|sshd|dropbear)\s+(start|restart)|init\.d\/(ssh|sshd|dropbear)\s)/

/** A command that starts an SSH server, directly or through a shell; naming `/etc/ssh/sshd_config` does not count. */
function startsServer(command: readonly string[]): boolean {
  if (SSH_SERVICE.test(command.join(' '))) {
    return true
  }
  const args = command.flatMap((arg) => arg.split(/[\s;&|()"']+/))
  return args.some((arg) => SSH_SERVER.test(arg.slice(arg.lastIndexOf('/') + 1)))
}

/** Processes as the engine lists them from the host, so the image need not have ps. */
function sshServers({ name, inspect, top, running }: RunSubject): RuleResult {
  const command = [...textsAt(inspect, 'Config', 'Entrypoint'), ...textsAt(inspect, 'Config', 'Cmd')]
  const started = startsServer(command)
  const column = listAt(top, 'Titles').findIndex((title) => title === 'CMD' || title === 'COMMAND')
  const names = listAt(top, 'Processes').flatMap((row) => {
    const cell: unknown = Array.isArray(row) ? row[column < 0 ? row.length - 1 : column] : undefined
    const program = typeof cell === 'string' ? cell.replace(/[\s:].*/s, '') : ''
    return program.slice(program.lastIndexOf('/') + 1)
  })
  if (names.some((one) => SSH_SERVER.test(one))) {
    return resultOf('WARN', [name], 'An SSH server is running.', 'ssh-by-process')
  }
  if (started) {
    return resultOf('WARN', [name], "The container's command starts an SSH server.", 'ssh-by-process')
  }
  if (!running || names.length === 0) {
    return notEvaluated('No process was started, or the processes could not be listed.', 'ssh-by-process')
  }
  const what = `${plural(names.length, 'process', 'processes')} checked; none is an SSH server.`
  return passed(what, 'ssh-by-process')
}

function healthCheck(run: RunSubject): RuleResult {
  const { inspect, name, running } = run
  const status = textAt(inspect, 'State', 'Health', 'Status')
  const test = textsAt(inspect, 'Config', 'Healthcheck', 'Test')
  const isChecked = running ? !['', 'none'].includes(status) : hasTest(test)
  return isChecked
    ? passed("The container's health is checked.", 'health-of-created')
    : resultOf('WARN', [name], "Nothing checks the container's health.", 'health-of-created')
}

/** Judges only the networks of this container; `default` is the bridge (docker run, `--network`). */
function defaultBridge({ inspect, name, running }: RunSubject): RuleResult {
  const joined = memberAt(inspect, 'NetworkSettings', 'Networks') ?? null
  const mode = textAt(inspect, 'HostConfig', 'NetworkMode')
  const isRequested = ['', 'default', 'bridge'].includes(mode)
  const isBridgeJoined =
    running && joined !== null
      ? Object.hasOwn(objectAt(inspect, 'NetworkSettings', 'Networks'), 'bridge')
      : isRequested
  return isBridgeJoined
    ? resultOf('INFO', [name], 'The container is on the default bridge.', 'own-networks-only')
    : passed('The container is not on the default bridge.', 'own-networks-only')
}

/** 5.11, 5.12, 5.15, 5.19 and 5.29: how much of the machine the container may use. */
function resources({ inspect, name }: RunSubject): Readonly<Record<string, RuleResult>> {
  const number = (key: string) => numberAt(inspect, 'HostConfig', key)
  const limited = (values: readonly number[], what: string): RuleResult => {
    if (values.some((value) => value > 0)) {
      return passed(`There is a ${what}.`)
    }
    return resultOf('WARN', [name], `There is no ${what}.`, 'negative-limit')
  }
  const weights = [number('CpuShares'), number('NanoCpus')]
  return {
    '5.11': limited([number('Memory')], 'memory limit'),
    '5.12':
      number('CpuQuota') > 0
        ? passed('There is a CPU quota.', 'cpu-quota')
        : limited(weights, 'CPU limit or weight'),
    '5.15': restarts(textAt(inspect, 'HostConfig', 'RestartPolicy', 'Name'), {
      name,
      count: numberAt(inspect, 'HostConfig', 'RestartPolicy', 'MaximumRetryCount'),
    }),
    '5.19':
      listAt(inspect, 'HostConfig', 'Ulimits').length > 0
        ? passed('Resource limits are set.')
        : resultOf('INFO', [name], "Resource limits are left at the engine's defaults."),
    // An engine answers 0, -1 or nothing if there is no limit.
    '5.29': limited([number('PidsLimit')], 'limit on the number of processes'),
  }
}

/** docker run, `--restart`: on-failure without a number (0) has no limit either. */
function restarts(policy: string, { name, count }: { name: string; count: number }): RuleResult {
  if (policy === 'always' || policy === 'unless-stopped' || (policy === 'on-failure' && count === 0)) {
    const what = `The restart policy ${policy} does not limit the number of restarts.`
    return resultOf('WARN', [name], what, 'restart-forever')
  }
  return count > 5
    ? resultOf('WARN', [name], `The container can be restarted up to ${count} times.`)
    : passed('Restarts are limited.')
}
