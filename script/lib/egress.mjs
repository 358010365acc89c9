// Which hosts a run asks, by input: the one list of the egress rules in docs/privacy.md. What an input's default says is
// read from the table of inputs; the rest is here.

/** Where a release's files come from, and where GitHub redirects to. */
const RELEASES = ['github.com:443', 'release-assets.githubusercontent.com:443']
const DOCKER_HUB = ['registry-1.docker.io:443', 'auth.docker.io:443', 'production.cloudflare.docker.com:443']

/** `hosts` in addition to the default's host; `when` says who needs it. */
const ROWS = [
  { input: 'tracker', hosts: [], when: 'always' },
  { input: 'data', hosts: RELEASES, when: 'always, unless set to `none`' },
  { input: 'cvss', hosts: [], when: 'if `data` cannot be used' },
  { input: 'epss', hosts: [], when: 'always, unless set to `none`' },
  {
    input: 'kev',
    hosts: ['raw.githubusercontent.com:443'],
    when: "always, unless set to `none`; the second host has CISA's copy",
  },
  { input: 'osv', hosts: [], when: 'if the image has application packages and `data` cannot be used' },
  {
    input: 'debian-mirror',
    hosts: ['deb.debian.org:80'],
    when: "the `security-updates` check, which also uses the machine's and the image's mirrors",
  },
  {
    input: 'debian-security-mirror',
    hosts: ['security.debian.org:80'],
    when: 'the `security-updates` check, as above',
  },
  {
    input: 'clair-image',
    hosts: ['quay.io:443', 'cdn.quay.io:443', 'cdn01.quay.io:443', 'cdn02.quay.io:443', 'cdn03.quay.io:443'],
    when: 'if the image is not in the engine',
  },
  { input: 'postgres-image', hosts: DOCKER_HUB, when: 'if the image is not in the engine' },
  { input: 'bench-image', hosts: DOCKER_HUB, when: 'if the image is not in the engine' },
  {
    input: 'bench-source',
    hosts: ['codeload.github.com:443'],
    when: 'to download Docker Bench, once per machine',
  },
  {
    input: 'github-token',
    hosts: ['api.github.com:443'],
    when: 'in workflows: for the base policies, the check run and the comment',
  },
  {
    input: 'cache-dir',
    hosts: ['*.actions.githubusercontent.com:443', '*.blob.core.windows.net:443'],
    when: "in workflows on branches: for the cache of the archive's indexes",
  },
]

/** `host:port` of an http(s) address, else `null`. */
export function endpointOf(address) {
  const url = /^https?:\/\//.test(address) ? new URL(address) : null
  return url === null ? null : `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}

/**
 * Rows with all their hosts, the default's first. Throws for a row without an input, and for a default that is not
 * listed.
 */
export function egressRows(inputs) {
  const byName = new Map(inputs.map((input) => [input.name, input]))
  const errors = ROWS.filter(({ input }) => !byName.has(input)).map(({ input }) => `${input} is no input`)
  for (const { name, default: value } of inputs) {
    if (endpointOf(value) !== null && !ROWS.some(({ input }) => input === name)) {
      errors.push(`${name} asks ${endpointOf(value)}, and is not listed`)
    }
  }
  if (errors.length > 0) {
    throw new Error(`script/lib/egress.mjs: ${errors.join('; ')}`)
  }
  return ROWS.map(({ input, hosts, when }) => {
    const own = endpointOf(byName.get(input).default)
    return { input, hosts: [...(own === null ? [] : [own]), ...hosts], when }
  })
}

/** The table of the page, and the list to paste. */
export function egressText(inputs) {
  const rows = egressRows(inputs)
  const all = [...new Set(rows.flatMap(({ hosts }) => hosts))].sort()
  return [
    '| input | hosts | when |',
    '|---|---|---|',
    ...rows.map(
      ({ input, hosts, when }) =>
        `| \`${input}\` | ${hosts.map((host) => `\`${host}\``).join(' ')} | ${when} |`,
    ),
    '',
    '```yaml',
    'allowed-endpoints: >-',
    ...all.map((host) => `  ${host}`),
    '```',
  ].join('\n')
}
