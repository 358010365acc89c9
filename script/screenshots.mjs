// The pictures of README and docs, from the evidence of the demo's first scan: docs/pictures/.
// Run: npm run pictures                                        runs script/demo first
//      npm run pictures -- --evidence DIR [--out DIR]          DIR as SEAWORTHY_DEMO_EVIDENCE=DIR script/demo kept it
// Chromium as script/setup has it, or as SEAWORTHY_CHROMIUM names it. Look at each before you commit it.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import markdownIt from 'markdown-it'
import { chromium } from 'playwright-core'
import { bundled } from './lib/bundled.mjs'
import { runIfStarted } from './lib/main.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const WIDTH = 120
/** GitHub's own look, as far as a comment and a check run need it. */
const GITHUB = `body { font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328;
    margin: 0; padding: 16px; background: #fff; }
  .box { border: 1px solid #d1d9e0; border-radius: 6px; } .head { background: #f6f8fa; padding: 8px 16px;
    border-bottom: 1px solid #d1d9e0; border-radius: 6px 6px 0 0; } .body { padding: 4px 16px; }
  h1, h2 { border-bottom: 1px solid #d1d9e0; padding-bottom: .3em; } h2 { font-size: 1.4em; } h3 { font-size: 1.15em; }
  table { border-collapse: collapse; margin: 0 0 16px; } td, th { border: 1px solid #d1d9e0; padding: 6px 13px; }
  tr:nth-child(2n) { background: #f6f8fa; } a { color: #0969da; text-decoration: none; }
  code { background: #818b981f; border-radius: 6px; padding: .2em .4em; font: 85% monospace; white-space: pre-wrap; }
  pre { background: #f6f8fa; padding: 16px; border-radius: 6px; overflow: hidden; } pre code { background: none; padding: 0; }
  .annotation { border: 1px solid #d1d9e0; border-left: 4px solid #d1242f; border-radius: 6px; padding: 8px 12px;
    margin: 0 0 8px; white-space: pre-wrap; } .annotation.warning { border-left-color: #9a6700; } small { color: #59636e; }`
const COLOURS = ['#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4']

/** The functions of src that make and show a verdict. */
async function readSource() {
  return bundled(
    `
    export { decide } from './src/gate/decide.ts'
    export { loadEvidence } from './src/gate/evidence/folder.ts'
    export { readJudging } from './src/inputs/policies.ts'
    export { INPUTS } from './src/inputs/table.ts'
    export { TOOL } from './src/model/tool.ts'
    export { renderComment } from './src/reports/comment/comment.ts'
    export { jobOf } from './src/reports/comment/job-of.ts'
    export { checkRunName, renderCheckRun } from './src/reports/github/summaries.ts'
    export { REPORTS } from './src/reports/index.ts'
    export { renderTerminal } from './src/reports/terminal/terminal.ts'`,
    ['xmlbuilder2', 'libxmljs2', 'ajv-formats-draft2019'],
  )
}

function keepEvidence() {
  const folder = join(mkdtempSync(join(tmpdir(), 'pictures-')), 'evidence')
  const env = { ...process.env, SEAWORTHY_DEMO_EVIDENCE: folder }
  const { status } = spawnSync('bash', ['script/demo'], { cwd: ROOT, env, stdio: 'inherit' })
  if (status !== 0) {
    throw new Error(`script/demo ended with ${status}`)
  }
  return folder
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A terminal's text as SVG, with its colours, bold and dim: a line is a `text`, its parts are `tspan`s. */
export function terminalSvg(text) {
  const lines = text.trimEnd().split('\n')
  const plain = lines.map((line) => line.replaceAll(ESCAPE, ''))
  const [columns, rows] = [Math.max(...plain.map((line) => [...line].length)), lines.length]
  const [width, height] = [Math.ceil(columns * 8.43) + 48, rows * 19 + 40]
  let style = { bold: false, dim: false, colour: null }
  const drawn = lines.map((line, row) => {
    const parts = line.split(ESCAPE).map((part, at) => {
      if (at % 2 === 1) {
        style = part.split(';').map(Number).reduce(styled, style)
        return ''
      }
      const how = [
        style.bold ? ' font-weight="bold"' : '',
        style.dim ? ' opacity="0.7"' : '',
        style.colour === null ? '' : ` fill="${style.colour}"`,
      ].join('')
      return part === '' ? '' : `<tspan${how}>${escaped(part).replaceAll(' ', NO_BREAK)}</tspan>`
    })
    return `<text x="24" y="${35 + row * 19}">${parts.join('')}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" fill="#e6edf3" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">`,
    `<title>${escaped(plain[0] ?? '')}</title>`,
    `<rect width="${width}" height="${height}" rx="6" fill="#0d1117"/>`,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

/** Viewers collapse ordinary blanks. */
const NO_BREAK = '\u00a0'
/** One escape sequence for colours and the like; its numbers are the group. */
const ESCAPE = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`, 'g')

function styled(style, code) {
  if (code === 0) {
    return { bold: false, dim: false, colour: null }
  }
  if (code === 22) {
    return { ...style, bold: false, dim: false }
  }
  return {
    bold: style.bold || code === 1,
    dim: style.dim || code === 2,
    colour: code >= 30 && code <= 37 ? COLOURS[code - 30] : code === 39 ? null : style.colour,
  }
}

/** A machine without an emoji font shows boxes instead. */
function withDrawnSigns(html) {
  const sign = (colour, path) =>
    `<svg width="18" height="18" viewBox="0 0 18 18" style="vertical-align: -3px"><circle cx="9" cy="9" r="9" fill="${colour}"/><path d="${path}" stroke="#fff" stroke-width="2.5" fill="none"/></svg>`
  return html
    .replaceAll('⛔', sign('#d1242f', 'M4 9H14'))
    .replaceAll('✅', sign('#1a7f37', 'M5 9.5 8 12.5 13 6'))
}

/** The content of each picture, and its size in pixels. */
function scenes(verdict, source) {
  const { REPORTS, TOOL, jobOf, renderComment, renderCheckRun, checkRunName } = source
  const run = { key: 'k', family: 'f', run: 7, attempt: 1, head: 'a'.repeat(40), change: null, pages: null }
  const comment = renderComment(
    [jobOf(verdict, { ...run, url: 'https://github.com/acme/app/actions/runs/7' })],
    'gate',
  )
  const check = renderCheckRun(verdict, 'the summary of the run')
  const markdown = markdownIt({ html: true })
  const page = REPORTS['report.html'](verdict, TOOL)
  const github = (body) => `<meta charset="utf-8"><style>${GITHUB}</style>${withDrawnSigns(body)}`
  const annotations = check.annotations.map(
    ({ place, level, title, message }) =>
      `<div class="annotation ${level}"><small>${escaped(place.file)}#L${place.line}</small><br><b>${escaped(title)}</b><br>${escaped(message)}</div>`,
  )
  return [
    {
      name: 'comment',
      html: github(
        `<div class="box"><div class="head"><b>github-actions</b> <small>commented</small></div><div class="body">${markdown.render(comment)}</div></div>`,
      ),
      width: 900,
    },
    {
      name: 'check-run',
      html: github(
        `<h2>${escaped(
          checkRunName(
            verdict.images.map(({ reference }) => reference),
            null,
            '',
          ),
        )}</h2><h3>${escaped(check.title)}</h3>${annotations.slice(0, 6).join('')}<div class="body">${markdown.render(check.summary)}</div>`,
      ),
      width: 900,
      height: 1000,
    },
    { name: 'page-light', html: page, width: 1000, height: 760 },
    { name: 'page-dark', html: page, width: 1000, height: 760, colorScheme: 'dark' },
  ]
}

async function main() {
  const { values } = parseArgs({ options: { evidence: { type: 'string' }, out: { type: 'string' } } })
  const evidence = resolve(values.evidence ?? keepEvidence())
  const out = resolve(values.out ?? join(ROOT, 'docs/pictures'))
  mkdirSync(out, { recursive: true })
  const source = await readSource()
  const flags = new Map(
    [...readFileSync(`${evidence}.flags`, 'utf8').matchAll(/--(\S+) (\S+)/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
  const inputs = (name) =>
    flags.get(name) ?? source.INPUTS.find((input) => input.name === name)?.default ?? ''
  process.chdir(ROOT)
  const { today, collected } = source.loadEvidence(evidence)
  const judging = source.readJudging(inputs, today)
  const verdict = source.decide(collected, judging.policy, judging.today)
  const shown = source.renderTerminal(verdict, { colour: true, width: WIDTH, cuts: true, verbose: false })
  writeFileSync(
    join(out, 'terminal.svg'),
    terminalSvg(`$ seaworthy scan ${verdict.images[0].reference}\n${shown}`),
  )
  console.log(join(out, 'terminal.svg'))
  const executablePath = process.env.SEAWORTHY_CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const work = mkdtempSync(join(tmpdir(), 'pictures-'))
  try {
    for (const { name, html, width, height = 900, colorScheme = 'light' } of scenes(verdict, source)) {
      const file = join(work, `${name}.html`)
      writeFileSync(file, html)
      const page = await browser.newPage({ viewport: { width, height }, colorScheme })
      await page.goto(pathToFileURL(file).href)
      const path = join(out, `${name}.png`)
      await page.screenshot({ path })
      await page.close()
      console.log(path)
    }
  } finally {
    await browser.close()
    rmSync(work, { recursive: true })
  }
}

await runIfStarted(import.meta.url, main)
