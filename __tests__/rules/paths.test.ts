import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from './scan.js'

// The compiler follows a file of src that is moved, but not what scripts, workflows and documents call it.

const NAMED_IN = ['script', 'docs', '.github', 'CONTRIBUTING.md', 'README.md']
const PATH = /\bsrc\/[\w./-]*\.ts\b/g

function filesIn(path: string): readonly string[] {
  if (/\.\w+$/.test(path) && !path.startsWith('.')) {
    return [path]
  }
  const names = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
  return names
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(ROOT.length + 1))
}

/** The paths of files of src in a text. */
const pathsIn = (text: string) => [...new Set(text.match(PATH))]

test('when a script, a workflow or a document names a file of src, then the file is there', () => {
  const files = NAMED_IN.flatMap(filesIn)
  const named = files.flatMap((file) =>
    pathsIn(readFileSync(join(ROOT, file), 'utf8')).map((path) => ({ file, path })),
  )
  expect(named.length).toBeGreaterThan(100)
  expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([])
})

test('when a text names paths, then each is found once', () => {
  expect(
    pathsIn("export { a } from './src/model/a.ts' and `src/b/c-d.ts`, src/model/a.ts; not lib/src.ts"),
  ).toEqual(['src/model/a.ts', 'src/b/c-d.ts'])
})
