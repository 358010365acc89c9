// The work of script/close-stale.mjs: it closes issues and code scanning alerts of images that are no longer built. It
// looks only at those that this tool has opened, and a failed lookup never closes anything. An analysis without results
// marks alerts as fixed; deleting analyses would delete their history. Age closes nothing: a repository to which nobody
// pushes would lose alerts that are true.
import { gzipSync } from 'node:zlib'

const TIMEOUT_MS = 30_000
const PAGE = 100
const MOST_PAGES = 10
/**
 * From this length on a category may be truncated (src/reports/sarif/result.ts): then its image is not known.
 */
const LONGEST_CATEGORY = 250
/** What follows an image's name in a category: a tag, the platform, a job, a number. */
const REST =
  /^(?:[:@][^/]+)?\/(?:unknown|[a-z0-9]+\/[a-z0-9]+(?:\/v\d+)?)(?:\/[\w-]+-[0-9a-f]{8})?(?:\/\d+)?$/
/** The first two lines of an issue (src/reports/github/summaries.ts). */
const MARKS = /^<!-- seaworthy-issue [0-9a-f]+ -->\r?\n<!-- seaworthy-issue-of (\S+) (\S+) (\S+) -->/

/**
 * @param built names of all images that the repository builds, without tags; none: not known
 * @param lines `{line, image}` of everything that the schedule judges; `null`: issues are left alone
 * @returns what was closed and what not, a sentence each
 */
export async function closeStale({ api, repository, token, workflow, sha, branch, built, lines }) {
  const request = requester({ api, repository, token })
  const notes = []
  const errors = []
  const attempt = async (what, work) => {
    try {
      notes.push(...(await work()))
    } catch (error) {
      errors.push(`${what}: ${plain(error.message)}`)
    }
  }
  if (lines !== null) {
    await attempt('issues', () => closeIssues(request, workflow, lines))
  }
  if (built.length === 0) {
    notes.push('Code scanning was not looked at: built-images names no image.')
  } else {
    await attempt('code scanning', () =>
      closeCategories(request, { sha, branch, built: built.map(untagged) }),
    )
  }
  return { notes, errors }
}

/** Issues of lines that this workflow no longer judges. */
async function closeIssues(request, workflow, lines) {
  if (!Array.isArray(lines) || lines.length === 0) {
    throw new Error('no line is judged, so none is known to be gone')
  }
  const now = new Set(lines.map(({ line, image }) => `${line} ${untagged(image)}`))
  const viewer = 'github-actions[bot]'
  const notes = []
  for (const issue of await all(request, `issues?state=open&creator=${encodeURIComponent(viewer)}`)) {
    const [, of, line, images] = MARKS.exec(issue.body ?? '') ?? []
    if (issue.pull_request || issue.user?.login !== viewer || of === undefined || decoded(of) !== workflow) {
      continue
    }
    const name = `${decoded(line)} ${decoded(images)}`
    if (line === '-' || now.has(name)) {
      continue
    }
    const why = `Line ${plain(decoded(line))} of ${plain(decoded(images))} is no longer among the lines that are judged.`
    await request('POST', `issues/${Number(issue.number)}/comments`, { body: why })
    await request('PATCH', `issues/${Number(issue.number)}`, { state: 'closed', state_reason: 'not_planned' })
    notes.push(`Closed issue #${Number(issue.number)}. ${why}`)
  }
  return notes
}

/** Uses an analysis without results: GitHub marks the alerts of the category as fixed, and keeps their history. */
async function closeCategories(request, { sha, branch, built }) {
  const ref = `refs/heads/${branch}`
  const newest = new Map()
  // The newest come first. A repository without any analysis answers 404.
  const query = `code-scanning/analyses?tool_name=Seaworthy&sort=created&direction=desc&ref=${encodeURIComponent(ref)}`
  for (const one of await all(request, query, [404])) {
    const category = String(one.category ?? '').replace(/\/$/, '')
    if (one.tool?.name === 'Seaworthy' && category.startsWith('seaworthy/') && !newest.has(category)) {
      newest.set(category, one)
    }
  }
  const notes = []
  const isOf = (category) => (name) =>
    category.startsWith(`seaworthy/${name}`) && REST.test(category.slice(`seaworthy/${name}`.length))
  for (const [category, { results_count: results }] of newest) {
    if (built.some(isOf(category)) || !(results > 0)) {
      continue
    }
    if (category.length >= LONGEST_CATEGORY) {
      notes.push(`Left category ${plain(category)} as it is: its name may be cut.`)
      continue
    }
    const run = {
      tool: { driver: { name: 'Seaworthy', rules: [] } },
      automationDetails: { id: `${category}/` },
      results: [],
    }
    const sarif = gzipSync(JSON.stringify({ version: '2.1.0', runs: [run] })).toString('base64')
    await request('POST', 'code-scanning/sarifs', { commit_sha: sha, ref, sarif, tool_name: 'Seaworthy' })
    notes.push(`Closed the alerts of category ${plain(category)}: built-images does not name its image.`)
  }
  for (const name of built.filter((one) => ![...newest.keys()].some((category) => isOf(category)(one)))) {
    notes.push(`Code scanning has no category of ${plain(name)} on ${plain(branch)}.`)
  }
  return notes
}

/** All pages; more than the limit is an error, because the rest would look absent. */
async function all(request, path, none = []) {
  const found = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const list = await request('GET', `${path}&per_page=${PAGE}&page=${page}`, undefined, none)
    if (list === null) {
      return found
    }
    if (!Array.isArray(list)) {
      throw new Error('GitHub gave no list')
    }
    found.push(...list)
    if (list.length < PAGE) {
      return found
    }
  }
  throw new Error(`GitHub has more than ${PAGE * MOST_PAGES}`)
}

function requester({ api, repository, token }) {
  return async (method, path, body, none = []) => {
    const response = await fetch(`${api}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'x-github-api-version': '2022-11-28',
      },
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (none.includes(response.status)) {
      return null
    }
    if (!response.ok) {
      throw new Error(`GitHub answered ${response.status} to ${method} ${path.replace(/\?.*/, '')}`)
    }
    return response.json()
  }
}

/** The name of an image without tag and digest, as in categories and issues. */
export function untagged(image) {
  return image
    .trim()
    .replace(/@.*$/, '')
    .replace(/:[^:/]*$/, '')
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** Names from outside, for a log and a summary. */
function plain(text) {
  return String(text)
    .replace(/[^\w ./:@#,+-]/g, '·')
    .slice(0, 300)
}
