// What script/release does.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readFragments, section, withSection } from '../changelog.mjs'
import { changesIn, writeAssets } from './assets.mjs'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const OWNERS = '.github/CODEOWNERS'
const OWNERS_TEMPLATE = '.github/CODEOWNERS.template'
const VERSION = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/

/**
 * The state of the repository that a release depends on.
 * @param packed folder with the package that is to be released, if there is one yet
 * @returns `{version, branch, isMerged, isTagged, isClean, owners, unpinned, dist, packed, fragments, changelog}`
 */
export function readFacts(
  root,
  { tag = null, branch = process.env.DEFAULT_BRANCH || 'main', packed = null } = {},
) {
  const run = (program, ...args) => spawnSync(program, args, { cwd: root, encoding: 'utf8' })
  const node = (...args) => run(process.execPath, ...args)
  const git = (...args) => run('git', ...args)
  const text = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null)
  const remote =
    tag === null ? { status: 1 } : git('ls-remote', '--exit-code', '--tags', 'origin', `refs/tags/${tag}`)
  const pins = node('script/pin-images', '--check')
  const { version } = JSON.parse(text('package.json'))
  const built = node(
    'script/build.mjs',
    '--check',
    ...(packed === null ? [] : ['--package', join(packed, `seaworthy-${version}.tgz`)]),
  )
  return {
    version,
    branch,
    isMerged: git('merge-base', '--is-ancestor', 'HEAD', `refs/remotes/origin/${branch}`).status === 0,
    isTagged:
      tag !== null &&
      (git('rev-parse', '--verify', '--quiet', `refs/tags/${tag}`).status === 0 || remote.status === 0),
    isClean: changesIn(root) === '',
    owners: text(OWNERS),
    unpinned: pins.status === 0 ? null : (pins.stderr || pins.stdout).trim(),
    ...differencesOf(built),
    fragments: readFragments(join(root, 'changes')),
    changelog: text('CHANGELOG.md') ?? '',
  }
}

/** What differs from what src builds, in dist and in the package; `null` where nothing does. */
function differencesOf({ status, stdout, stderr }) {
  const [packed, dist] = [stdout, stderr].map(
    (text) => text?.trim().split('\n').slice(0, 3).join('; ') || null,
  )
  if (status === 0) {
    return { dist: null, packed: null }
  }
  return { dist: dist ?? (packed === null ? `script/build.mjs ended with ${status}` : null), packed }
}

/** The team that owns all files: the last rule for `*` counts. `null` if there is none. */
export function teamOf(owners) {
  const rules = (owners ?? '').split('\n').filter((line) => /^\*\s/.test(line))
  return /\s(@[\w-]+\/[\w.-]+)/.exec(rules.at(-1) ?? '')?.[1] ?? null
}

const problemText = (what, where, todo) => `${what}\n  where: ${where}\n  to do: ${todo}`

/** Conditions for both preparing and tagging. */
function commonErrors({ isMerged, branch, unpinned, dist }) {
  return [
    ...(isMerged
      ? []
      : [
          problemText(
            `this commit is not on ${branch}`,
            'git HEAD',
            `release a commit that was merged: git fetch origin, git switch ${branch}`,
          ),
        ]),
    ...(unpinned === null
      ? []
      : [
          problemText(
            `an image that runs alongside the gate has no digest: ${unpinned}`,
            'src/inputs/service-images.ts',
            'run script/pin-images on a machine that can reach the registries, and merge the changes',
          ),
        ]),
    ...(dist === null
      ? []
      : [
          problemText(
            `dist does not match what src builds: ${dist}`,
            'dist',
            'run npm run build, and merge the changes',
          ),
        ]),
  ]
}

const noTeam = problemText(
  'no team owns this repository',
  OWNERS,
  'specify the team once: script/release VERSION --team @OWNER/TEAM writes the file from its template',
)

/** Why version `version` cannot be prepared here. */
export function errorsToPrepare(version, facts, team = null) {
  return [
    ...(VERSION.test(version)
      ? []
      : [
          problemText(
            `${JSON.stringify(version)} is not a version`,
            'the first argument',
            'use three numbers, such as 1.2.0',
          ),
        ]),
    ...(facts.isTagged
      ? [problemText(`v${version} is already released`, `tag v${version}`, 'use the next version')]
      : []),
    ...(facts.isClean
      ? []
      : [problemText('there are uncommitted changes', 'git status', 'commit or stash them')]),
    ...(team !== null && !/^@[\w-]+\/[\w.-]+$/.test(team)
      ? [problemText(`${JSON.stringify(team)} is not a team`, '--team', 'use a team such as @acme/release')]
      : []),
    ...(team === null && teamOf(facts.owners) === null ? [noTeam] : []),
    ...(facts.fragments.length > 0
      ? []
      : [
          problemText(
            'nothing has changed since the last release',
            'changes/',
            'write a fragment for each change that a user notices',
          ),
        ]),
    ...commonErrors(facts),
  ]
}

/** Why a tag at HEAD cannot be released. */
export function errorsOfTag(tag, facts) {
  const version = tag.replace(/^v/, '')
  const isVersion = tag.startsWith('v') && VERSION.test(version)
  return [
    ...(isVersion
      ? []
      : [
          problemText(
            `${JSON.stringify(tag)} is not a version`,
            'the tag',
            'use v and three numbers, such as v1.2.0',
          ),
        ]),
    ...(!isVersion || version === facts.version
      ? []
      : [
          problemText(
            `the tag is ${tag}, but package.json has version ${facts.version}`,
            'package.json',
            `prepare this version first: script/release ${version}`,
          ),
        ]),
    ...(teamOf(facts.owners) === null ? [noTeam] : []),
    ...(facts.fragments.length === 0
      ? []
      : [
          problemText(
            `changes that are not in the changelog: ${facts.fragments.length}`,
            'changes/',
            'prepare the release: script/release VERSION',
          ),
        ]),
    ...(sectionOf(facts.changelog, facts.version) === null
      ? [
          problemText(
            `the changelog has no section for ${facts.version}`,
            'CHANGELOG.md',
            `prepare the release: script/release ${facts.version}`,
          ),
        ]
      : []),
    ...commonErrors(facts),
    ...(facts.packed === null
      ? []
      : [
          problemText(
            `the package is not what src builds: ${facts.packed}`,
            'the assets that were packed for this tag',
            'do not release; find out what has changed these files',
          ),
        ]),
  ]
}

/** The text of a version's section, without its heading; `null` if there is none. */
export function sectionOf(changelog, version) {
  const start = changelog.indexOf(`\n## ${version} (`)
  if (start === -1) {
    return null
  }
  const rest = changelog.slice(start + 1)
  const next = rest.indexOf('\n## ')
  const whole = next === -1 ? rest : rest.slice(0, next)
  return `${whole.slice(whole.indexOf('\n') + 1).trim()}\n`
}

/** @returns the exit code */
export function runRelease(args, root = ROOT) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      team: { type: 'string' },
      check: { type: 'string' },
      notes: { type: 'string' },
      assets: { type: 'string' },
      packed: { type: 'string' },
    },
  })
  if (values.notes !== undefined) {
    const text = sectionOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), values.notes)
    return text === null
      ? printErrors([
          problemText('there is no section for this version', 'CHANGELOG.md', 'prepare the release'),
        ])
      : print(text)
  }
  if (values.assets !== undefined) {
    const changes = changesIn(root)
    return changes === ''
      ? print(`${writeAssets(values.assets, root).join('\n')}\n`)
      : printErrors([
          problemText(
            `the work tree is not clean: ${changes.split('\n').slice(0, 3).join('; ')}`,
            `git status in ${root}`,
            'pack in a fresh checkout of the tag',
          ),
        ])
  }
  if (values.check !== undefined) {
    const errors = errorsOfTag(values.check, readFacts(root, { packed: values.packed ?? null }))
    return errors.length > 0 ? printErrors(errors) : print(`${values.check} may be released\n`)
  }
  const [version = ''] = positionals
  const facts = readFacts(root, { tag: `v${version}` })
  const errors = errorsToPrepare(version, facts, values.team ?? null)
  if (values['dry-run']) {
    const date = new Date().toISOString().slice(0, 10)
    print(
      `package.json   ${facts.version} -> ${version}\n${OWNERS}   ${values.team ?? teamOf(facts.owners) ?? 'missing'}\n\n${section(version, date, facts.fragments)}\n`,
    )
    return errors.length > 0 ? printErrors(errors) : print('\nNothing was written.\n')
  }
  return errors.length > 0 ? printErrors(errors) : prepare(version, facts, values.team ?? null, root)
}

function prepare(version, facts, team, root) {
  const at = (name) => join(root, name)
  for (const name of ['package.json', 'package-lock.json']) {
    const document = JSON.parse(readFileSync(at(name), 'utf8'))
    document.version = version
    if (document.packages?.['']) {
      document.packages[''].version = version
    }
    writeFileSync(at(name), `${JSON.stringify(document, null, 2)}\n`)
  }
  const date = new Date().toISOString().slice(0, 10)
  writeFileSync(at('CHANGELOG.md'), withSection(facts.changelog, section(version, date, facts.fragments)))
  for (const { name } of facts.fragments) {
    rmSync(join(root, 'changes', name))
  }
  if (team !== null) {
    writeFileSync(at(OWNERS), readFileSync(at(OWNERS_TEMPLATE), 'utf8').replaceAll('@TEAM', team))
  }
  const built = spawnSync(process.execPath, ['script/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) {
    return printErrors([problemText('dist could not be built', 'script/build.mjs', built.stderr.trim())])
  }
  return print(
    [
      `${version} is prepared. Now open a pull request:`,
      `  git switch -c release-${version}, git add --all, git commit -m 'release: ${version}'`,
      'Once it is merged, tag the merged commit:',
      `  git tag v${version}, git push origin v${version}`,
      '',
    ].join('\n'),
  )
}

function print(text) {
  process.stdout.write(text)
  return 0
}

function printErrors(errors) {
  process.stderr.write(`${errors.join('\n\n')}\n`)
  return 1
}
