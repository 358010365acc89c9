import type { Mutation } from '../mutation.js'
import { asRoot } from '../tools/apt.js'

const AUTH = Buffer.from('ci:rust-heron-63').toString('base64')

/** All values are made up. */
export const FURTHER_CONFIGURATION: readonly Mutation[] = [
  {
    id: 'configuration/further-user/1',
    on: 'node',
    what: 'root as a number with two digits',
    lines: ['USER 00'],
    subject: { id: '4.1' },
  },
  {
    id: 'configuration/further-setuid/1',
    on: 'go',
    what: 'the shell in the place of a program of Debian that is setuid by right',
    // Written to in place, as root: the mode stays.
    lines: asRoot(['cat /bin/bash >/usr/bin/chfn', 'test -u /usr/bin/chfn']),
    subject: { path: 'usr/bin/chfn' },
  },
  {
    id: 'configuration/further-secret-in-health-check/1',
    on: 'python',
    what: 'a password in the command of the health check',
    lines: [
      `HEALTHCHECK CMD PROBE_PASSWORD=umber-finch-47 python3 -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/')"`,
    ],
    subject: { id: '4.10' },
  },
  {
    id: 'configuration/further-secret-in-env/1',
    on: 'java',
    what: "a registry's login as Docker's configuration has it, in base64",
    lines: [`ENV DOCKER_AUTH_CONFIG='{"auths":{"registry.example.org":{"auth":"${AUTH}"}}}'`],
    subject: { id: '4.10' },
  },
  {
    id: 'configuration/further-mount/1',
    on: 'go',
    what: "docker run with the host's /etc as a volume of the driver local, which binds it",
    runOptions: (unchanged) => [
      ...unchanged,
      '--mount',
      'type=volume,source=settings,target=/host/etc,volume-driver=local,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/etc',
    ],
    subject: { id: '5.6' },
  },
]
