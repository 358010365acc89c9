import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { decide } from '../../src/gate/decide.js'
import { loadEvidence } from '../../src/gate/evidence/folder.js'
import { readJudging } from '../../src/inputs/policies.js'
import { INPUTS } from '../../src/inputs/table.js'
import { imageTasks } from '../../src/judge/tasks/actions.js'
import { TOOL } from '../../src/model/tool.js'
import type { Verdict } from '../../src/model/verdict.js'
import { renderComment } from '../../src/reports/comment/comment.js'
import { jobOf } from '../../src/reports/comment/job-of.js'
import { MAX_PER_LEVEL, renderAnnotations } from '../../src/reports/github/annotations.js'
import { REPORTS } from '../../src/reports/index.js'
import type { Report } from '../../src/reports/json/schema.js'
import { renderMarkdown } from '../../src/reports/markdown/markdown.js'
import { renderTerminal } from '../../src/reports/terminal/terminal.js'
import { taskNumbers } from '../../src/reports/view/tasks.js'

/**
 * Golden cases: <story>/evidence as the gate saved it, <story>/policies, and <story>/expected. They are read as
 * `seaworthy replay evidence` reads them in the story's folder. `npm run golden` rewrites what is expected;
 * without it a file that is missing fails. record.mjs records the evidence again.
 */
const HERE = import.meta.dirname
const back = process.cwd()
afterAll(() => process.chdir(back))

const stories = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const RUN = {
  key: '0123456789abcdef',
  family: 'fedcba9876543210',
  run: 7,
  attempt: 1,
  head: 'a'.repeat(40),
  url: 'https://github.example/acme/app/actions/runs/7',
  change: null,
}

/** `null`: the report has nothing to say, and is not written. */
const RENDERERS: Readonly<Record<string, (verdict: Verdict) => string | null>> = {
  // report.md is summary.md without a limit.
  ...Object.fromEntries(
    Object.entries(REPORTS)
      .filter(([name]) => name !== 'report.md')
      .map(([name, render]) => [name, (verdict: Verdict) => render(verdict, TOOL)]),
  ),
  // As the action writes them.
  'terminal.txt': (verdict) =>
    renderTerminal(verdict, { colour: false, width: Number.POSITIVE_INFINITY, verbose: true }),
  'summary.md': (verdict) => renderMarkdown(verdict, { limit: 1_000_000 }),
  'comment.md': (verdict) => renderComment([jobOf(verdict, RUN)], 'gate'),
  'annotations.txt': (verdict) => `${renderAnnotations(verdict).join('\n')}\n`,
}

function replay(story: string): Verdict {
  process.chdir(join(HERE, story))
  const { today, collected } = loadEvidence('evidence')
  const inputs = (name: string) => INPUTS.find((input) => input.name === name)?.default ?? ''
  const judging = readJudging(inputs, today)
  return decide(collected, judging.policy, judging.today)
}

function golden(path: string, text: string | null): string | null {
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(join(path, '..'), { recursive: true })
    if (text === null) {
      rmSync(path, { force: true })
    } else {
      writeFileSync(path, text)
    }
  }
  if (text === null && !existsSync(path)) {
    return null
  }
  if (!existsSync(path)) {
    throw new Error(`${path} is missing; npm run golden writes it, and then read it`)
  }
  return readFileSync(path, 'utf8')
}

/** Words in one limit. */
const MAX_LENGTH = 20
/** Limits that quote an error, or a compose file. */
const OF_OTHERS = /read from another address|which runs|an old copy/
/** They may stand only in details: nobody who has not read our pages knows what they mean. */
const OWN_TERMS =
  /canary|at hand, not proven|unowned(?!-program)|\bcopied\b|stand-in|would offer|evidence shows|tree sha256|sha256:[0-9a-f]{12}/gi

/** A fold that has no other in it. */
const FOLD = /<details(?:(?!<details)[\s\S])*?<\/details>/g

/** What a person reads without opening anything. */
function htmlText(html: string): string {
  let text = html
  while (FOLD.test(text)) {
    text = text.replace(FOLD, ' ')
  }
  return unfoldedHtml(text)
}

function unfoldedHtml(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>|<!--[\s\S]*?-->/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** The lines of a comment that are seen before anything is unfolded; a fold has its own. */
function visibleLines(markdown: string): string[] {
  const folded = markdown.replace(/<!--[\s\S]*?-->/g, '').replace(FOLD, '(a fold)')
  return folded.split('\n').filter((line) => line !== '' && !/^\|-/.test(line))
}

function unfoldedText(markdown: string): string {
  return unfoldedHtml(markdown).replaceAll('\u200b', '')
}

test('when the stories are listed, then there are some', () => {
  expect(stories.length).toBeGreaterThan(9)
})

describe.each(stories)('%s', (story) => {
  let verdict: Verdict
  beforeAll(() => {
    verdict = replay(story)
  })

  test.each(Object.entries(RENDERERS))(
    'when it is judged again, then %s is the expected one',
    (name, render) => {
      const text = render(verdict)
      expect(text).toBe(golden(join(HERE, story, 'expected', name), text))
    },
  )

  test('when there are tasks, then each is one annotation, however many findings it settles', () => {
    const { actions } = JSON.parse(REPORTS['report.json'](verdict, TOOL) ?? '') as { actions: unknown[] }
    const errors = renderAnnotations(verdict).filter((line) => line.startsWith('::error'))
    expect(errors).toHaveLength(Math.min(actions.length, MAX_PER_LEVEL))
  })

  test('when a finding blocks, then one task ends it, of which reports name the number', () => {
    for (const image of verdict.images) {
      const blocking = image.findings.filter(({ blocks }) => blocks)
      const ended = imageTasks(image).flatMap(({ findings }) => findings)
      expect(new Set(ended)).toEqual(new Set(blocking))
      expect(ended).toHaveLength(blocking.length)
      expect([...taskNumbers(image).keys()]).toEqual(ended)
    }
  })

  test.each([80, 100, 160, Number.POSITIVE_INFINITY])(
    'when it is shown at %p columns, then each statement of report.json stands in full, limits where nothing is asked for',
    (width) => {
      const { limits, details } = JSON.parse(REPORTS['report.json'](verdict, TOOL) ?? '') as Report
      expect(details.length).toBeGreaterThan(0)
      const log = { colour: false, width }
      const page = REPORTS['report.html'](verdict, TOOL)
      const shown: [name: string, text: string, statements: Report['limits']][] = [
        ['terminal', renderTerminal(verdict, log), limits],
        ['verbose', renderTerminal(verdict, { ...log, verbose: true }), [...limits, ...details]],
        ['markdown', unfoldedText(renderMarkdown(verdict, { limit: 65_000 })), [...limits, ...details]],
        ['comment', unfoldedText(renderComment([jobOf(verdict, RUN)], 'gate')), limits],
        ['page', htmlText(page), limits],
        ['page, unfolded', unfoldedHtml(page), [...limits, ...details]],
      ]
      for (const [name, text, statements] of shown) {
        const whole = text.replace(/\s+/g, ' ')
        const absent = statements.filter((one) => !whole.includes(one.text.replace(/\s+/g, ' ')))
        expect([name, absent]).toEqual([name, []])
      }
    },
  )

  test('when a limit is read, then it is short, but for what others have said', () => {
    const { limits } = JSON.parse(REPORTS['report.json'](verdict, TOOL) ?? '') as Report
    const long = limits.filter(({ text }) => text.split(/\s+/).length > MAX_LENGTH && !OF_OTHERS.test(text))
    expect(long).toEqual([])
  })

  test('when it is read without unfolding anything, then none of our own terms is in it', () => {
    const shown = [
      htmlText(REPORTS['report.html'](verdict, TOOL)),
      htmlText(renderComment([jobOf(verdict, RUN)], 'gate')),
      htmlText(renderMarkdown(verdict, { limit: 65_000 })),
      renderTerminal(verdict, { colour: false, width: 100 }),
    ]
    expect(shown.flatMap((text) => text.match(OWN_TERMS) ?? [])).toEqual([])
  })

  test('when tasks are few, then terminal and comment are read at a glance', () => {
    const tasks = verdict.images.flatMap((image) => imageTasks(image)).length
    const terminal = renderTerminal(verdict, { colour: false, width: 120 }).trimEnd().split('\n')
    const comment = visibleLines(renderComment([jobOf(verdict, RUN)], 'gate'))
    const { limits, policyNotices } = JSON.parse(REPORTS['report.json'](verdict, TOOL) ?? '') as Report
    // Each of these says something of its own, whatever the verdict.
    const own = [...limits, ...policyNotices].length
    if (verdict.verdict === 'pass') {
      expect(terminal.length - own).toBeLessThanOrEqual(14)
      expect(comment.length).toBeLessThanOrEqual(6)
    } else if (tasks <= 6 && verdict.images.length === 1) {
      expect(terminal.length - own).toBeLessThanOrEqual(45)
      expect(comment.length).toBeLessThanOrEqual(25)
    }
  })

  test('when the files of the story are listed, then none is there that is not used', () => {
    expect(readdirSync(join(HERE, story)).sort()).toEqual(['evidence', 'expected', 'policies'])
    expect(Object.keys(RENDERERS)).toEqual(expect.arrayContaining(readdirSync(join(HERE, story, 'expected'))))
    // base.yml: what a whitelist includes; *.openvex.json: what gate.yml names under vex.
    const vex = ['app.openvex.json', 'other.openvex.json']
    const policies = ['base.yml', 'dictionary.yml', 'gate.yml', 'whitelist.yml', ...vex]
    expect(policies).toEqual(expect.arrayContaining(readdirSync(join(HERE, story, 'policies'))))
  })
})
