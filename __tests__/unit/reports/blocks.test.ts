import { describe, expect, test } from '@jest/globals'
import { blocksOf } from '../../../src/reports/blocks.js'
import { renderComment } from '../../../src/reports/comment/comment.js'
import { jobOf } from '../../../src/reports/comment/job-of.js'
import { renderHtml } from '../../../src/reports/html/page.js'
import { renderMarkdown } from '../../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../../src/reports/terminal/terminal.js'
import { anImageVerdict, aPolicyNotice, aRuledFinding, aVerdict } from '../../support/builders.js'

const noted = aRuledFinding({ id: 'CVE-2026-7777', package: 'tar', ruling: 'noted', blocks: false })
const image = anImageVerdict({
  findings: [aRuledFinding({ since: 'new' }), noted],
  gone: [],
  dockerfile: { file: null, note: 'no FROM instruction', from: null },
  dockerfileChange: { file: 'Dockerfile', before: 'FROM a\n', after: 'FROM a\nRUN b\n' },
})
const NO_BASELINE = aPolicyNotice({ kind: 'no-baseline', text: 'no gate.yml' })
const verdict = aVerdict({ images: [image], policyNotices: [aPolicyNotice(), NO_BASELINE] })
const run = {
  ...{ key: '0'.repeat(16), family: '0'.repeat(16), run: 1, attempt: 1, head: 'a'.repeat(40) },
  ...{ url: 'https://github.example/acme/app/actions/runs/1', change: { base: 'main', added: 1, gone: 0 } },
}

/** What stands for each block, in their sequence; the comment, which has no room for all, leaves some to the summary. */
const SEQUENCE: readonly { readonly pattern: RegExp; readonly isInComment: boolean }[] = [
  { pattern: /Against (?:baseline|main)/, isInComment: true },
  { pattern: /Update 2 packages/, isInComment: true },
  { pattern: /\+RUN b/, isInComment: false },
  { pattern: /no gate\.yml/, isInComment: true },
  { pattern: /KEV not checked/, isInComment: true },
  { pattern: /Lines: no FROM/, isInComment: false },
  { pattern: /CVE-2026-7777/, isInComment: true },
  { pattern: /canary found/, isInComment: false },
  { pattern: /regression test: not run/, isInComment: false },
  { pattern: /data: debian-tracker/, isInComment: false },
  { pattern: /expired on 2026-10-01/, isInComment: false },
  { pattern: /security-tracker\.debian\.org\/tracker\/data\/json/, isInComment: false },
]

const REPORTS = {
  terminal: renderTerminal(verdict, { colour: false, width: Number.POSITIVE_INFINITY, verbose: true }),
  summary: renderMarkdown(verdict, { limit: 100_000 }),
  comment: renderComment([jobOf(verdict, run)], 'gate'),
  page: renderHtml(verdict, { name: 'seaworthy', version: '1' }).replace(/[\s\S]*<main>/, ''),
}

describe('the sequence of blocks', () => {
  test.each(Object.entries(REPORTS))(
    'when the %s is read, then it says all, in that sequence',
    (name, text) => {
      let rest = text
      const ofComment = SEQUENCE.filter(({ isInComment }) => isInComment)
      // A comment is read for what to do: it comes first, and limits, which are folded, after the counts.
      const [change, task, limit, counts, ...others] = ofComment
      const commented = [task, change, counts, limit, ...others].filter((one) => one !== undefined)
      for (const { pattern } of name === 'comment' ? commented : SEQUENCE) {
        expect(rest).toMatch(pattern)
        rest = rest.slice(rest.search(pattern) + 1)
      }
    },
  )

  test('when there are several images, then what limits all of them is said once, before them', () => {
    const kinds = (count: number) =>
      blocksOf({
        ...verdict,
        images: Array.from({ length: count }, () => image),
      }).flatMap((block) =>
        block.kind === 'image' || (block.kind === 'limits' && block.limits.includes('no gate.yml'))
          ? block.kind
          : [],
      )
    expect(kinds(1)).toEqual(['image', 'limits'])
    expect(kinds(2)).toEqual(['limits', 'image', 'image'])
  })
})
