/**
 * The Clair of this run of the tests, as inputs of a gate: it has the sample tracker and no advisories of OSV
 * (support/jest/live-services.mjs starts it).
 */
export const CLAIR_INPUTS: Readonly<Record<'clair-url' | 'layer-url', string>> = JSON.parse(
  process.env.SEAWORTHY_TEST_CLAIR ?? '{}',
)

export const CLAIR_FLAGS: readonly string[] = Object.entries(CLAIR_INPUTS).flatMap(([name, value]) => [
  `--${name}`,
  value,
])
