import { CHECKS, type ImageVerdict, type Verdict } from '../../model/index.js'
import { type Block, type Painters, paintBlock, partsOf } from '../blocks.js'
import { diffLines } from '../diff.js'
import { escapeHtml as esc } from '../escape.js'
import { wrapCommand } from '../layout.js'
import { changedNameOf } from '../view/changes.js'
import { type Tile, tilesOf } from '../view/checks.js'
import { dataTable } from '../view/data.js'
import { headline, imageHeadline } from '../view/headline.js'
import { imageFacts } from '../view/image.js'
import type { Pages, Tool } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { IN_DOCKERFILE, type TaskView } from '../view/tasks.js'
import { documentHtml } from './document.js'
import { foldedHtml, lineHtml, linkedHtml, readOnHtml, tableSection } from './parts.js'
import { layerStrip, severityChart, taskChart } from './pictures.js'
import {
  filtersHtml,
  findingsHtml,
  programFiltersHtml,
  programsHtml,
  resultFiltersHtml,
  resultsHtml,
} from './tables.js'

/**
 * One file, without a network, for four readers one after the other: the verdict and how each check went; what to do; what
 * limits the verdict, pictures and findings; and, folded, how it was judged.
 */
export function renderHtml(verdict: Verdict, tool: Tool): string {
  const title = headline(verdict, esc)
  const several = verdict.images.length > 1
  const { head, images, tail } = partsOf(verdict)
  const paint = (blocks: readonly Block[], number: number | null = null) => {
    const painters = paintersOf(verdict, number, tool.pages ?? null)
    const texts = blocks.map((block) => paintBlock(block, painters))
    return texts.filter((text) => text !== '').join('\n')
  }
  const sections = images.map(({ image, blocks }, index) => {
    const content = paint(blocks, several ? index + 1 : null)
    return `<section aria-label="${esc(imageName(image))}">${content}\n</section>`
  })
  return documentHtml(
    title,
    `<a class="skip" href="#findings${several ? '1' : ''}">Skip to the findings</a>
<header class="verdict ${verdict.verdict}"><h1 class="name"><strong>${verdict.verdict}</strong> ${title}</h1></header>
<main>${paint(head)}
${sections.join('\n')}
${paint(tail)}
</main>
<footer class="dim"><p>Judged as of ${verdict.today} by ${esc(tool.name)} ${esc(tool.version)}.</p></footer>`,
  )
}

/** @param number of one of several images; `null` if it is the only one */
function paintersOf(verdict: Verdict, number: number | null, pages: Pages): Painters<string> {
  const id = number ?? ''
  // Several images share their filters, which are at the top.
  const filters = (html: (images: readonly ImageVerdict[]) => string, isShared: boolean) =>
    isShared === verdict.images.length > 1 ? html(verdict.images) : ''
  const sharedFilters = () => {
    const forms = [filtersHtml, resultFiltersHtml, programFiltersHtml]
      .map((html) => filters(html, true))
      .join('')
    return forms === '' ? '' : foldedHtml('Filter the tables', forms)
  }
  return {
    heading: ({ mode }) => [mode === null ? '' : `<p>⚠️ ${esc(mode)}</p>`, sharedFilters()].join(''),
    image: ({ image }) =>
      `${number === null ? '' : `<h2 class="name">${number}. ${imageHeadline(image, esc)}</h2>`}
<p class="facts name">${factsOf(image).join(' · ')}</p>
<ul class="tiles">${tilesOf(image)
        .map((tile) => tileHtml(tile, id))
        .join('')}</ul>`,
    limits: ({ limits }) => `<h2>What limits this verdict</h2>${listHtml(limits)}`,
    counts: ({ lines }) => lines.map((line) => `<p>${esc(line)}</p>`).join('\n'),
    changes: ({ change: { line, fresh, gone } }) => {
      const list = (label: string, all: readonly Parameters<typeof changedNameOf>[0][]) =>
        all.length === 0 ? '' : `<p>${label}: ${all.map((one) => esc(changedNameOf(one))).join(', ')}</p>`
      return `<details class="name"><summary>${line}</summary>${list('new', fresh)}${list('gone', gone)}</details>`
    },
    tasks: ({ tasks }) =>
      `<h2>To do</h2><ol class="todo">${tasks.map((task) => taskHtml(task, pages)).join('')}</ol>`,
    diff: ({ change: { file, before, after } }) =>
      `<details><summary>Change to ${esc(file)}</summary>${copy(diffLines(file, before, after).join('\n'))}</details>`,
    // The tiles are next to the image.
    checks: () => '',
    note: ({ text }) => `<p class="dim">${esc(text)}</p>`,
    findings: ({
      image,
    }) => `<div class="pictures">${picture('What would help most', taskChart(image))}${picture('Findings by severity', severityChart(image))}${picture('Findings by layer', layerStrip(image))}</div>
<h2 id="findings${id}">Findings</h2>${filters(filtersHtml, false)}${findingsHtml(image, pages)}`,
    bench: ({ bench }) =>
      `<h2 id="results${id}">Docker Bench</h2>${filters(resultFiltersHtml, false)}${resultsHtml(bench, pages)}`,
    programs: ({ image }) => {
      const list = programsHtml(image, pages, filters(programFiltersHtml, false))
      return list && `<h2 id="programs${id}">Programs</h2>${list}`
    },
    details: ({ details }) => foldedHtml('How it was judged', listHtml(details)),
    // They are in the summary and the terminal, from which people copy them into the whitelist.
    entries: () => '',
    notices: ({ notices }) => {
      const items = notices.map(
        ({ place, text }) => `<li>${place === null ? '' : `<code>${esc(place)}</code> `}${esc(text)}</li>`,
      )
      return foldedHtml(`Policy (${items.length})`, `<ul>${items.join('')}</ul>`)
    },
    data: () => tableSection(dataTable(verdict, 'page'), pages),
  }
}

function listHtml(texts: readonly string[]): string {
  const items = texts.map((text) => `<li>${esc(text, Number.POSITIVE_INFINITY)}</li>`)
  return `<ul class="name">${items.join('')}</ul>`
}

const picture = (title: string, html: string) =>
  html === '' ? '' : `<section><h2>${title}</h2>${html}</section>`

function factsOf(image: ImageVerdict): string[] {
  const { distribution, base, platform, packages } = imageFacts(image)
  const known = [distribution, base, platform, packages]
    .flatMap((fact) => fact ?? [])
    .map((fact) => esc(fact))
  return [`<b>${esc(image.reference)}</b>`, ...known]
}

/** The signs are drawn, because a machine may have no font with them; the word next to them says the same. */
const SIGNS = {
  good: 'M5 9.5 8 12.5 13 6',
  bad: 'M5.5 5.5 12.5 12.5M12.5 5.5 5.5 12.5',
  open: 'M5 9H13',
} as const satisfies Record<Tile['state'], string>

/** A tile leads to its part of the page. @param id of the image's parts */
function tileHtml({ check, question, state, label, number, took }: Tile, id: number | ''): string {
  const target = `${CHECKS[check].counts === 'results' && number !== '' ? 'results' : 'findings'}${id}`
  const sign = `<svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true"><circle cx="9" cy="9" r="9"/><path d="${SIGNS[state]}"/></svg>`
  const time = took === null ? '' : ` <span class="dim">${took}</span>`
  return `<li class="${state}"><a href="#${target}">${sign} <b>${check}</b></a> ${label}${time}<br><span class="dim">${question}</span>${number === '' ? '' : `<strong>${number}</strong>`}</li>`
}

function taskHtml(task: TaskView, pages: Pages): string {
  const { title, why, line, page, command, example, dockerfileLines } = task
  const place = line === null ? '' : ` ${lineHtml(line)}`
  const plain = command === null ? example : wrapCommand(command, 100).join('\n')
  const copied = dockerfileLines === null ? copy(plain) : `<br>${IN_DOCKERFILE}:${copy(dockerfileLines)}`
  return `<li><b>${linkedHtml(title, pages)}</b>${place}<br>${linkedHtml(why, pages)}${readOnHtml(page, pages)}${copied}</li>`
}

/** A text to copy. It is made from checked names only, but escaped line by line anyway. */
function copy(text: string | null): string {
  if (text === null) {
    return ''
  }
  const lines = text.split('\n').map((line) => esc(line, 20_000))
  return `<div class="copy"><pre tabindex="0">${lines.join('\n')}</pre><button type="button" data-copy hidden>Copy</button></div>`
}
