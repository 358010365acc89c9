// What the renew-… scripts share: the files of a Debian package, without installing it.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const today = () => new Date().toISOString().slice(0, 10)

/** Downloads a package by apt, which checks its signature chain, and hands over its unpacked files. */
export async function withPackage(name, use) {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-renew-'))
  try {
    const options = { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] }
    try {
      execFileSync('apt-get', ['download', name], options)
    } catch (error) {
      throw new Error(`apt-get download ${name} failed: run this on Debian, after apt-get update`, {
        cause: error,
      })
    }
    const deb = readdirSync(folder).find((file) => file.endsWith('.deb'))
    const version = execFileSync('dpkg-deb', ['-f', deb, 'Version'], { cwd: folder, encoding: 'utf8' }).trim()
    execFileSync('dpkg-deb', ['-x', deb, 'files'], { cwd: folder })
    await use(join(folder, 'files'), version)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
