import { createHash } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { zipOf } from '../support/hostile-zip.js'
import { keys } from '../support/policies.js'
import type { Entry } from '../unit/io/archive/build.js'
import { debianFiles, evidenceOf, judged } from './made-evidence.js'

/**
 * Programs that no package explains, usually in good faith: a RUN fetches one, a zipapp or a PEX brings its own
 * dependencies. No report said a word about them.
 */

const curl: Entry = { path: 'usr/local/bin/tool', body: '\x7fELF fetched by curl', mode: 0o755 }
const zipapps: readonly Entry[] = ['app.pyz', 'app.pex', 'app.phar'].map((name) => ({
  path: `opt/app/${name}`,
  body: Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), zipOf([])]),
}))

test('when a RUN has fetched a program, then it is in the account, and fails where that is wanted', async () => {
  const evidence = await evidenceOf([debianFiles(), [curl]])
  const noted = await judged(evidence)
  expect(noted.code).toBe(0)
  expect(noted.report.images[0]?.account).toEqual({
    programs: 1,
    sides: { judged: 0, 'not-examined': 0, copied: 0, unowned: 1 },
    judged: { debian: 0, parts: 0, packages: 0 },
    listed: [
      {
        path: curl.path,
        form: 'elf',
        side: 'unowned',
        reason: 'no package explains it',
        layer: expect.stringMatching(/^sha256:/),
        sha256: createHash('sha256').update(String(curl.body)).digest('hex'),
      },
    ],
  })
  const failed = await judged(evidence, [keys({ 'fail-on-unexamined': true })])
  expect(failed.code).toBe(1)
  expect(failed.report.images[0]?.findings.filter(({ blocks }) => blocks)).toEqual([
    expect.objectContaining({
      id: 'unowned-program',
      details: expect.objectContaining({ paths: [curl.path] }),
    }),
  ])
  expect(failed.output).toContain('/usr/local/bin')
  process.stdout.write('  attack 37: the fetched program is unowned\n')
})

test('when zipapps have no name that anybody judges, then they are in the account all the same', async () => {
  const { report } = await judged(await evidenceOf([debianFiles(), zipapps]))
  const { account } = report.images[0] ?? {}
  expect(account?.listed.map(({ path, form }) => [path, form])).toEqual(
    zipapps.map(({ path }) => [path, 'archive']).sort(),
  )
})
