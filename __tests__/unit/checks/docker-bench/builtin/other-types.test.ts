import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { strict } from '../../../../../src/checks/docker-bench/builtin/strict.js'
import type { Json } from '../../../../../src/model/json.js'
import { SeaworthyError } from '../../../../../src/model/problem.js'
import { type Path, pathsIn, withValue } from '../../../../support/damaged-json.js'

/** Real answers of an engine about containers with all kinds of options. */
const FOLDER = join(import.meta.dirname, '../../../../support/docker-bench/recorded-state')
const read = (name: string): Json => {
  const answer = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))
  return Array.isArray(answer) ? answer[0] : answer
}
const containers = readdirSync(join(FOLDER, 'containers')).filter((name) => !name.includes('.top.'))

/** The checks that the options do not pass; `null`: no answer. */
function failedChecks(inspect: Json): ReadonlySet<string> | null {
  const image = { inspect: null, history: null, config: {}, files: { passwd: null, setuid: null } }
  const run = { name: 'container', inspect, top: null, cgroupns: null }
  try {
    const results = strict({ info: read('info.json'), image, imageName: 'image', run })
    return new Set(results.filter(({ word }) => word !== 'PASS').map(({ id }) => id))
  } catch (error) {
    if (error instanceof SeaworthyError) {
      return null
    }
    throw error
  }
}

const valueAt = (document: Json, path: Path) =>
  path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), document)
const typeOf = (value: unknown) => (Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value)
/** What a number, a flag or a list may become on its way through something that only knows texts, and the like. */
const OTHERS: readonly unknown[] = ['true', '1', 1, true, ['x'], { x: 'x' }]

test.each(containers)(
  'when a member of the answer about %s has another type, then no check passes that did not',
  (name) => {
    const whole = read(join('containers', name))
    const failed = failedChecks(whole)
    let refused = 0
    for (const path of pathsIn(whole)) {
      const before = valueAt(whole, path)
      const others = OTHERS.filter((other) => before !== null && typeOf(other) !== typeOf(before))
      for (const other of others) {
        const after = failedChecks(withValue(whole, path, other))
        refused += after === null ? 1 : 0
        const lost = after === null ? [] : [...(failed ?? [])].filter((id) => !after.has(id))
        expect([path.join('.'), other, lost]).toEqual([path.join('.'), other, []])
      }
    }
    expect(failed?.size).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(20)
  },
)
