import { describe, expect, test } from '@jest/globals'
import type { AccountedProgram, ImageAccount } from '../../../../src/model/packages/account.js'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { renderHtml } from '../../../../src/reports/html/page.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { accountLine, listedPrograms } from '../../../../src/reports/view/account.js'
import { anImageVerdict, aVerdict, LAYER } from '../../../support/builders.js'

const program = (part: Partial<AccountedProgram> = {}): AccountedProgram => ({
  path: 'opt/tool',
  form: 'elf',
  side: 'unowned',
  reason: 'no package lists it',
  layer: LAYER,
  sha256: 'a'.repeat(64),
  ...part,
})
const LISTED = [
  program({ path: 'app/start.sh', form: 'script', side: 'copied', reason: 'a text script', sha256: null }),
  program({ path: 'opt/<b>tool' }),
  program({ path: 'opt/x.dll', form: 'assembly', side: 'not-examined', reason: '.NET' }),
]
const account = (part: Partial<ImageAccount> = {}): ImageAccount => ({
  programs: 612,
  sides: { judged: 609, 'not-examined': 1, copied: 1, unowned: 1 },
  judged: { debian: 600, parts: 5, packages: 4 },
  listed: LISTED,
  ...part,
})
const LONG =
  '612 programs (ELF files, archives of code, .NET assemblies, scripts): 609 judged, 1 not examined, 1 copied, 1 unowned; source code that an interpreter reads is not counted'
const verdictOf = (part: Parameters<typeof anImageVerdict>[0] = {}) =>
  aVerdict({ images: [anImageVerdict({ account: account(), ...part })] })
const TOOL = { name: 'seaworthy', version: '1' }
const unwrapped = (text: string) => text.replace(/\s+/g, ' ')

describe('the account in the head of a report', () => {
  test('when there is one, then it says what is counted and what is not; when there is none, nothing', () => {
    expect(accountLine({ account: account() })).toBe(LONG)
    expect(accountLine({ account: null })).toBeNull()
  })

  test('when reports are rendered, then each has the line, or what limits the verdict of it', () => {
    const run = { key: 'a'.repeat(16), family: 'b'.repeat(16), run: 1, attempt: 1, head: 'c'.repeat(40) }
    const job = jobOf(verdictOf(), { ...run, url: 'https://github.com/a/b/runs/1', change: null })
    expect(renderMarkdown(verdictOf(), { limit: 99_999 }).replaceAll('\\', '')).toContain(LONG)
    expect(renderComment([job], '')).toMatch(/^- \d+ programs? w[a-z]+ not examined$/m)
    expect(renderHtml(verdictOf(), TOOL)).toContain(`<li>${LONG}</li>`)
    const terminal = renderTerminal(verdictOf(), { colour: false, width: 100, verbose: true })
    expect(unwrapped(terminal)).toContain(LONG)
  })

  test('when an image passes, then the terminal has the whole line, however narrow it is', () => {
    const image = anImageVerdict({ verdict: 'pass', findings: [], account: account() })
    const textOf = (width: number) =>
      renderTerminal(aVerdict({ verdict: 'pass', images: [image] }), { colour: false, width, verbose: true })
    expect(unwrapped(textOf(100))).toContain(LONG)
    expect(unwrapped(textOf(40))).toContain(LONG)
  })
})

describe('the list on the page', () => {
  test('when programs were not judged, then each has a row, unowned ones first, with what it is filtered by', () => {
    const html = renderHtml(verdictOf(), TOOL)
    expect(listedPrograms({ account: account() }).map(({ side }) => side)).toEqual([
      'unowned',
      'not-examined',
      'copied',
    ])
    const rows = [...html.matchAll(/<tr data-program="([^"]*)" data-side="([^"]*)">(.*?)<\/tr>/g)]
    expect(rows.map(([, , side]) => side)).toEqual(['unowned', 'not-examined', 'copied'])
    expect(rows[0]?.[1]).toContain('opt/&#60;b&#62;tool unowned elf no package lists it')
    expect(rows[0]?.[3]).toContain(`<code>${'a'.repeat(64)}</code>`)
    expect(html).toContain('<details><summary>Programs that were not judged (3)</summary>')
    expect(html).toContain('aria-label="Filter programs"')
  })

  test('when all were judged, then there is no list and no filter', () => {
    const sides = { judged: 612, 'not-examined': 0, copied: 0, unowned: 0 }
    const html = renderHtml(verdictOf({ account: account({ sides, listed: [] }) }), TOOL)
    expect(html).not.toMatch(/data-of="programs"|not judged \(/)
  })

  test('when there are thousands, then the page shows as many as a browser does, and says how many more', () => {
    const listed = Array.from({ length: 2500 }, (_, at) => program({ path: `opt/${at}` }))
    const html = renderHtml(verdictOf({ account: account({ listed }) }), TOOL)
    expect(html.match(/<tr data-program/g)).toHaveLength(2000)
    expect(html).toContain('and 500 more in report.json')
  })
})
