// The files of a release: the command as a package, its SBOM, the examples, and checksums.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from '../pack.mjs'

function run(cwd, program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} in ${cwd} failed: ${error?.message ?? stderr}`)
  }
  return stdout.trim()
}

/** What git lists as changed or new in a work tree, one path a line; empty if it is clean. Throws without git. */
export function changesIn(root) {
  return run(root, 'git', ['status', '--porcelain', '--untracked-files=all'])
}

/**
 * The files of a release, the same bytes for the same commit: they are packed from the commit itself, not from the work
 * tree, which other programs may have written to.
 * @returns their paths
 */
export function writeAssets(folder, root) {
  const commit = run(root, 'git', ['rev-parse', 'HEAD'])
  const seconds = run(root, 'git', ['show', '--no-patch', '--format=%ct', commit])
  const tree = mkdtempSync(join(tmpdir(), 'seaworthy-assets-'))
  try {
    run(root, 'git', ['archive', '--output', join(tree, 'commit.tar'), commit])
    run(tree, 'tar', ['-xf', 'commit.tar'])
    return packAll(folder, tree, { commit, seconds })
  } finally {
    rmSync(tree, { recursive: true })
  }
}

/** @param tree the files of `commit` */
function packAll(folder, tree, { commit, seconds }) {
  mkdirSync(folder, { recursive: true })
  const { name: command, version } = JSON.parse(readFileSync(join(tree, 'package.json'), 'utf8'))
  const repository = process.env.GITHUB_REPOSITORY || null
  const sha256 = createHash('sha256')
    .update(
      readFileSync(
        pack(folder, repository, repository === null ? null : { repository, version, commit }, tree),
      ),
    )
    .digest('hex')
  writeFileSync(
    join(folder, `seaworthy-${version}.cdx.json`),
    sbom(
      run(tree, 'npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']),
      command,
      seconds,
    ),
  )
  if (repository !== null) {
    const examples = join(folder, '.examples')
    run(tree, process.execPath, [
      'script/examples.mjs',
      '--release',
      repository,
      version,
      commit,
      '--sha256',
      sha256,
      '--out',
      examples,
    ])
    const sorted = ['--sort=name', `--mtime=@${seconds}`, '--owner=0', '--group=0', '--numeric-owner']
    run(tree, 'tar', [...sorted, '-C', examples, '-cf', join(examples, 'x.tar'), 'examples'])
    run(tree, 'sh', [
      '-c',
      'gzip -n <"$1" >"$2"',
      'sh',
      join(examples, 'x.tar'),
      join(folder, `seaworthy-examples-${version}.tar.gz`),
    ])
    rmSync(examples, { recursive: true })
  }
  const names = readdirSync(folder)
    .filter((name) => name.startsWith('seaworthy-'))
    .sort()
  const sums = names.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  )
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''))
  return [...names, 'SHA256SUMS'].map((name) => join(folder, name))
}

/** npm's, without what differs each time: its number, the time at which it was made, and the name of the folder. */
function sbom(text, name, seconds) {
  const document = JSON.parse(text)
  delete document.serialNumber
  document.metadata.timestamp = new Date(Number(seconds) * 1000).toISOString()
  document.metadata.component.name = name
  return `${JSON.stringify(document, null, 2)}\n`
}
