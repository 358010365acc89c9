import { describe, expect, test } from '@jest/globals'
import { TOOL } from '../../../../src/model/tool.js'
import { renderComment } from '../../../../src/reports/comment/comment.js'
import { jobOf } from '../../../../src/reports/comment/job-of.js'
import { decodeJobs, encodeJobs } from '../../../../src/reports/comment/state.js'
import { REPORTS } from '../../../../src/reports/index.js'
import { renderMarkdown } from '../../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../../src/reports/terminal/terminal.js'
import { aComparison } from '../../../support/bench.js'
import { aCheckResult, anImageVerdict, aProblem, aRuledFinding, aVerdict } from '../../../support/builders.js'

// What a result of Docker Bench gives to copy, and where to read on, in every report.

const about = (id: string) => {
  const finding = aRuledFinding({
    ...{ check: 'docker-bench', id, package: null, version: null, fixedVersion: null },
    ours: { title: `check ${id}`, advice: 'Name a user.' },
    compared: aComparison('worse'),
  })
  const update = aRuledFinding({ check: 'security-updates', id: 'security-update' })
  return aVerdict({ verdict: 'fail', images: [anImageVerdict({ findings: [finding, update] })] })
}
const PAGE = 'docs/findings/docker-bench.md#check-41'
const PAGES = 'https://github.com/acme/gate/blob/v1.2.0/'
const verdict = about('4.1')
const jobWith = (pages: string | null, of: ReturnType<typeof about>) =>
  jobOf(of, {
    ...{
      key: '1'.repeat(16),
      family: '2'.repeat(16),
      run: 1,
      attempt: 1,
      head: 'a'.repeat(40),
      change: null,
    },
    ...{ url: 'https://github.com/acme/shop/actions/runs/901', pages },
  })
/** Format -> its text, with and without the address of our pages. */
const ALL: Readonly<Record<string, (pages: string | null, of?: typeof verdict) => string>> = {
  terminal: (pages, of = verdict) => renderTerminal(of, { colour: false, width: 120, pages }),
  markdown: (pages, of = verdict) => renderMarkdown(of, { limit: 1_000_000, pages }),
  html: (pages, of = verdict) => REPORTS['report.html'](of, { ...TOOL, pages }),
  comment: (pages, of = verdict) => renderComment([jobWith(pages, of)], 'gate.yml'),
}

describe.each(Object.entries(ALL))('%s', (format, render) => {
  test('when a thing to do has lines and no command, then they are there to copy', () => {
    const text = render(null)
    const indent = format === 'terminal' ? '    ' : ''
    expect(text).toContain(`\n${indent}RUN useradd --uid 10001 `)
    expect(text).toContain(`\n${indent}USER 10001`)
  })

  test('when a thing to do has a command for a Dockerfile, then it says where in it', () => {
    expect(render(null)).toMatch(/In a Dockerfile, as root: before USER, if there is one/)
    expect(render(null)).toMatch(/\bRUN apt-get update /)
  })

  test('when the address of our pages is known, then it is linked, and else the path at most is reported', () => {
    expect(render(PAGES)).toContain(`${PAGES}${PAGE}`)
    expect(render(null)).not.toContain('https://github.com/acme/gate')
    // From a page, a path leads nowhere; a terminal shows it with --verbose.
    const hasPath = format !== 'html' && format !== 'terminal'
    expect(render(null).includes('(docs/')).toBe(hasPath)
    if (hasPath) {
      expect(render(null)).toMatch(/\(docs\/findings\/docker(-|\\-)bench\.md(#|&#35;)check(-|\\-)41\)/)
    }
  })

  test('when what is to be done names a page of ours, then that is a link', () => {
    const problem = aProblem({ todo: 'see docs/offline.md#carry, or docs/evil.md" onclick' })
    const checks = [aCheckResult({ state: 'unanswered', problem })]
    const verdict = aVerdict({ images: [anImageVerdict({ checks, findings: [] })] })
    const text = render(PAGES, verdict).replace(/\s+/g, ' ')
    const address = `${PAGES}docs/offline.md#carry`
    expect(text).toContain(
      {
        terminal: `see ${address}, or ${PAGES}docs/evil.md`,
        markdown: `see [docs/offline.md#carry](${address}), or [docs/evil.md](${PAGES}docs/evil.md)`,
        html: `see <a href="${address}" rel="noreferrer">docs/offline.md#carry</a>, or <a href="${PAGES}docs/evil.md" rel="noreferrer">docs/evil.md</a>&#34; onclick`,
        comment: 'see docs/offline.md&#35;carry, or docs/evil.md',
      }[format] ?? '',
    )
  })

  test('when evidence names what is no id of a check, then no page is made of it', () => {
    for (const id of [
      '../../evil',
      'https://evil.example/x',
      '4.1/../x',
      '4.1"x',
      '4.1#x',
      '',
      'start-test/..',
    ]) {
      expect(render(PAGES, about(id))).not.toMatch(/docs\/findings\/docker/)
    }
  })
})

test('when SARIF is reported the address, then help leads to our page, and else nowhere: a front page of others is no help', () => {
  const helpOf = (pages: string | null) => {
    const { runs } = JSON.parse(REPORTS['report.sarif'](verdict, { ...TOOL, pages }))
    return runs[0].tool.driver.rules.map((rule: { helpUri: string }) => rule.helpUri)
  }
  expect(helpOf(PAGES)).toEqual([
    `${PAGES}${PAGE}`,
    `${PAGES}docs/findings/security-updates.md#security-update`,
  ])
  expect(helpOf(null)).toEqual([undefined, undefined])
})

test('when a comment is read again, then lines and page are as they were; a stranger’s are not taken', () => {
  const thing = jobWith(PAGES, verdict).things.at(-1)
  expect(thing).toMatchObject({ page: `${PAGES}${PAGE}`, dockerfile: expect.stringContaining('USER 10001') })
  expect(decodeJobs(encodeJobs([jobWith(PAGES, verdict)]))).toEqual([jobWith(PAGES, verdict)])
  for (const part of [
    { dockerfile: 'RUN x\n```\n# b' },
    { page: 'https://x/) <b>.md' },
    { page: 'javascript:x.md' },
  ]) {
    const things = [{ ...jobWith(null, verdict).things.at(-1), ...part }] as ReturnType<
      typeof jobWith
    >['things']
    expect(decodeJobs(encodeJobs([{ ...jobWith(null, verdict), things }]))).toEqual([])
  }
})
