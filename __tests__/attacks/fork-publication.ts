import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runStep, type Step } from '../live/act/dist.js'
import { newFolder } from '../live/support.js'
import { type GitHubStub, githubStub } from '../support/github-stub/stub.js'

const HEAD = 'a'.repeat(40)
const FORK = 'mallory/shop'

/** A GitHub with one open pull request, from a fork. */
export async function gitHubWithFork(): Promise<GitHubStub> {
  const stub = await githubStub()
  stub.pulls.push({ number: 7, head: 'mallory:new', sha: HEAD, from: FORK, base: 'main' })
  return stub
}

/** Runs the action that publishes what the fork's run has uploaded: these reports, one in each artifact. */
export function publishFork(
  stub: GitHubStub,
  reports: readonly string[],
  inputs: Readonly<Record<string, string>>,
): Promise<Step> {
  const outside = newFolder()
  for (const [at, report] of reports.entries()) {
    mkdirSync(join(outside, `artifacts/seaworthy-${at}`), { recursive: true })
    writeFileSync(join(outside, `artifacts/seaworthy-${at}/report.json`), report)
  }
  const workflow_run = {
    id: 901,
    run_number: 1,
    run_attempt: 1,
    event: 'pull_request',
    path: '.github/workflows/gate.yml',
    head_sha: HEAD,
    head_branch: 'new',
    head_repository: { full_name: FORK, owner: { login: 'mallory' } },
  }
  writeFileSync(join(outside, 'event.json'), JSON.stringify({ workflow_run }))
  return runStep(
    'publish-fork',
    { 'report-dir': join(outside, 'artifacts'), ...inputs },
    {
      env: {
        GITHUB_API_URL: stub.url,
        GITHUB_EVENT_PATH: join(outside, 'event.json'),
        GITHUB_EVENT_NAME: 'workflow_run',
      },
    },
  )
}
