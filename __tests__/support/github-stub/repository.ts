import { gunzipSync } from 'node:zlib'
import { type Answered, type Context, NOT_FOUND } from './answer.js'
import type { GitStore } from './git-store.js'
import { minimal } from './minimal.js'

export interface StoredIssue {
  readonly number: number
  title: string
  body: string
  state: 'open' | 'closed'
  readonly author: string
  readonly type: 'Bot' | 'User'
  readonly isPull: boolean
}

export interface StoredPull {
  readonly number: number
  /** `owner:branch`. */
  readonly head: string
  readonly sha: string
  readonly from: string
  readonly base: string
}

/** Of code scanning, on whatever branch is asked for. */
export interface StoredAnalysis {
  readonly category: string
  readonly results_count: number
  readonly tool: { readonly name: string }
}

interface Stored {
  readonly analyses: readonly StoredAnalysis[]
  readonly sarifs: string[]
  readonly commits: ReadonlyMap<string, readonly string[]>
  readonly tags: readonly string[]
  readonly pulls: readonly StoredPull[]
  readonly issues: StoredIssue[]
  readonly viewer: string | null
  readonly files: ReadonlyMap<string, string>
  readonly links: ReadonlySet<string>
  readonly git: GitStore
}

/** The tree of a commit that a test named, from the files that it said. */
function treeOf({ files, links, git }: Stored, commit: string): string {
  const own = [...files].filter(([name]) => name.startsWith(`${commit}:`))
  return git.addTree(
    new Map(
      own.map(([name, content]) => {
        const mode = links.has(name) ? '120000' : '100644'
        return [name.slice(commit.length + 1), { mode, content }]
      }),
    ),
  )
}

/** Operations on what a repository holds: commits, tags, pull requests, issues. */
export function repositoryHandlers(
  stub: Stored,
  nextId: () => number,
  /** For commits and pull requests that a test did not name: those of the repository in memory. */
  others: Record<string, (context: Context) => Answered>,
): Record<string, (context: Context) => Answered> {
  return {
    'git/get-commit': (context) => {
      const { params } = context
      const parents = stub.commits.get(params.commit_sha ?? '') ?? stub.commits.get('*')
      if (parents === undefined) {
        return others['git/get-commit']?.(context) ?? NOT_FOUND
      }
      const url = 'https://api.example.org/x'
      const body = minimal('git-commit', {
        sha: params.commit_sha,
        tree: { sha: treeOf(stub, params.commit_sha ?? ''), url },
        parents: parents.map((sha) => ({ sha, url, html_url: url })),
      })
      return { status: 200, body }
    },
    'repos/list-tags': ({ query }) => {
      return { status: 200, body: page(stub.tags, query).map((name) => minimal('tag', { name })) }
    },
    'code-scanning/list-recent-analyses': ({ query }) => {
      return {
        status: 200,
        body: page(stub.analyses, query).map((one) =>
          minimal('code-scanning-analysis', { commit_sha: 'a'.repeat(40), ...one }),
        ),
      }
    },
    'code-scanning/upload-sarif': ({ body }) => {
      stub.sarifs.push(gunzipSync(Buffer.from(String(body.sarif), 'base64')).toString())
      return { status: 202, body: {} }
    },
    'pulls/list': (context) => {
      const { query } = context
      if (stub.pulls.length === 0) {
        return others['pulls/list']?.(context) ?? NOT_FOUND
      }
      const found = stub.pulls.filter(({ head }) => query.head === undefined || head === query.head)
      return { status: 200, body: page(found, query).map(pullBody) }
    },
    'issues/list-for-repo': ({ query }) => {
      const found = stub.issues
        .filter(({ state }) => query.state === 'all' || state === (query.state ?? 'open'))
        .filter(({ author }) => query.creator === undefined || author === query.creator)
      return { status: 200, body: page(found, query).map(issueBody) }
    },
    'issues/create': ({ body }) => {
      const author = stub.viewer ?? 'github-actions[bot]'
      const type = author.endsWith('[bot]') ? 'Bot' : 'User'
      const [title, text] = [String(body.title), String(body.body ?? '')]
      const issue: StoredIssue = {
        number: nextId(),
        title,
        body: text,
        state: 'open',
        author,
        type,
        isPull: false,
      }
      stub.issues.push(issue)
      return { status: 201, body: issueBody(issue) }
    },
    'issues/update': ({ params, body }) => {
      const issue = stub.issues.find(({ number }) => number === Number(params.issue_number))
      if (issue === undefined) {
        return NOT_FOUND
      }
      if (body.title !== undefined) {
        issue.title = String(body.title)
      }
      if (body.body !== undefined) {
        issue.body = String(body.body)
      }
      if (body.state !== undefined) {
        issue.state = body.state as StoredIssue['state']
      }
      return { status: 200, body: issueBody(issue) }
    },
  }
}

function page<T>(all: readonly T[], query: Context['query']): readonly T[] {
  const [size, number] = [Number(query.per_page ?? 30), Number(query.page ?? 1)]
  return all.slice((number - 1) * size, number * size)
}

function issueBody({ number, title, body, state, author, type, isPull }: StoredIssue) {
  const url = 'https://api.example.org/x'
  return minimal('issue', {
    number,
    title,
    body,
    state,
    user: minimal('simple-user', { login: author, type }),
    ...(isPull ? { pull_request: { diff_url: url, html_url: url, patch_url: url, url } } : {}),
  })
}

function pullBody({ number, head, sha, from, base }: StoredPull) {
  const [login = '', ref = ''] = head.split(':')
  const side = (label: string, ref: string, sha: string, full_name: string) => ({
    label,
    ref,
    sha,
    user: minimal('simple-user', { login }),
    repo: minimal('repository', { full_name }),
  })
  return minimal('pull-request-simple', {
    number,
    head: side(head, ref, sha, from),
    base: side(`acme:${base}`, base, 'f'.repeat(40), 'acme/shop'),
  })
}
