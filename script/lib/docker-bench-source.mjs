// Docker Bench for Security itself, for the tests that run it. Its code is not in this repository.
// Run: node script/lib/docker-bench-source.mjs FOLDER ARCHIVE…   prints the folder below FOLDER that has the pinned commit: the one that is
// there already, else unpacked from the first archive (a path or a URL) with exactly its files. Fails if there is none.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gatesTreeHash } from './tree-hash.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const PINNED = 'src/checks/docker-bench/dbs/fetch.ts'
const TIMEOUT_MS = 60_000

/** Commit and hash over its files, as the gate pins them. */
function pinned(root) {
  const text = readFileSync(join(root, PINNED), 'utf8')
  const [commit] = /(?<=COMMIT = ')[0-9a-f]{40}/.exec(text) ?? []
  const [tree] = /(?<=tree: ')sha256:[0-9a-f]{64}/.exec(text) ?? []
  if (commit === undefined || tree === undefined) {
    throw new Error(`${PINNED} names no commit of Docker Bench, or no hash`)
  }
  return { commit, tree }
}

async function bytesOf(archive) {
  if (!/^https?:/.test(archive)) {
    return readFileSync(archive)
  }
  const answer = await fetch(archive, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!answer.ok) {
    throw new Error(`HTTP ${answer.status}`)
  }
  return Buffer.from(await answer.arrayBuffer())
}

/**
 * @param archives `{commit}` in a URL stands for the pinned commit
 * @returns the folder with Docker Bench @throws with the reason for each archive
 */
export async function unpackBench(into, archives, root = ROOT) {
  const { commit, tree } = pinned(root)
  const hash = await gatesTreeHash()
  const folder = join(into, `docker-bench-${commit.slice(0, 12)}`)
  if (existsSync(folder) && hash(folder) === tree) {
    return folder
  }
  mkdirSync(into, { recursive: true })
  const errors = []
  for (const template of archives) {
    const archive = template.replace('{commit}', commit)
    const part = mkdtempSync(join(into, 'part-'))
    try {
      writeFileSync(join(part, 'archive'), await bytesOf(archive))
      mkdirSync(join(part, 'files'))
      const unpack = ['-xzf', join(part, 'archive'), '-C', join(part, 'files'), '--strip-components=1']
      execFileSync('tar', unpack, { stdio: ['ignore', 'ignore', 'pipe'] })
      if (hash(join(part, 'files')) !== tree) {
        throw new Error(`its files are not those of commit ${commit}`)
      }
      rmSync(folder, { recursive: true, force: true })
      renameSync(join(part, 'files'), folder)
      return folder
    } catch (error) {
      errors.push(`${archive}: ${error.cause?.message ?? error.message}`)
    } finally {
      rmSync(part, { recursive: true, force: true })
    }
  }
  throw new Error(errors.join('\n') || 'no archive was named')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [into, ...archives] = process.argv.slice(2)
  try {
    console.log(await unpackBench(into, archives))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
