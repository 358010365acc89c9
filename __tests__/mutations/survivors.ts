/** Why a mutation survives, for docs/truth.md: it counts as a survivor all the same. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'application/shaded/4':
    "PostgreSQL's jar has no pom.properties, and maven-shade-plugin replaces its manifest and name",
  'configuration/limits/10': 'the built-in dictionary accepts INFO for 5.19',
  'configuration/network/12': 'the built-in dictionary accepts INFO for 5.30',
  'database/list-extended/4': 'squashed: no lower layer shows that the lists of files grew later',
  'database/squashed/2': 'squashed, and slim images have no changelog that would contradict the version',
  'database/squashed/3': 'squashed, and MD5 sums are not compared with those of the archive',
  'database/version-raised/3': 'one layer installs and changes it, and slim images have no changelog',
  'debian/other-component/4': 'an ordinary update of a point release, for which only a major release waits',
  'placement/deeper-archive/4': 'a .zip in a .zip is data, unless it has metadata of Python',
}
