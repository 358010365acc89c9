import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { CLAIR_IMAGE, NO_BENCH, POSTGRES_IMAGE, ROOT, TRACKER } from '../support.js'

/** Defaults of action.yml's inputs, by name; '' where there is none, and for expressions: nobody evaluates them. */
export function actionDefaults(): Readonly<Record<string, string>> {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8')
  const { inputs } = load(text) as { inputs: Record<string, { default?: string }> }
  return Object.fromEntries(
    Object.entries(inputs).map(([name, input]) => [
      name,
      (input.default ?? '').replace(/^\$\{\{.*\}\}$/, ''),
    ]),
  )
}

/** What a machine needs that reaches no registry, none of Debian's servers, and no GitHub. */
export const LOCAL_INPUTS = {
  checks: 'clair',
  tracker: TRACKER,
  cvss: 'none',
  epss: 'none',
  kev: 'none',
  'clair-image': CLAIR_IMAGE,
  'postgres-image': POSTGRES_IMAGE,
  'bench-source': NO_BENCH,
} as const
