import {
  type BenchFinding,
  CREATED_USER,
  type HealthProgram,
  type HealthRequest,
  healthProgram,
  isHealthPath,
} from '../../model/index.js'

/**
 * Example lines for a Dockerfile that settle a result of Docker Bench; `null` if no example would fit most images.
 * They contain nothing from outside except paths of plain characters.
 */
export function benchLines(
  result: Pick<BenchFinding, 'id' | 'compared' | 'uid' | 'userOfOptions' | 'health'>,
): string | null {
  const { id, compared, uid, userOfOptions, health } = result
  // Anything else is settled in the dictionary, by inspection, or in the run options that set the user.
  if (compared?.outcome !== 'worse' || userOfOptions === true) {
    return null
  }
  if (id === '4.8') {
    return setuidLines(compared.unexpected)
  }
  if (id === '4.1' && uid !== undefined) {
    return `# put this after everything that needs root; the image has this user already\nUSER ${uid}`
  }
  return id === '4.6' ? healthLines(health) : (EXAMPLE_LINES[id] ?? null)
}

const EXAMPLE_LINES: Readonly<Record<string, string>> = {
  '4.1': `# put this after everything that needs root; in an image without a shell, use only USER
RUN useradd --uid ${CREATED_USER.uid} --no-create-home --home-dir /nonexistent \\
      --shell /usr/sbin/nologin ${CREATED_USER.name}
USER ${CREATED_USER.uid}`,
  '4.7': `# use this instead of the RUN that only updates; change ca-certificates to your packages
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates \\
 && rm -rf /var/lib/apt/lists/*`,
}

/** Files with capabilities (`/usr/bin/x cap_net_raw`), or an unusual name, are left to people. */
function setuidLines(items: readonly string[]): string | null {
  const paths = items.filter((item) => /^(?:\/[A-Za-z0-9_+@][\w.+@-]*)+$/.test(item))
  if (paths.length === 0) {
    return null
  }
  const remaining = items.length - paths.length
  const more = remaining === 0 ? '' : `; ${remaining} more ${remaining === 1 ? 'is' : 'are'} left to you`
  return `# put this before USER, after the lines that install these files${more}\nRUN chmod a-s ${paths.join(' \\\n      ')}`
}

/** The arguments with which each program fails unless the address answers with a good status. */
const ARGUMENTS: Readonly<Record<HealthProgram, (url: string) => readonly string[]>> = {
  curl: (url) => ['-fsS', '-o', '/dev/null', url],
  wget: (url) => ['-q', '-O', '/dev/null', url],
  // fetch() is not in all releases that are in use.
  node: (url) => ['-e', `require('http').get('${url}', r => process.exit(+(r.statusCode > 399)))`],
  python3: (url) => ['-c', `import urllib.request as r; r.urlopen('${url}', timeout=4)`],
  php: (url) => ['-r', `exit((int) (@file_get_contents('${url}') === false));`],
  ruby: (url) => ['-rnet/http', '-e', `abort if Net::HTTP.get_response(URI('${url}')).code >= '400'`],
}

const OPTIONS = '--interval=30s --timeout=5s'

/** Lines for a Dockerfile. They name a program only if the image has it, by its path there, which only plain ones have. */
function healthLines(request: HealthRequest | undefined): string {
  const program = request === undefined ? null : healthProgram(request.path)
  if (request === undefined || program === null) {
    return `# put in a command of your image; it must fail when the service fails
HEALTHCHECK ${OPTIONS} CMD ["COMMAND", "ARGUMENT"]`
  }
  const { path, port, urlPath = '/' } = request
  const isKnown = isHealthPath(urlPath)
  const command = [path, ...ARGUMENTS[program](`http://127.0.0.1:${port}${isKnown ? urlPath : '/'}`)]
  return `${isKnown ? KNOWN_PATH : UNKNOWN_PATH}
HEALTHCHECK ${OPTIONS} \\
      CMD [${command.map((one) => `"${one}"`).join(', ')}]`
}

const KNOWN_PATH = `# the image has this program, and the health check of the run options asks this path;
# it has to answer 200 only when the service works`
const UNKNOWN_PATH = `# the image has this program; change the path / to one that answers 200 only when the
# service works, and if it is not HTTP, the command`
