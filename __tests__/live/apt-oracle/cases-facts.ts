import type { Fields } from './apt-files.js'
import { hold, type OracleCase, remove, setField, setStatus } from './case.js'
import { asInstalled } from './suite.js'

/** Shorthand: a package of our own. */
export const p = (Package: string, Version: string, more: Fields = {}): Fields => ({
  Package,
  Version,
  ...more,
})
export const pref = (name: string, text: string) => ({ [`etc/apt/preferences.d/${name}`]: text })
const pin = (names: string, how: string, priority: number | string) =>
  pref('x.pref', `Package: ${names}\nPin: ${how}\nPin-Priority: ${priority}\n`)
export const conf = (text: string) => ({ 'etc/apt/apt.conf.d/90lab': text })

const same = (field: string, before: string | null, after: string | null, name: string) => ({
  before: p(name, '1.0', before === null ? {} : { [field]: before }),
  after: p(name, '1.0', after === null ? {} : { [field]: after }),
})
/** Rule 8: what makes another version of an equal version string. */
const REBUILT = [
  same('Installed-Size', '1', '2', 'lab-samever'),
  same('Depends', null, 'base-files', 'lab-svdep'),
  same('Pre-Depends', null, 'base-files', 'lab-svpre'),
  same('Conflicts', null, 'lab-none', 'lab-svconf'),
  same('Breaks', null, 'lab-none', 'lab-svbrk'),
  same('Replaces', null, 'lab-none', 'lab-svrepl'),
  same('Multi-Arch', null, 'foreign', 'lab-svma'),
  same('Multi-Arch', null, 'no', 'lab-svmano'),
  same('Architecture', 'amd64', 'all', 'lab-svarch'),
  same('Recommends', null, 'base-files', 'lab-svrec'),
  same('Suggests', null, 'base-files', 'lab-svsug'),
  same('Provides', null, 'lab-virtual', 'lab-svprov'),
  same('Enhances', null, 'base-files', 'lab-svenh'),
  same('Section', 'misc', 'utils', 'lab-svsec'),
  same('Depends', 'base-files (>= 1),dpkg', 'base-files  (>=1), dpkg', 'lab-svws'),
  same('Depends', 'base-files (> 1)', 'base-files (>= 1)', 'lab-svop'),
]

const VERSIONS: readonly (readonly [string, string])[] = [
  ['9.0-1', '1:1.0-1'],
  ['1.0-1', '1.0-1+b1'],
  ['1.0-1', '1.0-1~deb12u1'],
  ['1.0-1~deb12u1', '1.0-1'],
  ['1.0-1+deb12u9', '1.0-1+deb12u10'],
  ['1.0-1+deb12u1+b1', '1.0-1+deb12u1.1'],
  ['1.0', '0:1.0-0'],
]

const MULTI = [p('lab-multi', '1.0')]
const pinLab = (name: string, how: string, priority: number | string, names = 'lab-multi'): OracleCase => ({
  name,
  installed: MULTI,
  repositories: [
    { name: 'one', packages: [p('lab-multi', '1.5'), p('lab-multi', '1.2'), p('lab-multi', '0.9')] },
    { name: 'two', packages: [p('lab-multi', '3.0')] },
  ],
  files: () => pin(names, how, priority),
})

export const FACTS: readonly OracleCase[] = [
  { name: 'base' },
  { name: 'packages', status: 'packages' },
  {
    name: 'versions in every order',
    installed: VERSIONS.map(([from], at) => p(`lab-v${at}`, from)),
    repositories: [{ name: 'lab', packages: VERSIONS.map(([, to], at) => p(`lab-v${at}`, to)) }],
  },
  {
    name: 'rebuilt under one version',
    installed: REBUILT.map(({ before }) => before),
    repositories: [{ name: 'lab', packages: REBUILT.map(({ after }) => after) }],
  },
  {
    name: 'all and any',
    installed: [p('lab-all2any', '1.0', { Architecture: 'all' }), p('lab-any2all', '1.0')],
    repositories: [
      { name: 'lab', packages: [p('lab-all2any', '1.1'), p('lab-any2all', '1.1', { Architecture: 'all' })] },
    ],
  },
  {
    name: 'lab mix',
    installed: [
      ...[
        'lab-newdep',
        'lab-victim',
        'lab-conf',
        'lab-brk',
        'lab-miss',
        'lab-a',
        'lab-b',
        'lab-c',
        'lab-d',
      ].map((name) => p(name, '1.0')),
      p('lab-user', '1.0'),
      p('lab-alt', '1.0'),
      p('lab-virt', '1.0', { Provides: 'lab-service (= 1)' }),
      p('lab-virtuser', '1.0'),
      p('lab-unver', '1.0', { Provides: 'lab-plain' }),
      p('lab-unveruser', '1.0'),
    ],
    repositories: [
      {
        name: 'lab',
        packages: [
          p('lab-newdep', '1.1', { Depends: 'lab-fresh' }),
          p('lab-fresh', '1.0'),
          p('lab-conf', '1.1', { Conflicts: 'lab-victim' }),
          p('lab-brk', '1.1', { Breaks: 'lab-user (<< 2)' }),
          p('lab-miss', '1.1', { Depends: 'lab-missing' }),
          p('lab-a', '1.1', { Depends: 'lab-b (= 1.1)' }),
          p('lab-b', '1.1', { Depends: 'lab-a (= 1.1)' }),
          p('lab-d', '1.1', { Depends: 'lab-c (= 1.0)' }),
          p('lab-c', '1.1'),
          p('lab-alt', '1.1', { Depends: 'lab-missing | lab-a' }),
          p('lab-virt', '1.1', { Provides: 'lab-service (= 2)' }),
          p('lab-virtuser', '1.1', { Depends: 'lab-service (>= 2)' }),
          p('lab-unveruser', '1.1', { Depends: 'lab-plain (>= 1)' }),
        ],
      },
    ],
  },
  {
    name: 'recommends',
    installed: [
      p('lab-rec', '1.0'),
      p('lab-recmiss', '1.0'),
      p('lab-recsat', '1.0', { Recommends: 'base-files' }),
      p('lab-recold', '1.0', { Recommends: 'lab-gone' }),
      p('lab-sug', '1.0'),
    ],
    repositories: [
      {
        name: 'lab',
        packages: [
          p('lab-rec', '1.1', { Recommends: 'lab-recnew' }),
          p('lab-recnew', '1.0'),
          p('lab-recmiss', '1.1', { Recommends: 'lab-nowhere' }),
          p('lab-recsat', '1.1', { Recommends: 'base-files, lab-recnew' }),
          p('lab-recold', '1.1', { Recommends: 'lab-gone, lab-recnew' }),
          p('lab-sug', '1.1', { Suggests: 'lab-recnew' }),
        ],
      },
    ],
  },
  {
    name: 'recommends switched off',
    installed: [p('lab-rec', '1.0')],
    repositories: [{ name: 'lab', packages: [p('lab-rec', '1.1', { Recommends: 'lab-recnew' })] }],
    files: () => conf('APT::Install-Recommends "false";\n'),
  },
  {
    name: 'an unchanged package in the way',
    installed: [
      p('lab-user', '1.0', { Depends: 'lab-lib (= 1.0)' }),
      p('lab-lib', '1.0'),
      p('lab-top', '1.0'),
    ],
    repositories: [
      { name: 'lab', packages: [p('lab-lib', '1.1'), p('lab-top', '1.1', { Depends: 'lab-lib (>= 1.1)' })] },
    ],
  },
  { name: 'hold perl-base', edit: hold('perl-base') },
  { name: 'hold libapt-pkg', edit: hold('libapt-pkg6.0', 'libapt-pkg7.0') },
  { name: 'hold liblzma5', edit: hold('liblzma5') },
  { name: 'hold libgssapi-krb5-2', status: 'packages', edit: hold('libgssapi-krb5-2') },
  {
    name: 'hold libssl3, nginx-common, python3.11-minimal',
    status: 'packages',
    edit: hold(
      'libssl3',
      'libssl1.1',
      'libssl3t64',
      'nginx-common',
      'python3.11-minimal',
      'python3.13-minimal',
    ),
  },
  {
    name: 'hold lifted',
    edit: hold('perl-base', 'liblzma5'),
    files: () => conf('APT::Ignore-Hold "true";\n'),
  },
  pinLab('pin -1 on one name', 'release o=lab', -1),
  pinLab('pin -1 on a glob', 'release o=lab', -1, 'lab-*'),
  pinLab('pin 50', 'release n=two', 50),
  pinLab('pin 100', 'release n=two', 100),
  pinLab('pin 990 on one repository', 'release n=one', 990),
  pinLab('pin 1001, lower', 'version 0.9', 1001),
  pinLab('pin 1000, lower', 'version 0.9', 1000),
  pinLab('pin 999, lower', 'version 0.9', 999),
  pinLab('pin version', 'version 1.2', 900),
  pinLab('pin version by prefix', 'version 1.*', 900),
  pinLab('pin the installed version', 'version 1.0', 900),
  pinLab('pin by regex', 'release n=/^t.o$/', -1, '/multi$/'),
  pinLab('pin by case', 'release l=LAB,n=TWO', -5),
  pinLab('pin a=now 1001', 'release a=now', 1001, '*'),
  pinLab('pin * by version', 'version 1.2', 900, '*'),
  { ...pinLab('pin priority 0', 'release n=two', 0), stops: 'No priority (or zero) specified for pin' },
  {
    ...pinLab('first pin wins', 'release n=two', -1, '*'),
    files: () =>
      pref(
        'x.pref',
        'Package: lab-*\nPin: version 1.2\nPin-Priority: 800\n\nPackage: lab-multi\nPin: version 3.0\nPin-Priority: 900\n\nPackage: lab-multi\nPin: version 1.2\nPin-Priority: 950\n',
      ),
  },
  {
    ...pinLab('specific beats general', 'release n=two', 900, '*'),
    files: () =>
      pref(
        'x.pref',
        'Package: *\nPin: release n=two\nPin-Priority: 900\n\nPackage: lab-multi\nPin: release n=two\nPin-Priority: 50\n',
      ),
  },
  {
    ...pinLab('main file first', 'release n=two', 900),
    files: () => ({
      'etc/apt/preferences': 'Package: lab-multi\nPin: version 1.5\nPin-Priority: 800\n',
      ...pref('a', 'Package: lab-multi\nPin: version 1.5\nPin-Priority: -1\n'),
      ...pref('z.bak', 'Package: lab-multi\nPin: version 3.0\nPin-Priority: 1001\n'),
    }),
  },
  {
    ...pinLab('CRLF', 'release n=two', 900),
    files: () => pref('x.pref', 'Package: lab-multi\r\nPin: version 1.2\r\nPin-Priority: 900\r\n'),
  },
  pinLab('pin by architecture', 'release n=two', -1, 'lab-multi:i386'),
  pinLab('pin by bare word', 'release two', -1),
  {
    name: 'pin stable 900 and Debian -10',
    files: () =>
      pref(
        'x.pref',
        'Package: *\nPin: release a=stable\nPin-Priority: 900\n\nPackage: *\nPin: release o=Debian\nPin-Priority: -10\n',
      ),
  },
  { name: 'pin Debian-Security 50', files: () => pin('*', 'release l=Debian-Security', 50) },
  { name: 'pin the site', status: 'packages', files: () => pin('*', 'origin *', -1) },
  { name: 'pin a bare number', files: () => pin('*', 'release 12', 50) },
  { name: 'pin v=1*', files: () => pin('*', 'release v=1*', 50) },
  { name: 'pin the component', files: () => pin('*', 'release c=main,b=amd64', -1) },
  {
    name: 'pin a source package',
    status: 'packages',
    files: () => pin('src:perl src:apt', 'release o=Debian', -1),
  },
  ...['bookworm', 'stable', 'oldstable', 'trixie', 'bullseye', '/^(old)*stable(|-security|-updates)$/'].map(
    (release): OracleCase => ({
      name: `Default-Release ${release}`,
      status: 'packages',
      sources: () => '@three\n@bullseye,bookworm,trixie',
      files: () => conf(`APT::Default-Release "${release}";\n`),
    }),
  ),
  {
    name: 'Default-Release that is nowhere',
    files: () => conf('APT::Default-Release "sarge";\n'),
    stops: "The value 'sarge' is invalid for APT::Default-Release",
  },
  {
    name: 'a source without component',
    files: (suite) => ({ 'etc/apt/sources.list.d/x.list': `deb http://x.example/ ${suite}\n` }),
    stops: 'Malformed entry 1 in list file /etc/apt/sources.list.d/x.list (Component)',
  },
  {
    name: 'a flat source with component',
    files: () => ({ 'etc/apt/sources.list.d/x.list': '\n# x\ndeb http://x.example/ ./ main\n' }),
    stops: 'Malformed entry 3 in list file /etc/apt/sources.list.d/x.list (absolute Suite Component)',
  },
  {
    name: 'a stanza without components',
    files: () => ({ 'etc/apt/sources.list.d/x.sources': 'Types: deb\nURIs: http://x.example/\nSuites: x\n' }),
    stops: 'x.sources (Component)',
  },
  { name: 'main only', status: 'packages', sources: (suite) => `@${suite}` },
  { name: 'main and updates', status: 'packages', sources: (suite) => `@${suite},${suite}-updates` },
  { name: 'security only', status: 'packages', sources: (suite) => `@${suite}-security` },
  { name: 'no source', sources: () => '' },
  {
    name: 'sources that are off or not read',
    sources: (suite) => `@${suite}`,
    files: () => ({
      'etc/apt/sources.list.d/a.sources':
        'Enabled: no\nTypes: deb\nURIs: http://x.example\nSuites: x\nComponents: main\n',
      'etc/apt/sources.list.d/b.list.save': 'deb broken\n',
      'etc/apt/sources.list.d/c.list': 'deb-src http://x.example/ x main\n',
    }),
  },
  {
    name: 'the next release as source',
    sources: () => '@bullseye,bookworm,trixie,forky',
    suites: ['bullseye', 'bookworm'],
  },
  {
    name: 'the next release as source, packages',
    status: 'packages',
    sources: () => '@bookworm,bookworm-security,trixie,forky',
  },
  { name: 'backports too', status: 'packages', sources: (suite) => `@three\n@${suite}-backports` },
  {
    name: 'backports pinned 990',
    status: 'packages',
    sources: (suite) => `@three\n@${suite}-backports`,
    files: () => pin('*', 'release a=*-backports', 990),
  },
  {
    name: 'curl from backports',
    status: 'packages',
    suites: ['bookworm', 'trixie'],
    sources: (suite) => `@three\n@${suite}-backports`,
    edit: setField('curl', 'Version', '9:1'),
  },
  ...(
    [
      [{ NotAutomatic: 'yes' }],
      [{ NotAutomatic: 'yes', ButAutomaticUpgrades: 'yes' }],
      [{ ButAutomaticUpgrades: 'yes' }],
    ] as const
  ).map(
    ([release]): OracleCase => ({
      name: `a repository with ${Object.keys(release).join(' and ')}`,
      installed: [p('lab-multi', '1.0'), p('lab-two', '1.0')],
      repositories: [
        { name: 'na', release, packages: [p('lab-multi', '5.0'), p('lab-two', '2.0')] },
        { name: 'lab', packages: [p('lab-multi', '1.1')] },
      ],
    }),
  ),
  {
    name: 'foreign architecture, only one is newer',
    foreign: ['i386'],
    installed: [
      p('lab-ma', '1.0', { 'Multi-Arch': 'same' }),
      p('lab-ma', '1.0', { 'Multi-Arch': 'same', Architecture: 'i386' }),
      p('lab-i386only', '1.0', { Architecture: 'i386' }),
    ],
    repositories: [
      {
        name: 'lab',
        packages: [
          p('lab-ma', '1.1', { 'Multi-Arch': 'same' }),
          p('lab-ma', '1.0', { 'Multi-Arch': 'same', Architecture: 'i386' }),
          p('lab-i386only', '1.2'),
          p('lab-i386only', '1.1', { Architecture: 'i386' }),
        ],
      },
    ],
  },
  ...['', '[arch=amd64]', '[arch-=i386]'].map(
    (options): OracleCase => ({
      name: `libc6 and liblzma5 for i386 with an index of the main suite only ${options}`,
      foreign: ['i386'],
      sources: () => `@three ${options}`.trim(),
      edit: (status) =>
        `${status}${i386(status, ['libc6', 'libgcc-s1', 'gcc-12-base', 'gcc-10-base', 'gcc-14-base', 'libcrypt1', 'liblzma5'])}`,
      more: ({ suite, indexes }) => {
        const main = indexes.get(suite)
        return main === undefined
          ? []
          : [
              {
                ...main,
                architecture: 'i386',
                packages: main.packages.replaceAll('Architecture: amd64', 'Architecture: i386'),
              },
            ]
      },
    }),
  ),
  {
    name: 'another archive is higher, and lower',
    repositories: [
      { name: 'third', packages: [p('tzdata', '9999-1', { Architecture: 'all' }), p('bsdutils', '0.1')] },
    ],
  },
  {
    name: 'another archive pinned to 100',
    repositories: [{ name: 'third', packages: [p('tzdata', '9999-1', { Architecture: 'all' })] }],
    files: () => pin('*', 'release o=lab', 100),
  },
  { name: 'installed from another archive that is gone', edit: setField('tzdata', 'Version', '9999-1') },
  { name: 'same version rebuilt', edit: setField('gzip', 'Installed-Size', '99') },
  { name: 'essential packages removed', edit: remove('hostname', 'ncurses-bin') },
  {
    name: 'removed with conffiles left, also on hold',
    installed: [p('lab-rc', '1.0'), p('lab-rch', '1.0')],
    edit: (status) =>
      setStatus('lab-rch', 'hold ok config-files')(setStatus('lab-rc', 'deinstall ok config-files')(status)),
    repositories: [{ name: 'lab', packages: [p('lab-rc', '2.0'), p('lab-rch', '2.0')] }],
  },
  {
    name: 'states of dpkg',
    installed: ['unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending', 'installed'].map(
      (state) => p(`lab-${state}`, '1.0', { Status: `install ok ${state}` }),
    ),
    repositories: [
      {
        name: 'lab',
        packages: ['unpacked', 'half-configured', 'triggers-awaited', 'triggers-pending', 'installed'].map(
          (state) => p(`lab-${state}`, '2.0'),
        ),
      },
    ],
  },
  {
    name: 'half-installed, in an index',
    installed: [p('lab-half', '1.0', { Status: 'install ok half-installed' })],
    repositories: [{ name: 'lab', packages: [p('lab-half', '1.0'), p('lab-half', '2.0')] }],
  },
  {
    name: 'half-installed and reinstreq, in no index',
    installed: [p('lab-half', '1.0', { Status: 'install reinstreq half-installed' })],
  },
  {
    name: 'selected for removal, still installed',
    edit: (status) => status.replaceAll('Status: install ok', 'Status: deinstall ok'),
  },
  ...[true, false].map(
    (withId): OracleCase => ({
      name: `phased, ${withId ? 'with' : 'without'} a machine-id`,
      installed: [p('lab-phased', '1.0')],
      repositories: [
        { name: 'lab', packages: [p('lab-phased', '1.1', { 'Phased-Update-Percentage': '0' })] },
      ],
      files: () => ({ 'etc/machine-id': withId ? '0123456789abcdef0123456789abcdef\n' : '' }),
    }),
  ),
]

/** Installed stanzas for i386 made of those for amd64. */
export function i386(status: string, names: readonly string[]): string {
  return asInstalled(status, new Set(names)).replaceAll('Architecture: amd64', 'Architecture: i386')
}
