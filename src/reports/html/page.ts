import type { ImageVerdict, Verdict } from '../../model/index.js'
import { type Block, type Painters, paintBlock, partsOf } from '../blocks.js'
import { diffLines } from '../diff.js'
import { escapeHtml as esc } from '../escape.js'
import { wrapCommand } from '../layout.js'
import { changedNameOf } from '../view/changes.js'
import { answerTexts, seconds } from '../view/checks.js'
import { dataTable } from '../view/data.js'
import { headline, imageHeadline } from '../view/headline.js'
import { imageFacts } from '../view/image.js'
import type { Pages, Tool } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { IN_DOCKERFILE, type TaskView } from '../view/tasks.js'
import { documentHtml } from './document.js'
import { lineHtml, linkedHtml, readOnHtml, tableSection } from './parts.js'
import { layerStrip, severityChart } from './pictures.js'
import {
  filtersHtml,
  findingsHtml,
  programFiltersHtml,
  programsHtml,
  resultFiltersHtml,
  resultsHtml,
} from './tables.js'

/** One file, without a network: the verdict, what to do, the chart and the layers, and a table of all findings. */
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
  return {
    heading: ({ mode, caveats }) =>
      [
        mode === null ? '' : `<p>⚠️ ${esc(mode)}</p>`,
        caveatsHtml(caveats),
        ...[filtersHtml, resultFiltersHtml, programFiltersHtml].map((html) => filters(html, true)),
      ].join(''),
    image: ({ image, caveats }) =>
      `${number === null ? '' : `<h2 class="name">${number}. ${imageHeadline(image, esc)}</h2>`}
<p class="name">${factsOf(image).join(' · ')}</p>
${caveatsHtml(caveats)}`,
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
    checks: ({ image }) =>
      `<h2>Checks</h2><ul class="tiles">${image.checks.map((check) => tile(check)).join('')}</ul>`,
    note: ({ text }) => `<p class="dim">${esc(text)}</p>`,
    findings: ({ image }) => `<h2>Findings by severity</h2>${severityChart(image)}
${image.layers.length === 0 ? '' : `<h2>Layers</h2>${layerStrip(image)}`}
<h2 id="findings${id}">Findings</h2>${filters(filtersHtml, false)}${findingsHtml(image, pages)}`,
    bench: ({ bench }) =>
      `<h2 id="results${id}">Docker Bench</h2>${filters(resultFiltersHtml, false)}${resultsHtml(bench, pages)}`,
    programs: ({ image }) => {
      const list = programsHtml(image, pages)
      return list && `<h2 id="programs${id}">Programs</h2>${filters(programFiltersHtml, false)}${list}`
    },
    // They are in the summary and the terminal, from which people copy them into the whitelist.
    entries: () => '',
    notices: ({ notices }) => {
      const items = notices.map(
        ({ place, text }) => `<li>${place === null ? '' : `<code>${esc(place)}</code> `}${esc(text)}</li>`,
      )
      return `<h2>Policy</h2><ul>${items.join('')}</ul>`
    },
    data: () => tableSection(dataTable(verdict, 'page'), pages),
  }
}

function caveatsHtml(texts: readonly string[]): string {
  const items = texts.map((text) => `<li>${esc(text, Number.POSITIVE_INFINITY)}</li>`)
  return items.length === 0 ? '' : `<ul class="name">${items.join('')}</ul>`
}

function factsOf(image: ImageVerdict): string[] {
  const { distribution, base, platform, packages, digest } = imageFacts(image)
  const known = [distribution, base, platform, packages]
    .flatMap((fact) => fact ?? [])
    .map((fact) => esc(fact))
  const shownDigest = digest === null ? [] : [`<code>${esc(digest)}</code>`]
  return [`<b>${esc(image.reference)}</b>`, ...known, ...shownDigest]
}

function tile(result: ImageVerdict['checks'][number]): string {
  const { check, state, tookMs, problem } = result
  // The first note says what was found, so it is never folded.
  const notes = answerTexts(result).map(
    (note, index) => `<li>${index === 0 ? esc(note) : foldedNote(note)}</li>`,
  )
  const text =
    problem === null ? `<ul>${notes.join('')}</ul>` : `<br>${esc(problem.what)}. ${esc(problem.todo)}`
  return `<li><b>${check}</b> <span class="${state}">${state}</span> <span class="dim">in ${seconds(tookMs)}</span>${text}</li>`
}

/** How long a note in a tile may be; longer ones, such as how the base is known, are folded. */
const NOTE_LENGTH = 160

/** A long note as its first clause, which says what was found, and the rest below it. */
function foldedNote(note: string): string {
  const [, first, rest] = (note.length > NOTE_LENGTH && /^(.{10,150}?)[:;] (.*)$/s.exec(note)) || []
  return first === undefined || rest === undefined
    ? esc(note)
    : `<details><summary>${esc(first)}</summary>${esc(rest, Number.POSITIVE_INFINITY)}</details>`
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
  return `<pre tabindex="0">${lines.join('\n')}</pre><button type="button" data-copy hidden>Copy</button>`
}
