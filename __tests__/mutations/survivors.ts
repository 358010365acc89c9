/** Why a mutation survives, for docs/truth.md: it counts as a survivor all the same. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'database/version-raised/3':
    'one layer installs the package and changes its version, and slim images have no changelog that would contradict it',
  'debian/other-component/2':
    'reported, but blocks nothing: its update is an ordinary one, and the package is the newest of its own release',
}
