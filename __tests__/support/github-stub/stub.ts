import { createHash } from 'node:crypto'
import { type FakeServer, fakeServer, type ReceivedRequest } from '../fake-server.js'
import { type Answered, type Context, NOT_FOUND, refusal } from './answer.js'
import { githubApi } from './api.js'
import {
  checkRunBody,
  commentBody,
  fileBody,
  type StoredAnnotation,
  type StoredCheckRun,
  type StoredComment,
} from './bodies.js'
import { gitHandlers } from './git.js'
import { GitStore } from './git-store.js'
import { minimal } from './minimal.js'
import { releaseHandlers, type StoredRelease } from './releases.js'
import { repositoryHandlers, type StoredAnalysis, type StoredIssue, type StoredPull } from './repository.js'

/** A request, and what became of it. */
export interface Logged {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly authorization: string
  /** `null`: the connection was cut. */
  readonly status: number | null
}

/** What is answered instead, or done besides. */
export interface PlannedError {
  readonly method?: string
  readonly path?: RegExp
  /** Of the query. */
  readonly ref?: string
  /** How often; always where it is not said. */
  times?: number
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly message?: string
  /** `before`: nothing is done, and no answer comes. `after`: it is done, and no answer comes. */
  readonly cut?: 'before' | 'after'
  /** Done first: another writer that comes between, a wait. */
  readonly first?: () => unknown
}

export interface GitHubStub {
  readonly url: string
  readonly log: Logged[]
  /** Requests and answers of ours that GitHub's description does not allow, in words. Must stay empty. */
  readonly errors: string[]
  readonly comments: StoredComment[]
  readonly checkRuns: StoredCheckRun[]
  /** `ref:path` -> content. */
  readonly files: Map<string, string>
  /** `ref:path` of files that are links: GitHub answers with the text of what they lead to. */
  readonly links: Set<string>
  /** `ref:path` of folders that are other repositories. */
  readonly submodules: Set<string>
  /** Branches, commits and pull requests. */
  readonly git: GitStore
  /** Commit -> its parents; `*` for those whose name a test cannot know. */
  readonly commits: Map<string, readonly string[]>
  readonly tags: string[]
  readonly pulls: StoredPull[]
  readonly issues: StoredIssue[]
  readonly releases: StoredRelease[]
  readonly analyses: StoredAnalysis[]
  /** What was uploaded to code scanning. */
  readonly sarifs: string[]
  /** Tag -> its commit. */
  readonly tagged: Map<string, string>
  /** Who the token is. */
  viewer: string | null
  /** A fork's token: what writes is refused. */
  readOnly: boolean
  fail(rule: PlannedError): void
  addComment(part: Partial<StoredComment>): StoredComment
  close(): Promise<void>
}

/** Part of GitHub's API, in memory, on loopback; held to GitHub's own description in both directions. */
export async function githubStub(): Promise<GitHubStub> {
  const api = await githubApi()
  const rules: PlannedError[] = []
  let ids = 1000
  let server: FakeServer
  const stub: GitHubStub = {
    url: '',
    log: [],
    errors: [],
    comments: [],
    checkRuns: [],
    files: new Map(),
    links: new Set(),
    submodules: new Set(),
    git: new GitStore(),
    commits: new Map(),
    tags: [],
    pulls: [],
    issues: [],
    releases: [],
    analyses: [],
    sarifs: [],
    tagged: new Map(),
    viewer: 'github-actions[bot]',
    readOnly: false,
    fail: (rule) => {
      rules.push({ ...rule })
    },
    addComment: (part) => {
      const now = new Date().toISOString()
      const comment: StoredComment = {
        id: ++ids,
        issue: 7,
        body: '',
        author: 'alice',
        type: 'User',
        createdAt: now,
        updatedAt: now,
        ...part,
      }
      stub.comments.push(comment)
      return comment
    },
    close: () => server.close(),
  }

  const handlers: Record<string, (context: Context) => Answered> = {
    ...gitHandlers(stub.git),
    ...releaseHandlers(stub, () => ++ids),
    ...repositoryHandlers(stub, () => ++ids, gitHandlers(stub.git)),
    'checks/create': ({ body }) => {
      const check: StoredCheckRun = {
        id: ++ids,
        name: String(body.name),
        head_sha: String(body.head_sha),
        external_id: String(body.external_id ?? ''),
        details_url: String(body.details_url ?? ''),
        status: 'queued',
        conclusion: null,
        completed_at: null,
        title: '',
        summary: '',
        annotations: [],
      }
      stub.checkRuns.push(check)
      return { status: 201, body: checkRunBody(updated(check, body)) }
    },
    'checks/update': ({ params, body }) => {
      const check = stub.checkRuns.find(({ id }) => id === Number(params.check_run_id))
      return check ? { status: 200, body: checkRunBody(updated(check, body)) } : NOT_FOUND
    },
    'checks/list-for-ref': ({ params, query }) => {
      const all = stub.checkRuns.filter(
        ({ head_sha, name }) => head_sha === params.ref && name === (query.check_name ?? name),
      )
      return { status: 200, body: { total_count: all.length, check_runs: all.map(checkRunBody) } }
    },
    'issues/list-comments': ({ params, query }) => {
      const [size, page] = [Number(query.per_page ?? 30), Number(query.page ?? 1)]
      const all = stub.comments
        .filter(({ issue }) => issue === Number(params.issue_number))
        .filter(({ updatedAt }) => query.since === undefined || updatedAt >= query.since)
      return { status: 200, body: all.slice((page - 1) * size, page * size).map(commentBody) }
    },
    'issues/create-comment': ({ params, body }) => {
      const text = String(body.body)
      if (text.length > 65_536) {
        return refusal(422, 'Body is too long (maximum is 65536 characters)')
      }
      const [author, issue] = [stub.viewer ?? 'github-actions[bot]', Number(params.issue_number)]
      const type = author.endsWith('[bot]') ? 'Bot' : 'User'
      return { status: 201, body: commentBody(stub.addComment({ author, type, issue, body: text })) }
    },
    'issues/get-comment': ({ params }) => {
      const comment = stub.comments.find(({ id }) => id === Number(params.comment_id))
      return comment ? { status: 200, body: commentBody(comment) } : NOT_FOUND
    },
    'issues/update-comment': ({ params, body }) => {
      const comment = stub.comments.find(({ id }) => id === Number(params.comment_id))
      if (comment === undefined) {
        return NOT_FOUND
      }
      if (String(body.body).length > 65_536) {
        return refusal(422, 'Body is too long (maximum is 65536 characters)')
      }
      comment.body = String(body.body)
      comment.updatedAt = new Date().toISOString()
      return { status: 200, body: commentBody(comment) }
    },
    'issues/delete-comment': ({ params }) => {
      const index = stub.comments.findIndex(({ id }) => id === Number(params.comment_id))
      if (index === -1) {
        return NOT_FOUND
      }
      stub.comments.splice(index, 1)
      return { status: 204 }
    },
    'repos/get-content': ({ params, query, accept }) => {
      const path = decodeURIComponent(params.path ?? '')
      const name = `${query.ref}:${path}`
      const text = stub.files.get(name)
      if (stub.submodules.has(name)) {
        return { status: 200, body: minimal('content-submodule', { type: 'submodule', path }) }
      }
      if (text === undefined) {
        const isFolder = [...stub.files.keys(), ...stub.submodules].some((one) => one.startsWith(`${name}/`))
        return isFolder ? { status: 200, body: [] } : NOT_FOUND
      }
      if (accept.includes('.raw')) {
        return { status: 200, raw: text }
      }
      const content = Buffer.from(text)
      const sha = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex')
      return { status: 200, body: fileBody(path, content, sha) }
    },
  }

  server = await fakeServer(async (received, response) => {
    const request = read(received)
    const log = (status: number | null) => {
      const { bytes: _, ...rest } = request
      stub.log.push({ ...rest, status })
    }
    const send = ({ status, body, raw }: Answered, headers: Readonly<Record<string, string>> = {}) => {
      log(status)
      const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const type = raw === undefined ? 'application/json' : 'application/vnd.github.raw+json; charset=utf-8'
      response.writeHead(status, { 'content-type': type, ...headers }).end(text)
    }
    const cut = () => {
      log(null)
      response.destroy()
    }
    const rule = rules.find((rule) => fits(rule, request))
    if (rule?.times !== undefined) {
      rule.times--
    }
    await rule?.first?.()
    if (rule?.cut === 'before') {
      return cut()
    }
    if (rule?.status !== undefined) {
      return send(refusal(rule.status, rule.message ?? 'as the test said'), rule.headers)
    }
    const answer = request.path === '/graphql' ? viewerAnswer(stub) : obey(request)
    return rule?.cut === 'after' ? cut() : send(answer)
  })

  function obey(request: ReturnType<typeof read>): Answered {
    const operation = api.matchOperation(request)
    const id = operation?.operationId ?? ''
    const handle = handlers[id]
    if (operation === undefined || handle === undefined) {
      stub.errors.push(`no such operation: ${request.method} ${request.path}`)
      return NOT_FOUND
    }
    const { errors } = api.validateRequest(request, operation)
    if (errors?.length) {
      const texts = errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join(', ')
      stub.errors.push(`request ${id}: ${texts}`)
      return refusal(422, texts)
    }
    if (stub.readOnly && request.method !== 'GET') {
      return refusal(403, 'Resource not accessible by integration')
    }
    const { params } = api.router.parseRequest(request, operation)
    const answer = handle({ ...request, params: params as Record<string, string> })
    if (answer.body !== undefined) {
      const checked = api.validateResponse(answer.body, operation, answer.status)
      for (const error of checked.errors ?? []) {
        stub.errors.push(`answer ${id} ${answer.status}: ${error.instancePath} ${error.message}`)
      }
    }
    return answer
  }

  return Object.assign(stub, { url: server.url })
}

function read({ method, path, headers, body }: ReceivedRequest) {
  const url = new URL(path, 'http://stub')
  const isBytes = headers['content-type'] === 'application/octet-stream'
  return {
    method,
    path: url.pathname,
    headers: { ...headers } as Record<string, string>,
    accept: String(headers.accept ?? ''),
    query: Object.fromEntries(url.searchParams),
    body: isBytes || body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Record<string, unknown>),
    bytes: body,
    authorization: String(headers.authorization ?? ''),
  }
}

function fits({ method, path, ref, times }: PlannedError, request: ReturnType<typeof read>): boolean {
  if (times !== undefined && times <= 0) {
    return false
  }
  if (ref !== undefined && ref !== request.query.ref) {
    return false
  }
  return (
    (method === undefined || method === request.method) && (path === undefined || path.test(request.path))
  )
}

/** GraphQL is not in the description. */
function viewerAnswer({ viewer }: GitHubStub): Answered {
  return viewer === null
    ? refusal(403, 'Resource not accessible by integration')
    : { status: 200, body: { data: { viewer: { login: viewer } } } }
}

function updated(check: StoredCheckRun, body: Context['body']): StoredCheckRun {
  const output = body.output as
    | { title?: string; summary?: string; annotations?: StoredAnnotation[] }
    | undefined
  check.name = body.name === undefined ? check.name : String(body.name)
  check.title = output?.title ?? check.title
  check.summary = output?.summary ?? check.summary
  check.annotations.push(...(output?.annotations ?? []))
  // GitHub: a conclusion completes it; to be completed without one is refused, which its description lacks.
  if (body.status === 'completed' && body.conclusion === undefined) {
    throw new Error('completed as what?')
  }
  check.status = body.conclusion === undefined ? String(body.status ?? check.status) : 'completed'
  check.conclusion = body.conclusion === undefined ? check.conclusion : String(body.conclusion)
  check.completed_at = body.completed_at === undefined ? check.completed_at : String(body.completed_at)
  return check
}
