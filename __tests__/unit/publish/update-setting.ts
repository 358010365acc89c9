import type { DockerfileChange } from '../../../src/model/dockerfile-change.js'
import { publishUpdate, type UpdatePullRequest } from '../../../src/publish/update-pull-request.js'
import type { UpdateOutcome } from '../../../src/update/plan/outcome.js'
import type { GitStore } from '../../support/github-stub/git-store.js'
import { type GitHubStub, githubStub } from '../../support/github-stub/stub.js'

export const FILE = 'app/Dockerfile'
export const BEFORE = 'FROM debian:bookworm\nCMD ["app"]\n'
export const updatedOn = (day: string, names = 'perl-base') =>
  BEFORE.replace(
    '\n',
    `\n# seaworthy: security updates as of ${day}\nRUN apt-get install --only-upgrade ${names}\n# seaworthy: end\n`,
  )

const ok = { ok: true, ended: 'exit 0', seconds: 1.2, attempt: 1, output: '' }
export const PERL = {
  name: 'perl-base',
  architecture: 'amd64',
  from: '5.36.0-7',
  to: '5.36.0-7+deb12u4',
  fixes: ['CVE-2026-1', 'CVE-2026-2'],
}

export function anOutcome(part: Partial<UpdateOutcome> = {}): UpdateOutcome {
  return {
    outcome: 'updated',
    image: 'acme/app:1.4.0',
    platform: 'linux/amd64',
    id: `sha256:${'1'.repeat(64)}`,
    before: 'fail',
    after: 'pass',
    packages: [PERL],
    leftOut: [],
    along: [],
    others: [],
    test: 'command',
    testBefore: ok,
    testAfter: ok,
    dockerfile: null,
    worse: [],
    needless: [],
    patched: {
      id: `sha256:${'2'.repeat(64)}`,
      name: 'acme/app:1.4.0-patched',
      pushed: null,
      grewBytes: 3 * 2 ** 20,
    },
    ...part,
  }
}

export const NOTHING = anOutcome({
  outcome: 'nothing-to-do',
  before: 'pass',
  after: null,
  packages: [],
  test: null,
  testBefore: null,
  testAfter: null,
  patched: null,
})

/** A proven change, and the image that it is for. */
interface UpdateChange extends DockerfileChange {
  readonly image: string
}

export function aChange(part: Partial<UpdateChange> = {}): UpdateChange {
  return { image: 'acme/app', file: FILE, before: BEFORE, after: updatedOn('2026-11-24'), ...part }
}

/** A repository with a Dockerfile on main, on a stub of GitHub. */
export interface UpdateSetting {
  readonly stub: GitHubStub
  readonly git: GitStore
  give(
    change?: UpdateChange | null,
    outcome?: UpdateOutcome,
    env?: NodeJS.ProcessEnv,
    file?: string,
  ): Promise<UpdatePullRequest>
  /** Requests since the last call that write, as `METHOD path`. */
  written(): string[]
}

export async function anUpdateSetting(): Promise<UpdateSetting> {
  const stub = await githubStub()
  const { git } = stub
  git.commit('main', { [FILE]: BEFORE, 'app/main.py': 'print(1)\n', README: 'shop\n' }, 'all')
  let count = 0
  return {
    stub,
    git,
    give: async (
      change = aChange(),
      outcome = change === null ? NOTHING : anOutcome(),
      env = {},
      file = FILE,
    ) => {
      const ofBranch = {
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_SHA: git.branches.get('main'),
        GITHUB_API_URL: stub.url,
        GITHUB_EVENT_NAME: 'schedule',
        GITHUB_REF_NAME: 'main',
        GITHUB_REF_TYPE: 'branch',
        GITHUB_RUN_ID: '901',
        GITHUB_EVENT_PATH: '',
      }
      const end = change && { ...outcome, image: change.image, dockerfile: { ...change, file } }
      return publishUpdate(end ?? outcome, file, {
        token: 'ghs_not-a-real-token',
        env: { ...ofBranch, ...env },
        backoffMs: 1,
      })
    },
    written: () => {
      const news = stub.log.slice(count).filter(({ method }) => method !== 'GET')
      count = stub.log.length
      return news.map(
        ({ method, path }) => `${method} ${decodeURIComponent(path).replace('/repos/acme/shop', '')}`,
      )
    },
  }
}
