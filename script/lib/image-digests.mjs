// What script/pin-images does. The gate's own code asks the registry: it reads the tag's target, verifies its digest,
// and requires it to exist for the platform of GitHub's runners.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { bundled } from './bundled.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const TABLE = 'src/inputs/service-images.ts'
/** A row of the table of images, whatever its layout is. */
const ROW = /('([a-z-]+)':\s*\{\s*name:\s*'([^']+)',\s*digest:\s*)(null|'(sha256:[0-9a-f]{64})')(?=,?\s*\})/g
export const PLATFORM = { os: 'linux', architecture: 'amd64', variant: null }
export const TIMEOUT_MS = 30_000

/** Rows of the table: `{input, name, digest}`, the digest `null` if it is missing. Throws if there is no row. */
export function rowsOf(text) {
  const rows = [...text.matchAll(ROW)].map(([, , input, name, , digest = null]) => ({ input, name, digest }))
  if (rows.length === 0) {
    throw new Error('the table contains no row for an image')
  }
  return rows
}

/** The table with these digests, by input; others stay the same. */
export function withDigests(text, digests) {
  return text.replace(ROW, (row, before, input) =>
    digests.has(input) ? `${before}'${digests.get(input)}'` : row,
  )
}

/** @returns the exit code: 0 if each image has a digest at the end, and each requested registry has answered */
export async function pinImages(args) {
  const { values } = parseArgs({
    args,
    options: {
      check: { type: 'boolean', default: false },
      file: { type: 'string', default: join(ROOT, TABLE) },
    },
  })
  const text = readFileSync(values.file, 'utf8')
  const rows = rowsOf(text)
  if (values.check) {
    return missing(rows)
  }
  const { parseReference, readRegistryImage, dockerLogins } = await registryCode()
  const digests = new Map()
  let unread = 0
  for (const { input, name, digest } of rows) {
    const options = { logins: dockerLogins(), signal: AbortSignal.timeout(TIMEOUT_MS), timeoutMs: TIMEOUT_MS }
    try {
      const found = (await readRegistryImage(parseReference(name), PLATFORM, options)).digest
      digests.set(input, found)
      console.log(
        `${input}: ${name} is ${found}${digest === found ? '' : digest === null ? ', new' : `, was ${digest}`}`,
      )
    } catch (error) {
      unread += 1
      console.error(
        `${input}: ${name} could not be read, so its digest is still ${digest ?? 'missing'}: ${error.message}`,
      )
    }
  }
  const now = withDigests(text, digests)
  if (now !== text) {
    writeFileSync(values.file, now)
    console.log('written; run npm run format, npm run readme and npm run build, and read the diff')
  }
  return unread > 0 ? 1 : missing(rowsOf(now))
}

function missing(rows) {
  const without = rows.filter(({ digest }) => digest === null)
  for (const { input, name } of without) {
    console.error(`${input}: ${name} has no digest, so anyone who can move its tag chooses what runs`)
  }
  if (without.length > 0) {
    console.error('run script/pin-images on a machine that can reach these registries')
    return 1
  }
  console.log(`${rows.length} images have digests`)
  return 0
}

/** The gate's own code for registries. */
export async function registryCode() {
  return bundled(`
    export { parseReference } from './src/model/image/reference.ts'
    export { readRegistryImage } from './src/io/registry/registry.ts'
    export { dockerLogins } from './src/io/registry/login.ts'`)
}
