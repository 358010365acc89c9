/** An input of the action and the command's flag of the same name. action.yml and README agree by test. */
export interface Input {
  readonly name: string
  /** What the flag takes, as `--help` shows it; `null` for a switch. */
  readonly value: string | null
  readonly default: string
  readonly help: string
  /** Where it exists: the images are arguments of the command, not a flag; `update`: of `seaworthy update` too. */
  readonly where: 'both' | 'action' | 'command' | 'update'
  /** True where `seaworthy replay` takes it too. */
  readonly replay: boolean
}

const both = (name: string, value: string | null, fallback: string, help: string, replay = false): Input => ({
  name,
  value,
  default: fallback,
  help,
  where: 'both',
  replay,
})

const update = (name: string, value: string, fallback: string, help: string): Input => ({
  ...both(name, value, fallback, help),
  where: 'update',
})

const action = (name: string, value: string, fallback: string, help: string): Input => ({
  ...both(name, value, fallback, help),
  where: 'action',
})

const DEFAULT_TRACKER = 'https://security-tracker.debian.org/tracker/data/json'
const DEFAULT_CVSS = 'https://nvd.nist.gov/feeds/json/cve/2.0/'
const DEFAULT_EPSS = 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz'
const DEFAULT_KEV = 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json'

export const INPUTS: readonly Input[] = [
  action('image', 'IMAGE', '', 'images to judge, one a line'),
  both('platform', 'OS/ARCH', '', 'platform to judge where an image has several, such as linux/arm64'),
  both(
    'dockerfile',
    'FILE',
    '',
    'Dockerfile that findings are laid to (default: found in the working folder)',
  ),
  both('checks', 'LIST', '', 'checks to run, by comma (default: as gate.yml says, else all)', true),
  both('whitelist', 'FILE', 'policies/whitelist.yml', 'accepted vulnerabilities', true),
  both('dictionary', 'FILE', 'policies/dictionary.yml', 'expected results of Docker Bench', true),
  both('gate', 'FILE', 'policies/gate.yml', 'thresholds and which checks run', true),
  both(
    'fail-on',
    'SEVERITY',
    '',
    'lowest severity that blocks where a fix can be installed (default: high)',
    true,
  ),
  both(
    'fail-on-unfixed',
    'SEVERITY',
    '',
    'lowest severity that blocks where there is no fix (default: never)',
    true,
  ),
  both(
    'unknown-severity',
    'WORD',
    '',
    'act, noted or a severity: what has a fix and nobody has rated (default: act)',
    true,
  ),
  both(
    'epss-at-least',
    'NUMBER',
    '',
    'EPSS (0 to 1) from which on what has a fix blocks (default: never)',
    true,
  ),
  both('strict-whitelist', 'BOOLEAN', '', 'what is not in the whitelist blocks, however low', true),
  both(
    'require-release',
    'WORD',
    '',
    'stable or supported: which Debian releases may pass (default: stable)',
    true,
  ),
  both(
    'max-data-age',
    'HOURS',
    '',
    'hours after which the security tracker, and evidence, is too old to judge by (default: 48)',
    true,
  ),
  both(
    'allowed-bases',
    'LIST',
    '',
    'names of bases by comma, * for any characters: others block (default: any passes)',
    true,
  ),
  both('vex', 'FILES', '', 'OpenVEX documents whose statements count, by comma or line', true),
  both(
    'vex-author',
    'NAME',
    '',
    'who makes the statements of report.openvex.json (default: seaworthy)',
    true,
  ),
  both('baseline', 'FILE', '', 'an earlier report.json: what is new, and what is gone', true),
  both(
    'fail-on-new-only',
    'BOOLEAN',
    '',
    'what was to act on in the baseline already does not block, unless it is in KEV',
    true,
  ),
  both(
    'release',
    'VERSION|WORD',
    '',
    'version to be released, or major, minor or patch: which updates it waits for, gate.yml says',
    true,
  ),
  both('debian-mirror', 'URL', '', 'mirror of the Debian archive, asked before any other'),
  both('debian-security-mirror', 'URL', '', 'mirror of the security archive, asked before any other'),
  both(
    'cache-dir',
    'DIR',
    '',
    'where archive indexes and feeds are kept between runs (default: ~/.cache/seaworthy)',
  ),
  both(
    'changelogs',
    'BOOLEAN',
    'false',
    "where the tracker can't be had, read the CVEs of updates from changelogs",
  ),
  both('tracker', 'URL|FILE', DEFAULT_TRACKER, "data of Debian's security tracker"),
  both('cvss', 'URL|FILE', DEFAULT_CVSS, 'ratings of the NVD: its folder of feeds, one feed, or none'),
  both(
    'cvss-map',
    'URL|FILE',
    '',
    'map made of those feeds, asked first, or none (default: the action publishes it)',
  ),
  both('epss', 'URL|FILE', DEFAULT_EPSS, 'scores of EPSS, or none'),
  both('kev', 'URL|FILE', DEFAULT_KEV, "CISA's list of exploited vulnerabilities, or none"),
  both('offline', 'BOOLEAN', 'false', 'ask no server for feeds, use what the cache has'),
  both('bench-engine', 'WORD', 'auto', 'auto, dbs or builtin: who judges by Docker Bench'),
  both('bench-image', 'IMAGE', '', 'image that holds Docker Bench; it gets the socket of the engine'),
  both('bench-source', 'DIR', '', 'folder with Docker Bench, or download for the pinned commit'),
  both('run-options', 'OPTIONS', '', 'options of the docker run line by which the image is run'),
  both('compose-file', 'FILE', '', 'compose file that says how the image is run'),
  both('compose-service', 'NAME', '', 'its service'),
  both('start', 'BOOLEAN', 'false', 'start the image, without a way out, to judge it running'),
  both('start-test', 'WORD', 'none', 'none, hardened or given: it must become healthy under these options'),
  both('start-timeout', 'SECONDS', '60', 'limit for becoming healthy'),
  both('clair-image', 'IMAGE', 'quay.io/projectquay/clair:4.9.0', 'Clair to run beside the gate'),
  both('postgres-image', 'IMAGE', 'postgres:17', 'PostgreSQL for that Clair'),
  both('clair-url', 'URL', '', 'a Clair that others run; no service is started then'),
  both('clair-psk', 'KEY', '', 'pre-shared key (base64) of that Clair; better by SEAWORTHY_CLAIR_PSK'),
  both('clair-psk-issuer', 'NAME', '', 'issuer to name in tokens signed with clair-psk'),
  both('layer-url', 'URL', '', 'http://host:port under which that Clair reaches this machine'),
  both('clair-timeout', 'SECONDS', '120', 'limit of each wait for Clair'),
  both('timeout', 'SECONDS', '900', 'limit of the whole gate'),
  { ...both('update', 'WORD', 'suggest', 'off, suggest, prove or pull-request'), where: 'action' },
  update('update-by', 'WORD', 'layer', 'layer on the image, or dockerfile: a line in it, and a build'),
  update(
    'build-command',
    'COMMAND',
    '',
    'builds $IMAGE from $DOCKERFILE (default: docker build --pull --no-cache)',
  ),
  update('test-command', 'COMMAND', '', 'tests the application; the image’s name is in $IMAGE'),
  update('test-compose', 'FILE', '', 'compose file with a service that tests it; the image is $IMAGE in it'),
  update('test-service', 'NAME', 'test', 'service of test-compose that must end with 0'),
  update('test-timeout', 'SECONDS', '300', 'limit of one attempt of the test'),
  update('test-retries', 'COUNT', '0', 'how often a test that failed is tried again'),
  update('tag-suffix', 'TEXT', '-patched', 'added to the tag of the image for the patched one'),
  update('push', 'BOOLEAN', 'false', 'push the patched image to its registry, if it passes'),
  update('update-timeout', 'SECONDS', '3600', 'limit of the whole update'),
  both('report-dir', 'DIR', 'seaworthy-report', 'directory for the reports', true),
  both('save-evidence', 'DIR', '', 'keep the evidence there, to be judged again with replay'),
  action('check-run', 'BOOLEAN', 'true', 'false: no check run at the commit'),
  action('check-name', 'NAME', '', 'name of the check run'),
  action(
    'comment',
    'WORD',
    'changes',
    'changes, always, failure or never: when the pull request is commented on',
  ),
  action('schedule-report', 'WORD', 'none', 'issue or none: whether a scheduled run keeps an issue'),
  action('line', 'NAME', '', 'line of releases that the images belong to'),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the workflow language
  action('github-token', 'TOKEN', '${{ github.token }}', 'for check run and comment'),
  both('today', 'DATE', '', 'date to judge for, YYYY-MM-DD, UTC (default: today)', true),
  { ...both('verbose', null, 'false', 'tell every finding, not only what to do', true), where: 'command' },
  both('debug', 'BOOLEAN', 'false', 'tell each step, and the stack of an error', true),
]

/** Reads the value of an input by its name; '' where it was not given. */
export type Given = (name: string) => string

/** True where the value is the input's own default, so that a missing file there is no mistake. */
export function isDefault(name: string, value: string): boolean {
  return INPUTS.find((input) => input.name === name)?.default === value
}

/**
 * The policy file that an input names, where it may not be laxer than the base's: left empty it is the one at the default
 * path. Only a whitelist may be left out, for without it nothing is accepted.
 */
export function boundPath(given: Given, name: 'gate' | 'whitelist' | 'dictionary'): string {
  const path = given(name).trim()
  return path === '' && name !== 'whitelist' ? `policies/${name}.yml` : path
}
