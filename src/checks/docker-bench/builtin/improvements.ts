/** How the strict rules look more closely than Docker Bench: the meaning of each improvement id in a result. */
export const IMPROVEMENTS = {
  'no-subject': 'Nothing was inspected, so there is no result.',
  'image-user': "The image's own user is judged, with or without a container.",
  'uid-zero': 'Every spelling of uid 0 counts as root, whatever the group.',
  'passwd-uid': "User names and numbers are resolved with the image's /etc/passwd.",
  'client-variable': "The client's environment variables say nothing about an image.",
  'healthcheck-none': 'HEALTHCHECK NONE is not a health check.',
  'update-by-run': 'Each RUN is read in full, as a script.',
  'add-by-instruction': "Only ADD instructions are reported, from all layers, including the base image's.",
  'setuid-list':
    'Files with the setuid or setgid bit, or with capabilities as powerful as the setuid bit, are listed.',
  'secret-scan': 'The check looks for secrets in the environment, the build arguments and the history.',
  'unverified-packages': 'The check looks for commands that turn off package verification.',
  'history-missing':
    'A history that leaves out layers, or contains no instructions, is not accepted as proof.',
  'asked-for':
    'Options that ask for less confinement count on every host, and so does NET_RAW if it is added explicitly.',
  'apparmor-host': 'Without AppArmor on the host, there is nothing to judge.',
  'apparmor-created': 'A container that was never started gets its profile only when it is started.',
  'selinux-host': 'Without SELinux on the host, there is nothing to judge.',
  'label-options': 'Only options that set SELinux labels are considered.',
  'privileged-implies-all': 'A privileged container has all capabilities and devices, and no seccomp filter.',
  'mounts-by-source': 'Each mount is judged by its host directory and by whether the mount is writable.',
  'ssh-by-process':
    'Processes are listed on the host, not in the container, and only if a container was started.',
  'all-published-ports':
    'Ports published on IPv6 addresses, and ports that a container will publish once it is started, are judged too.',
  'unprivileged-1024': 'Port 1024 is not privileged.',
  'unspecified-address': 'Every spelling of the unspecified address is recognized, including the IPv6 forms.',
  'cpu-quota': 'A CPU quota counts as a limit.',
  'negative-limit': 'A negative number does not count as a limit.',
  'restart-forever':
    'The restart policies "always" and "unless-stopped", and "on-failure" without a number, allow endless restarts.',
  'devices-by-any-way': 'Device requests (GPUs) and device cgroup rules also give access to devices.',
  'seccomp-effective':
    'The profile in effect is judged, even if the daemon sets it. An empty profile, or no profile (as in a privileged container), causes a warning.',
  'cgroup-namespace': "On cgroup v2, sharing the host's cgroup namespace causes a warning.",
  'no-new-privileges-value': "The value of no-new-privileges is read, and overrides the daemon's setting.",
  'health-of-created': 'A container that is not running is judged by its configuration.',
  'health-of-started': 'With start: true, the health check of the started container has to succeed.',
  'own-networks-only': 'Only the judged container is examined, not every container on the machine.',
  'socket-by-any-way':
    "A directory that contains a socket gives access to the host too, and so do other engines' sockets.",
} as const satisfies Readonly<Record<string, string>>

export type Improvement = keyof typeof IMPROVEMENTS
