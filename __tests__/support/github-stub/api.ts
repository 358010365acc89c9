import addFormats from 'ajv-formats'
import { type Document, OpenAPIBackend } from 'openapi-backend'
import { DESCRIPTION } from './description.js'
import { GIT_PATHS } from './git.js'

/** The operations that the stub knows; whatever else is asked is an error of the test's subject. */
export const PATHS = [
  '/repos/{owner}/{repo}/check-runs',
  '/repos/{owner}/{repo}/check-runs/{check_run_id}',
  '/repos/{owner}/{repo}/commits/{ref}/check-runs',
  '/repos/{owner}/{repo}/issues/{issue_number}/comments',
  '/repos/{owner}/{repo}/issues/comments/{comment_id}',
  '/repos/{owner}/{repo}/contents/{path}',
  ...GIT_PATHS,
  '/repos/{owner}/{repo}/tags',
  '/repos/{owner}/{repo}/commits/{ref}',
  '/repos/{owner}/{repo}/releases',
  '/repos/{owner}/{repo}/releases/latest',
  '/repos/{owner}/{repo}/releases/tags/{tag}',
  '/repos/{owner}/{repo}/releases/{release_id}',
  '/repos/{owner}/{repo}/releases/{release_id}/assets',
  '/repos/{owner}/{repo}/issues',
  '/repos/{owner}/{repo}/issues/{issue_number}',
  '/repos/{owner}/{repo}/code-scanning/analyses',
  '/repos/{owner}/{repo}/code-scanning/sarifs',
] as const

type Whole = Document & {
  readonly paths: Record<string, unknown>
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> }
}

const whole = DESCRIPTION as Whole

/** A schema of GitHub's description, such as `issue`, and what its references stand for. */
export function schemaNamed(name: string): unknown {
  return whole.components.schemas[name]
}

/** GitHub's description, narrowed to the paths above. */
function description(): Document {
  const paths = Object.fromEntries(PATHS.map((path) => [path, whole.paths[path]]))
  const narrowed = { ...whole, paths } as Document
  allowNull(narrowed)
  return narrowed
}

/**
 * `nullable` next to `enum` means that `null` is allowed too: GitHub's description says it so, and its API answers
 * so. The validator takes the list of words to be all, and wants a type next to `nullable`.
 */
function allowNull(node: unknown): void {
  if (typeof node !== 'object' || node === null) {
    return
  }
  const { nullable, enum: values } = node as { nullable?: unknown; enum?: unknown }
  if (nullable === true && !('type' in node)) {
    const inner = Object.fromEntries(Object.entries(node).filter(([name]) => name !== 'nullable'))
    for (const name of Object.keys(node)) {
      Reflect.deleteProperty(node, name)
    }
    Object.assign(node, { anyOf: [inner, { enum: [null] }] })
  }
  if (nullable === true && Array.isArray(values) && !values.includes(null)) {
    values.push(null)
  }
  for (const child of Object.values(node)) {
    allowNull(child)
  }
}

let made: Promise<OpenAPIBackend> | undefined

/** Matches and validates requests, and validates answers; no handlers. */
export function githubApi(): Promise<OpenAPIBackend> {
  made ??= new OpenAPIBackend({
    definition: description(),
    quick: true,
    validate: true,
    ajvOpts: { strict: false, allErrors: true, unicodeRegExp: false },
    customizeAjv: (ajv) => {
      addFormats.default(ajv)
      for (const name of ['repo.nwo', 'int64', 'timestamp', 'time']) {
        ajv.addFormat(name, true)
      }
      return ajv
    },
  }).init()
  return made
}
