/** Advice that several codes share. */
const MIRROR =
  'use another mirror (debian-mirror, debian-security-mirror), or try again once this one is complete'
const REGISTRY =
  'log in with docker login if the image is private, or check which server responds at that address'
const NETWORK = 'check the address, the network and the proxy settings (https_proxy, no_proxy)'
const TRACKER = "set tracker (--tracker in a terminal) to a URL or file with the security tracker's data"
const OFFLINE_ADVICE =
  'use the address that "seaworthy feeds status" shows for this data; if it shows none, run "seaworthy feeds fetch" with internet access (also "seaworthy feeds osv bucket" for application packages), and carry the data here ("feeds export", "feeds import")'
const DEBIAN = 'use an image that is built on a Debian base image'
const EVIDENCE = 'run again; if the error persists, save the evidence and report the error'
const COLLECT = 'collect the evidence again'
const FETCH_AGAIN = 'fetch the document again'

/**
 * Every problem code, under its section of docs/troubleshooting.md, with what to do unless the place that throws it
 * knows better; `null`: nothing fits all of them, so each has to say.
 */
const PROBLEMS = {
  'Inputs and policies': {
    'bad-input': 'correct the inputs; docs/inputs.md describes each one',
    'bad-image-name':
      'write the name as registry.example/team/app:1.0 or name@sha256:…; an archive path must begin with ./ or /',
    'policy-missing': null,
    'policy-base-unreadable':
      'give the job the permission "contents: read", keep the default github-token, specify policies by their paths in the repository, and run the job again',
    'data-of-change':
      'specify a URL, a file outside the checkout, or a file that the job downloads; a pull request must not change the data by which it is judged',
    'pull-request-target':
      'run the workflow on the pull_request event; to publish results for forks, add the workflow_run workflow from docs/pull-requests.md',
    'policy-invalid': 'correct these lines; nothing was judged',
    'whitelist-uneditable': 'write each entry as a block with one key per line, or edit the file by hand',
    'report-unreadable': 'scan the image again',
    'import-unreadable': 'check the file, or specify its format with --format',
    'folder-is-link': 'remove the link from the repository, or use a plain folder',
    'report-dir-in-use': 'set report-dir to a new or empty folder',
    'file-unreadable':
      'check the path and its permissions, and make sure that it is a regular file of reasonable size',
    'file-unwritable': 'check the folder, its permissions and the free space',
  },
  Images: {
    'no-such-image':
      'build or pull the image before the gate runs, log in to its registry, or pass the path of a docker save or OCI archive',
    'image-changed': 'run again; specify the platform if the image has several',
    'platforms-unknown': "make the image's registry reachable, or specify the platforms to judge",
    'platform-not-examined':
      'add that platform to the platform input, or set platform: all; each platform that is released must be judged',
    'image-not-opened': 'run again with --debug',
    'no-such-layer': 'run again with --debug',
    'no-space':
      'free up space there, or point RUNNER_TEMP (TMPDIR in a terminal; cache-dir for cached data) at a larger disk',
    'no-files': DEBIAN,
    'not-debian': DEBIAN,
    'no-os-release': DEBIAN,
    'unknown-release': DEBIAN,
    'no-dpkg': 'build on a Debian base image, and leave its package database in the image',
    'dpkg-status-broken': 'rebuild the image from an intact base: dpkg would refuse this file too',
    'dpkg-unreadable': 'find out what created this database; Debian does not have this many packages',
    'bad-version': 'find out where this version comes from; dpkg rejects it too',
  },
  Archives: {
    'no-such-archive': 'check the path',
    'no-image':
      'use docker save (not docker export), or buildx --output type=oci or type=docker (not type=tar)',
    'image-not-found': 'specify one of the images in the archive',
    'image-ambiguous': 'specify which image you mean, or save only that image',
    'platform-missing': 'choose a platform that the archive contains, or save the image with that platform',
    'archive-unreadable':
      'create the archive again with docker save, or with buildx --output type=oci or type=docker',
    'archive-truncated': 'create or fetch the archive again, and compare its size with the original',
    'archive-digest': 'fetch the archive again; if the error persists, find out who changed it',
    'archive-hostile': 'do not load this archive anywhere; find out who made it',
    'archive-too-large': 'judge a smaller image, or split the archive',
  },
  'Docker engine': {
    'no-engine': null,
    'engine-refused': "check the engine's log; run again with --debug",
    'engine-silent': 'check whether "docker ps" responds on this machine; if it does not, restart the engine',
  },
  "Debian's archive": {
    'archive-not-found': MIRROR,
    'archive-status': MIRROR,
    'archive-oversize': MIRROR,
    'archive-not-signed': MIRROR,
    'archive-bad-signature': MIRROR,
    'archive-release-malformed': MIRROR,
    'archive-wrong-suite': MIRROR,
    'archive-date-in-future': MIRROR,
    'archive-expired': MIRROR,
    'archive-rolled-back': MIRROR,
    'archive-index-missing': MIRROR,
    'archive-index-mismatch': MIRROR,
    'archive-index-broken': MIRROR,
    'archive-index-empty': MIRROR,
    'archive-component-unread': MIRROR,
    'archive-not-kept':
      'run "seaworthy feeds fetch" with internet access, and carry its data over (docs/offline.md), or set debian-mirror and debian-security-mirror to mirrors that can be reached',
    'archive-release-archived': 'build the image on a release that Debian supports',
    'archive-no-such-release':
      "check VERSION_CODENAME in the image's os-release file, or set debian-mirror to a mirror that has that release",
    'changelog-missing': MIRROR,
  },
  'Packages and apt': {
    'apt-stops': 'repair that file in the image; until then, apt installs no updates',
    'apt-pattern': 'use a plain name or a glob in the pin or in Default-Release',
    'apt-config-unreadable': 'make sure that the files in /etc/apt are regular files in the image',
    'bad-relation': 'find out where this package comes from; dpkg and apt reject it too',
    'release-mismatch': 'make os-release and the packages match; a half-upgraded image matches no release',
  },
  Registries: {
    'registry-not-found': REGISTRY,
    'registry-refused': REGISTRY,
    'registry-status': REGISTRY,
    'registry-malformed': REGISTRY,
    'registry-too-large': REGISTRY,
    'registry-stranger': REGISTRY,
    'push-refused': 'push only an image that passed; its tag in the engine must still point to that image',
    'push-not-proven':
      'find out who else pushes to this tag, and which server responds as the registry; then remove the tag or push again, and do not deploy the image until then',
  },
  'Attested verdicts': {
    'key-unusable':
      'use an ECDSA key on the curve P-256, in PEM (openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256); for an encrypted one, set SEAWORTHY_KEY_PASSWORD',
    'not-signed': null,
    'attach-not-proven':
      'check that the login may push to this repository and that nothing else overwrites the list of attestations; until then, do not deploy by this verdict',
    'trusted-root-unreadable':
      'create the file again with "gh attestation trusted-root" or "cosign trusted-root create"',
    'bundle-malformed': 'pass the bundle exactly as actions/attest or "cosign attest" wrote it',
    'signature-refused':
      'find out who signed it; use --identity and --issuer to specify the signer that you trust, and --trusted-root to specify a newer root',
  },
  'Clair and PostgreSQL': {
    'service-ended':
      'check the last log lines of the service, and the images set as clair-image and postgres-image',
    'postgres-not-ready': 'raise timeouts.clair in policies/gate.yml; check the image set as postgres-image',
    'clair-not-ready': null,
    'cannot-serve':
      'check that this process may listen there; with clair-url, choose another port in layer-url',
    'clair-cannot-reach-us':
      'allow containers on networks named seaworthy-* to reach each other, or set clair-url to a Clair instance that can reach this machine',
    'clair-tracker-not-loaded': null,
    'clair-refused': null,
    'clair-index-failed': null,
    'clair-no-report': null,
    'clair-report-malformed':
      'run again; if the error persists, use Clair 4.9, and report the error with the saved evidence',
    'clair-missed-packages': EVIDENCE,
    'clair-other-versions':
      "change dpkg's database only through dpkg, and keep /var/lib/dpkg/info in the layer that installs or updates packages",
    'clair-other-layers':
      'let only the gates use this Clair (auth.psk); delete the named manifest from it (DELETE /indexer/api/v1/index_report/DIGEST), and run again',
    'clair-wrong-distribution': EVIDENCE,
    'clair-freshness-unknown': "make that path reachable, and check that Clair's debian updater is enabled",
    'clair-disagrees':
      'report the disagreement with the saved evidence (save-evidence); the findings stay in the report',
    'clair-stale': "check that Clair's debian updater runs and reaches the security tracker",
    'no-canary': "use a complete copy of Debian's security tracker",
    'canary-not-found': EVIDENCE,
    'update-unexplained': EVIDENCE,
    'updates-canary-not-found':
      'collect the evidence again; if the error persists, save the evidence and report the error',
    'dictionary-canary-not-found': 'report the error, and include the dictionary',
    'canary-elsewhere': EVIDENCE,
  },
  "Debian's security tracker": {
    'tracker-unreachable': TRACKER,
    'tracker-truncated': TRACKER,
    'tracker-not-json': TRACKER,
    'tracker-empty': TRACKER,
    'tracker-too-large': 'set tracker (--tracker in a terminal) to a different source',
    'tracker-malformed': TRACKER,
    'tracker-stale':
      "set tracker (--tracker in a terminal) to a URL that follows Debian's security tracker, or fetch the file again",
    'tracker-shrunk': null,
    'tracker-wrong-release': TRACKER,
    'tracker-not-kept': OFFLINE_ADVICE,
  },
  'Ratings: CVSS, EPSS and KEV': {
    'feed-unreachable': null,
    'feed-truncated': null,
    'feed-malformed': null,
    'feed-too-large': null,
    'feed-empty': null,
    'feed-stale': null,
    'feed-shrunk': null,
    'feed-wrong-year': null,
    'feed-not-attested': null,
    'feed-not-kept': null,
    'feeds-damaged':
      'run "seaworthy feeds fetch" on a machine that can reach the servers of the feeds, and export again',
    'epss-not-read': 'set epss to a source (not "none"), or remove epss-at-least from policies/gate.yml',
  },
  'Docker Bench': {
    'bad-run-options': 'write the options as docker run accepts them, but leave out the image name',
    'bench-needs-engine':
      'load the archive (docker load) and pass the image by name, or leave out the inputs that need an engine',
    'bench-not-run': null,
    'bench-no-source': null,
    'bench-not-fetched': 'set bench-source to a copy of Docker Bench, or use bench-engine: builtin',
    'bench-not-genuine':
      'find out who responds at that address; set bench-source to a copy that you trust, or use bench-engine: builtin',
    'bench-no-place': null,
    'bench-failed': null,
    'bench-doubtful': null,
    'bench-not-proven': null,
    'bench-leaked': null,
    'bench-hidden': null,
    'bench-subject-ended':
      'fix what ends the container, or pass the variables and options that it needs (run-options: -e NAME=value …; or compose-file); only if it needs a secret or another service, set start: auto',
    'bench-timeout': null,
  },
  'The regression test': {
    'test-not-given': 'set the input test, or remove regression-test from "checks" in policies/gate.yml',
    'test-needs-engine': 'load the archive (docker load) and pass the image by name, or leave the test out',
    'test-foreign-platform': 'judge the image on a machine that matches its platform, or leave out the test',
    'test-timeout': 'raise timeouts.test in policies/gate.yml, or use a test that finishes sooner',
    'test-not-run': 'make sure that the test can be started on this machine',
    'test-reached-out': 'make the test stop only what it started itself, and run again',
  },
  Updates: {
    'update-unanswered': 'run the scan again',
    'update-not-in-engine':
      'build, pull or load the image (docker load) first, because the update is built on it',
    'update-refused': null,
    'update-no-apt': 'rebuild the image on a newer base, one that has the updates',
    'update-no-test': 'set the input test, or add a HEALTHCHECK to the image',
    'update-no-network':
      "make sure that containers in this engine can reach the archives in the image's sources (the environment's proxy settings are passed on)",
    'update-no-build':
      'make sure that build-command can build the image here (by default, it pulls the base: docker build --pull), or set update-by: layer',
    'update-no-dockerfile':
      'set the dockerfile input to the exact Dockerfile from which the image was built, set update-by: layer, or update the packages at their source',
    'update-timeout': 'raise timeouts.update in policies/gate.yml, or use a test that finishes sooner',
    'push-failed':
      "log in to the image's registry with docker login first, or push the image from the engine in a separate step",
    'no-compose': "install Docker's compose plugin, or test with a command",
  },
  'Data and network': {
    'archive-read-long-ago': COLLECT,
    'cache-not-trusted':
      'set cache-dir to a folder that only this user can write to (chmod go-w); in a GitHub Actions job, use a folder below RUNNER_TEMP that the same job fills, or a folder that the job cannot write to',
    'data-from-the-future': "correct this machine's clock, and run again",
    'json-invalid': FETCH_AGAIN,
    'json-duplicate': FETCH_AGAIN,
    'json-truncated': FETCH_AGAIN,
    'answer-too-large': 'check which server responds at that address',
    'http-bad-url': NETWORK,
    'http-unreachable': NETWORK,
    'http-timeout': NETWORK,
    'http-cut': NETWORK,
    'http-redirects': NETWORK,
    'http-downgrade': NETWORK,
    'http-redirect-refused': 'if you trust the target of the redirect, set that address directly',
    'http-private-address':
      'if it is your own mirror, set it directly (debian-mirror, debian-security-mirror); a public registry cannot use a token service with a private address',
  },
  Evidence: {
    'no-evidence': null,
    'evidence-incomplete': COLLECT,
    'evidence-unreadable': 'specify a complete, unchanged folder that save-evidence wrote',
    'evidence-folder-in-use': 'set save-evidence to a new or empty folder',
  },
  'Publishing on GitHub': {
    'github-refused': 'check what GitHub reports',
    'github-unreachable': 'run the job again; this error does not affect the verdict',
    'untrusted-report':
      "check the run's artifact; a report from another version of Seaworthy is also refused",
    'no-release': 'list at least one release line that has a tag like v4.1.7',
  },
  'The gate itself': {
    timeout: 'raise the timeout, or set debug: true (--debug) to see what the gate was waiting for',
    interrupted: 'run the gate again; everything that it had started was removed',
    internal: 'run again with --debug, and report the error with the output',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string | null>>>>

type Table = typeof PROBLEMS
type Heading = keyof Table

/** Stable, for programs and for docs/troubleshooting.md#<code>. */
export type ProblemCode<Under extends Heading = Heading> = { [H in Under]: keyof Table[H] }[Under]

/** A code whose advice is optional. */
export type AdvisedCode<Under extends Heading = Heading> = {
  [H in Under]: { [C in keyof Table[H]]: Table[H][C] extends string ? C : never }[keyof Table[H]]
}[Under]

export const PROBLEM_SECTIONS = Object.entries(PROBLEMS).map(([heading, codes]) => ({
  heading,
  codes: Object.keys(codes) as ProblemCode[],
}))
export const PROBLEM_CODES: readonly ProblemCode[] = PROBLEM_SECTIONS.flatMap(({ codes }) => codes)

const ADVICE = Object.fromEntries(Object.values(PROBLEMS).flatMap((codes) => Object.entries(codes)))

export function defaultAdvice(code: AdvisedCode): string {
  return (ADVICE as Readonly<Record<AdvisedCode, string>>)[code]
}
