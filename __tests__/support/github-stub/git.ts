import type { GitStore, StoredFile, StoredPull } from './git-store.js'
import { answerOf, entryOf } from './sample.js'

/** Branches, commits, trees and pull requests of the stub. */

const REPO = '/repos/{owner}/{repo}'

export const GIT_PATHS = [
  `${REPO}/git/ref/{ref}`,
  `${REPO}/git/refs`,
  `${REPO}/git/refs/{ref}`,
  `${REPO}/git/trees`,
  `${REPO}/git/trees/{tree_sha}`,
  `${REPO}/git/commits`,
  `${REPO}/git/commits/{commit_sha}`,
  `${REPO}/branches`,
  `${REPO}/compare/{basehead}`,
  `${REPO}/pulls`,
  `${REPO}/pulls/{pull_number}`,
] as const

interface Context {
  readonly body: Readonly<Record<string, unknown>>
  readonly query: Readonly<Record<string, string>>
  readonly params: Readonly<Record<string, string>>
}

interface Answered {
  readonly status: number
  readonly body?: unknown
}

export function gitHandlers(git: GitStore): Record<string, (context: Context) => Answered> {
  const branchOf = (ref: string | undefined) => decodeURIComponent(ref ?? '').replace(/^heads\//, '')
  const refAnswer = (path: string, method: string, status: number, branch: string): Answered => {
    const object = { sha: git.branches.get(branch), type: 'commit' }
    return { status, body: answerOf(path, method, status, { ref: `refs/heads/${branch}`, object }) }
  }
  const commitBody = (path: string, method: string, status: number, sha: string) => {
    const { tree, parents, message } = git.commits.get(sha) ?? { tree: '', parents: [], message: '' }
    const links = parents.map((one) => ({ sha: one, url: URL_, html_url: URL_ }))
    return answerOf(path, method, status, { sha, tree: { sha: tree }, parents: links, message })
  }
  const headOf = (pull: StoredPull) =>
    pull.state === 'open' ? (git.branches.get(pull.head) ?? pull.headSha) : pull.headSha
  const partsOf = (pull: StoredPull) => ({
    number: pull.number,
    title: pull.title,
    body: pull.body,
    state: pull.state,
    merged_at: pull.mergedAt,
    html_url: `https://github.example.org/acme/shop/pull/${pull.number}`,
    head: { ref: pull.head, sha: headOf(pull), repo: { full_name: pull.from } },
    base: { ref: pull.base, sha: git.branches.get(pull.base) ?? '', repo: { full_name: 'acme/shop' } },
  })
  const closed = (pull: StoredPull) => {
    pull.headSha = headOf(pull)
    pull.state = 'closed'
  }

  return {
    'git/get-ref': ({ params }) => {
      const branch = branchOf(params.ref)
      return git.branches.has(branch) ? refAnswer(`${REPO}/git/ref/{ref}`, 'get', 200, branch) : NOT_FOUND
    },
    'git/create-ref': ({ body }) => {
      const [ref, sha] = [String(body.ref), String(body.sha)]
      if (!/^refs\/(heads|tags)\/./.test(ref)) {
        return refusal(422, 'Reference name is invalid')
      }
      const branch = ref.replace(/^refs\/(heads\/)?/, '')
      if (git.branches.has(branch)) {
        return refusal(422, 'Reference already exists')
      }
      if (!git.commits.has(sha)) {
        return refusal(422, 'Object does not exist')
      }
      git.branches.set(branch, sha)
      return refAnswer(`${REPO}/git/refs`, 'post', 201, branch)
    },
    'git/update-ref': ({ params, body }) => {
      const [branch, sha] = [branchOf(params.ref), String(body.sha)]
      const now = git.branches.get(branch)
      if (now === undefined) {
        return refusal(422, 'Reference does not exist')
      }
      if (body.force !== true && !git.history(sha).includes(now)) {
        return refusal(422, 'Update is not a fast forward')
      }
      git.branches.set(branch, sha)
      return refAnswer(`${REPO}/git/refs/{ref}`, 'patch', 200, branch)
    },
    'git/delete-ref': ({ params }) => {
      const branch = branchOf(params.ref)
      if (!git.branches.has(branch)) {
        return refusal(422, 'Reference does not exist')
      }
      for (const pull of git.pulls) {
        if (pull.head === branch && pull.state === 'open') {
          closed(pull)
        }
      }
      git.branches.delete(branch)
      return { status: 204 }
    },
    'git/get-tree': ({ params }) => {
      const tree = git.trees.get(params.tree_sha ?? '')
      if (tree === undefined) {
        return NOT_FOUND
      }
      const over = { sha: params.tree_sha, tree: tree.entries, truncated: false }
      return { status: 200, body: answerOf(`${REPO}/git/trees/{tree_sha}`, 'get', 200, over) }
    },
    'git/create-tree': ({ body }) => {
      const files = new Map(git.trees.get(String(body.base_tree))?.files)
      for (const { path, mode, content } of body.tree as (StoredFile & { path: string })[]) {
        files.set(path, { mode, content })
      }
      const sha = git.addTree(files)
      const over = { sha, tree: git.trees.get(sha)?.entries, truncated: false }
      return { status: 201, body: answerOf(`${REPO}/git/trees`, 'post', 201, over) }
    },
    'git/create-commit': ({ body }) => {
      const [tree, parents] = [String(body.tree), (body.parents ?? []) as string[]]
      if (!git.trees.has(tree)) {
        return refusal(422, 'Tree SHA does not exist')
      }
      const sha = git.addCommit({ tree, parents, message: String(body.message) })
      return { status: 201, body: commitBody(`${REPO}/git/commits`, 'post', 201, sha) }
    },
    'git/get-commit': ({ params }) => {
      const sha = params.commit_sha ?? ''
      if (!git.commits.has(sha)) {
        return NOT_FOUND
      }
      return { status: 200, body: commitBody(`${REPO}/git/commits/{commit_sha}`, 'get', 200, sha) }
    },
    'repos/list-branches': ({ query }) => {
      const { page = '1', per_page = '30' } = query
      const all = [...git.branches]
        .map(([name, sha]) => ({
          name,
          commit: { sha, url: URL_ },
          protected: git.protectedBranches.has(name),
        }))
        .filter((one) => query.protected === undefined || String(one.protected) === query.protected)
      const body = all.slice((Number(page) - 1) * Number(per_page), Number(page) * Number(per_page))
      return { status: 200, body: body.map((one) => entryOf(`${REPO}/branches`, one)) }
    },
    'repos/compare-commits-with-basehead': ({ params, query }) => {
      const [from = '', head = ''] = decodeURIComponent(params.basehead ?? '').split('...')
      // As git does (gitrevisions(7)): a tag takes precedence over a branch of the same name.
      const base = git.branches.get(`tags/${from}`) ?? git.branches.get(from) ?? from
      if (!git.commits.has(base) || !git.commits.has(head)) {
        return NOT_FOUND
      }
      const { ahead, behind, files } = git.compare(base, head)
      const [some, none] = [ahead.length > 0, behind === 0]
      const commits = ahead.slice(0, Number(query.per_page ?? 250)).map((sha) => {
        const { message = '', tree = '', parents = [] } = git.commits.get(sha) ?? {}
        const commit = { ...COMMIT, message, tree: { sha: tree, url: URL_ } }
        const links = parents.map((one) => ({ sha: one, url: URL_ }))
        return { ...LINKS, sha, commit, author: null, committer: null, parents: links }
      })
      const over = {
        ahead_by: ahead.length,
        behind_by: behind,
        total_commits: ahead.length,
        commits,
        status: some ? (none ? 'ahead' : 'diverged') : none ? 'identical' : 'behind',
        files: files.map((file) => ({ ...file, ...FILE })),
      }
      return { status: 200, body: answerOf(`${REPO}/compare/{basehead}`, 'get', 200, over) }
    },
    'pulls/list': ({ query }) => {
      const { state = 'open', head, base } = query
      const all = git.pulls
        .filter((pull) => state === 'all' || pull.state === state)
        .filter((pull) => head === undefined || head === `acme:${pull.head}`)
        .filter((pull) => base === undefined || base === pull.base)
      const bodies = all.map((pull) => entryOf(`${REPO}/pulls`, partsOf(pull)))
      return { status: 200, body: bodies.reverse() }
    },
    'pulls/create': ({ body }) => {
      const [head, base] = [String(body.head), String(body.base)]
      const [from, to] = [git.branches.get(head), git.branches.get(base)]
      if (from === undefined || to === undefined) {
        return refusal(422, 'Validation Failed')
      }
      if (git.pulls.some((pull) => pull.state === 'open' && pull.head === head && pull.base === base)) {
        return refusal(422, `Validation Failed: A pull request already exists for acme:${head}.`)
      }
      if (git.compare(to, from).ahead.length === 0) {
        return refusal(422, `No commits between ${base} and ${head}`)
      }
      if (String(body.body).length > 65_536) {
        return refusal(422, 'body is too long (maximum is 65536 characters)')
      }
      const pull: StoredPull = {
        number: git.pulls.length + 21,
        title: String(body.title),
        body: String(body.body),
        state: 'open',
        mergedAt: null,
        head,
        base,
        from: 'acme/shop',
        headSha: from,
      }
      git.pulls.push(pull)
      return { status: 201, body: answerOf(`${REPO}/pulls`, 'post', 201, partsOf(pull)) }
    },
    'pulls/update': ({ params, body }) => {
      const pull = git.pulls.find(({ number }) => number === Number(params.pull_number))
      if (pull === undefined) {
        return NOT_FOUND
      }
      pull.title = String(body.title ?? pull.title)
      pull.body = String(body.body ?? pull.body)
      if (body.state === 'closed') {
        closed(pull)
      }
      return {
        status: 200,
        body: answerOf(`${REPO}/pulls/{pull_number}`, 'patch', 200, partsOf(pull)),
      }
    },
  }
}

const URL_ = 'https://api.example.org/x'
const LINKS = { url: URL_, html_url: URL_, comments_url: URL_, node_id: 'C_1' }
const COMMIT = { url: URL_, author: null, committer: null, comment_count: 0 }
const FILE = {
  additions: 1,
  deletions: 1,
  changes: 2,
  blob_url: URL_,
  raw_url: URL_,
  contents_url: URL_,
}

const NOT_FOUND = refusal(404, 'Not Found')

function refusal(status: number, message: string): Answered {
  const documentation_url = 'https://docs.github.com/rest'
  return { status, body: { message, documentation_url, status: String(status) } }
}
