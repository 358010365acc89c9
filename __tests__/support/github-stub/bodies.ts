/** Answers in the full form that GitHub's description asks for. */

const API = 'https://api.example.org'
const PAGE = 'https://github.example.org'

export interface StoredComment {
  readonly id: number
  readonly issue: number
  body: string
  readonly author: string
  readonly type: 'Bot' | 'User'
  readonly createdAt: string
  updatedAt: string
}

export interface StoredAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly annotation_level: string
  readonly title?: string
  readonly message: string
}

export interface StoredCheckRun {
  readonly id: number
  name: string
  readonly head_sha: string
  readonly external_id: string
  readonly details_url: string
  status: string
  conclusion: string | null
  completed_at: string | null
  title: string
  summary: string
  readonly annotations: StoredAnnotation[]
}

function userBody(login: string, type: string) {
  const at = `${API}/users/${encodeURIComponent(login)}`
  const urls = [
    ...['avatar_url', 'events_url', 'followers_url', 'following_url', 'gists_url', 'html_url'],
    ...['organizations_url', 'received_events_url', 'repos_url', 'starred_url', 'subscriptions_url', 'url'],
  ]
  return {
    login,
    type,
    id: 41898282,
    node_id: 'U_1',
    gravatar_id: '',
    site_admin: false,
    ...Object.fromEntries(urls.map((name) => [name, at])),
  }
}

export function commentBody(comment: StoredComment) {
  const { id, issue, body, author, type, createdAt, updatedAt } = comment
  return {
    id,
    body,
    node_id: `IC_${id}`,
    author_association: 'NONE',
    url: `${API}/repos/acme/shop/issues/comments/${id}`,
    html_url: `${PAGE}/acme/shop/pull/${issue}#issuecomment-${id}`,
    issue_url: `${API}/repos/acme/shop/issues/${issue}`,
    user: userBody(author, type),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

export function checkRunBody(check: StoredCheckRun) {
  const { id, name, head_sha, external_id, details_url, status, conclusion, completed_at } = check
  const url = `${API}/repos/acme/shop/check-runs/${id}`
  return {
    id,
    name,
    head_sha,
    external_id,
    details_url,
    status,
    conclusion,
    completed_at,
    url,
    node_id: `CR_${id}`,
    html_url: `${PAGE}/acme/shop/runs/${id}`,
    started_at: '2026-11-24T06:00:00Z',
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
    output: {
      title: check.title,
      summary: check.summary,
      text: null,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
  }
}

export function fileBody(path: string, content: Buffer, sha: string) {
  const url = `${API}/repos/acme/shop/contents/${encodeURIComponent(path)}`
  return {
    type: 'file',
    encoding: 'base64',
    size: content.length,
    name: path.split('/').pop() ?? path,
    path,
    sha,
    url,
    git_url: url,
    html_url: url,
    download_url: url,
    content: content.toString('base64'),
    _links: { git: url, html: url, self: url },
  }
}
