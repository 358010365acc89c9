import type { ImageName, Mutation } from '../mutation.js'
import { asRoot, CLEAN, candidateOf, install, isAbove, isBelow, UPDATE } from '../tools/apt.js'

/** @param steps what the RUN does once the newest version is known, as `$new` */
function changed(
  form: string,
  on: ImageName,
  { name, what, steps }: { name: string; what: string; steps: string[] },
): Mutation {
  const all = [UPDATE, candidateOf(name), ...steps, CLEAN]
  return { id: `debian/further-${form}/1`, on, what, lines: asRoot(all), subject: { package: name } }
}

const PREFIX = '/opt/house'

/** What `apt-get install` reads of a flat repository. `l` of `local` is behind `d` of `deb13u1`. */
const rebuilt = (name: string) => [
  `mkdir ${PREFIX} && cd ${PREFIX} && apt-get download ${name}/trixie && dpkg-deb -R ${name}_*.deb own && rm *.deb`,
  "sed -i 's/^\\(Version: [^+]*\\).*/\\1+local1/' own/DEBIAN/control && dpkg-deb -b own package.deb",
  'size="$(stat -c %s package.deb)" && sum="$(sha256sum <package.deb | cut -c1-64)"',
  '{ cat own/DEBIAN/control && printf "Filename: ./package.deb\\nSize: $size\\nSHA256: $sum\\n"; } >Packages',
  `echo 'deb [trusted=yes] file:${PREFIX} ./' >/etc/apt/sources.list.d/more.list && ${UPDATE}`,
  ...[install(name), isAbove(name), `cd / && rm -r ${PREFIX}`],
]

const CONTROL = `printf '%s\\n' 'Package: shop-base' 'Version: 1.0' 'Architecture: all' 'Maintainer: Shop <shop@example.org>' "Depends: zstd (= $(dpkg-query -W -f '\${Version}' zstd))" 'Description: what the shop was tested with'`

export const FURTHER_DEBIAN: readonly Mutation[] = [
  changed('unpacked', 'go', {
    name: 'zstd',
    what: 'zstd without its security update, unpacked by dpkg --unpack and never configured',
    steps: [
      'cd /tmp && apt-get download zstd/trixie && dpkg --unpack /tmp/zstd_*.deb && rm /tmp/zstd_*.deb',
      ...[`dpkg-query -W -f '\${db:Status-Status}' zstd | grep -qx unpacked`, isBelow('zstd')],
    ],
  }),
  changed('house-repository', 'python', {
    name: 'libkrb5support0',
    what: "libkrb5support0 without its security update, from a company's own repository ([trusted=yes]) as +local1, which sorts above the update",
    steps: rebuilt('libkrb5support0'),
  }),
  changed('exact-dependency', 'node', {
    name: 'zstd',
    what: "zstd without its security update, held back by a package of the company's own that depends on exactly that version",
    steps: [
      install('zstd/trixie'),
      ...['mkdir -p /tmp/own/DEBIAN && cd /tmp/own', `${CONTROL} >DEBIAN/control`],
      'dpkg-deb -b . /tmp/own.deb && dpkg -i /tmp/own.deb && cd / && rm -r /tmp/own /tmp/own.deb',
      ...['apt-get upgrade -y', isBelow('zstd')],
    ],
  }),
  changed('source-parts', 'java', {
    name: 'libeot0',
    what: 'libeot0 installed while apt.conf tells apt to ignore debian.sources, and sources.list has main alone',
    steps: [
      `echo 'Dir::Etc::SourceParts "/dev/null";' >/etc/apt/apt.conf.d/00build`,
      "echo 'deb http://deb.debian.org/debian trixie main' >/etc/apt/sources.list",
      ...['rm -rf /var/lib/apt/lists/*', UPDATE, install('libeot0'), isBelow('libeot0')],
    ],
  }),
]
