import { hold, type OracleCase, remove, setField } from './case.js'
import { COMPONENTS, SOURCES, VERSIONS } from './cases-archives.js'
import { conf } from './cases-facts.js'
import { KEPT_BACK } from './cases-kept-back.js'
import { PREFERENCES } from './cases-preferences.js'

/** Cases that the facts do not name. */
export const OWN: readonly OracleCase[] = [
  ...PREFERENCES,
  ...VERSIONS,
  ...KEPT_BACK,
  ...SOURCES,
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

  ...COMPONENTS,
]
