/**
 * How the strict rules look more closely than Docker Bench: the meaning of each improvement id in a result.
 */
export const IMPROVEMENTS = {
  'no-subject': 'Nothing was inspected, so there is no result.',
  'subject-by-id': 'The container is found by its id, even if it is not running or Docker Bench hides it.',
  'image-user': "The image's own user is judged, with or without a container.",
  'uid-zero': 'Every spelling of uid 0 is root, whatever the group.',
  'passwd-uid': "Names and numbers are resolved by the image's /etc/passwd.",
  'client-variable': 'An environment variable of the client says nothing about an image.',
  'healthcheck-none': 'HEALTHCHECK NONE is not a health check.',
  'update-by-run': 'Each RUN is read in full, as a script.',
  'add-by-instruction': 'Only ADD instructions are reported, in all layers, including those of the base.',
  'setuid-list':
    'Files with the setuid or setgid bit, or with capabilities as powerful as the setuid bit, are listed.',
  'secret-scan': 'The check looks for secrets in the environment, the build arguments and the history.',
  'unverified-packages': 'The check looks for commands that turn off the verification of packages.',
  'history-missing': 'A history that leaves out layers, or contains no instructions, proves nothing.',
  'apparmor-host': 'Without AppArmor on the host there is nothing to judge.',
  'apparmor-created': 'A container that was never started gets its profile when it starts.',
  'selinux-host': 'Without SELinux on the host there is nothing to judge.',
  'label-options': 'Only the options that set SELinux labels count, and label=disable is a warning.',
  'privileged-implies-all': 'A privileged container has all capabilities and devices, and no seccomp filter.',
  'mounts-by-source': 'Each mount is judged by the host directory, and by whether it is writable.',
  'ssh-by-process': 'Processes are read from the host, and only if a container was started.',
  'all-published-ports':
    'Ports published on IPv6 addresses are judged too, and so are those that a container will publish once it is started.',
  'unprivileged-1024': 'Port 1024 is not privileged.',
  'unspecified-address': 'Every spelling of the unspecified address counts, including that of IPv6.',
  'cpu-quota': 'A CPU quota is a limit.',
  'negative-limit': 'A negative number is not a limit.',
  'restart-forever': 'always, unless-stopped and on-failure without a number restart forever.',
  'devices-by-any-way': 'Device requests (GPUs) and device cgroup rules also give access to devices.',
  'seccomp-effective':
    "The profile in force is judged: none for a privileged container, the daemon's, or an empty one.",
  'cgroup-namespace': "The host's cgroup namespace is shared.",
  'no-new-privileges-value': "The value of the option counts, and overrides the daemon's setting.",
  'health-of-created': 'A container that is not running is judged by its configuration.',
  'own-networks-only': 'Only the judged container is examined, not every container on the machine.',
  'socket-by-any-way': "A directory above a socket, and other engines' sockets, give access to the host too.",
} as const satisfies Readonly<Record<string, string>>

export type Improvement = keyof typeof IMPROVEMENTS
