import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { newFolder, ROOT, reportOf, seaworthy } from '../live/support.js'

/**
 * Whoever may write a folder of evidence, an artifact say, edits it, and `replay` comes to another verdict. No check can
 * tell: the documents carry no signature of whoever collected them. So nobody may take a replay for a proof.
 */

const CASE = join(ROOT, '__tests__/cases/base-bullseye/evidence')
const replay = (folder: string) => seaworthy(['replay', folder, '--checks', 'security-updates'])

test('when evidence was edited, then replay believes it, and says that it is no proof', async () => {
  const folder = join(newFolder(), 'evidence')
  cpSync(CASE, folder, { recursive: true })
  const honest = await replay(folder)
  const image = join(folder, 'image-0/image.json')
  // Each package in a version above all others: there is no update to miss.
  const text = readFileSync(image, 'utf8').replace(/\\nVersion: [^\\]*/g, '\\nVersion: 9999')
  writeFileSync(image, text)
  const forged = await replay(folder)
  const count = (ran: Awaited<typeof honest>) =>
    reportOf(ran).images[0]?.findings.filter(({ id }) => id === 'security-update').length
  process.stdout.write(
    `  attack 19: ${count(honest)} missing updates in honest evidence, ${count(forged)} in edited evidence\n`,
  )
  expect(count(honest)).toBeGreaterThan(0)
  expect(count(forged)).toBe(0)
  for (const { stdout } of [honest, forged]) {
    expect(stdout).toContain('judged from saved evidence: ')
    expect(stdout).toContain('do not rely on it as proof')
  }
})

test('when help, the page of the commands and the threat model are read, then they say so too', async () => {
  const help = await seaworthy(['replay', '--help'])
  expect(help.stdout.replace(/\s+/g, ' ')).toContain('do not rely on the verdict as proof')
  for (const [name, text] of [
    ['docs/threat-model.md', /Evidence is not proof/],
    ['docs/commands.md', /evidence[^.]*no proof/i],
  ] as const) {
    expect(readFileSync(join(ROOT, name), 'utf8')).toMatch(text)
  }
})
