import { shortHash } from '../io/files/hash.js'
import type { GitHubApi } from '../io/github/client.js'
import { createIssue, listOpenIssues, updateIssue } from '../io/github/issues.js'
import type { GitHubRun } from '../io/github/run.js'
import { untagged } from '../model/reference.js'
import type { Verdict } from '../model/verdict.js'
import { issueMark, renderIssue } from '../reports/github/summaries.js'
import { ACTIONS } from './comment.js'

export interface IssueOptions {
  readonly platform: string | null
  /** The line of releases that the images belong to. */
  readonly line: string | null
}

/**
 * Keeps one issue open as long as the newest image of a line may not be released: opens it, rewrites it with each
 * run, and closes it once the image passes. A later failure opens another one. If there are several, the oldest
 * stays.
 */
export async function publishIssue(
  api: GitHubApi,
  run: GitHubRun,
  verdict: Verdict,
  { platform, line }: IssueOptions,
): Promise<readonly string[]> {
  // The same issue for each build of the images, whatever their tags and digests.
  const images = [...new Set(verdict.images.map(({ reference }) => untagged(reference)))]
  const { workflow } = run
  const key = shortHash(JSON.stringify([workflow, images, platform, line]))
  const author = (await api.viewer()) ?? ACTIONS
  const mark = `${issueMark(key)}\n`
  const ours = (await listOpenIssues(api, run, author))
    .filter((issue) => issue.author === author && issue.body.replaceAll('\r\n', '\n').startsWith(mark))
    .sort((a, b) => a.number - b.number)
  const passes = verdict.verdict === 'pass'
  const text = renderIssue(verdict, {
    key,
    of: { workflow, line, images },
    url: run.url,
    pages: run.pages,
  })
  const [oldest, ...others] = ours
  if (oldest === undefined) {
    if (!passes) {
      await createIssue(api, run, text)
    }
    return []
  }
  await updateIssue(api, run, oldest.number, { ...text, close: passes })
  for (const { number, title, body } of others) {
    await updateIssue(api, run, number, { title, body, close: true })
  }
  return []
}
