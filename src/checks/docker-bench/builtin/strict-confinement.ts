import { type Json, jsonIn } from '../../../model/index.js'
import { flagAt, listAt, textAt, textsAt } from './json.js'
import {
  doesNotApply,
  notEvaluated,
  passed,
  type RuleResult,
  type RunSubject,
  resultOf,
} from './rule-result.js'

/** The capabilities that Docker gives by default (moby, oci/caps/defaults.go). */
const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set(
  (
    'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE NET_RAW SETFCAP SETGID ' +
    'SETPCAP SETUID SYS_CHROOT'
  ).split(' '),
)

/** 5.2–5.5, 5.18, 5.22, 5.25 and 5.26: what separates the container's processes from the host. */
export function confinement(run: RunSubject): Readonly<Record<string, RuleResult>> {
  const { inspect, name } = run
  const privileged = flagAt(inspect, 'HostConfig', 'Privileged')
  return {
    '5.2': appArmor(run, privileged),
    '5.3': seLinux(run, privileged),
    '5.4': capabilities(run, privileged),
    '5.5': privileged
      ? resultOf('WARN', [name], 'The container is privileged.')
      : passed('The container is not privileged.'),
    '5.18': devices(run, privileged),
    '5.22': seccomp(run, privileged),
    '5.25': controlGroup(run),
    '5.26': noNewPrivileges(run),
  }
}

function appArmor({ inspect, info, name }: RunSubject, privileged: boolean): RuleResult {
  if (optionsOf(inspect, 'apparmor').at(-1) === 'unconfined') {
    return resultOf('WARN', [name], 'AppArmor is switched off in the run options.', 'asked-for')
  }
  const host = hasOption(info, 'apparmor')
  if (host === null) {
    return notEvaluated('The Docker engine was not queried about AppArmor.', 'no-subject')
  }
  if (!host) {
    return doesNotApply('The host does not use AppArmor.', 'apparmor-host')
  }
  if (privileged) {
    const what = 'AppArmor does not confine a privileged container.'
    return resultOf('WARN', [name], what, 'privileged-implies-all')
  }
  const profile = textAt(inspect, 'AppArmorProfile').replace('[]', '')
  if (profile === 'unconfined') {
    return resultOf('WARN', [name], 'AppArmor does not confine the container.')
  }
  if (profile !== '') {
    return passed('An AppArmor profile confines the container.')
  }
  // moby, daemon/start: a container without a profile gets the engine's own when it is started.
  if (textAt(inspect, 'State', 'Status') !== 'created') {
    return resultOf('WARN', [name], 'The container has no AppArmor profile.')
  }
  return passed('The container will get an AppArmor profile when it is started.', 'apparmor-created')
}

/** Labels are on by default if the host has SELinux; `label=disable` turns them off. */
function seLinux({ inspect, info, name }: RunSubject, privileged: boolean): RuleResult {
  const labels = optionsOf(inspect, 'label')
  if (labels.includes('disable') && !isDisabledByEngine(inspect)) {
    return resultOf('WARN', [name], 'SELinux labels are switched off in the run options.', 'asked-for')
  }
  const host = hasOption(info, 'selinux')
  if (host === null) {
    return notEvaluated('The Docker engine was not queried about SELinux.', 'no-subject')
  }
  if (!host) {
    return doesNotApply('The host does not use SELinux.', 'selinux-host')
  }
  const isOff = privileged || labels.includes('disable')
  if (isOff) {
    return resultOf('WARN', [name], 'SELinux does not confine the container.', 'label-options')
  }
  return labels.length > 0 || textAt(inspect, 'ProcessLabel') !== ''
    ? passed('SELinux labels confine the container.', 'label-options')
    : resultOf('WARN', [name], 'The container has no SELinux label.', 'label-options')
}

/**
 * moby, daemon/create.go (generateSecurityOpt): with these options the engine adds `label=disable` by itself, even if the
 * host does not use SELinux. They are judged by 5.5, 5.16 and 5.17.
 */
function isDisabledByEngine(inspect: Json): boolean {
  const shares = (key: string) => textAt(inspect, 'HostConfig', key) === 'host'
  return flagAt(inspect, 'HostConfig', 'Privileged') || shares('PidMode') || shares('IpcMode')
}

/**
 * NET_RAW is one of Docker's defaults, and the only one that reaches beyond the container: it can forge packets to its
 * neighbors. Kubernetes' baseline (Pod Security Standards) allows all the other defaults to be added, and not this one.
 */
function capabilities({ inspect, name }: RunSubject, privileged: boolean): RuleResult {
  if (privileged) {
    return resultOf('WARN', [name], 'A privileged container has every capability.', 'privileged-implies-all')
  }
  const [added, isRaw] = [addedCapabilities(inspect), requestedCapabilities(inspect).includes('NET_RAW')]
  if (added.length === 0 && !isRaw) {
    return passed('No capabilities are added to the default set.')
  }
  const all = isRaw ? [...added, 'NET_RAW'] : added
  return resultOf('WARN', [name], `Capabilities are added: ${all.join(', ')}.`, 'asked-for')
}

function addedCapabilities(inspect: Json): readonly string[] {
  return requestedCapabilities(inspect).filter((name) => !DEFAULT_CAPABILITIES.has(name))
}

/** Capabilities that options add, in capitals without `CAP_`, even default ones, since all may have been dropped. */
function requestedCapabilities(inspect: Json): readonly string[] {
  return textsAt(inspect, 'HostConfig', 'CapAdd').map((name) => name.toUpperCase().replace(/^CAP_/, ''))
}

function devices({ inspect, name }: RunSubject, privileged: boolean): RuleResult {
  if (privileged) {
    const what = 'A privileged container has access to every device.'
    return resultOf('INFO', [name], what, 'privileged-implies-all')
  }
  const count = (key: string) => listAt(inspect, 'HostConfig', key).length
  if (count('Devices') > 0) {
    return resultOf('INFO', [name], 'Host devices are passed to the container.')
  }
  return count('DeviceRequests') + count('DeviceCgroupRules') > 0
    ? resultOf(
        'INFO',
        [name],
        'A device request or a device cgroup rule gives access to devices.',
        'devices-by-any-way',
      )
    : passed('No devices are passed to the container.')
}

function seccomp({ inspect, info, name }: RunSubject, privileged: boolean): RuleResult {
  if (privileged) {
    return resultOf('WARN', [name], 'A privileged container has no seccomp filter.', 'privileged-implies-all')
  }
  const weakness = seccompWeakness(
    optionsOf(inspect, 'seccomp'),
    textsAt(info, 'SecurityOptions'),
    info !== null,
  )
  return weakness === null
    ? passed('A seccomp profile filters system calls.', 'seccomp-effective')
    : resultOf('WARN', [name], weakness, 'seccomp-effective')
}

/** With cgroup v2 a private namespace is the default; cgroup v1 shares the host's unless configured otherwise. */
function controlGroup({ inspect, info, name, cgroupns }: RunSubject): RuleResult {
  if (textAt(inspect, 'HostConfig', 'CgroupParent') !== '') {
    return resultOf('WARN', [name], 'A custom parent cgroup is set.')
  }
  if (cgroupns === 'host') {
    return resultOf('WARN', [name], "The run options share the host's cgroup namespace.", 'asked-for')
  }
  const sharesHost = textAt(inspect, 'HostConfig', 'CgroupnsMode') === 'host'
  return sharesHost && textAt(info, 'CgroupVersion') === '2'
    ? resultOf('WARN', [name], "The host's cgroup namespace is shared.", 'cgroup-namespace')
    : passed('The container is in its own cgroup.')
}

/** The last value counts. Without a value it means true; without the option the daemon's own setting applies. */
function noNewPrivileges({ inspect, info, name }: RunSubject): RuleResult {
  const ownOption = optionsOf(inspect, 'no-new-privileges').at(-1)
  const isSet = ownOption === undefined ? hasOption(info, 'no-new-privileges') === true : isTrue(ownOption)
  return isSet
    ? passed('Processes cannot gain new privileges.', 'no-new-privileges-value')
    : resultOf('WARN', [name], 'Processes can gain new privileges.', 'no-new-privileges-value')
}

/** Parsed as Go parses a boolean (strconv.ParseBool); the bare option is true. */
function isTrue(value: string): boolean {
  return ['', '1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)
}

/** Values of a security option, `name=value` or the old `name:value`; `''` for the bare name. */
function optionsOf(inspect: Json, name: string): readonly string[] {
  return textsAt(inspect, 'HostConfig', 'SecurityOpt').flatMap((option) => {
    if (option === name) {
      return ['']
    }
    return option.startsWith(`${name}=`) || option.startsWith(`${name}:`)
      ? [option.slice(name.length + 1)]
      : []
  })
}

/** Whether the daemon has a security option (GET /info, `SecurityOptions`: `name=apparmor`); `null`: not asked. */
export function hasOption(info: Json | null, name: string): boolean | null {
  if (info === null) {
    return null
  }
  return textsAt(info, 'SecurityOptions').some((option) => option.split(',').includes(`name=${name}`))
}

/**
 * Why no seccomp profile is in force, in words; `null` if one is.
 * @param own values of the container's option `seccomp`: `unconfined`, `builtin`, or a profile as JSON
 * @param daemon the daemon's `SecurityOptions`: `name=seccomp,profile=default`
 * @param isDaemonKnown false if the engine was not asked: then only the container's own option counts
 */
function seccompWeakness(
  own: readonly string[],
  daemon: readonly string[],
  isDaemonKnown: boolean,
): string | null {
  const last = own.at(-1)
  if (last === 'unconfined') {
    return 'The seccomp profile is switched off.'
  }
  if (last !== undefined && allowsAll(last)) {
    return 'The seccomp profile allows every system call.'
  }
  if (!isDaemonKnown) {
    return null
  }
  const option = daemon.find((one) => one.split(',').includes('name=seccomp'))
  if (option === undefined) {
    return 'The engine does not support seccomp.'
  }
  const isOff = last === undefined && option.split(',').includes('profile=unconfined')
  return isOff ? 'The daemon runs containers without a seccomp profile.' : null
}

/** A profile that allows by default and forbids nothing (OCI runtime-spec, config-linux.md, Seccomp). */
function allowsAll(profile: string): boolean {
  const parsed = jsonIn(profile) // `builtin`, or the name of a profile, counts as a profile.
  return (
    textAt(parsed, 'defaultAction') === 'SCMP_ACT_ALLOW' &&
    listAt(parsed, 'syscalls').every((rule) => textAt(rule, 'action') === 'SCMP_ACT_ALLOW')
  )
}
