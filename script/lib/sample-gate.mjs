// A run of the gate for the benchmarks: the services that script/setup has made, and the sample data of the tests.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
export const SAMPLE_TRACKER = join(ROOT, '__tests__/support/feeds/tracker.json')
const CLAIR = process.env.SEAWORTHY_CLAIR_IMAGE ?? 'seaworthy-dev/clair:4.9.0'
const POSTGRES = process.env.SEAWORTHY_POSTGRES_IMAGE ?? 'seaworthy-dev/postgres:15'
/** What has to be in the engine. */
export const SERVICE_IMAGES = [CLAIR, POSTGRES]

/**
 * The arguments of Node.js for a scan that takes its policies from `folder`, and leaves its reports there. A sample is
 * as old as it is, so its age does not count.
 */
export function sampleScan(folder, images, tracker = SAMPLE_TRACKER) {
  const policies = join(folder, 'policies')
  mkdirSync(policies, { recursive: true })
  writeFileSync(join(policies, 'gate.yml'), 'version: 1\nmax-data-age: 87600\n')
  const services = ['--clair-image', CLAIR, '--postgres-image', POSTGRES]
  const noFeeds = ['--cvss', 'none', '--epss', 'none', '--kev', 'none']
  const data = ['--tracker', tracker, ...noFeeds, '--policies', policies]
  return [
    join(ROOT, 'dist/cli.js'),
    'scan',
    ...images,
    ...services,
    ...data,
    '--report-dir',
    join(folder, 'report'),
  ]
}
