// Publishes a release with its files, for .github/workflows/release.yml and feeds.yml. See lib/github-release.mjs.
// Run: node script/publish-release.mjs --tag TAG --commit SHA --title TITLE --notes FILE FILE…
//      node script/publish-release.mjs --tag TAG --target BRANCH --data --title TITLE --notes FILE FILE…   (the tag is made too)
//      node script/publish-release.mjs --tag TAG --state            prints published=true or published=false
//      node script/publish-release.mjs --tag TAG --commit SHA --major      moves the tag of its major version
// GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY say where.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { githubApi, moveMajor, publishedRelease, publishRelease } from './lib/github-release.mjs'

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    tag: { type: 'string', default: '' },
    commit: { type: 'string' },
    target: { type: 'string' },
    title: { type: 'string' },
    notes: { type: 'string' },
    data: { type: 'boolean', default: false },
    state: { type: 'boolean', default: false },
    major: { type: 'boolean', default: false },
  },
})
const {
  GITHUB_API_URL: url = 'https://api.github.com',
  GITHUB_REPOSITORY: repository = '',
  GITHUB_TOKEN: token = '',
} = process.env
const { tag, commit, target, title, notes } = values

try {
  if (tag === '' || repository === '' || token === '') {
    throw new Error('--tag, GITHUB_REPOSITORY and GITHUB_TOKEN are needed')
  }
  const api = githubApi({ url, repository, token })
  if (values.state) {
    console.log(`published=${(await publishedRelease(api, tag)) !== null}`)
  } else if (values.major) {
    console.log(await moveMajor(api, tag, needed(commit, '--commit')))
  } else {
    const done = await publishRelease(api, {
      tag,
      commit: values.data ? null : needed(commit, '--commit'),
      ...(values.data ? { target: needed(target, '--target') } : {}),
      title: needed(title, '--title'),
      notes: readFileSync(needed(notes, '--notes'), 'utf8'),
      isLatest: !values.data && !tag.includes('-'),
      files,
    })
    console.log(done === 'there' ? `${tag} is released already: nothing is changed` : `${tag} is released`)
  }
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}

function needed(value, name) {
  if (value === undefined || value === '') {
    throw new Error(`${name} is needed`)
  }
  return value
}
