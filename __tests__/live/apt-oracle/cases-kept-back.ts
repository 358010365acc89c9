import type { OracleCase } from './case.js'
import { p, pref } from './cases-facts.js'
import { lab } from './lab.js'

/** What keeps back what. */
export const KEPT_BACK: readonly OracleCase[] = [
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
]
