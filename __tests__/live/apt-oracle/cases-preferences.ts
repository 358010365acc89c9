import type { OracleCase } from './case.js'
import { conf, p, pref } from './cases-facts.js'
import { lab, MULTI } from './lab.js'

const ONE = { name: 'one', packages: [p('lab-multi', '1.5'), p('lab-multi', '1.2')] }
const TWO = { name: 'two', packages: [p('lab-multi', '3.0')] }

/** Two repositories, one package, these preferences. */
const preferring = (name: string, text: string, more: Partial<OracleCase> = {}): OracleCase => ({
  name,
  installed: MULTI,
  repositories: [ONE, TWO],
  files: () => pref('x.pref', text),
  ...more,
})

/** What apt prefers, by preferences and options. */
export const PREFERENCES: readonly OracleCase[] = [
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
]
