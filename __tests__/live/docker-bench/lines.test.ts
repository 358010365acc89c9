import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { BASES, docker, newFolder, reportOf, seaworthy } from '../support.js'

// What the report gives to copy into a Dockerfile, followed to the letter, has to settle what it is given for.

const IMAGE = `seaworthy-test/lines-${process.pid}`
afterAll(() => {
  docker('rmi', '-f', `${IMAGE}:1`, `${IMAGE}:2`)
})

/** What Docker Bench has to say of an image built from these lines: id -> the lines that are given for it. */
async function linesOf(tag: string, dockerfile: string): Promise<ReadonlyMap<string, string | null>> {
  const folder = newFolder()
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
  docker('build', '-q', '-t', `${IMAGE}:${tag}`, '-f', join(folder, 'Dockerfile'), join(folder, 'empty'))
  const ran = await seaworthy(['scan', `${IMAGE}:${tag}`, '--checks', 'docker-bench'])
  const all = reportOf(ran).actions.map((one) => [one.findings[0]?.id ?? '', one.dockerfile] as const)
  return new Map(all)
}

test('when the lines for a Dockerfile are copied into it, then their findings are gone', async () => {
  const start = `FROM ${BASES.bookworm}\nRUN cp /bin/true /usr/bin/one && cp /bin/true /opt/two && chmod u+s /usr/bin/one /opt/two\n`
  const before = await linesOf('1', start)
  const wanted = ['4.8', '4.1', '4.6']
  expect([...before.keys()].filter((id) => wanted.includes(id)).sort()).toEqual(['4.1', '4.6', '4.8'])
  const after = await linesOf('2', `${start}${wanted.map((id) => `${before.get(id)}\n`).join('')}`)
  expect([...after.keys()]).toEqual([])
})
