import { referenceError, sourceOf } from '../io/archive/image/image-name.js'
import { connectGitHub, githubProblem } from '../io/github/client.js'
import { listTags } from '../io/github/repository.js'
import { readGitHubRun } from '../io/github/run.js'
import { isLine, type ReleaseLine, releaseLines, SeaworthyError } from '../model/index.js'

interface LinesRequest {
  /** Separated by comma or space; `all` for each minor line. */
  readonly lines: string
  /** `ghcr.io/acme/app:{version}`; `{tag}` is the tag as it is, `{version}` without its `v`. */
  readonly image: string
  readonly token: string
}

const TIMEOUT_MS = 60_000
/** GitHub allows 256 jobs in a matrix. */
const MAX_LINES = 256

/**
 * The newest release of each supported line, and its image (docs/decisions/0061-releases.md).
 * @throws SeaworthyError `bad-input`, `no-release` if no line has one, or `github-refused` and `github-unreachable`
 */
export async function findLines(
  { lines, image, token }: LinesRequest,
  { env = process.env, backoffMs = 500 }: { env?: NodeJS.ProcessEnv; backoffMs?: number } = {},
) {
  const requestedLines = readWanted(lines)
  if (!/\{(tag|version)\}/.test(image)) {
    throw badInput(`image: ${JSON.stringify(image)} contains neither {tag} nor {version}`)
  }
  const run = readGitHubRun(env)
  if (run === null || token === '') {
    throw badInput("github-token: this action runs only in a GitHub workflow, and needs the workflow's token")
  }
  const api = await connectGitHub({ token, apiUrl: run.apiUrl, timeoutMs: TIMEOUT_MS, backoffMs })
  const tags = await listTags(api, run).catch((error: unknown) => {
    throw new SeaworthyError(githubProblem(error, `tags of ${run.owner}/${run.repo}`, 'contents: read'))
  })
  const { found, missing } = releaseLines(tags, requestedLines)
  if (found.length === 0) {
    const what = `no release tag was found for ${missing.length === 0 ? 'any line' : missing.join(', ')}`
    throw new SeaworthyError({ code: 'no-release', what, where: `tags of ${run.owner}/${run.repo}` })
  }
  if (found.length > MAX_LINES) {
    throw badInput(`lines: ${found.length} were found, but at most ${MAX_LINES} are allowed`)
  }
  const warning = `no release tag was found for ${missing.join(', ')}, so only the other lines are judged`
  return {
    /** Newest first. */
    found: found.map((line) => ({ ...line, image: imageOf(image, line) })),
    /** Why lines are left out: they have no release yet, or are misspelt; `null` if none is. */
    warning: missing.length === 0 ? null : warning,
  }
}

function readWanted(text: string): readonly string[] | 'all' {
  const names = text.split(/[\s,]+/).filter((name) => name !== '')
  if (names.length === 1 && names[0] === 'all') {
    return 'all'
  }
  const badNames = names.filter((name) => !isLine(name))
  if (names.length === 0 || badNames.length > 0) {
    const bad = JSON.stringify(badNames.join(', ') || text)
    throw badInput(`lines: ${bad} must be release lines such as 4 or 4.1, or "all"`)
  }
  return names
}

function imageOf(pattern: string, { tag, version }: ReleaseLine): string {
  const image = pattern.replaceAll('{tag}', tag).replaceAll('{version}', version)
  const error = referenceError(sourceOf(image).name)
  if (error !== null) {
    throw badInput(`image: ${JSON.stringify(image)} is not an image name: ${error}`)
  }
  return image
}

function badInput(what: string): SeaworthyError {
  const todo = 'correct the inputs; see release-lines/action.yml'
  return new SeaworthyError({ code: 'bad-input', what, where: 'inputs', todo })
}
