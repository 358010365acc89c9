// Pictures of report.html for the README: node script/screenshots.mjs REPORT.html. Chromium as script/setup has it.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const [file] = process.argv.slice(2)
if (file === undefined) {
  console.error(
    'no report\nscript/screenshots.mjs\nname a report.html, such as seaworthy-report/report.html of script/demo',
  )
  process.exit(2)
}
const folder = new URL('../docs/pictures/', import.meta.url)
mkdirSync(folder, { recursive: true })
const executablePath = process.env.SEAWORTHY_CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
for (const [name, width, height, colorScheme, at = ''] of [
  ['page-light', 1000, 1024, 'light'],
  ['page-findings', 1000, 820, 'dark', '#findings'],
  ['page-phone', 390, 800, 'light'],
]) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme })
  await page.goto(pathToFileURL(resolve(file)).href + at)
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname })
  await page.close()
}
await browser.close()
