// What the renew-… scripts share: the files of a Debian package, without installing it.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const today = () => new Date().toISOString().slice(0, 10)

/** Downloads a package with apt, which checks its signature chain, and passes on its unpacked files. */
export async function withPackage(name, use) {
  await inFolder((folder) => download(folder, name, [], use))
}

const MIRROR = 'http://deb.debian.org/debian'
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/** As `withPackage`, for a package of another release than the machine's, from Debian's mirror. */
export async function withPackageOf(codename, name, use) {
  await inFolder(async (folder) => {
    const place = (path) => {
      mkdirSync(join(folder, path), { recursive: true })
      return join(folder, path)
    }
    const sources = join(place('etc'), 'sources.list')
    writeFileSync(sources, `deb [signed-by=${KEYRING}] ${MIRROR} ${codename} main\n`)
    place('state/lists/partial')
    place('cache/archives/partial')
    const options = [
      `Dir::Etc::sourcelist=${sources}`,
      'Dir::Etc::sourceparts=/dev/null',
      `Dir::State=${join(folder, 'state')}`,
      'Dir::State::status=/dev/null',
      `Dir::Cache=${join(folder, 'cache')}`,
    ].flatMap((option) => ['-o', option])
    apt(folder, ...options, '--error-on=any', 'update')
    await download(place('got'), name, options, use)
  })
}

async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-renew-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function download(folder, name, options, use) {
  apt(folder, ...options, 'download', name)
  const deb = readdirSync(folder).find((file) => file.endsWith('.deb'))
  const version = execFileSync('dpkg-deb', ['-f', deb, 'Version'], { cwd: folder, encoding: 'utf8' }).trim()
  execFileSync('dpkg-deb', ['-x', deb, 'files'], { cwd: folder })
  await use(join(folder, 'files'), version)
}

function apt(folder, ...args) {
  try {
    execFileSync('apt-get', args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
  } catch (error) {
    throw new Error(`apt-get ${args.join(' ')} failed: run this on Debian, with its mirror in reach`, {
      cause: error,
    })
  }
}
