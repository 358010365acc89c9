import type { Fields } from './apt-files.js'
import { hold, type OracleCase, remove, setField } from './case.js'
import { conf, p, pref } from './cases-facts.js'

const MULTI = [p('lab-multi', '1.0')]
const ONE = { name: 'one', packages: [p('lab-multi', '1.5'), p('lab-multi', '1.2')] }
const TWO = { name: 'two', packages: [p('lab-multi', '3.0')] }
const I386: Fields = { Architecture: 'i386' }

/** Two repositories, one package, these preferences. */
const preferring = (name: string, text: string, more: Partial<OracleCase> = {}): OracleCase => ({
  name,
  installed: MULTI,
  repositories: [ONE, TWO],
  files: () => pref('x.pref', text),
  ...more,
})

/** Installed packages, and what a repository has of them. */
const lab = (
  name: string,
  installed: readonly Fields[],
  packages: readonly Fields[],
  more: Partial<OracleCase> = {},
): OracleCase => ({ name, installed, repositories: [{ name: 'lab', packages }], ...more })

/** A package in main and, in a higher version, in contrib. */
const parts = (name: string, more: Partial<OracleCase>, fields: Fields = {}): OracleCase => ({
  name,
  installed: MULTI,
  repositories: [
    { name: 'parts', packages: [p('lab-multi', '1.5')] },
    { name: 'parts', component: 'contrib', packages: [{ ...p('lab-multi', '3.0'), ...fields }] },
  ],
  ...more,
})

/** Cases that the facts do not name. */
export const OWN: readonly OracleCase[] = [
  // Pins.
  preferring('a pin without priority', 'Package: lab-multi\nPin: release n=two\n', {
    stops: 'No priority (or zero) specified for pin',
  }),
  preferring('a pin without package', 'Pin: release n=two\nPin-Priority: 5\n', {
    stops: 'Invalid record in the preferences file /etc/apt/preferences.d/x.pref, no Package header',
  }),
  preferring('a pin of an unknown kind', 'Package: lab-multi\nPin: colour blue\nPin-Priority: -1\n'),
  preferring(
    'a pin of too great a priority',
    'Package: lab-multi\nPin: release n=two\nPin-Priority: 40000\n',
    {
      stops: 'is outside the range of valid pin priorities',
    },
  ),
  preferring('a pin of priority 1.5', 'Package: lab-multi\nPin: release n=two\nPin-Priority: 1.5\n'),
  preferring('a pin of priority ten', 'Package: lab-multi\nPin: release n=two\nPin-Priority: ten\n'),
  preferring('a pin without Pin', 'Package: lab-multi\nPin-Priority: -1\n'),
  preferring(
    'a line that is no field',
    'Package: lab-multi\nnonsense\nPin: release n=two\nPin-Priority: -1\n',
  ),
  preferring('a pin on a star among names', 'Package: lab-none *\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on name:any', 'Package: lab-multi:any\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on name:amd64', 'Package: lab-multi:amd64\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on name:native', 'Package: lab-multi:native\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on a name in capitals', 'Package: LAB-MULTI\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on a glob in capitals', 'Package: LAB-M*\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on a question mark', 'Package: lab-mult?\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on a class', 'Package: lab-[a-m]ulti\nPin: release n=two\nPin-Priority: -1\n'),
  preferring('a pin on a regex in the middle', 'Package: /b-mu/\nPin: release n=two\nPin-Priority: -1\n'),
  preferring(
    'comments and empty records',
    '# one\n\n\n# two\nPackage: lab-multi\n# three\nPin: release n=two\nPin-Priority: -1\n\n# four\n',
  ),
  preferring('a folded field', 'Package: lab-none\n lab-multi\nPin: release n=two\nPin-Priority: -1\n'),
  preferring(
    'an explanation first',
    'Explanation: because\nPackage: lab-multi\nPin: release n=two\nPin-Priority: -1\n',
  ),
  preferring(
    'a field that is there twice',
    'Package: lab-none\nPackage: lab-multi\nPin: release n=two\nPin-Priority: -1\n',
  ),
  preferring('a version by glob', 'Package: lab-multi\nPin: version 1.?\nPin-Priority: 900\n'),
  preferring('a version by regex', 'Package: lab-multi\nPin: version /^1\\./\nPin-Priority: 900\n'),
  preferring('a version from the middle', 'Package: lab-multi\nPin: version *.2\nPin-Priority: 900\n'),
  preferring('a site by glob', 'Package: *\nPin: origin "two.*"\nPin-Priority: -1\n'),
  preferring('no site', 'Package: *\nPin: origin ""\nPin-Priority: -1\n'),
  preferring('any release', 'Package: lab-multi\nPin: release *\nPin-Priority: -1\n'),
  preferring('a release of two suites', 'Package: *\nPin: release a=two, n=one\nPin-Priority: -1\n'),
  preferring('a release with blanks', 'Package: *\nPin: release a=two, n=two\nPin-Priority: -1\n'),
  preferring('a release with a key of no meaning', 'Package: *\nPin: release x=two\nPin-Priority: -1\n'),
  preferring('a general pin above 1000', 'Package: *\nPin: release n=one\nPin-Priority: 1001\n', {
    installed: [p('lab-multi', '4.0')],
  }),
  preferring(
    'the installed version pinned away',
    'Package: lab-multi\nPin: release a=now\nPin-Priority: -1\n',
  ),
  preferring(
    'everything pinned away',
    'Package: lab-*\nPin: release *\nPin-Priority: -1\n\nPackage: lab-*\nPin: version *\nPin-Priority: -1\n',
  ),
  preferring('a pin and Default-Release', 'Package: *\nPin: release n=two\nPin-Priority: 995\n', {
    files: () => ({
      ...pref('x.pref', 'Package: *\nPin: release n=one\nPin-Priority: 995\n'),
      ...conf('APT::Default-Release "one";\n'),
      ...pref('y.pref', 'Package: *\nPin: release n=two\nPin-Priority: 992\n'),
    }),
  }),
  preferring('a pin below Default-Release', '', {
    files: () => ({
      ...pref('x.pref', 'Package: *\nPin: release n=two\nPin-Priority: 50\n'),
      ...conf('APT::Default-Release "two";\n'),
    }),
  }),
  preferring('a pin by source with a glob', 'Package: src:sou*\nPin: release n=two\nPin-Priority: -1\n', {
    repositories: [ONE, { name: 'two', packages: [p('lab-multi', '3.0', { Source: 'source-x (2.0)' })] }],
  }),
  ...(
    [
      ['', ''],
      ['', 'Package: lab-multi\nPin: version 3.0\nPin-Priority: 1001\n'],
      ['Package: *\nPin: release n=two\nPin-Priority: 900\n\n', ''],
    ] as const
  ).map(([before, after]) =>
    preferring(
      `never, between ${JSON.stringify(before)} and ${JSON.stringify(after)}`,
      `${before}Package: *\nPin: release n=two\nPin-Priority: never\n\n${after}`,
    ),
  ),
  preferring('what is installed, never', 'Package: *\nPin: release a=now\nPin-Priority: never\n'),
  preferring('never, and Default-Release', '', {
    files: () => ({
      ...pref('x.pref', 'Package: *\nPin: release n=two\nPin-Priority: never\n'),
      ...conf('APT::Default-Release "two";\n'),
    }),
  }),
  preferring('never for a glob', 'Package: lab-*\nPin: release n=two\nPin-Priority: never\n', {
    stops: "The special 'Pin-Priority: never' can only be used for 'Package: *' records",
  }),
  // Default-Release and other options.
  ...['o=lab', 'n=one', 'a=one,l=lab', 'x', 'n=nowhere', '1*', 'O=LAB'].map(
    (release): OracleCase => ({
      name: `Default-Release ${release} of our own`,
      installed: MULTI,
      repositories: [ONE, { ...TWO, release: { Version: '11', Origin: 'other' } }],
      files: () => conf(`APT::Default-Release "${release}";\n`),
    }),
  ),
  {
    name: 'Default-Release backports',
    status: 'packages',
    sources: (suite) => `@three\n@${suite}-backports`,
    files: (suite) => conf(`APT::Default-Release "${suite}-backports";\n`),
    suites: ['bookworm', 'trixie'],
  },
  ...(
    [
      ['nested', 'APT { Default-Release "one"; // a\n /* b */ Ignore-Hold "true"; };\n'],
      ['without quotes', 'APT::Default-Release one;\n'],
      ['in small letters', 'apt::default-release "one";\n'],
      ['cleared again', 'APT::Default-Release "one";\n#clear APT::Default-Release;\n'],
      ['after a comment', '# APT::Default-Release "two";\nAPT::Default-Release "one";\n'],
      ['a list', 'APT::Never { "a"; "b"; };\nAPT::Default-Release "one";\n'],
      [
        'with quotes inside',
        'DPkg::Post-Invoke { "rm -f /var/cache/apt/*.bin || true"; };\nDir::Cache::pkgcache "";\nAPT::Default-Release "one";\n',
      ],
      ['not closed', 'APT {\nDefault-Release "one";\n'],
      ['a word too many', 'APT::Default-Release "one" "two";\n'],
      ['no semicolon at the end', 'APT::Default-Release "one"\n'],
      ['two on a line', 'APT::Ignore-Hold "1"; APT::Default-Release "one";\n'],
      ['a brace too many', 'APT::Default-Release "one"; };\n'],
    ] as const
  ).map(
    ([name, text]): OracleCase => ({
      name: `apt.conf: ${name}`,
      installed: [...MULTI, p('lab-held', '1.0', { Status: 'hold ok installed' })],
      repositories: [ONE, { name: 'two', packages: [...TWO.packages, p('lab-held', '2.0')] }],
      files: () => conf(text),
    }),
  ),
  {
    name: 'apt.conf: a part with a colon in its name, and one that begins with a byte order mark',
    installed: MULTI,
    repositories: [ONE, TWO],
    files: () => ({
      'etc/apt/apt.conf.d/10:a': 'APT::Default-Release "one";\n',
      'etc/apt/apt.conf.d/20b': '\ufeffAPT::Default-Release "two";\n',
    }),
  },
  {
    name: 'apt.conf after its parts, and parts that are not read',
    installed: MULTI,
    repositories: [ONE, TWO],
    files: () => ({
      'etc/apt/apt.conf.d/10a': 'APT::Default-Release "two";\n',
      'etc/apt/apt.conf.d/10b.disabled': 'broken {\n',
      'etc/apt/apt.conf.d/10c.conf': 'APT::Default-Release "sarge";\n',
      'etc/apt/apt.conf': 'APT::Default-Release "one";\n',
    }),
  },
  ...['yes', 'on', '1', 'no', 'maybe', '2'].map((value) =>
    lab(
      `APT::Ignore-Hold ${value}`,
      [p('lab-held', '1.0', { Status: 'hold ok installed' })],
      [p('lab-held', '2.0')],
      { files: () => conf(`APT::Ignore-Hold "${value}";\n`) },
    ),
  ),
  lab('suggests wanted', [p('lab-sug', '1.0')], [p('lab-sug', '1.1', { Suggests: 'lab-gone' })], {
    files: () => conf('APT::Install-Suggests "true";\n'),
  }),
  // Versions of equal strings.
  {
    name: 'one version in two repositories, of two sizes',
    installed: MULTI,
    repositories: [
      { name: 'one', packages: [p('lab-multi', '2.0', { Size: '10' })] },
      { name: 'two', packages: [p('lab-multi', '2.0', { Size: '11' })] },
    ],
    files: () => pref('x.pref', 'Package: *\nPin: release n=one\nPin-Priority: -1\n'),
  },
  {
    name: 'one version in two repositories, the first depends on what is not there',
    installed: MULTI,
    repositories: [
      { name: 'one', packages: [p('lab-multi', '2.0', { Depends: 'lab-gone' })] },
      { name: 'two', packages: [p('lab-multi', '2.0')] },
    ],
  },
  {
    name: 'one version in two repositories, the second depends on what is not there',
    installed: MULTI,
    repositories: [
      { name: 'one', packages: [p('lab-multi', '2.0')] },
      { name: 'two', packages: [p('lab-multi', '2.0', { Depends: 'lab-gone' })] },
    ],
  },
  lab('the installed one, and rebuilt beside it', MULTI, [
    p('lab-multi', '1.0', { 'Installed-Size': '2' }),
    p('lab-multi', '1.0'),
  ]),
  lab(
    'rebuilt on hold',
    [p('lab-multi', '1.0', { Status: 'hold ok installed' })],
    [p('lab-multi', '1.0', { 'Installed-Size': '2' })],
  ),
  lab('rebuilt with an epoch of 0', MULTI, [p('lab-multi', '0:1.0')]),
  // Architectures.
  lab(
    'lockstep, both newer',
    [p('lab-ma', '1.0', { 'Multi-Arch': 'same' }), p('lab-ma', '1.0', { 'Multi-Arch': 'same', ...I386 })],
    [p('lab-ma', '1.1', { 'Multi-Arch': 'same' }), p('lab-ma', '1.1', { 'Multi-Arch': 'same', ...I386 })],
    { foreign: ['i386'] },
  ),
  lab(
    'lockstep, one on hold',
    [
      p('lab-ma', '1.0', { 'Multi-Arch': 'same' }),
      p('lab-ma', '1.0', { 'Multi-Arch': 'same', ...I386, Status: 'hold ok installed' }),
    ],
    [p('lab-ma', '1.1', { 'Multi-Arch': 'same' }), p('lab-ma', '1.1', { 'Multi-Arch': 'same', ...I386 })],
    { foreign: ['i386'] },
  ),
  lab(
    'no longer side by side',
    [p('lab-ma', '1.0', { 'Multi-Arch': 'same' }), p('lab-ma', '1.0', { 'Multi-Arch': 'same', ...I386 })],
    [p('lab-ma', '1.1'), p('lab-ma', '1.1', I386)],
    { foreign: ['i386'] },
  ),
  lab(
    'a foreign package needs a tool, which is foreign or not',
    [
      p('lab-app', '1.0', I386),
      p('lab-bad', '1.0', I386),
      p('lab-tool', '1.0', { 'Multi-Arch': 'foreign' }),
      p('lab-nat', '1.0'),
    ],
    [
      p('lab-app', '1.1', { ...I386, Depends: 'lab-tool (>= 1.1)' }),
      p('lab-bad', '1.1', { ...I386, Depends: 'lab-nat (>= 1.1)' }),
      p('lab-tool', '1.1', { 'Multi-Arch': 'foreign' }),
      p('lab-nat', '1.1'),
    ],
    { foreign: ['i386'] },
  ),
  lab(
    'any, native and named architectures',
    [
      ...['lab-any', 'lab-any2', 'lab-any3', 'lab-native', 'lab-named', 'lab-named2'].map((name) =>
        p(name, '1.0'),
      ),
      p('lab-allowed', '1.0', { 'Multi-Arch': 'allowed' }),
      p('lab-plain', '1.0'),
      p('lab-foreign', '1.0', { 'Multi-Arch': 'foreign' }),
      p('lab-other', '1.0', I386),
    ],
    [
      p('lab-any', '1.1', { Depends: 'lab-allowed:any' }),
      p('lab-any2', '1.1', { Depends: 'lab-plain:any' }),
      p('lab-any3', '1.1', { Depends: 'lab-foreign:any' }),
      p('lab-native', '1.1', { Depends: 'lab-plain:native' }),
      p('lab-named', '1.1', { Depends: 'lab-other:i386' }),
      p('lab-named2', '1.1', { Depends: 'lab-other' }),
    ],
    { foreign: ['i386'] },
  ),
  lab(
    'breaks in another architecture',
    [p('lab-new', '1.0'), p('lab-old', '1.0', I386), p('lab-new2', '1.0')],
    [
      p('lab-new', '1.1', { Breaks: 'lab-old (<< 2)' }),
      p('lab-new2', '1.1', { Breaks: 'lab-old:amd64 (<< 2)' }),
    ],
    { foreign: ['i386'] },
  ),
  lab(
    'all and foreign',
    [
      p('lab-all', '1.0', { Architecture: 'all' }),
      p('lab-use', '1.0', I386),
      p('lab-use2', '1.0', I386),
      p('lab-allf', '1.0', { Architecture: 'all', 'Multi-Arch': 'foreign' }),
    ],
    [
      p('lab-use', '1.1', { ...I386, Depends: 'lab-all' }),
      p('lab-use2', '1.1', { ...I386, Depends: 'lab-allf' }),
    ],
    { foreign: ['i386'] },
  ),
  // What keeps back what.
  lab(
    'a chain from a hold',
    [p('lab-a', '1.0'), p('lab-b', '1.0'), p('lab-c', '1.0', { Status: 'hold ok installed' })],
    [
      p('lab-a', '1.1', { Depends: 'lab-b (>= 1.1)' }),
      p('lab-b', '1.1', { Depends: 'lab-c (>= 1.1)' }),
      p('lab-c', '1.1'),
    ],
  ),
  lab(
    'a new pre-dependency',
    [p('lab-a', '1.0')],
    [p('lab-a', '1.1', { 'Pre-Depends': 'lab-new' }), p('lab-new', '1.0')],
  ),
  lab(
    'a virtual package and its conflicts',
    [p('lab-mta', '1.0', { Provides: 'lab-mail', Conflicts: 'lab-mail' }), p('lab-b', '1.0')],
    [
      p('lab-mta', '1.1', { Provides: 'lab-mail', Conflicts: 'lab-mail' }),
      p('lab-b', '1.1', { Conflicts: 'lab-mail' }),
    ],
  ),
  lab(
    'breaks of a provided version',
    [
      p('lab-p', '1.0', { Provides: 'lab-virt (= 1)' }),
      p('lab-q', '1.0', { Provides: 'lab-un' }),
      p('lab-b', '1.0'),
      p('lab-c', '1.0'),
    ],
    [p('lab-b', '1.1', { Breaks: 'lab-virt (<< 2)' }), p('lab-c', '1.1', { Breaks: 'lab-un (<< 2)' })],
  ),
  lab(
    'a provider that no longer provides',
    [p('lab-p', '1.0', { Provides: 'lab-virt' }), p('lab-u', '1.0', { Depends: 'lab-virt' })],
    [p('lab-p', '1.1')],
  ),
  lab(
    'the second alternative',
    [p('lab-a', '1.0', { Depends: 'lab-x (= 1.0) | lab-y (= 1.0)' }), p('lab-x', '1.0'), p('lab-y', '1.0')],
    [p('lab-x', '1.1'), p('lab-y', '1.1')],
  ),
  lab(
    'a package that conflicts with an older member',
    [p('lab-a', '1.0'), p('lab-b', '1.0')],
    [p('lab-a', '1.1', { Breaks: 'lab-b (<< 1.1)' }), p('lab-b', '1.1')],
  ),
  lab(
    // Which of two that are equal stays is up to apt's hash table, and with it to the other packages of the image.
    'two that break each other',
    [p('lab-a', '1.0'), p('lab-b', '1.0'), p('lab-c', '1.0', { Depends: 'lab-a' })],
    [p('lab-a', '1.1', { Breaks: 'lab-b (>= 1.1)' }), p('lab-b', '1.1', { Breaks: 'lab-a (>= 1.1)' })],
  ),
  lab(
    'an own conflict',
    [p('lab-a', '1.0')],
    [p('lab-a', '1.1', { Conflicts: 'lab-a', Breaks: 'lab-a (<< 2)' })],
  ),
  lab(
    'recommends by alternative',
    [p('lab-a', '1.0'), p('lab-b', '1.0')],
    [
      p('lab-a', '1.1', { Recommends: 'lab-gone | base-files' }),
      p('lab-b', '1.1', { Recommends: 'lab-gone | lab-gone2' }),
    ],
  ),
  lab(
    'recommends of what is on hold',
    [p('lab-a', '1.0'), p('lab-h', '1.0', { Status: 'hold ok installed' })],
    [p('lab-a', '1.1', { Recommends: 'lab-h (>= 1.1)' }), p('lab-h', '1.1')],
  ),
  lab(
    'a recommendation that goes away',
    [p('lab-a', '1.0', { Recommends: 'lab-b (= 1.0)' }), p('lab-b', '1.0')],
    [p('lab-b', '1.1')],
  ),
  lab(
    'recommends in a ring',
    [p('lab-a', '1.0'), p('lab-b', '1.0')],
    [p('lab-a', '1.1', { Recommends: 'lab-b (>= 1.1)' }), p('lab-b', '1.1', { Recommends: 'lab-gone' })],
  ),
  lab(
    'a downgrade that others need',
    [p('lab-a', '2.0'), p('lab-b', '1.0', { Depends: 'lab-a (>= 2)' }), p('lab-c', '2.0')],
    [p('lab-a', '1.0'), p('lab-c', '1.0')],
    {
      files: () => pref('x.pref', 'Package: lab-*\nPin: release n=lab\nPin-Priority: 1001\n'),
    },
  ),
  lab('unmet dependencies', [p('lab-a', '1.0', { Depends: 'lab-gone' })], [p('lab-a', '1.1')]),
  lab(
    'unmet dependencies of another',
    [p('lab-a', '1.0', { Depends: 'lab-gone' }), p('lab-b', '1.0')],
    [p('lab-b', '1.1')],
  ),
  lab(
    'a conflict that is there already',
    [p('lab-a', '1.0', { Conflicts: 'lab-b' }), p('lab-b', '1.0')],
    [p('lab-b', '1.1')],
  ),
  lab(
    'to be installed again, in an index',
    [p('lab-r', '1.0', { Status: 'install reinstreq half-installed' })],
    [p('lab-r', '1.0')],
  ),
  lab(
    'to be installed again, newer in an index',
    [p('lab-r', '1.0', { Status: 'install reinstreq half-installed' })],
    [p('lab-r', '2.0')],
  ),
  lab('half-installed, in no index', [p('lab-r', '1.0', { Status: 'install ok half-installed' })], []),
  lab(
    'half-installed, newer in an index',
    [p('lab-r', '1.0', { Status: 'install ok half-installed' })],
    [p('lab-r', '2.0')],
  ),
  lab(
    'half-installed on hold',
    [p('lab-r', '1.0', { Status: 'hold ok half-installed' })],
    [p('lab-r', '1.0'), p('lab-r', '2.0')],
  ),
  lab(
    'marked to be installed again, yet installed',
    [p('lab-r', '1.0', { Status: 'install reinstreq installed' })],
    [p('lab-r', '1.0')],
  ),
  lab(
    'to be installed again, on hold, newer in an index',
    [p('lab-r', '1.0', { Status: 'hold reinstreq half-installed' })],
    [p('lab-r', '2.0')],
    { stops: "Can't find a source to download version '1.0' of 'lab-r:amd64'" },
  ),
  lab(
    'to be installed again, newer in an index, which cannot be installed',
    [p('lab-r', '1.0', { Status: 'install reinstreq installed' })],
    [p('lab-r', '2.0', { Depends: 'lab-new' }), p('lab-new', '1.0')],
    { stops: 'Unmet dependencies' },
  ),
  ...['Depends', 'Conflicts', 'Recommends'].map((field) =>
    lab(
      `half-installed, and a new version of another has it in ${field}`,
      [p('lab-r', '1.0', { Status: 'install ok half-installed' }), p('lab-u', '1.0')],
      [p('lab-r', '1.0'), p('lab-u', '2.0', { [field]: 'lab-r' })],
    ),
  ),
  ...['install', 'hold', 'deinstall'].map((want) =>
    lab(
      `half-installed (${want}), and another depends on it`,
      [p('lab-r', '1.0', { Status: `${want} ok half-installed` }), p('lab-u', '1.0', { Depends: 'lab-r' })],
      [p('lab-r', '1.0'), p('lab-u', '2.0')],
    ),
  ),
  lab('unpacked on hold', [p('lab-r', '1.0', { Status: 'hold ok unpacked' })], [p('lab-r', '2.0')]),
  ...['0', '50', '99', '100'].map((percentage) =>
    lab(
      `phased ${percentage} in a security suite`,
      [p('lab-ph', '1.0')],
      [p('lab-ph', '1.1', { 'Phased-Update-Percentage': percentage })],
      {
        repositories: [
          {
            name: 'lab-security',
            packages: [p('lab-ph', '1.1', { 'Phased-Update-Percentage': percentage })],
          },
        ],
        files: () => ({ 'etc/machine-id': '0123456789abcdef0123456789abcdef\n' }),
        // Between 0 and 100 it is the machine's lot.
        ...(percentage === '0' || percentage === '100' ? {} : { suites: [] }),
      },
    ),
  ),
  // Sources that apt refuses, and some that look so.
  ...(
    [
      ['deb', 'Malformed line 1 in source list'],
      ['deb x', '(Suite)'],
      ['deb [arch=amd64', '([option] unparsable)'],
      ['deb [arch=amd64 http://x.example x main', '([option] not assignment)'],
      ['deb [arch=amd64]http://x.example x main', '([option] too short)'],
      ['deb [=x] http://x.example x main', '([option] no key)'],
      ['deb [arch=] http://x.example x main', '([option] no value)'],
      ['\ufeffdeb http://x.example x main', 'is not known on line 1'],
      ['deb http://x.example x\u00a0main', '(Component)'],
    ] as const
  ).map(
    ([line, stops]): OracleCase => ({
      name: `source ${line}`,
      suites: ['trixie'],
      files: () => ({ 'etc/apt/sources.list.d/x.list': `${line}\n` }),
      stops,
    }),
  ),
  ...(
    [
      ['Types: foo\nEnabled: no', "Type 'foo' is not known on stanza 1"],
      ['\ufeffTypes: deb', 'Malformed stanza 1'],
      ['Types:', undefined],
    ] as const
  ).map(
    ([first, stops]): OracleCase => ({
      name: `stanza ${first}`,
      suites: ['trixie'],
      files: () => ({
        'etc/apt/sources.list.d/x.sources': `${first}\nURIs: http://x.example\nSuites: x\nComponents: main\n`,
      }),
      ...(stops === undefined ? {} : { stops }),
    }),
  ),
  // Real packages.
  {
    name: 'two holds at both ends',
    status: 'packages',
    edit: (status) => hold('nginx', 'libc6', 'openssh-client')(status),
  },
  { name: 'hold libkrb5support0', status: 'packages', edit: hold('libkrb5support0') },
  { name: 'hold git-man', status: 'packages', edit: hold('git-man') },
  { name: 'hold dpkg', status: 'packages', edit: hold('dpkg', 'tar') },
  {
    name: 'hold libc6, next release',
    status: 'packages',
    edit: hold('libc6'),
    sources: () => '@bookworm,bookworm-security,trixie,forky',
  },
  {
    name: 'hold libc-bin, next release',
    status: 'packages',
    edit: hold('libc-bin'),
    sources: () => '@bookworm,bookworm-security,trixie,forky',
  },
  {
    name: 'next release without recommends',
    status: 'packages',
    files: () => conf('APT::Install-Recommends "0";\n'),
    sources: () => '@bookworm,bookworm-security,trixie,forky',
  },
  {
    name: 'next release, debconf gone',
    status: 'packages',
    edit: remove('whiptail', 'debconf-i18n'),
    sources: () => '@trixie,forky',
  },
  { name: 'rebuilt perl', status: 'packages', edit: setField('perl', 'Depends', 'perl-base') },
  {
    name: 'the sources as deb822',
    status: 'packages',
    sources: () => '',
    files: (suite) => ({
      'etc/apt/sources.list.d/debian.sources': `# Debian\nTypes: deb deb-src\nURIs: ${'@main'}\nSuites: ${suite} ${suite}-updates\n# middle\nComponents: main\nEnabled: maybe\n`,
    }),
  },

  // Components of one archive.
  parts('a higher version in contrib', {}),
  parts('a pin on contrib', {
    files: () => pref('x.pref', 'Package: *\nPin: release c=contrib\nPin-Priority: -1\n'),
  }),
  parts('a pin on main', {
    files: () => pref('x.pref', 'Package: *\nPin: release c=main,n=parts\nPin-Priority: 900\n'),
  }),
  parts('a hold against contrib', { edit: hold('lab-multi') }),
  parts('contrib of another architecture', { foreign: ['i386'] }, I386),
]
