import type { DockerfileChange } from '../../model/dockerfile-change.js'
import type { ImageVerdict, Verdict } from '../../model/verdict.js'
import { diffLines } from '../diff.js'
import { escapeHtml as esc } from '../escape.js'
import { wrapCommand } from '../layout.js'
import { benchOf } from '../view/bench.js'
import { imageCaveats, verdictCaveats } from '../view/caveats.js'
import { changedNameOf, changesOf } from '../view/changes.js'
import { answerTexts, seconds } from '../view/checks.js'
import { deferredLine, dueLine } from '../view/counts.js'
import { dataTable } from '../view/data.js'
import { headline, imageHeadline, modeLine } from '../view/headline.js'
import { imageFacts } from '../view/image.js'
import { auditEndOf, noticesOf } from '../view/notices.js'
import { ownersAndKev } from '../view/owners.js'
import type { Pages, Tool } from '../view/pages.js'
import { imageName } from '../view/platforms.js'
import { IN_DOCKERFILE, type TaskView, tasksOf } from '../view/tasks.js'
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
  const mode = modeLine(verdict, auditEndOf(verdict))
  const parts = verdict.images.map((image, index) =>
    imagePart(image, several ? index + 1 : null, tool.pages ?? null),
  )
  return documentHtml(
    title,
    `<a class="skip" href="#findings${several ? '1' : ''}">Skip to the findings</a>
<header class="verdict ${verdict.verdict}"><h1 class="name"><strong>${verdict.verdict}</strong> ${title}</h1></header>
<main>${mode === null ? '' : `<p>⚠️ ${esc(mode)}</p>`}
${caveats(verdictCaveats(verdict))}
${several ? filtersHtml(verdict.images) + resultFiltersHtml(verdict.images) + programFiltersHtml(verdict.images) : ''}
${parts.join('\n')}
${notices(verdict)}
${tableSection(dataTable(verdict, 'page'), tool.pages ?? null)}
</main>
<footer class="dim"><p>Judged as of ${verdict.today} by ${esc(tool.name)} ${esc(tool.version)}.</p></footer>`,
  )
}

/** @param number of one of several images; `null` if it is the only one */
function imagePart(image: ImageVerdict, number: number | null, pages: Pages): string {
  const heading = number === null ? '' : `<h2 class="name">${number}. ${imageHeadline(image, esc)}</h2>`
  const bench = benchOf(image)
  const deferred = deferredLine(image)
  const owners = ownersAndKev(image)
  const due = dueLine(image)
  return `<section aria-label="${esc(imageName(image))}">${heading}
<p class="name">${factsOf(image).join(' · ')}</p>
${caveats(imageCaveats(image))}${owners === null ? '' : `\n<p>${esc(owners)}</p>`}${due === null ? '' : `\n<p>${esc(due)}</p>`}${deferred === null ? '' : `\n<p>${esc(deferred)}</p>`}
${changes(image)}
${tasksHtml(tasksOf(image), image.dockerfileChange, pages)}
<h2>Checks</h2><ul class="tiles">${image.checks.map((check) => tile(check)).join('')}</ul>
${image.dockerfile.note === null ? '' : `<p class="dim">Lines: ${esc(image.dockerfile.note)}</p>`}
<h2>Findings by severity</h2>${severityChart(image)}
${image.layers.length === 0 ? '' : `<h2>Layers</h2>${layerStrip(image)}`}
<h2 id="findings${number ?? ''}">Findings</h2>${number === null ? filtersHtml([image]) : ''}${findingsHtml(image, pages)}
${bench === null ? '' : `<h2 id="results${number ?? ''}">Docker Bench</h2>${number === null ? resultFiltersHtml([image]) : ''}${resultsHtml(bench, pages)}`}${programs(image, number, pages)}
</section>`
}

function caveats(texts: readonly string[]): string {
  const items = texts.map((text) => `<li>${esc(text, Number.POSITIVE_INFINITY)}</li>`)
  return items.length === 0 ? '' : `<ul class="name">${items.join('')}</ul>`
}

/** @param number as in `imagePart` */
function programs(image: ImageVerdict, number: number | null, pages: Pages): string {
  const list = programsHtml(image, pages)
  const filters = number === null ? programFiltersHtml([image]) : ''
  return list === '' ? '' : `\n<h2 id="programs${number ?? ''}">Programs</h2>${filters}${list}`
}

/** Compared with the baseline: the count, and what is new or gone by name. */
function changes(image: ImageVerdict): string {
  const change = changesOf(image)
  if (change === null) {
    return ''
  }
  const list = (label: string, all: readonly Parameters<typeof changedNameOf>[0][]) =>
    all.length === 0 ? '' : `<p>${label}: ${all.map((one) => esc(changedNameOf(one))).join(', ')}</p>`
  return `<details class="name"><summary>${change.line}</summary>${list('new', change.fresh)}${list('gone', change.gone)}</details>`
}

function factsOf(image: ImageVerdict): string[] {
  const { distribution, base, platform, packages, digest } = imageFacts(image)
  return [
    `<b>${esc(image.reference)}</b>`,
    distribution === null ? null : esc(distribution),
    base === null ? null : esc(base),
    platform === null ? null : esc(platform),
    packages,
    digest === null ? null : `<code>${esc(digest)}</code>`,
  ].filter((fact) => fact !== null)
}

function tile(result: ImageVerdict['checks'][number]): string {
  const { check, state, tookMs, problem } = result
  const text =
    problem === null
      ? `<ul>${answerTexts(result)
          // The first note says what was found, so it is never folded.
          .map((note, index) => `<li>${index === 0 ? esc(note) : foldedNote(note)}</li>`)
          .join('')}</ul>`
      : `<br>${esc(problem.what)}. ${esc(problem.todo)}`
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

function tasksHtml(tasks: readonly TaskView[], change: DockerfileChange | null, pages: Pages): string {
  if (tasks.length === 0) {
    return ''
  }
  const items = tasks.map(({ title, why, line, page, command, example, dockerfileLines }) => {
    const place = line === null ? '' : ` ${lineHtml(line)}`
    const plain = command === null ? example : wrapCommand(command, 100).join('\n')
    const copied = dockerfileLines === null ? copy(plain) : `<br>${IN_DOCKERFILE}:${copy(dockerfileLines)}`
    return `<li><b>${linkedHtml(title, pages)}</b>${place}<br>${linkedHtml(why, pages)}${readOnHtml(page, pages)}${copied}</li>`
  })
  const diff = change && diffLines(change.file, change.before, change.after).join('\n')
  const details =
    change === null ? '' : `<details><summary>Change to ${esc(change.file)}</summary>${copy(diff)}</details>`
  return `<h2>To do</h2><ol class="todo">${items.join('')}</ol>${details}`
}

/** A text to copy. It is made from checked names only, but escaped line by line anyway. */
function copy(text: string | null): string {
  if (text === null) {
    return ''
  }
  const lines = text.split('\n').map((line) => esc(line, 20_000))
  return `<pre tabindex="0">${lines.join('\n')}</pre><button type="button" data-copy hidden>Copy</button>`
}

function notices(verdict: Verdict): string {
  const items = noticesOf(verdict).map(
    ({ place, text }) => `<li>${place === null ? '' : `<code>${esc(place)}</code> `}${esc(text)}</li>`,
  )
  return items.length === 0 ? '' : `<h2>Policy</h2><ul>${items.join('')}</ul>`
}
