/** Why a mutation survives, for docs/truth.md: it counts as a survivor all the same. */
export const SURVIVORS: Readonly<Record<string, string>> = {
  'application/shaded/4':
    "nothing in the jar names what it contains: PostgreSQL's own jar has no pom.properties, only a manifest and a file name that say so, and maven-shade-plugin puts the manifest and the name of the shaded jar in their place. The pom.xml of the shaded project names the dependency, but does not say that its classes are in this jar; the gate does not recognise packages by their classes",
  'configuration/limits/10':
    'the built-in dictionary accepts INFO for 5.19: CIS asks for ulimits only where the defaults do not fit, and most images run with these; a dictionary that expects PASS reports it',
  'configuration/network/12':
    'the built-in dictionary accepts INFO for 5.30: the network is chosen where the image is deployed, and every plain docker run is on the default bridge; a dictionary that expects PASS reports it',
  'configuration/ssh/3':
    'a script says what it starts only when it runs: with start: true the gate starts the image, and 5.7 reports the server; by default nothing of an image is started',
  'database/list-extended/4':
    "the image is squashed to one layer, so no lower layer shows that the lists of coreutils grew later: they name the application's files, with their right MD5 sums, and so these count as files of coreutils",
  'database/squashed/2':
    'the image is squashed to one layer, so no lower layer shows the version that the package was installed with: its stanza has the version of the update, its lists match its old files, and slim images have no changelog that would contradict it',
  'database/squashed/3':
    'the image is squashed to one layer, so no lower layer shows the file or its MD5 sum as they were: the old file matches the sum that was renewed with it, and the sums of files are not compared with those of the archive',
  'database/version-raised/3':
    'one layer installs the package and changes its version, and slim images have no changelog that would contradict it',
  'debian/other-component/4':
    "the package is of trixie-security itself, and only older than the version of the point release: it is from the image's release, its update is an ordinary one, and by default only a major release waits for these",
  'placement/deeper-archive/4':
    'the package is in a .zip in a .zip: such a file is data, from which Node.js loads nothing, and only the program that unpacks it knows what it is for. Python alone imports from a .zip, so only those with its metadata are examined',
}
