import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import axe from 'axe-core'
import { type Browser, chromium, type Page } from 'playwright-core'
import { TOOL } from '../../src/model/tool.js'
import { renderHtml } from '../../src/reports/html/page.js'
import { aBenchTable } from '../support/bench.js'
import { aCheckResult, aLine, anImageVerdict, aRuledFinding, aVerdict, LAYER } from '../support/builders.js'
import { newFolder } from './support.js'

const TOP = `sha256:${'7'.repeat(64)}`
const findings = [
  aRuledFinding(),
  aRuledFinding({ id: 'CVE-2026-10002', severity: 'critical', package: 'perl', layer: TOP }),
  aRuledFinding({ id: 'CVE-2026-10003', severity: 'low', ruling: 'noted', blocks: false, package: 'perl' }),
  aRuledFinding({
    id: 'CVE-2026-10004',
    severity: 'negligible',
    ruling: 'deferred',
    blocks: false,
    kev: true,
    returnsWhen: [{ reason: 'archive-offers', codename: 'bookworm', fix: '2.6.2' }],
    line: aLine({ certain: false }),
  }),
]
/** In the page's order: by ruling, then by package. */
const ALL = ['CVE-2026-10001', 'CVE-2026-10002', 'CVE-2026-10004', 'CVE-2026-10003']
const layers = [
  { diffId: LAYER, createdBy: null },
  { diffId: TOP, createdBy: 'RUN apt-get install -y perl' },
]
const checks = [aCheckResult(), aCheckResult({ check: 'docker-bench', bench: aBenchTable() })]
const VERDICT = aVerdict({ images: [anImageVerdict({ findings, layers, checks })] })

let browser: Browser
let url: string
/** What pages complained of, and asked the network for. */
const errors: string[] = []

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.SEAWORTHY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const folder = newFolder()
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'report.html')
  writeFileSync(path, renderHtml(VERDICT, TOOL))
  url = pathToFileURL(path).href
})

afterAll(() => browser.close())

async function open(
  options: { width?: number; scheme?: 'light' | 'dark'; hash?: string; folded?: boolean } = {},
): Promise<Page> {
  const { width = 1200, scheme = 'light', hash = '', folded = false } = options
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme })
  page.on('console', (message) => errors.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => errors.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) {
      errors.push(`request: ${request.url()}`)
    }
  })
  if (!folded) {
    await page.addInitScript(`addEventListener('DOMContentLoaded', () => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })`)
  }
  await page.goto(url + hash)
  return page
}

/** The ids of the rows that are shown, and the words above the table. */
const stateOf = async (page: Page) => ({
  ids: (await page.locator('tr[data-finding]:visible td:first-child').allTextContents()).map((id) =>
    id.trim(),
  ),
  status: await page.locator('#said').textContent(),
})

async function expectShown(page: Page, ids: string[], status: string): Promise<void> {
  await expectSoon(() => stateOf(page), { ids, status })
}

async function expectResults(page: Page, count: number, status: string): Promise<void> {
  const shown = async () => ({
    count: await page.locator('tr[data-result]:visible').count(),
    status: await page.locator('#said-results').textContent(),
  })
  await expectSoon(shown, { count, status })
}

/** Holds once the page has answered: the address changes first, its `hashchange` and a reset's turn come later. */
async function expectSoon<T>(look: () => Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + 60_000
  let now = await look()
  while (Date.now() < end && JSON.stringify(now) !== JSON.stringify(expected)) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    now = await look()
  }
  expect(now).toEqual(expected)
}

const findingsForm = (page: Page) => page.getByRole('search', { name: 'Filter findings' })

describe('report.html in a browser', () => {
  test('when it is opened, then all findings are there, by package', async () => {
    const page = await open()
    await expectShown(page, ALL, '4 findings')
    const packages = page.locator('tbody[data-package]')
    expect(new Set(await packages.evaluateAll((all) => all.map((one) => one.dataset.package))).size).toBe(2)
  })

  test('when nothing was unfolded, then findings that block are shown, a filter opens what fits, and print has all', async () => {
    const page = await open({ folded: true })
    await expectShown(page, ['CVE-2026-10001', 'CVE-2026-10002'], '4 findings')
    await page.getByRole('checkbox', { name: 'noted' }).check()
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    await page.evaluate('dispatchEvent(new Event("beforeprint"))')
    expect(await page.locator('details:not([open])').count()).toBe(0)
  })

  /** Pages of golden cases, and how tall they may be at a width of 1280 and of 390 pixels. */
  const HEIGHTS: readonly (readonly [name: string, wide: number, narrow: number])[] = [
    ['three-checks-careful', 2200, 4000],
    ['base-trixie', 2200, 4000],
    ['bench-without-run-options', 3500, 6500],
    ['application-packages', 3500, 6500],
  ]

  test.each(HEIGHTS)(
    'when the page of %s is opened, then it is at most %i pixels tall, and its first task is on the first screen',
    async (name, wide, narrow) => {
      const path = new URL(`../cases/${name}/expected/report.html`, import.meta.url)
      for (const [width, height, most] of [[1280, 800, wide] as const, [390, 844, narrow] as const]) {
        const page = await browser.newPage({ viewport: { width, height } })
        await page.goto(path.href)
        expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(most)
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        const end = 'document.querySelector("ol.todo>li")?.getBoundingClientRect().bottom ?? 0'
        expect(await page.evaluate(end)).toBeLessThanOrEqual(height)
        await page.close()
      }
    },
  )

  test('when words are searched for, then only what has them all is shown, and the address says so', async () => {
    const page = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('perl low')
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    expect(new URL(page.url()).hash).toBe('#q=perl+low')
    await page.reload()
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    await findingsForm(page).getByRole('button', { name: 'Show all' }).click()
    await expectShown(page, ALL, '4 findings')
  })

  test('when results of Docker Bench are filtered, then the address says so, and the findings stay as they are', async () => {
    const page = await open()
    await expectResults(page, 14, '14 results')
    const form = page.getByRole('search', { name: 'Filter results of Docker Bench' })
    await form.getByRole('checkbox', { name: 'worse' }).check()
    await expectResults(page, 3, '3 of 14 results')
    await form.getByRole('searchbox').fill('/usr/bin/x')
    await expectResults(page, 1, '1 of 14 results')
    expect(new URL(page.url()).hash).toBe('#rq=%2Fusr%2Fbin%2Fx&outcome=worse')
    await findingsForm(page).getByRole('checkbox', { name: 'noted' }).check()
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    await page.reload()
    await expectResults(page, 1, '1 of 14 results')
    await form.getByRole('button', { name: 'Show all' }).click()
    await expectResults(page, 14, '14 results')
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    expect(new URL(page.url()).hash).toBe('#ruling=noted')
  })

  test('when rulings and severities are chosen, then both hold', async () => {
    const page = await open()
    await page.getByRole('checkbox', { name: 'to act on' }).check()
    await expectShown(page, ['CVE-2026-10001', 'CVE-2026-10002'], '2 of 4 findings')
    await page.getByRole('combobox', { name: 'severity' }).selectOption('critical')
    await expectShown(page, ['CVE-2026-10002'], '1 of 4 findings')
  })

  test('when a bar or a layer is chosen by keyboard, then the table shows what it stands for', async () => {
    const page = await open()
    await page.getByRole('link', { name: 'low: 1 noted' }).focus()
    await page.keyboard.press('Enter')
    await expectShown(page, ['CVE-2026-10003'], '1 of 4 findings')
    await page.getByRole('link', { name: 'layer 2 of 2: 1 finding' }).focus()
    await page.keyboard.press('Enter')
    await expectShown(page, ['CVE-2026-10002'], '1 of 4 findings')
    expect(new URL(page.url()).hash).toBe('#layer=2')
  })

  test('when a package is folded, then its findings go, and its line stays', async () => {
    const page = await open()
    const button = page.getByRole('button', { name: 'Fold perl' }).first()
    await button.focus()
    await page.keyboard.press('Enter')
    await expectShown(page, ['CVE-2026-10001', 'CVE-2026-10004', 'CVE-2026-10003'], '4 findings')
    expect(await button.getAttribute('aria-expanded')).toBe('false')
    await button.click()
    await expectShown(page, ALL, '4 findings')
  })

  test('when the address holds rubbish, then nothing but the filter is of it', async () => {
    const page = await open({ hash: '#q=%3Cimg src=x onerror=alert(1)%3E&ruling=nonsense&layer=99' })
    await expectShown(page, [], '0 of 4 findings')
    expect(await page.locator('img').count()).toBe(0)
  })

  test.each([
    ['light', 1200],
    ['dark', 1200],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'when the scheme is %s and the width %i, then nothing is hard to reach or to read',
    async (scheme, width) => {
      const page = await open({ scheme, width })
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      // Pictures shrink with the page: their words must not.
      const heights =
        '[...document.querySelectorAll("svg text")].map((text) => text.getBoundingClientRect().height)'
      expect(Math.min(...((await page.evaluate(heights)) as number[]))).toBeGreaterThan(12)
      await page.evaluate(axe.source)
      const { violations } = (await page.evaluate('axe.run()')) as {
        violations: { id: string; impact: string; nodes: { html: string }[] }[]
      }
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
      const [ground, ink] = (await page.evaluate(
        '[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]',
      )) as [string, string]
      expect([ground, ink]).toEqual(
        scheme === 'dark'
          ? ['rgb(13, 17, 23)', 'rgb(230, 237, 243)']
          : ['rgb(255, 255, 255)', 'rgb(27, 31, 36)'],
      )
    },
  )

  test('when all of this was done, then no page complained, and none asked the network', () => {
    expect(errors).toEqual([])
  })
})
