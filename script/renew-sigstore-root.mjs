// Takes the trusted root of sigstore's public instance into src/io/sigstore/public-good.ts.
// Run: node script/renew-sigstore-root.mjs            by TUF, from sigstore's own repository
//      node script/renew-sigstore-root.mjs --seed     the one that @sigstore/tuf ships, without a network
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { DEFAULT_MIRROR_URL, getTrustedRoot } from '@sigstore/tuf'
import { ROOT, today } from './lib/debian-package.mjs'

const bySeed = process.argv.includes('--seed')
const about = createRequire(import.meta.url)('@sigstore/tuf/package.json')
const root = bySeed ? seed() : await byTuf()
const source = bySeed ? `@sigstore/tuf ${about.version}` : DEFAULT_MIRROR_URL
const path = join(ROOT, 'src/io/sigstore/public-good.ts')
writeFileSync(
  path,
  `// Made by script/renew-sigstore-root.mjs: not for editing by hand.

/** From ${source}, taken on ${today()}. */
export const PUBLIC_GOOD_ROOT = ${JSON.stringify(TrustedRoot.toJSON(root))}
`,
)
execFileSync(process.execPath, [
  join(ROOT, 'node_modules/@biomejs/biome/bin/biome'),
  'check',
  '--write',
  path,
])

function seed() {
  const require = createRequire(import.meta.url)
  const seeds = JSON.parse(readFileSync(require.resolve('@sigstore/tuf/seeds.json'), 'utf8'))
  const text = Buffer.from(seeds[DEFAULT_MIRROR_URL].targets['trusted_root.json'], 'base64').toString()
  return TrustedRoot.fromJSON(JSON.parse(text))
}

async function byTuf() {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-tuf-'))
  try {
    return await getTrustedRoot({ cachePath: folder, forceInit: true })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
