import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { ImageName, Mutation } from '../mutation.js'
import { asRoot, isBelow } from '../tools/apt.js'
import { runInDebian } from '../tools/debian.js'
import { STATUS, setVersion, withField } from '../tools/dpkg.js'
import { kept } from '../tools/kept.js'
import { DEB, DEB_REMOVED, NEW_READ, type OldName, oldDeb, withOldDeb } from '../tools/old-debs.js'
import { APPLICATIONS, applicationFolder } from '../tools/simplest.js'

/** @param layers one RUN each; they find the old package in DEB, and the update's version in `$new` */
function old(
  form: string,
  on: ImageName,
  name: OldName,
  { what, layers, subject }: { what: string; layers: string[][]; subject?: Mutation['subject'] },
): Mutation {
  const all = layers.map((steps) => [NEW_READ, ...steps])
  return {
    ...{ id: `database/further-${form}/1`, on, what: `${name} without its security update; ${what}` },
    ...{ files: oldDeb(name), lines: withOldDeb(...all, [DEB_REMOVED]) },
    subject: subject ?? { package: name },
  }
}

function installed(name: OldName): string[] {
  return [`dpkg -i --force-downgrade ${DEB}`, isBelow(name)]
}

const REPACKED = [
  `dpkg-deb -R ${DEB} /tmp/own && sed -i "s/^Version: .*/Version: $new/" /tmp/own/DEBIAN/control`,
  'dpkg-deb -b /tmp/own /tmp/own.deb && dpkg -i /tmp/own.deb && rm -r /tmp/own /tmp/own.deb',
]

const LOWERED = 'Package|Status|Architecture|Source|Version'

const EXPAT = 'lib/x86_64-linux-gnu/libexpat.so.1.8.10'

/** An application as some companies ship theirs: a .deb of their own. */
function ownPackage(): Mutation {
  const { what, subject, on } = APPLICATIONS.lodash
  const control =
    'Package: shop\nVersion: 1.4.0\nArchitecture: all\nMaintainer: Shop <shop@example.org>\nDescription: the shop\n'
  const commands = [
    'mkdir -p /tmp/own/DEBIAN /tmp/own/usr/share/shop/node_modules && cp -r /in/. /tmp/own/usr/share/shop/node_modules',
    `cd /tmp/own && printf '${control.replaceAll('\n', '\\n')}' >DEBIAN/control`,
    'find usr -type f -exec md5sum {} + >DEBIAN/md5sums',
    'dpkg-deb --root-owner-group -b /tmp/own /tmp/shop.deb',
  ]
  const packed = () =>
    kept('further-own-package', [what, commands], (out) => {
      const folder = applicationFolder('lodash')
      runInDebian({ release: 'trixie', packages: ['dpkg'] }, commands, {
        input: folder,
        out,
        paths: ['/tmp/shop.deb'],
      })
    })
  const steps = [
    'dpkg -i /tmp/own/tmp/shop.deb && rm -r /tmp/own',
    'dpkg -S /usr/share/shop/node_modules/lodash',
  ]
  return {
    id: 'database/further-own-package/1',
    on,
    what: `${what} in a .deb of the company's own, so that dpkg's lists and sums cover it`,
    files: (context) => {
      execFileSync('cp', ['-a', packed(), join(context, 'own')])
    },
    lines: ['COPY own /tmp/own', ...asRoot(steps)],
    subject,
  }
}

export const FURTHER_DATABASE: readonly Mutation[] = [
  old('repackaged', 'go', 'zstd', {
    what: 'its .deb packed again with the version of the update, and installed by dpkg',
    layers: [[...REPACKED, setVersion('zstd', '$new')]],
  }),
  old('lower-case', 'python', 'libkrb5support0', {
    what: 'the fields of its stanza in small letters, which dpkg reads like any others',
    layers: [
      installed('libkrb5support0'),
      [
        `sed -i -E '/^Package: libkrb5support0$/,/^$/ s/^(${LOWERED}):/\\L&/' ${STATUS}`,
        `grep -qx 'package: libkrb5support0' ${STATUS} && ${isBelow('libkrb5support0')}`,
      ],
    ],
  }),
  old('half-installed', 'node', 'libeot0', {
    what: 'its Status changed to install reinstreq half-installed',
    layers: [
      installed('libeot0'),
      [
        withField('libeot0', 'Status', 'install reinstreq half-installed'),
        `dpkg-query -W -f '\${db:Status-Status}' libeot0 | grep -qx half-installed`,
      ],
    ],
  }),
  old('source-version', 'java', 'libzstd1', {
    what: 'its Source in status names the version of the update, as binNMUs have it',
    layers: [
      installed('libzstd1'),
      [
        withField('libzstd1', 'Source', 'libzstd ($new)'),
        `test "$(dpkg-query -W -f '\${source:Version}' libzstd1)" = "$new" && ${isBelow('libzstd1')}`,
      ],
    ],
  }),
  old('loader', 'python', 'libexpat1', {
    what: "bookworm's unpacked to /opt/compat, which ld.so.conf.d puts before Debian's own folders",
    layers: [
      [
        `dpkg -x ${DEB} /opt/compat && test -f /opt/compat/${EXPAT}`,
        'echo /opt/compat/lib/x86_64-linux-gnu >/etc/ld.so.conf.d/000-compat.conf && ldconfig',
        'ldconfig -p | grep -m1 libexpat.so.1 | grep -q /opt/compat',
      ],
    ],
    subject: { path: EXPAT },
  }),
  ownPackage(),
]
