import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * GitHub's own description of its API (OpenAPI), as octokit publishes it. This file alone: the package's main module
 * reads those of all versions of GitHub, 390 MB.
 */
const FILE = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')

export const DESCRIPTION: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
