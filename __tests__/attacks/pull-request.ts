import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Step, type StepOptions, startStep } from '../live/act/dist.js'
import { newFolder } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'

/** Commits of a pull request: what it goes into, what it brings, and GitHub's merge of both. */
export const [BASE, HEAD, MERGE] = ['1', '2', '3'].map((digit) => digit.repeat(40)) as [
  string,
  string,
  string,
]

/** GitHub, with a pull request whose base has these files. */
export async function gitHub(files: Readonly<Record<string, string>> = {}): Promise<GitHubStub> {
  const github = await githubStub()
  github.commits.set(MERGE, [BASE, HEAD])
  for (const [path, text] of Object.entries(files)) {
    github.files.set(`${BASE}:${path}`, text)
  }
  return github
}

/**
 * The gate as the runner starts it on a pull request of somebody who may push branches to the repository: the work tree
 * is his, and the job has a token.
 * @param options `files`: what he has in it, which the merge has too
 */
export function startPullRequest(
  github: GitHubStub,
  inputs: Readonly<Record<string, string>>,
  options: StepOptions = {},
): ReturnType<typeof startStep> {
  const home = newFolder()
  const event = join(home, 'event.json')
  const side = (ref: string, sha: string) => ({ ref, sha, repo: { full_name: 'acme/shop' } })
  const pull = { number: 7, head: side('new', HEAD), base: side('main', BASE) }
  writeFileSync(event, JSON.stringify({ number: 7, pull_request: pull }))
  for (const [path, text] of Object.entries(options.files ?? {})) {
    github.files.set(`${MERGE}:${path}`, text)
  }
  return startStep(
    'action',
    { 'check-run': 'false', comment: 'never', 'github-token': 'ghs_x', ...inputs },
    {
      ...options,
      env: {
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_REF: 'refs/pull/7/merge',
        GITHUB_EVENT_PATH: event,
        GITHUB_SHA: MERGE,
        GITHUB_API_URL: github.url,
        ...options.env,
      },
    },
  )
}

export function runPullRequest(...args: Parameters<typeof startPullRequest>): Promise<Step> {
  return startPullRequest(...args).ended
}
