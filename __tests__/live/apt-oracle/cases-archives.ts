import type { Fields } from './apt-files.js'
import { hold, type OracleCase } from './case.js'
import { p, pref } from './cases-facts.js'
import { lab, MULTI } from './lab.js'

const I386: Fields = { Architecture: 'i386' }

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

/** What archives hold of a package. */
export const VERSIONS: readonly OracleCase[] = [
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
]

/** Sources that apt refuses, and some that look so. */
export const SOURCES: readonly OracleCase[] = [
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
]

/** Components of one archive. */
export const COMPONENTS: readonly OracleCase[] = [
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
