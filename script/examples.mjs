// What examples, README and docs say after `uses:` of this repository's own actions and workflows: `./` in a checkout that
// has no release, else the release's repository and commit, so that they can be pasted. The sentences around them, too.
// Run: node script/examples.mjs --check                                 they all say the same, and nothing has to be filled in
//      node script/examples.mjs --release OWNER/NAME VERSION COMMIT --sha256 PACKAGE [--out DIR]
//                                          writes the examples for that release, into this checkout or (examples alone) to DIR
//      node script/examples.mjs --unreleased                            back to ./
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const EXAMPLES = 'examples/workflows'
/** What of this repository can be used, as written after its name. */
const OWN = String.raw`(?:/lines|/gone|/publish|/\.github/workflows/gate-[\w-]+\.yml)?`
const MARK = /# Seaworthy: .*$/m
/** Other examples: they install a release's package by its hash. */
const SCRIPTS = ['examples/shell/gate.sh', 'examples/gitlab/.gitlab-ci.yml', 'examples/jenkins/Jenkinsfile']
const PACKAGE = /(\bSEAWORTHY_(PACKAGE|SHA256)\s*[:=]\s*")[^"]*(")/g
const UNRELEASED =
  '# Seaworthy: used from this checkout (./), because there is no release yet. In another repository, ./ means a different action; see docs/quick-start.md.'

/**
 * `{repository, version, commit}` of a release, or `null`: which one a marked text was written for. Throws without a
 * mark.
 */
const PASSAGES = {
  workflow: (to) =>
    to === null
      ? `
There is no release yet, so \`./\` means this checkout of Seaworthy. To use it in your own repository, copy \`action.yml\`,
\`package.json\`, \`dist/\` and \`docs/\` into a \`seaworthy/\` folder there (\`git add --force\`, since \`dist\` is often ignored), and write \`uses: ./seaworthy\`. The other workflows [need
more files](docs/quick-start.md#without-a-release). Never leave \`uses: ./\` in your own repository, because the runner would
mistake your Dockerfile for the action, and the job would pass without a gate. After the first release, all examples will pin
that release's commit. The workflow needs no secrets.
`
      : `
The commit is that of release v${to.version}. The example names the commit because a tag could be moved to other code. Dependabot
and Renovate propose newer releases. All examples pin the commit in the same way. The workflow needs no secrets.
`,
  start: (to) =>
    to === null
      ? `
Copy [examples/workflows/pull-request.yml](../examples/workflows/pull-request.yml) to \`.github/workflows/\`. In this
file, \`./\` means Seaworthy's own checkout, so change the file as follows.

### Without a release
There is no release yet. Copy Seaworthy into your repository (\`$S\` is the Seaworthy checkout), and commit the copy:

\`\`\`sh
mkdir -p seaworthy/script/lib
cp -r "$S"/action.yml "$S"/package.json "$S"/dist "$S"/docs "$S"/lines "$S"/gone "$S"/publish seaworthy/
rm -r seaworthy/docs/decisions         # about Seaworthy's own code
cp "$S"/script/close-gone.mjs seaworthy/script/
cp "$S"/script/lib/close-gone.mjs seaworthy/script/lib/
git add --force seaworthy              # many .gitignore files exclude dist
\`\`\`
- Write \`uses: ./seaworthy\` instead of \`uses: ./\`, and \`./seaworthy/lines\`, \`./seaworthy/gone\` and \`./seaworthy/publish\` for the other actions.
- Each of these actions needs an earlier \`actions/checkout\` step in the same job. Add that step to these jobs: \`lines\` and
  \`gone\` in scheduled.yml, \`lines\` in rebuild.yml, and \`publish\` in publish.yml. The job \`publish\` then needs the permission
  \`contents: read\`. If a checkout step has \`sparse-checkout: policies\`, add \`seaworthy\` to that list.
- The copied \`package.json\` declares that \`dist/\` contains ES modules. Without that copy, Node reads your own package.json, and if that file sets \`"type": "commonjs"\`, the action fails to start.
- Add \`seaworthy/\` to \`.dockerignore\`. If a message refers to a page such as \`docs/troubleshooting.md\` without a link, look for that page in \`seaworthy/docs\`.
- A pull request can change this copy of Seaworthy, just as it can change the workflow ([more](pull-requests.md#make-the-gate-binding)).
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
  const old =
    from === null
      ? new RegExp(String.raw`(\buses: )\.(?:/(?=\s)|(${OWN.replace('?:', '')}(?=\s)))`, 'g')
      : new RegExp(String.raw`(\buses: )${escaped(from.repository)}(${OWN})@${from.commit} # v\S+`, 'g')
  const uses = (path) =>
    to === null ? `.${path || '/'}` : `${to.repository}${path}@${to.commit} # v${to.version}`
  const mark =
    to === null ? UNRELEASED : `# Seaworthy: v${to.version} of ${to.repository}, commit ${to.commit}.`
  return text
    .replace(old, (_, before, path = '') => `${before}${uses(path)}`)
    .replace(PACKAGE, (whole, before, what, after) => {
      const value = what === 'PACKAGE' ? packageOf(to) : to === null ? 'none' : to.sha256
      return value === undefined ? whole : `${before}${value}${after}`
    })
    .replace(PASSAGE, (_, begin, name, end) => {
      const said = Object.hasOwn(PASSAGES, name) ? PASSAGES[name](to) : null
      if (said === null) {
        throw new Error(`there is no passage ${name}`)
      }
      return `${begin}${said}${end}`
    })
    .replace(MARK, mark)
}

function packageOf(to) {
  return to === null
    ? './seaworthy.tgz'
    : `https://github.com/${to.repository}/releases/download/v${to.version}/seaworthy-${to.version}.tgz`
}

/** What is wrong with a text of this repository, in words. */
export function faultsIn(path, text) {
  const faults = []
  for (const [at, line] of text.split('\n').entries()) {
    if (/\bOWNER\//.test(line) || /0{40}/.test(line)) {
      faults.push(`${path}:${at + 1}: something has to be filled in: ${line.trim().slice(0, 100)}`)
    }
  }
  return faults
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
    const faults = [...examples, ...docs].flatMap((path) => faultsIn(path, read(path)))
    for (const path of [...examples, ...docs]) {
      if (rewritten(read(path), now, now) !== read(path)) {
        faults.push(`${path}: is not written for ${now === null ? 'the checkout' : `v${now.version}`}`)
      }
    }
    if (faults.length > 0) {
      throw new Error(faults.join('\n'))
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

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    main()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
