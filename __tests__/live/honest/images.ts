import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { detailOf } from '../../support/facts.js'
import { BASES, docker, newFolder, reportOf, seaworthy } from '../support.js'

/** An image that nobody has doctored: what is odd about its package database comes of tools that people use. */
interface Honest {
  readonly what: string
  /** Lines of its Dockerfile; `FROM` stands for an image with packages at hand and our own in /lab. */
  readonly lines: readonly string[]
  /** Why it needs an entry all the same: nothing compares these packages with the archive. */
  readonly unlisted?: readonly string[]
  /** Its layers are made one in the end, as `docker export` and builders that squash do. */
  readonly squashed?: true
}

const FROM = 'FROM at-hand'
const { bullseye, trixie } = BASES
/** Nothing of it needs the network: what is installed was downloaded before. */
const install = (...packages: string[]) =>
  `RUN DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ${packages.join(' ')}`
// Without dpkg's files about packages, it asks what to do with configuration files.
const upgrade = 'RUN DEBIAN_FRONTEND=noninteractive apt-get -y -o Dpkg::Options::=--force-confold upgrade'
const noDocs = 'RUN rm -rf /usr/share/doc/* /usr/share/man/* /usr/share/locale/* /usr/share/info/*'
const noInfo = 'RUN rm -rf /var/lib/dpkg/info'
/** What `dpkg -L` names, with the libraries that it needs, as people copy it into a smaller image. */
const copied =
  'RUN mkdir /out && dpkg -L nano | while read -r f; do [ -d "$f" ] || cp -a --parents "$f" /out; done'
/** Files of these packages, and what distroless keeps of them instead of dpkg's database. */
const parts = (sums: boolean) =>
  [
    'RUN mkdir -p /out/var/lib/dpkg/status.d /out/usr/lib && cp -a /usr/lib/os-release /out/usr/lib/',
    'for p in base-files libc6 liblzma5 tzdata; do dpkg -s $p | grep -v ^Status: >/out/var/lib/dpkg/status.d/$p',
    ...(sums ? ['cp /var/lib/dpkg/info/$p*.md5sums /out/var/lib/dpkg/status.d/$p.md5sums'] : []),
    'dpkg -L $p | while read -r f; do [ -d "$f" ] || [ ! -e "$f" ] || cp -a --parents "$f" /out; done; done',
  ].join('; ')

export const HONEST: Readonly<Record<string, Honest>> = {
  base: { what: 'a base as mmdebstrap makes it', lines: [`FROM ${BASES.bookworm}`] },
  'base-trixie': { what: 'the same of trixie', lines: [`FROM ${trixie}`] },
  'base-bullseye': { what: 'the same of bullseye, whose usr is not merged', lines: [`FROM ${bullseye}`] },
  upgraded: { what: 'all updates, in one layer', lines: [FROM, upgrade] },
  'upgraded-later': {
    what: 'packages in one layer, their updates in a later one',
    lines: [FROM, 'RUN dpkg -i /lab/lab_1.deb /lab/lab-conf_1.deb', upgrade, 'RUN dpkg -i /lab/lab_2.deb'],
  },
  'upgraded-twice': {
    what: 'the same package in three layers, up, down and up',
    lines: [FROM, ...[1, 2, 1, 2].map((version) => `RUN dpkg -i /lab/lab_${version}.deb`)],
  },
  slim: {
    what: 'no documents, no lists of apt',
    lines: [FROM, upgrade, noDocs, 'RUN rm -rf /var/lib/apt/lists/*'],
  },
  'path-exclude': {
    what: 'dpkg leaves documents out, as it is told by the makers of slim images',
    lines: [
      FROM,
      "RUN printf 'path-exclude=/usr/share/doc/*\\npath-exclude=/usr/share/locale/*\\n' >/etc/dpkg/dpkg.cfg.d/slim",
      upgrade,
      install('less', 'hello'),
    ],
  },
  'no-info': { what: 'the folder of dpkg’s files about packages is removed', lines: [FROM, upgrade, noInfo] },
  'no-info-then-upgrade': {
    what: 'it is removed, and packages come and go after that',
    lines: [FROM, noInfo, upgrade, install('less', 'hello'), 'RUN apt-get purge -y hello'],
  },
  'no-info-same-layer': {
    what: 'it is removed where the updates are made',
    lines: [FROM, `${upgrade} && rm -rf /var/lib/dpkg/info`],
  },
  'no-info-squashed': {
    what: 'it is removed, all in one layer',
    lines: [FROM, upgrade, noInfo],
    squashed: true,
  },
  'info-emptied': {
    what: 'it is emptied, and packages come later',
    lines: [FROM, 'RUN rm -f /var/lib/dpkg/info/*', upgrade],
  },
  'info-of-one': {
    what: 'files of one package are removed, which is then installed again (a remedy for emulated builds)',
    lines: [FROM, `RUN rm /var/lib/dpkg/info/libc-bin.* && apt-get install -y --reinstall libc-bin || true`],
  },
  'no-postinst': {
    what: 'the script of a package that fails is removed',
    lines: [
      FROM,
      'RUN dpkg -i /lab/lab-fails_1.deb || rm /var/lib/dpkg/info/lab-fails.postinst',
      'RUN dpkg --configure -a',
    ],
  },
  held: {
    what: 'packages on hold, the others updated',
    lines: [FROM, 'RUN apt-mark hold perl-base libc6', upgrade],
  },
  selections: {
    what: 'packages that are selected for removal and are there',
    lines: [FROM, "RUN echo 'tzdata deinstall' | dpkg --set-selections"],
  },
  'half-configured': {
    what: 'a postinst that fails',
    lines: [FROM, 'RUN dpkg -i /lab/lab-fails_1.deb || true'],
  },
  unpacked: {
    what: 'dpkg --unpack alone',
    lines: [FROM, 'RUN dpkg --unpack /lab/lab_1.deb /lab/lab-conf_1.deb'],
  },
  'unpacked-over': {
    what: 'dpkg --unpack of a newer version',
    lines: [FROM, 'RUN dpkg -i /lab/lab_1.deb', 'RUN dpkg --unpack /lab/lab_2.deb'],
  },
  'triggers-pending': {
    what: 'triggers that nobody has run',
    lines: [FROM, 'RUN dpkg -i /lab/lab-waits_1.deb && dpkg --no-triggers -i /lab/lab-triggers_1.deb'],
  },
  removed: {
    what: 'removed in a later layer, configuration kept',
    lines: [FROM, 'RUN dpkg -i /lab/lab-conf_1.deb', 'RUN dpkg -r lab-conf'],
  },
  'removed-at-once': {
    what: 'what was needed to build, removed in the same layer',
    lines: [
      FROM,
      `${install('cpp', 'make', 'openssh-client')} && apt-get remove -y cpp make openssh-client && apt-get autoremove -y`,
    ],
  },
  'removed-squashed': {
    what: 'removed with configuration kept, in one layer',
    lines: [FROM, 'RUN dpkg -i /lab/lab-conf_1.deb && dpkg -r lab-conf'],
    squashed: true,
  },
  purged: {
    what: 'purged in a later layer',
    lines: [FROM, install('less', 'nano'), 'RUN apt-get purge -y less nano'],
  },
  'purged-by-force': {
    what: 'what the image needs no more, by force',
    lines: [FROM, 'RUN dpkg --purge --force-all e2fsprogs tzdata || true'],
  },
  'foreign-architecture': {
    what: 'libraries of i386 beside those of amd64, updated together',
    lines: [FROM, 'RUN dpkg --add-architecture i386', upgrade, install('zlib1g:i386')],
  },
  'foreign-removed': {
    what: 'the same, and away again',
    lines: [
      FROM,
      'RUN dpkg --add-architecture i386',
      install('zlib1g:i386'),
      'RUN apt-get purge -y zlib1g:i386',
    ],
  },
  'other-architecture': {
    what: 'a package of all architectures becomes one of this',
    lines: [FROM, 'RUN dpkg -i /lab/lab-arch_1.deb', 'RUN dpkg -i /lab/lab-arch_2.deb'],
  },
  renamed: {
    what: 'a package takes the place and the files of another',
    lines: [FROM, 'RUN dpkg -i /lab/lab-old_1.deb', 'RUN dpkg --auto-deconfigure -i -B /lab/lab-new_2.deb'],
  },
  alternatives: {
    what: 'alternatives that are set by hand',
    lines: [
      FROM,
      install('nano', 'less'),
      'RUN update-alternatives --install /usr/bin/editor editor /usr/bin/less 99 && update-alternatives --set editor /usr/bin/less',
    ],
  },
  diverted: {
    what: 'a diversion, with another program in its place, and then updates',
    lines: [
      FROM,
      'RUN dpkg-divert --rename --add /usr/bin/perl && cp /bin/true /usr/bin/perl',
      'RUN dpkg -i /lab/lab_1.deb',
      upgrade,
    ],
  },
  'diverted-early': {
    what: 'a diversion of what comes later',
    lines: [
      FROM,
      'RUN dpkg-divert --no-rename --add /usr/bin/lab-1 && cp /bin/true /usr/bin/lab-1',
      'RUN dpkg -i /lab/lab_1.deb',
      'RUN dpkg -i /lab/lab_2.deb',
    ],
  },
  statoverride: {
    what: 'rights that dpkg is told to keep, and setuid bits taken away',
    lines: [
      FROM,
      'RUN dpkg-statoverride --update --add root root 0750 /usr/bin/passwd && find / -xdev -perm -4000 -exec chmod a-s {} +',
    ],
  },
  'programs-replaced': {
    what: 'two programs of packages replaced by the image’s own',
    lines: [FROM, 'RUN cp /bin/true /usr/bin/wdctl && cp /bin/true /usr/bin/chage'],
  },
  'programs-removed': {
    what: 'what does not serve the one program is removed, packages stay in the database',
    lines: [
      FROM,
      'RUN rm -rf /usr/sbin/* /usr/share/perl* /usr/lib/x86_64-linux-gnu/perl* /usr/bin/w* /usr/bin/c*',
    ],
  },
  'unpacked-beside': {
    what: 'apt-get download and dpkg -x over the root, without dpkg’s knowledge',
    lines: [FROM, 'RUN for d in /var/cache/apt/archives/nano_*.deb /lab/lab_2.deb; do dpkg -x $d /; done'],
    unlisted: ['nano'],
  },
  'unpacked-over-older': {
    what: 'newer files over an installed package by dpkg -x',
    lines: [FROM, 'RUN dpkg -i /lab/lab_1.deb', 'RUN dpkg -x /lab/lab_2.deb /'],
  },
  reinstalled: {
    what: 'the same versions again',
    lines: [
      FROM,
      install('less'),
      'RUN apt-get install -y --reinstall less',
      'RUN dpkg -i /lab/lab_1.deb',
      'RUN dpkg -i /lab/lab_1.deb',
    ],
  },
  squashed: {
    what: 'updates and packages, all in one layer',
    lines: [FROM, upgrade, install('nano', 'less')],
    squashed: true,
  },
  flattened: {
    what: 'a whole root copied into an empty image',
    lines: [`${FROM} AS build`, upgrade, 'FROM scratch', 'COPY --from=build / /'],
  },
  'copied-packages': {
    what: 'files of packages copied from another stage, and nothing of its database',
    lines: [`${FROM} AS build`, install('nano'), copied, 'FROM at-hand', 'COPY --from=build /out /'],
    unlisted: ['nano'],
  },
  'copied-with-database': {
    what: 'usr and the database copied from another stage, in two layers',
    lines: [
      `${FROM} AS build`,
      upgrade,
      install('nano'),
      FROM,
      'COPY --from=build /usr /usr',
      'COPY --from=build /etc /etc',
      'COPY --from=build /var/lib/dpkg /var/lib/dpkg',
    ],
  },
  'copied-database-first': {
    what: 'the same, the database before the files',
    lines: [
      `${FROM} AS build`,
      upgrade,
      install('nano'),
      FROM,
      'COPY --from=build /var/lib/dpkg /var/lib/dpkg',
      'COPY --from=build /usr /usr',
      'COPY --from=build /etc /etc',
    ],
  },
  distroless: {
    what: 'status.d with lists of MD5 sums, no dpkg',
    lines: [`${FROM} AS build`, parts(true), 'FROM scratch', 'COPY --from=build /out /'],
  },
  'distroless-plain': {
    what: 'status.d alone, as it was once',
    lines: [`${FROM} AS build`, parts(false), 'FROM scratch', 'COPY --from=build /out /'],
  },
  'second-database': {
    what: 'another root with a database of its own inside',
    lines: [
      FROM,
      'RUN mkdir -p /srv/root/var/lib && cp -a /var/lib/dpkg /srv/root/var/lib/ && dpkg --root=/srv/root --purge --force-all tzdata || true',
    ],
  },
  'marked-and-cleaned': {
    what: 'marks of apt, a clean cache, no logs, no old copies of the database',
    lines: [
      FROM,
      install('less'),
      'RUN apt-mark auto less && apt-get clean && rm -rf /var/log/* /var/lib/dpkg/*-old /var/cache/debconf/*-old',
    ],
  },
  'own-packages': {
    what: 'packages that nobody else has, of one architecture and of all',
    lines: [FROM, 'RUN dpkg -i /lab/lab_1.deb /lab/lab-arch_1.deb /lab/lab-same_1.deb'],
  },
}

const tagOf = (name: string) => `seaworthy-test/honest-${name}-${process.pid}:1`
const made: string[] = []

/** Builds them; `removeHonest` takes them away again. */
export function buildHonest(names: readonly string[]): string[] {
  const atHand = tagOf('at-hand')
  made.push(atHand)
  docker('build', '-q', '-t', atHand, '--build-arg', `BASE=${BASES.bookworm}`, import.meta.dirname)
  return names.map((name) => {
    const { lines, squashed } = HONEST[name] ?? { lines: [] }
    const tag = tagOf(name)
    const folder = newFolder()
    const text = lines.join('\n').replaceAll('FROM at-hand', `FROM ${atHand}`)
    writeFileSync(join(folder, 'Dockerfile'), `${text}\n`)
    docker('build', '-q', '--network', 'none', '-t', tag, folder)
    made.push(tag)
    if (squashed) {
      squash(tag)
    }
    return tag
  })
}

/** What the shipped gate doubts in them, or why it gives no answer: one run for all. */
export async function doubtsIn(images: readonly string[]): Promise<string[]> {
  const ran = await seaworthy(['scan', ...images, '--checks', 'security-updates'])
  const report = reportOf(ran)
  expect(report.images).toHaveLength(images.length)
  return report.images.flatMap(({ reference, findings, checks }) => {
    const doubts = findings
      .filter(({ id }) => id === 'package-database-doubtful')
      .map((one) => detailOf(one, 'why'))
    const isCompared = checks.some(({ notes }) => notes.some((note) => COMPARED_NOTE.test(note)))
    const problems = checks.flatMap(({ problem }) => problem?.what ?? [])
    const reasons = [...doubts, ...(isCompared ? [] : ['it was not held'])]
    // apt stops at packages that are half there, and then nobody has asked.
    return reasons.map((what) => `${reference}: ${what}: ${problems.join(', ')}`)
  })
}
const COMPARED_NOTE =
  /the package database (?:matches dpkg's file lists|does not match the image)|dpkg has file lists/

/** The image's file system as one layer, under the same name. */
export function squash(tag: string): void {
  const id = docker('create', tag, 'true').trim()
  execFileSync('sh', ['-c', `docker export ${id} | docker import - ${tag} >/dev/null`])
  docker('rm', id)
}

export function removeHonest(): void {
  for (const tag of made.splice(0).reverse()) {
    docker('rmi', '-f', tag)
  }
}
