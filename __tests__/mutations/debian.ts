import type { ImageName, Mutation } from './mutation.js'
import {
  asRoot,
  CLEAN,
  candidateOf,
  install,
  isAbove,
  isBelow,
  isNewest,
  reading,
  UPDATE,
} from './tools/apt.js'

/**
 * Old versions are those of trixie, where trixie-security has a newer one, and of other releases. Each build fails when
 * that is no longer so: then the list needs other packages.
 */

/** @param steps what the RUN does with the available indexes, once the newest version is known */
function changed(
  id: string,
  on: ImageName,
  name: string,
  what: string,
  steps: readonly string[],
  first = UPDATE,
): Mutation {
  const all = [first, candidateOf(name), ...steps, CLEAN]
  return { id: `debian/${id}`, on, what, lines: asRoot(all), subject: { package: name } }
}

function keptBack(number: number, on: ImageName, name: string): Mutation {
  const what = `${name} without its security update, held by apt-mark before apt-get upgrade`
  const steps = [install(`${name}/trixie`), `apt-mark hold ${name}`, 'apt-get upgrade -y', isBelow(name)]
  return changed(`held-back/${number}`, on, name, what, steps)
}

function downgraded(number: number, on: ImageName, name: string): Mutation {
  const what = `${name} of the base image downgraded by apt-get install ${name}/trixie`
  return changed(`downgraded/${number}`, on, name, what, [install(`${name}/trixie`), isBelow(name)])
}

function oldFile(number: number, on: ImageName, name: string): Mutation {
  const what = `an old .deb of ${name}, installed by dpkg -i`
  const steps = [
    `cd /tmp && apt-get download ${name}/trixie`,
    `dpkg -i --force-downgrade /tmp/${name}_*.deb && rm /tmp/${name}_*.deb`,
    isBelow(name),
  ]
  return changed(`downgraded/${number}`, on, name, what, steps)
}

function otherSuite(
  number: number,
  on: ImageName,
  name: string,
  suite: string,
  check: readonly string[] = [isAbove(name)],
): Mutation {
  const what = `${name} of ${suite}, whose source list is removed in the same RUN`
  const all = [
    // What the release itself offers, or nothing.
    `${UPDATE} && new="$(apt-cache policy ${name} | sed -n 's/^ *Candidate: //p')"`,
    ...[reading(`${suite} main`), install(`${name}/${suite}`), ...check, CLEAN],
  ]
  return { id: `debian/other-suite/${number}`, on, what, lines: asRoot(all), subject: { package: name } }
}

/** Only the other release has it, and an update of it. */
function updateOfOtherRelease(number: number, on: ImageName, name: string): Mutation {
  const what = `${name} of bookworm without its update of bookworm-security; the source lists are removed in the same RUN`
  const first = reading('bookworm main', 'bookworm-security main')
  const steps = [install(`${name}/bookworm`), isBelow(name)]
  return changed(`other-suite/${number}`, on, name, what, steps, first)
}

function otherComponent(
  number: number,
  on: ImageName,
  name: string,
  { component, from }: { component: string; from: string },
): Mutation {
  const what = `${name} of ${component} of ${from}, older than trixie's; the source lists are removed in the same RUN`
  const first = reading(`trixie ${component}`, `${from} ${component}`)
  const steps = [install(`${name}/${from}`), isBelow(name)]
  return changed(`other-component/${number}`, on, name, what, steps, first)
}

const SOURCES = '/etc/apt/sources.list.d/debian.sources'
const SECURITY_REMOVED = `awk -v RS= -v ORS='\\n\\n' '!/-security/' ${SOURCES} >/tmp/sources && mv /tmp/sources ${SOURCES}`
const MAIN_ALONE = `rm ${SOURCES} && echo 'deb http://deb.debian.org/debian trixie main' >/etc/apt/sources.list`
const SECURITY_DISABLED = `sed -i '/^Suites: trixie-security/a Enabled: no' ${SOURCES}`

function sourceRemoved(
  number: number,
  on: ImageName,
  name: string,
  { how, step }: { how: string; step: string },
): Mutation {
  const what = `${name} installed after the source of trixie-security was ${how}`
  const steps = [step, 'rm -rf /var/lib/apt/lists/*', UPDATE, install(name), isBelow(name)]
  return changed(`source-removed/${number}`, on, name, what, steps)
}

function pinned(
  number: number,
  on: ImageName,
  name: string,
  { how, step, installing = install(name) }: { how: string; step: string; installing?: string },
): Mutation {
  const what = `${name} pinned to its version without the security update, by ${how}`
  return changed(`pinned/${number}`, on, name, what, [step, installing, isBelow(name)])
}

function preferences(...lines: readonly string[]): string {
  return `printf '%s\\n' ${lines.join(' ')} >/etc/apt/preferences.d/pinned`
}

/** @param rest packages of the same source that have the update */
function halfUpgraded(
  number: number,
  on: ImageName,
  name: string,
  rest: readonly string[],
  from = 'trixie',
): Mutation {
  const what = `${name} of ${from} next to ${rest.join(', ')} of the same source with all updates`
  const first = from === 'trixie' ? UPDATE : reading(`${from} main`)
  const steps = [install(...rest), install(`${name}/${from}`), isBelow(name), ...rest.map(isNewest)]
  return changed(`half-upgraded/${number}`, on, name, what, steps, first)
}

export const DEBIAN: readonly Mutation[] = [
  keptBack(1, 'go', 'zstd'),
  keptBack(2, 'python', 'libkrb5support0'),
  keptBack(3, 'node', 'nginx-common'),
  keptBack(4, 'java', 'libhsqldb1.8.0-java'),

  downgraded(1, 'go', 'passwd'),
  downgraded(2, 'python', 'libzstd1'),
  oldFile(3, 'node', 'passwd'),
  downgraded(4, 'java', 'login.defs'),
  oldFile(5, 'go', 'libzstd1'),

  otherSuite(1, 'go', 'libelf1t64', 'trixie-backports'),
  otherSuite(2, 'python', 'python3-cbor2', 'trixie-backports'),
  updateOfOtherRelease(3, 'node', 'libevent-2.1-7'),
  otherSuite(4, 'java', 'krb5-locales', 'sid'),
  otherSuite(5, 'go', 'libssl1.1', 'bullseye', []),

  otherComponent(1, 'go', 'b43-fwcutter', { component: 'contrib', from: 'bookworm' }),
  otherComponent(2, 'python', 'unrar', { component: 'non-free', from: 'bookworm' }),
  otherComponent(3, 'node', 'amd64-microcode', { component: 'non-free-firmware', from: 'bookworm' }),
  otherComponent(4, 'java', 'intel-microcode', { component: 'non-free-firmware', from: 'trixie-security' }),

  sourceRemoved(1, 'go', 'zstd', { how: 'removed from debian.sources', step: SECURITY_REMOVED }),
  sourceRemoved(2, 'python', 'libkrb5support0', { how: 'replaced by main alone', step: MAIN_ALONE }),
  sourceRemoved(3, 'node', 'nginx-common', { how: 'disabled in debian.sources', step: SECURITY_DISABLED }),
  sourceRemoved(4, 'java', 'libhsqldb1.8.0-java', {
    how: 'removed from debian.sources',
    step: SECURITY_REMOVED,
  }),

  pinned(1, 'go', 'zstd', {
    how: 'a negative priority for trixie-security',
    step: preferences(`'Package: *'`, `'Pin: release n=trixie-security'`, `'Pin-Priority: -1'`),
  }),
  pinned(2, 'python', 'libzstd1', {
    how: 'a priority above 1000 for trixie',
    step: preferences(`'Package: libzstd1'`, `'Pin: release n=trixie'`, `'Pin-Priority: 1001'`),
    installing: 'apt-get upgrade -y --allow-downgrades',
  }),
  pinned(3, 'node', 'nginx-common', {
    how: 'its exact version',
    step: [
      `old="$(apt-cache madison nginx-common | awk '$6 ~ "^trixie/" {print $3}')"`,
      preferences(`'Package: nginx-common'`, `"Pin: version $old"`, `'Pin-Priority: 1001'`),
    ].join(' && '),
  }),
  pinned(4, 'java', 'libhsqldb1.8.0-java', {
    how: 'APT::Default-Release, which does not cover trixie-security',
    step: `echo 'APT::Default-Release "trixie";' >/etc/apt/apt.conf.d/50release`,
  }),

  halfUpgraded(1, 'go', 'libsubid5', ['passwd']),
  halfUpgraded(2, 'python', 'krb5-locales', ['libkrb5support0']),
  halfUpgraded(3, 'node', 'ncurses-bin', ['ncurses-base', 'libtinfo6'], 'bookworm'),
  halfUpgraded(4, 'java', 'zstd', ['libzstd1']),
]
