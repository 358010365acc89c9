import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '../../../src/model/verdict.js'
import { type Published, type PublishOptions, publish } from '../../../src/publish/publish.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'
import { NEVER } from '../../support/waiting.js'

export const HEAD = 'a'.repeat(40)
export const MERGE = 'b'.repeat(40)
export const PULL = 7
export const TOKEN = 'ghs_not-a-real-token'

/** A pull request on a stub of GitHub. */
export interface PublishSetting {
  readonly stub: GitHubStub
  readonly workspace: string
  readonly warnings: string[]
  publish(verdict: Verdict, options?: Partial<PublishOptions>, env?: NodeJS.ProcessEnv): Promise<Published>
  close(): Promise<void>
}

export async function aPublishSetting(): Promise<PublishSetting> {
  const stub = await githubStub()
  const workspace = mkdtempSync(join(tmpdir(), 'sw-publish-'))
  const warnings: string[] = []
  let runs = 0
  return {
    stub,
    workspace,
    warnings,
    publish: (verdict, options = {}, env = {}) =>
      publish(verdict, {
        token: TOKEN,
        checkRun: true,
        checkName: null,
        settings: '',
        job: '',
        analysis: '',
        comment: 'changes',
        platform: null,
        issue: false,
        line: null,
        runId: `run${++runs}`,
        backoffMs: 1,
        overwriteCheckMs: 1,
        timeoutMs: NEVER,
        warn: (text) => warnings.push(text),
        env: { ...pullRequest(stub.url, workspace), ...env },
        ...options,
      }),
    close: async () => {
      rmSync(workspace, { recursive: true })
      await stub.close()
    },
  }
}

/** What the runner says of a pull request's run. */
export function pullRequest(url: string, workspace: string, part: PullPart = {}): NodeJS.ProcessEnv {
  const { head = HEAD, run = 1, from = 'acme/shop' } = part
  const event = join(workspace, `event-${head.slice(0, 4)}-${from.replace('/', '-')}.json`)
  const payload = {
    number: PULL,
    pull_request: {
      number: PULL,
      head: { sha: head, ref: 'new', repo: { full_name: from } },
      base: { ref: 'main', repo: { full_name: 'acme/shop' } },
    },
  }
  writeFileSync(event, JSON.stringify(payload))
  return {
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: MERGE,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_API_URL: url,
    GITHUB_WORKSPACE: workspace,
    RUNNER_ARCH: 'X64',
    GITHUB_RUN_ID: String(900 + run),
    GITHUB_RUN_NUMBER: String(run),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/gate.yml@refs/pull/7/merge',
  }
}

interface PullPart {
  readonly head?: string
  readonly run?: number
  /** Repository of its branch. */
  readonly from?: string
}
