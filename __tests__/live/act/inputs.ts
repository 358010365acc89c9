import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { ROOT } from '../support.js'

/** Defaults of action.yml's inputs, by name; '' where there is none. */
export function actionDefaults(): Readonly<Record<string, string>> {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8')
  const { inputs } = load(text) as { inputs: Record<string, { default?: string }> }
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default ?? '']))
}
