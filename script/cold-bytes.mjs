#!/usr/bin/env node
// Counts what the first job on a new machine downloads, part by part, and prints a Markdown table: the gate's own
// downloads by a recording proxy, with an empty cache; the service images by the sizes of their blobs in the registry,
// because an engine pulls them past the proxy. Run by .github/workflows/prober.yml.
// Run: node script/cold-bytes.mjs IMAGE [flags of `seaworthy scan`]
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTable } from './inputs.mjs'
import { egressRows } from './lib/egress.mjs'
import { PLATFORM, registryCode, TIMEOUT_MS } from './lib/image-digests.mjs'
import { runIfStarted } from './lib/main.mjs'
import { startRecordingProxy } from './lib/recording-proxy.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const IMAGES = ['clair-image', 'postgres-image', 'bench-image']

/** @returns bytes of a service image's compressed layers */
async function sizeInRegistry(name) {
  const { parseReference, readRegistryImage, dockerLogins } = await registryCode()
  const options = { logins: dockerLogins(), signal: AbortSignal.timeout(TIMEOUT_MS), timeoutMs: TIMEOUT_MS }
  const { layers } = await readRegistryImage(parseReference(name), PLATFORM, options)
  return layers.reduce((sum, { size }) => sum + size, 0)
}

/** @returns the scan's exit code: 0 and 1 are verdicts */
function scan(flags, env) {
  const command = [join(ROOT, 'dist/cli.js'), 'scan', ...flags]
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  return new Promise((resolve) => child.on('close', resolve))
}

/** Bytes received, by input; of hosts that no input names, by host. */
export function byInput(received, rows) {
  const parts = new Map()
  for (const [endpoint, bytes] of received) {
    const inputs = rows.filter(({ hosts }) => hosts.includes(endpoint)).map(({ input }) => `\`${input}\``)
    const part = inputs.length === 0 ? endpoint : inputs.join(', ')
    parts.set(part, (parts.get(part) ?? 0) + bytes)
  }
  return parts
}

/** @param parts bytes by part */
export function tableOf(parts) {
  const text = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 3 : 1)} MB`
  const rows = [...parts].toSorted(([, one], [, other]) => other - one)
  const sum = rows.reduce((total, [, bytes]) => total + bytes, 0)
  return [
    '| part | downloaded |',
    '|---|---|',
    ...rows.map(([part, bytes]) => `| ${part} | ${text(bytes)} |`),
    `| all | ${text(sum)} |`,
  ].join('\n')
}

export async function coldBytes(args) {
  const [image, ...flags] = args
  if (image === undefined || image.startsWith('-')) {
    console.error('Usage: node script/cold-bytes.mjs IMAGE [flags of `seaworthy scan`]')
    return 2
  }
  const { INPUTS } = await readTable()
  const nameOf = (input) => {
    const at = flags.indexOf(`--${input}`)
    return at === -1 ? INPUTS.find(({ name }) => name === input).default : flags[at + 1]
  }
  const images = await Promise.all(
    IMAGES.map(async (input) => [`\`${input}\` (${nameOf(input)})`, await sizeInRegistry(nameOf(input))]),
  )
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-cold-'))
  const proxy = await startRecordingProxy()
  try {
    const address = { http_proxy: proxy.url, https_proxy: proxy.url, no_proxy: '' }
    const upper = Object.entries(address).map(([name, value]) => [name.toUpperCase(), value])
    const env = { ...process.env, ...address, ...Object.fromEntries(upper) }
    const code = await scan(
      [image, ...flags, '--cache-dir', join(folder, 'cache'), '--report-dir', join(folder, 'report')],
      env,
    )
    const received = await proxy.end()
    console.log(tableOf(new Map([...images, ...byInput(received, egressRows(INPUTS))])))
    return code === 0 || code === 1 ? 0 : 2
  } finally {
    await proxy.end()
    rmSync(folder, { recursive: true })
  }
}

runIfStarted(import.meta.url, async () => {
  process.exitCode = await coldBytes(process.argv.slice(2))
})
