// The command as an npm package: dist/cli.js with the chunks that it loads, and nothing else to install. Run: node
// script/pack.mjs DIR writes seaworthy-VERSION.tgz to DIR and prints its name
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { rewritten, writtenFor } from './examples.mjs'

const EXAMPLE = 'examples/workflows/pull-request.yml'
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const ENTRY = 'cli.js'

/** Names in `dist` that `entry` loads, itself included: by import, lazily too. */
export function loadedBy(entry, textOf) {
  const visited = new Set([entry])
  for (const name of visited) {
    for (const [, next] of textOf(name).matchAll(/(?:from\s*|import\s*\(?\s*)"\.\/([\w.-]+\.js)"/g)) {
      visited.add(next)
    }
  }
  return [...visited].sort()
}

/** Names of the files of `dist` that the package has. */
export function packedNames(textOf) {
  return [...loadedBy(ENTRY, textOf), 'licenses.txt']
}

/** package.json as it is published: what is bundled is no dependency, and `private` is left out here alone. */
export function publishedManifest({ name, version, description, license, type, engines, bin }, repository) {
  return {
    ...{ name, version, description, license, type, engines, bin },
    ...(repository === null
      ? {}
      : { repository: { type: 'git', url: `git+https://github.com/${repository}.git` } }),
    files: ['dist', 'docs', 'examples'],
  }
}

/** The pages that messages name: those of users, without decisions and pictures. */
export function pagesIn(docs) {
  return readdirSync(docs, { recursive: true }).filter(
    (name) => /\.md$/.test(name) && !name.startsWith('decisions'),
  )
}

/** `readme` for a package, which has no other page: its links lead to the repository, at that release. */
export function linked(readme, { repository, version }) {
  return readme.replace(/\]\((?![a-z]+:|#)([^()\s]+)\)/g, (_, path) => {
    const raw = /\.(png|svg)$/.test(path) ? '?raw=true' : ''
    return `](https://github.com/${repository}/blob/v${version}/${path}${raw})`
  })
}

/**
 * @param release the release that the package is for, which its README names; the README of the commit itself is older
 * @param root the files that it is packed from
 * @returns its path
 */
export function pack(
  directory,
  repository = process.env.GITHUB_REPOSITORY || null,
  release = null,
  root = ROOT,
) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const stage = mkdtempSync(join(tmpdir(), 'seaworthy-pack-'))
  try {
    for (const name of packedNames((name) => readFileSync(join(root, 'dist', name), 'utf8'))) {
      cpSync(join(root, 'dist', name), join(stage, 'dist', name))
    }
    cpSync(join(root, 'LICENSE'), join(stage, 'LICENSE'))
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const example = readFileSync(join(root, EXAMPLE), 'utf8')
    const from = writtenFor(example)
    const written = rewritten(readme, from, release ?? from)
    writeFileSync(join(stage, 'README.md'), release === null ? written : linked(written, release))
    for (const page of pagesIn(join(root, 'docs'))) {
      cpSync(join(root, 'docs', page), join(stage, 'docs', page))
    }
    // The example that `seaworthy init` writes.
    mkdirSync(join(stage, dirname(EXAMPLE)), { recursive: true })
    writeFileSync(join(stage, EXAMPLE), rewritten(example, from, release ?? from))
    const text = `${JSON.stringify(publishedManifest(manifest, repository), null, 2)}\n`
    writeFileSync(join(stage, 'package.json'), text)
    mkdirSync(directory, { recursive: true })
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', resolve(directory)]
    const { status, stderr } = spawnSync('npm', args, { cwd: stage, encoding: 'utf8' })
    if (status !== 0) {
      throw new Error(`npm pack has failed: ${stderr}`)
    }
    return join(directory, `${manifest.name}-${manifest.version}.tgz`)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [directory] = process.argv.slice(2)
  if (directory === undefined) {
    console.error('usage: pack.mjs DIR')
    process.exitCode = 1
  } else {
    console.log(pack(directory))
  }
}
