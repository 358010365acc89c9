import type { ImageName, Mutation, Subject } from './mutation.js'
import { asRoot, isBelow } from './tools/apt.js'
import {
  DPKG,
  findOld,
  INFO,
  infoOf,
  isUnknown,
  REPLACE,
  STATUS,
  setVersion,
  stanzaOf,
  sumRenewed,
  withField,
  withoutStanza,
} from './tools/dpkg.js'
import { DEB, DEB_REMOVED, NEW_READ, type OldName, oldDeb, withOldDeb } from './tools/old-debs.js'
import { APPLICATIONS, copied } from './tools/simplest.js'

/** dpkg's files changed by hand, so that something old or vulnerable is not listed, or not as what it is. */

/** What each image has to hide: a package without its update of trixie-security. */
const OLD = {
  go: 'zstd',
  python: 'libkrb5support0',
  node: 'libeot0',
  java: 'libzstd1',
} as const satisfies Readonly<Record<ImageName, OldName>>

interface Doctored {
  readonly what: string
  readonly steps: readonly string[]
  readonly subject?: Subject
  /** Later lines. */
  readonly more?: readonly string[]
  /** In the RUN that installs the old package; otherwise in a later layer. */
  readonly together?: boolean
}

/** @param make what is done about the old package; `$new` is the version with the update */
function hiding(id: string, on: ImageName, make: (name: string) => Doctored): Mutation {
  const name = OLD[on]
  const { what, steps, subject = { package: name }, more = [], together = false } = make(name)
  const installed = [NEW_READ, `dpkg -i --force-downgrade ${DEB}`, isBelow(name)]
  const layers = together
    ? [[...installed, ...steps, DEB_REMOVED]]
    : [installed, [NEW_READ, ...steps, DEB_REMOVED]]
  return {
    ...{ id: `database/${id}`, on, what: `${name} without its security update; ${what}` },
    ...{ files: oldDeb(name), lines: [...withOldDeb(...layers), ...more], subject },
  }
}

/** One layer, as of `docker export`. The new image gets its configuration again. */
const SQUASHED = [
  ...['FROM scratch', 'COPY --from=0 / /', 'USER app'],
  'HEALTHCHECK --interval=30s --timeout=3s CMD ["/bin/true"]',
  'CMD ["/usr/local/bin/shop"]',
]

const inSameRun = (one: Doctored): Doctored => ({
  ...one,
  what: `${one.what}, in the same RUN`,
  together: true,
})
const squashed = (one: Doctored): Doctored => ({ ...one, what: `${one.what}, squashed`, more: SQUASHED })

const stanzaRemoved = (name: string): Doctored => ({
  what: 'its stanza removed from status',
  steps: [withoutStanza(name), isUnknown(name)],
})

const allRemoved = (name: string): Doctored => ({
  what: 'its stanza and its info files removed',
  steps: [`rm ${infoOf(name)}`, withoutStanza(name), isUnknown(name)],
})

const versionRaised = (name: string): Doctored => ({
  what: 'its Version in status raised to that of the update',
  steps: [withField(name, 'Version', '$new'), setVersion(name, '$new')],
})

const configFiles = (name: string): Doctored => ({
  what: 'its Status changed to deinstall ok config-files',
  steps: [withField(name, 'Status', 'deinstall ok config-files'), isUnknown(name)],
})

const addedStanza = (how: 'behind' | 'in front of') => (name: string) => ({
  what: `a second stanza with the version of the update ${how} the others`,
  steps: [
    `${stanzaOf(name)} | sed "s/^Version: .*/Version: $new/" >/tmp/second`,
    how === 'behind' ? `cat ${STATUS} /tmp/second >/tmp/status` : `cat /tmp/second ${STATUS} >/tmp/status`,
    `cat /tmp/status >${STATUS} && rm /tmp/second /tmp/status`,
    `test "$(grep -c '^Package: ${name}$' ${STATUS})" = 2`,
  ],
})

const inJournal = (name: string): Doctored => ({
  what: 'a stanza with the version of the update in the journal of dpkg (updates)',
  steps: [
    `mkdir -p ${DPKG}/updates`,
    `${stanzaOf(name)} | sed "s/^Version: .*/Version: $new/" >${DPKG}/updates/0000`,
    `grep -q '^Package: ${name}$' ${DPKG}/updates/0000`,
  ],
})

/** @param edit of sed, for the value of Version */
const allRaised = (how: string, edit: string) => (name: string) => ({
  what: `the versions of all packages raised by ${how}`,
  steps: [
    `sed -i 's/^Version: ${edit}/' ${STATUS}`,
    `dpkg --compare-versions "$(dpkg-query -W -f '\${Version}' ${name})" gt "$new"`,
  ],
})

const SPLIT = `awk -v RS= '{ print $0 "\\n" >("${DPKG}/status.d/" $2) }' ${STATUS}`
const inStatusD = {
  without: (name: string): Doctored => ({
    what: 'the database split into status.d, as distroless images have it, without that package',
    steps: [
      `mkdir ${DPKG}/status.d && ${SPLIT} && rm ${STATUS} ${DPKG}/status.d/${name}`,
      `test -s ${DPKG}/status.d/libc6`,
    ],
  }),
  raised: (name: string): Doctored => ({
    what: 'the same package in status.d, with the version of the update',
    steps: [
      `mkdir ${DPKG}/status.d`,
      `${stanzaOf(name)} | sed "s/^Version: .*/Version: $new/" >${DPKG}/status.d/${name}`,
      `test -s ${DPKG}/status.d/${name}`,
    ],
  }),
  moved: (name: string): Doctored => ({
    what: 'its stanza moved to status.d, with the version of the update',
    steps: [...inStatusD.raised(name).steps, withoutStanza(name), isUnknown(name)],
  }),
}

const renamed =
  (field: string, value: string, more: readonly string[] = []) =>
  (name: string) => ({
    what: `${field} of its stanza changed to ${value}`,
    steps: [
      ...more,
      `${stanzaOf(name)} | grep -q '^${field}: '`,
      withField(name, field, value),
      `grep -q '^${field}: ${value}$' ${STATUS}`,
    ],
  })

const databaseRemoved = (what: string, step: string) => () => ({
  what,
  steps: [step, `test ! -s ${STATUS}`],
  subject: { path: 'var/lib/dpkg' },
})

/** @param release lines of os-release */
const otherRelease =
  (what: string, release: readonly string[], more: readonly string[] = []) =>
  () => ({
    what: `os-release of ${what}`,
    steps: [`printf '%s\\n' ${release.map((line) => `'${line}'`).join(' ')} >/usr/lib/os-release`, ...more],
    subject: { path: 'os-release' },
  })

const debian = (version: string, codename: string) => [
  `PRETTY_NAME="Debian GNU/Linux ${version} (${codename})"`,
  ...['NAME="Debian GNU/Linux"', `VERSION_ID="${version}"`, `VERSION="${version} (${codename})"`],
  ...[`VERSION_CODENAME=${codename}`, 'ID=debian'],
]
const UBUNTU = [
  ...['PRETTY_NAME="Ubuntu 24.04.3 LTS"', 'NAME="Ubuntu"', 'VERSION_ID="24.04"', 'VERSION_CODENAME=noble'],
  ...['ID=ubuntu', 'ID_LIKE=debian', 'UBUNTU_CODENAME=noble'],
]

/** Files of an old version under the names of a package that has all updates: pattern of `find`. */
const OLD_FILES = {
  zstd: { name: 'libzstd1', pattern: '*/x86_64-linux-gnu/libzstd.so.1*' },
  expat: { name: 'libexpat1', pattern: '*/x86_64-linux-gnu/libexpat.so.1*' },
  usermod: { name: 'passwd', pattern: '*/sbin/usermod' },
  zlib: { name: 'zlib1g', pattern: '*/x86_64-linux-gnu/libz.so.1*' },
} as const satisfies Record<string, OldFile>

interface OldFile {
  readonly name: OldName
  readonly pattern: string
}

function withOldFile(
  id: string,
  on: ImageName,
  { name, pattern }: OldFile,
  { what, steps, more = [] }: { what: string; steps: readonly string[]; more?: readonly string[] },
): Mutation {
  const all = [findOld(DEB, pattern), ...steps, DEB_REMOVED]
  return {
    ...{ id: `database/${id}`, on, what: `a file of ${name} replaced by that of an older version, ${what}` },
    ...{ files: oldDeb(name), lines: [...withOldDeb(all), ...more], subject: { package: name } },
  }
}

function fileReplaced(number: number, on: ImageName, file: OldFile): Mutation {
  const steps = [REPLACE, sumRenewed(file.name)]
  return withOldFile(`file-replaced/${number}`, on, file, { what: 'and its md5sum with it', steps })
}

function diverted(number: number, on: ImageName, file: OldFile): Mutation {
  const steps = ['dpkg-divert --local --rename --divert "$file.distrib" --add "$file"', REPLACE]
  return withOldFile(`diversion/${number}`, on, file, { what: 'behind a diversion of dpkg-divert', steps })
}

function sumsRemoved(
  number: number,
  on: ImageName,
  file: OldFile,
  { which, paths }: { which: string; paths: string },
): Mutation {
  const steps = [REPLACE, `rm ${paths}`]
  return withOldFile(`info-removed/${number}`, on, file, { what: `and ${which} removed`, steps })
}

/** Content of the application that a Debian package's lists claim. */
function listExtended(
  number: number,
  application: keyof typeof APPLICATIONS,
  owner: string,
  into: string,
  more: readonly string[] = [],
): Mutation {
  const { on, what, subject } = APPLICATIONS[application]
  const each = `find ${into.slice(1)} -type f -exec md5sum {} +`
  const steps = [
    `cd / && ${each} >>${infoOf(owner, 'md5sums')}`,
    `find ${into} >>${infoOf(owner, 'list')}`,
    `dpkg -S ${into} | grep -q '^${owner}'`,
  ]
  return {
    id: `database/list-extended/${number}`,
    on,
    what: `${what} in ${into}, which the .list and .md5sums of ${owner} claim${more.length > 0 ? ', squashed' : ''}`,
    files: copied(application),
    lines: [`COPY content ${into}`, ...asRoot(steps), ...more],
    subject,
  }
}

/** Old packages that dpkg does not know of, or has elsewhere. */
function notInstalled(
  id: string,
  on: ImageName,
  { what, steps, subject }: { what: string; steps: readonly string[]; subject?: Subject },
): Mutation {
  const name = OLD[on]
  return {
    ...{
      id: `database/${id}`,
      on,
      what: `${name} without its security update; ${what}`,
      files: oldDeb(name),
    },
    ...{ lines: withOldDeb([...steps, DEB_REMOVED]), subject: subject ?? { package: name } },
  }
}

function unpacked(number: number, on: ImageName, into: string, path: string): Mutation {
  const steps = [`dpkg -x ${DEB} ${into}`, `test -f ${into.replace(/\/$/, '')}/${path}`]
  return notInstalled(`unpacked/${number}`, on, {
    what: `unpacked to ${into} by dpkg -x`,
    steps,
    subject: { path },
  })
}

const MOVED: Doctored = {
  what: 'the database moved to /opt/dpkg, and a link in its place',
  steps: [`mv ${DPKG} /opt/dpkg && ln -s /opt/dpkg ${DPKG}`, 'dpkg-query -W libc6'],
  subject: { path: 'var/lib/dpkg' },
}

const REPLACED: readonly Mutation[] = [
  fileReplaced(1, 'go', OLD_FILES.zstd),
  fileReplaced(2, 'python', OLD_FILES.expat),
  fileReplaced(3, 'node', OLD_FILES.usermod),
  fileReplaced(4, 'java', OLD_FILES.zlib),

  diverted(1, 'go', OLD_FILES.zstd),
  diverted(2, 'python', OLD_FILES.expat),
  diverted(3, 'node', OLD_FILES.usermod),

  sumsRemoved(1, 'go', OLD_FILES.zstd, { which: 'its md5sums', paths: infoOf('libzstd1', 'md5sums') }),
  sumsRemoved(2, 'python', OLD_FILES.expat, { which: 'all its info files', paths: infoOf('libexpat1') }),
  sumsRemoved(3, 'node', OLD_FILES.usermod, {
    which: 'the md5sums of all packages',
    paths: `${INFO}/*.md5sums`,
  }),

  listExtended(1, 'lodash', 'tar', '/srv/app/vendor/node_modules'),
  listExtended(2, 'jinja2', 'base-files', '/opt/site'),
  listExtended(3, 'log4j', 'java-common', '/usr/share/java/logging'),
  listExtended(4, 'text', 'coreutils', '/usr/lib/worker', SQUASHED),
]

const ELSEWHERE: readonly Mutation[] = [
  unpacked(1, 'go', '/', 'usr/bin/zstd'),
  unpacked(2, 'python', '/opt/krb5', 'usr/lib/x86_64-linux-gnu/libkrb5support.so.0.1'),
  unpacked(3, 'node', '/', 'usr/lib/x86_64-linux-gnu/libeot.so.0.0.0'),

  notInstalled('second-database/1', 'go', {
    what: 'installed with a copy of the database in /opt/dpkg (--admindir)',
    steps: [`cp -a ${DPKG} /opt/dpkg && dpkg --admindir=/opt/dpkg -i ${DEB}`, isUnknown('zstd')],
  }),
  hiding('second-database/2', 'python', () => MOVED),
  notInstalled('second-database/3', 'node', {
    what: 'installed below /opt/root, with a database of its own (--root)',
    steps: [
      'mkdir -p /opt/root/var/lib/dpkg/info /opt/root/var/lib/dpkg/updates /opt/root/var/lib/dpkg/triggers',
      'touch /opt/root/var/lib/dpkg/status /opt/root/var/lib/dpkg/available',
      `dpkg --root=/opt/root --force-depends -i ${DEB}`,
      isUnknown('libeot0'),
    ],
  }),
]

export const DATABASE: readonly Mutation[] = [
  hiding('stanza-removed/1', 'go', stanzaRemoved),
  hiding('stanza-removed/2', 'python', stanzaRemoved),
  hiding('stanza-removed/3', 'java', (name) => inSameRun(stanzaRemoved(name))),

  hiding('all-removed/1', 'go', allRemoved),
  hiding('all-removed/2', 'python', allRemoved),
  hiding('all-removed/3', 'node', (name) => inSameRun(allRemoved(name))),

  hiding('version-raised/1', 'go', versionRaised),
  hiding('version-raised/2', 'python', versionRaised),
  hiding('version-raised/3', 'node', (name) => inSameRun(versionRaised(name))),
  hiding('version-raised/4', 'java', (name) => inSameRun(versionRaised(name))),

  hiding('config-files/1', 'go', configFiles),
  hiding('config-files/2', 'python', configFiles),
  hiding('config-files/3', 'node', (name) => inSameRun(configFiles(name))),

  hiding('second-stanza/1', 'go', addedStanza('behind')),
  hiding('second-stanza/2', 'python', addedStanza('in front of')),
  hiding('second-stanza/3', 'java', (name) => inSameRun(addedStanza('behind')(name))),

  hiding('journal/1', 'go', inJournal),
  hiding('journal/2', 'python', inJournal),
  hiding('journal/3', 'node', (name) => inSameRun(inJournal(name))),

  hiding('all-raised/1', 'go', allRaised('a suffix', '.*/&+z1')),
  hiding('all-raised/2', 'python', allRaised('an epoch', '\\([0-9]*:\\)\\?/Version: 9:')),
  hiding('all-raised/3', 'java', (name) => inSameRun(allRaised('a revision', '.*/&.1')(name))),

  hiding('status.d/1', 'go', inStatusD.without),
  hiding('status.d/2', 'python', inStatusD.raised),
  hiding('status.d/3', 'node', (name) => inSameRun(inStatusD.moved(name))),

  hiding('renamed/1', 'go', (name) => ({
    ...renamed('Package', 'zstd-tools', [`mv ${INFO}/zstd.list ${INFO}/zstd-tools.list`])(name),
    subject: { package: 'zstd-tools' },
  })),
  hiding('renamed/2', 'python', renamed('Source', 'shop')),
  hiding('renamed/3', 'node', (name) => inSameRun(renamed('Architecture', 'arm64')(name))),

  hiding('removed/1', 'go', databaseRemoved('the whole database removed', `rm -r ${DPKG}`)),
  hiding('removed/2', 'python', databaseRemoved('status removed', `rm -f ${STATUS} ${STATUS}-old`)),
  hiding('removed/3', 'node', () => inSameRun(databaseRemoved('status emptied', `: >${STATUS}`)())),

  hiding('other-release/1', 'go', () => {
    const packages = ['base-files', 'libc6', 'apt']
    const more = [withoutStanza(...packages), ...packages.map(isUnknown)]
    return squashed(
      otherRelease(
        'bookworm, and the stanzas of base-files, libc6 and apt removed',
        debian('12', 'bookworm'),
        more,
      )(),
    )
  }),
  hiding('other-release/2', 'python', otherRelease('forky', debian('14', 'forky'))),
  hiding('other-release/3', 'node', otherRelease('bookworm', debian('12', 'bookworm'))),
  hiding('other-release/4', 'java', otherRelease('Ubuntu 24.04', UBUNTU)),

  hiding('squashed/1', 'go', (name) => squashed(allRemoved(name))),
  hiding('squashed/2', 'go', (name) => squashed(versionRaised(name))),
  withOldFile('squashed/3', 'go', OLD_FILES.zstd, {
    what: 'and its md5sum with it, squashed',
    steps: [REPLACE, sumRenewed('libzstd1')],
    more: SQUASHED,
  }),

  ...REPLACED,
  ...ELSEWHERE,
]
