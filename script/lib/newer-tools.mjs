// The work of script/tool-versions: it finds newer versions of the tools that run next to the gate, by the tags of
// their repositories, and updates this repository's files.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gatesTreeHash } from './tree-hash.mjs'

const REPO = join(dirname(fileURLToPath(import.meta.url)), '../..')
const IMAGES = 'src/inputs/service-images.ts'
const SERVICES = 'script/lib/services.sh'
const BENCH = 'src/checks/docker-bench/dbs/fetch.ts'
const TIMEOUT_MS = 60_000

/**
 * One row per tool. `version`: of a tag, comparable, or `null` if the tag is not a release; `places`: file, what,
 * with what.
 */
export const TOOLS = {
  Clair: {
    repository: 'quay/clair',
    version: (tag) => /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1] ?? null,
    now: /quay\.io\/projectquay\/clair:(\d+\.\d+\.\d+)/,
    places: [
      [
        IMAGES,
        /quay\.io\/projectquay\/clair:\d+\.\d+\.\d+', digest: (?:null|'[^']*')/,
        (to) => `quay.io/projectquay/clair:${to}', digest: null`,
      ],
      [SERVICES, /^CLAIR_VERSION=.*$/m, (to) => `CLAIR_VERSION=${to}`],
    ],
  },
  PostgreSQL: {
    repository: 'postgres/postgres',
    // REL_18_0 is the first release of a major version that is not a beta.
    version: (tag) => /^REL_(\d{2})_\d+$/.exec(tag)?.[1] ?? null,
    now: /'postgres:(\d+)/,
    places: [
      [IMAGES, /'postgres:\d+', digest: (?:null|'[^']*')/, (to) => `'postgres:${to}', digest: null`],
      [SERVICES, /^POSTGRES_OFFICIAL=.*$/m, (to) => `POSTGRES_OFFICIAL=postgres:${to}`],
    ],
  },
  'the docker command': {
    repository: 'docker/cli',
    version: (tag) => /^v(\d+)\.\d+\.\d+$/.exec(tag)?.[1] ?? null,
    now: /'docker:(\d+)-cli/,
    places: [
      [IMAGES, /'docker:\d+-cli', digest: (?:null|'[^']*')/, (to) => `'docker:${to}-cli', digest: null`],
    ],
  },
}

const BENCH_REPOSITORY = 'docker/docker-bench-security'

/** 4.10.0 is newer than 4.9.0. */
export function isNewer(a, b) {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number))
  const at = x.findIndex((part, index) => part !== (y[index] ?? 0))
  return at >= 0 && x[at] > (y[at] ?? 0)
}

/** The newest release among the lines of `git ls-remote --tags`. Throws if there is none: then it is not known. */
export function newestOf({ version, repository }, lines) {
  const versions = lines.split('\n').flatMap((line) => {
    const tag = /^[0-9a-f]{40,64}\trefs\/tags\/([^\s^]+)$/.exec(line)?.[1]
    return tag === undefined ? [] : (version(tag) ?? [])
  })
  if (versions.length === 0) {
    throw new Error(`${repository} has no tag of a release`)
  }
  return versions.reduce((best, one) => (isNewer(one, best) ? one : best))
}

/**
 * @param root the repository whose files are read, and written if `write` is set
 * @param at prefix of `owner/name` in a repository's address
 * @returns what is newer, as `{tool, from, to}`, and what could not be looked up, in words
 */
export async function toolVersions({ root = REPO, at = 'https://github.com/', write = false } = {}) {
  const [newer, errors] = [[], []]
  for (const [tool, row] of Object.entries(TOOLS)) {
    await attempt(tool, () => {
      const from = currentOf(row.now, read(root, IMAGES), tool)
      const to = newestOf(row, git('ls-remote', '--tags', `${at}${row.repository}`))
      if (isNewer(to, from)) {
        newer.push({ tool, from, to })
        for (const [file, what, by] of write ? row.places : []) {
          replace(root, file, what, by(to))
        }
      }
    })
  }
  await attempt('Docker Bench', async () => {
    const from = currentOf(/COMMIT = '([0-9a-f]{40})'/, read(root, BENCH), 'Docker Bench')
    const to = /^([0-9a-f]{40})\tHEAD$/m.exec(git('ls-remote', `${at}${BENCH_REPOSITORY}`, 'HEAD'))?.[1]
    if (to === undefined) {
      throw new Error(`${BENCH_REPOSITORY} names no commit`)
    }
    if (to !== from) {
      newer.push({ tool: 'Docker Bench', from: from.slice(0, 12), to: to.slice(0, 12) })
      if (write) {
        const tree = await treeOf(`${at}${BENCH_REPOSITORY}`, to)
        replace(root, BENCH, /COMMIT = '[0-9a-f]{40}'/, `COMMIT = '${to}'`)
        replace(root, BENCH, /tree: 'sha256:[0-9a-f]{64}'/, `tree: '${tree}'`)
      }
    }
  })
  return { newer, errors }

  async function attempt(tool, work) {
    try {
      await work()
    } catch (error) {
      errors.push(`${tool}: ${error.message.split('\n')[0]}`)
    }
  }
}

function currentOf(pattern, text, tool) {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) {
    throw new Error(`this repository names no version of ${tool}`)
  }
  return found
}

const read = (root, file) => readFileSync(join(root, file), 'utf8')

/** Throws if there is nothing to replace: a file with a new format would silently keep the old version. */
function replace(root, file, what, by) {
  const text = read(root, file)
  if (!what.test(text)) {
    throw new Error(`${file} has no place for ${by}`)
  }
  writeFileSync(
    join(root, file),
    text.replace(what, () => by),
  )
}

function git(...args) {
  return execFileSync('git', args, {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    maxBuffer: 64 * 2 ** 20,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_TERMINAL_PROMPT: '0' },
  })
}

/** The hash over its files, computed by the gate's own code. None of it is run. */
async function treeOf(repository, commit) {
  const folder = mkdtempSync(join(tmpdir(), 'sw-bench-tree-'))
  try {
    git('init', '--quiet', folder)
    git('-C', folder, 'fetch', '--quiet', '--depth', '1', repository, commit)
    git('-C', folder, '-c', 'advice.detachedHead=false', 'checkout', '--quiet', 'FETCH_HEAD')
    return (await gatesTreeHash())(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
