/** Why a mutation survives, for docs/truth.md: it counts as a survivor all the same. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'configuration/limits/10':
    'the built-in dictionary accepts INFO for 5.19: CIS asks for ulimits only where the defaults do not fit, and most images run with these; a dictionary that expects PASS reports it',
  'configuration/network/12':
    'the built-in dictionary accepts INFO for 5.30: the network is chosen where the image is deployed, and every plain docker run is on the default bridge; a dictionary that expects PASS reports it',
  'configuration/ssh/3':
    'a script says what it starts only when it runs: with start: true the gate starts the image, and 5.7 reports the server; by default nothing of an image is started',
  'database/version-raised/3':
    'one layer installs the package and changes its version, and slim images have no changelog that would contradict it',
  'debian/other-component/2':
    'reported, but blocks nothing: its update is an ordinary one, and the package is the newest of its own release',
}
