import type { BenchFinding } from '../../model/finding/bench.js'

/**
 * Lines for a Dockerfile, as an example of what settles a result of Docker Bench; `null` where no example would fit
 * most images. They hold nothing from outside but paths of plain characters.
 */
export function benchLines({ id, held }: Pick<BenchFinding, 'id' | 'held'>): string | null {
  // Anything else is settled in the dictionary, or by looking.
  if (held?.outcome !== 'worse') return null
  if (id === '4.8') return setuidLines(held.unexpected)
  return EXAMPLES[id] ?? null
}

const EXAMPLES: Readonly<Record<string, string>> = {
  '4.1': `# below all that needs root; in an image without a shell the USER line alone
RUN useradd --uid 10001 --no-create-home --home-dir /nonexistent \\
      --shell /usr/sbin/nologin app
USER 10001`,
  '4.6': `# the command is yours to write: one that fails when the service does
HEALTHCHECK --interval=30s --timeout=5s CMD ["/usr/local/bin/healthcheck"]`,
  '4.7': `# in the place of the RUN that only updates; ca-certificates stands for what you install
RUN apt-get update \\
 && apt-get install -y --no-install-recommends ca-certificates \\
 && rm -rf /var/lib/apt/lists/*`,
}

/** Those that have capabilities (`/usr/bin/x cap_net_raw`), or an odd name, are left to people. */
function setuidLines(items: readonly string[]): string | null {
  const paths = items.filter((item) => /^(?:\/[A-Za-z0-9_+@][\w.+@-]*)+$/.test(item))
  if (paths.length === 0) return null
  const left = items.length - paths.length
  const more = left === 0 ? '' : `; ${left} more ${left === 1 ? 'is' : 'are'} left to you`
  return `# above the USER line, below what installs them${more}\nRUN chmod a-s ${paths.join(' \\\n      ')}`
}
