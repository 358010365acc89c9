// What examples, README and docs say after `uses:` of this repository's own actions and workflows: until there is a release,
// the folder seaworthy/ into which its user has copied it, then the release's repository and commit. Never `./`: the
// runner takes a repository's Dockerfile for an action. The steps that check the copy out and the sentences follow.
// Run: node script/examples.mjs --check                                 they all say the same, and nothing has to be filled in
//      node script/examples.mjs --release OWNER/NAME VERSION COMMIT --sha256 PACKAGE [--out DIR]
//                                          writes the examples for that release, into this checkout or (examples alone) to DIR
//      node script/examples.mjs --unreleased                            back to the copy
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runIfStarted } from './lib/main.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const EXAMPLES = 'examples/workflows'
/** What of this repository can be used, as written after its name. */
const ACTIONS = '/release-lines|/close-stale|/publish-fork'
const WORKFLOWS = String.raw`/\.github/workflows/gate-[\w-]+\.yml`
/**
 * The folder of the copy of Seaworthy in its user's repository; and the folder of a second checkout, for when the copy
 * must not be the pull request's.
 */
const COPY = 'seaworthy'
const ELSEWHERE = '.seaworthy'
const MARK = /# Seaworthy: .*$/m
/** Other examples: they install a release's package by its hash. */
const SCRIPTS = ['examples/shell/gate.sh', 'examples/gitlab/.gitlab-ci.yml', 'examples/jenkins/Jenkinsfile']
const PACKAGE = /(\bSEAWORTHY_(PACKAGE|SHA256)\s*[:=]\s*")[^"]*(")/g
const UNRELEASED =
  '# Seaworthy: used from your own copy of it, because there is no release yet; see docs/quick-start.md.'

/** actions/checkout at its commit, which is the same everywhere in this repository. */
const [CHECKOUT] = /actions\/checkout@[0-9a-f]{40} # \S+/.exec(
  readFileSync(join(ROOT, '.github/workflows/ci.yml'), 'utf8'),
)
/** What the copy needs, and what stands there after a release, when nothing is copied. */
const OF_THE_COPY = [
  [
    `      # Seaworthy comes from the base branch, so that a pull request that changes your copy is not judged by that change.
      - uses: ${CHECKOUT}
        with:
          ref: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha || github.sha }}
          path: ${ELSEWHERE}
          sparse-checkout: ${COPY}
          persist-credentials: false
`,
    `      # Seaworthy comes from the commit below. Only a change to this file can replace it.
`,
  ],
  [
    `      # Seaworthy comes from the default branch.
      - uses: ${CHECKOUT}
        with:
          path: ${ELSEWHERE}
          sparse-checkout: ${COPY}
          persist-credentials: false
`,
    `      # Nothing is checked out, not even the default branch.
`,
  ],
  [
    `      actions: read # to download the other run's artifacts
      contents: read # to check out the copy of Seaworthy
`,
    `      actions: read # to download the artifacts of the other run
`,
  ],
  [
    `      # The copy of Seaworthy.
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
          sparse-checkout: ${COPY}
`,
    `      # Uses only GitHub's API, so nothing is checked out.
`,
  ],
  [
    `          # Only the policies and the copy of Seaworthy are needed.
          sparse-checkout: |
            policies
            ${COPY}
`,
    `          # Only the policies are needed.
          sparse-checkout: policies
`,
  ],
]

/**
 * Passages between `<!-- release: NAME -->` and `<!-- /release -->`, by name, for a release or for the copy (`null`).
 */
const PASSAGES = {
  workflow: (to) =>
    to === null
      ? `
There is no release yet, so first [copy Seaworthy](docs/quick-start.md#without-a-release) to the folder \`seaworthy/\` of your
default branch. After the first release, all examples will pin that release's commit. The last step fails if the gate gave no
verdict. The workflow needs no secrets.
`
      : `
The commit is that of release v${to.version}. The example names the commit because a tag could be moved to other code. Dependabot
and Renovate propose newer releases. All examples pin the commit in the same way. The last step fails if the gate gave no
verdict. The workflow needs no secrets.
`,
  start: (to) =>
    to === null
      ? `
Copy [examples/workflows/pull-request.yml](../examples/workflows/pull-request.yml) to \`.github/workflows/\`.

### Without a release
There is no release yet, so the examples use the folder \`seaworthy/\` of your repository. Copy Seaworthy to that folder, and commit it to
the default branch, where the examples for pull requests look for it:

\`\`\`sh
S=~/seaworthy
mkdir -p seaworthy/script/lib
cp -r "$S"/action.yml "$S"/package.json "$S"/dist "$S"/docs "$S"/release-lines "$S"/close-stale "$S"/publish-fork \\
  "$S"/policies "$S"/examples "$S"/SECURITY.md seaworthy/
rm -r seaworthy/docs/decisions         # about Seaworthy's own code
cp "$S"/script/close-stale.mjs seaworthy/script/
cp "$S"/script/lib/stale.mjs seaworthy/script/lib/
git add --force seaworthy              # many .gitignore files exclude dist
\`\`\`
- Without the copied \`package.json\`, Node reads your own; with \`"type": "commonjs"\`, the action fails to start.
- Add \`seaworthy/\` to \`.dockerignore\`. Pages that a message names without a link, such as \`docs/troubleshooting.md\`, are in \`seaworthy/docs\`.
- Pull requests are judged by the base branch's copy. If you cannot push to it, merge the pull request that adds the copy, although it fails. A pull request can still change the workflow ([more](pull-requests.md#make-the-gate-binding)).
- The examples that call reusable workflows (\`reusable*.yml\`) work only after Seaworthy's first release.
`
      : `
Copy [examples/workflows/pull-request.yml](../examples/workflows/pull-request.yml) to \`.github/workflows/\`. The workflow
identifies release v${to.version} by its commit.
`,
  state: (to) =>
    to === null
      ? 'There is no release yet. [changes/](changes) describes what the first release will contain.'
      : `The newest release is v${to.version}. [CHANGELOG.md](CHANGELOG.md) describes it.`,
  fixes: (to) =>
    to === null
      ? 'There is no release yet; fixes go to the default branch. Pin the action to a full commit SHA, and update it regularly.'
      : `Fixes go to the default branch and the next release; the newest one is v${to.version}. Pin the action to a full commit SHA, and update it regularly.`,
  changes: (to) =>
    to === null
      ? 'There is no release yet. [CHANGELOG.md](../CHANGELOG.md) and [changes/](../changes) describe what the first release will contain.'
      : `The newest release is v${to.version}. [CHANGELOG.md](../CHANGELOG.md) describes that release, and [changes/](../changes) describes the next one.`,
}
const PASSAGE = /(<!-- release: (\w+) -->)[\s\S]*?(<!-- \/release -->)/g

/** `{repository, version, commit}` of a release, or `null`: what a text with a mark was written for. Throws without one. */
export function writtenFor(text) {
  const mark = MARK.exec(text)?.[0]
  if (mark === UNRELEASED) {
    return null
  }
  const [, version, repository, commit] =
    /# Seaworthy: v(\S+) of ([\w.-]+\/[\w.-]+), commit ([0-9a-f]{40})\.$/.exec(mark ?? '') ?? []
  if (commit === undefined) {
    throw new Error('no line says which Seaworthy it uses (# Seaworthy: …)')
  }
  return { repository, version, commit }
}

const escaped = (text) => text.replaceAll(/[.\\/]/g, '\\$&')

/**
 * `text` as written for release `to`; `from` is the release that it was written for, `null` for the checkout itself.
 * @param to its `sha256` is that of the package; if it is not known, the text keeps its own
 */
export function rewritten(text, from, to) {
  const steps = withSteps(text, from, to)
  const isElsewhere = steps.includes(`path: ${ELSEWHERE}\n`)
  const uses = (path) => {
    if (to !== null) {
      return `${to.repository}${path}@${to.commit} # v${to.version}`
    }
    // `uses:` takes a reusable workflow of the same repository only from .github/workflows, so without a release that
    // is the path.
    return path.startsWith('/.github/') ? `.${path}` : `./${isElsewhere ? `${ELSEWHERE}/` : ''}${COPY}${path}`
  }
  const mark =
    to === null ? UNRELEASED : `# Seaworthy: v${to.version} of ${to.repository}, commit ${to.commit}.`
  return steps
    .replace(usedFrom(from), (_, before, path = '', workflow = '') => `${before}${uses(path + workflow)}`)
    .replace(PACKAGE, (whole, before, what, after) => {
      const value = what === 'PACKAGE' ? packageOf(to) : to === null ? 'none' : to.sha256
      return value === undefined ? whole : `${before}${value}${after}`
    })
    .replace(PASSAGE, (_, begin, name, end) => {
      const passage = Object.hasOwn(PASSAGES, name) ? PASSAGES[name](to) : null
      if (passage === null) {
        throw new Error(`there is no passage ${name}`)
      }
      return `${begin}${passage}${end}`
    })
    .replace(MARK, mark)
}

/** The steps that the copy needs, or the lines that stand there after a release. */
function withSteps(text, from, to) {
  if ((from === null) === (to === null)) {
    return text
  }
  return OF_THE_COPY.reduce(
    (so, [copy, released]) =>
      so.replaceAll(to === null ? released : copy, () => (to === null ? copy : released)),
    text,
  )
}

/** What stands after `uses:`, whose path is the first group, or the second one for a workflow. */
function usedFrom(from) {
  return from === null
    ? new RegExp(
        String.raw`(\buses: )\.(?:/(?:${escaped(ELSEWHERE)}/)?${COPY}(${ACTIONS})?|(${WORKFLOWS}))(?=\s)`,
        'g',
      )
    : new RegExp(
        String.raw`(\buses: )${escaped(from.repository)}(?:(${ACTIONS})|(${WORKFLOWS}))?@${from.commit} # v\S+`,
        'g',
      )
}

function packageOf(to) {
  return to === null
    ? './seaworthy.tgz'
    : `https://github.com/${to.repository}/releases/download/v${to.version}/seaworthy-${to.version}.tgz`
}

/** What is wrong with an example or a page, in words. */
export function errorsIn(path, text) {
  const errors = []
  for (const [at, line] of text.split('\n').entries()) {
    if (/\bOWNER\//.test(line) || /0{40}/.test(line)) {
      errors.push(`${path}:${at + 1}: something has to be filled in: ${line.trim().slice(0, 100)}`)
    }
    if (/\buses: \.\/(?![\w.])/.test(line)) {
      errors.push(`${path}:${at + 1}: in another repository, ./ is another action: ${line.trim()}`)
    }
  }
  return errors
}

function namesIn(folder, ending) {
  return readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))
}

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean' },
      release: { type: 'boolean' },
      unreleased: { type: 'boolean' },
      out: { type: 'string' },
      sha256: { type: 'string' },
    },
  })
  const examples = [...namesIn(EXAMPLES, '.yml'), ...SCRIPTS]
  const docs = ['README.md', 'SECURITY.md', ...namesIn('docs', '.md')]
  const read = (path) => readFileSync(join(ROOT, path), 'utf8')
  const now = writtenFor(read(examples[0]))
  if (values.check) {
    const errors = [...examples, ...docs].flatMap((path) => errorsIn(path, read(path)))
    for (const path of [...examples, ...docs]) {
      if (rewritten(read(path), now, now) !== read(path)) {
        errors.push(`${path}: is not written for ${now === null ? 'the checkout' : `v${now.version}`}`)
      }
    }
    if (errors.length > 0) {
      throw new Error(errors.join('\n'))
    }
    return
  }
  const [repository = '', version = '', commit = ''] = positionals
  const { sha256 = '' } = values
  if (values.release && !(isRelease(repository, version, commit) && /^[0-9a-f]{64}$/.test(sha256))) {
    throw new Error(
      'usage: examples.mjs --release OWNER/NAME VERSION COMMIT (40 hex digits) --sha256 PACKAGE (64)',
    )
  }
  if (!values.release && !values.unreleased) {
    throw new Error(
      'usage: examples.mjs --check | --release OWNER/NAME VERSION COMMIT --sha256 PACKAGE [--out DIR] | --unreleased',
    )
  }
  const to = values.release ? { repository, version, commit, sha256 } : null
  for (const path of values.out === undefined ? [...examples, ...docs] : examples) {
    const into = values.out === undefined ? join(ROOT, path) : join(values.out, path)
    if (!existsSync(dirname(into))) {
      mkdirSync(dirname(into), { recursive: true })
    }
    writeFileSync(into, rewritten(read(path), now, to))
  }
}

function isRelease(repository, version, commit) {
  return (
    /^[\w.-]+\/[\w.-]+$/.test(repository) &&
    /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version) &&
    /^[0-9a-f]{40}$/.test(commit)
  )
}

await runIfStarted(import.meta.url, main)
