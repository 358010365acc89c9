import { thingsToDo } from '../../judge/tasks/actions.js'
import type { DockerfileChange } from '../../model/dockerfile-change.js'
import { platformName } from '../../model/image.js'
import { at } from '../../model/place.js'
import type { Action } from '../../model/task.js'
import type { ImageVerdict, Verdict } from '../../model/verdict.js'
import { diffLines } from '../diff.js'
import { escapeHtml as esc } from '../escape.js'
import type { Tool } from '../json/json.js'
import { wrapCommand } from '../layout.js'
import { changeLine } from '../view/changes.js'
import { seconds } from '../view/checks.js'
import { ageOf, readAt, sourcesOf } from '../view/data.js'
import { headline, imageLine } from '../view/headline.js'
import { baseWords } from '../view/image.js'
import { type Pages, pageOfThing } from '../view/pages.js'
import { severityChart } from './chart.js'
import { layerStrip } from './layers.js'
import { lineCell } from './line.js'
import { readOn } from './read-on.js'
import { SCRIPT } from './script.js'
import { STYLE } from './style.js'
import { filters, findingsTable } from './table.js'

/** Nothing is fetched, whatever a name or a policy text holds (Content Security Policy, level 3). */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** One file, without a network: the verdict, what to do, the chart and the layers, and a table of all findings. */
export function renderHtml(verdict: Verdict, tool: Tool): string {
  const title = headline(verdict, esc)
  const several = verdict.images.length > 1
  const parts = verdict.images.map((image, index) =>
    imagePart(image, several ? index + 1 : null, tool.pages ?? null),
  )
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#findings${several ? '1' : ''}">Skip to the findings</a>
<header class="verdict ${verdict.verdict}"><h1 class="name"><strong>${verdict.verdict}</strong> ${title}</h1></header>
<main>
${several ? filters(verdict.images) : ''}
${parts.join('\n')}
${notices(verdict)}
${sources(verdict)}
</main>
<footer class="dim"><p>Judged for ${verdict.today} by ${esc(tool.name)} ${esc(tool.version)}.</p></footer>
<script>${SCRIPT}</script>
</body>
</html>
`
}

/** @param number of one image of several; `null` where it is the only one */
function imagePart(image: ImageVerdict, number: number | null, pages: Pages): string {
  const heading = number === null ? '' : `<h2 class="name">${number}. ${imageLine(image, esc)}</h2>`
  return `<section aria-label="${esc(image.reference)}">${heading}
<p class="name">${factsOf(image).join(' · ')}</p>
${changes(image)}
${todo(thingsToDo(image), image.dockerfileChange, pages)}
<h2>Checks</h2><ul class="tiles">${image.checks.map((check) => tile(check)).join('')}</ul>
${image.dockerfile.note === null ? '' : `<p class="dim">Lines: ${esc(image.dockerfile.note)}</p>`}
<h2>Findings by severity</h2>${severityChart(image)}
${image.layers.length === 0 ? '' : `<h2>Layers</h2>${layerStrip(image)}`}
<h2 id="findings${number ?? ''}">Findings</h2>${number === null ? filters([image]) : ''}${findingsTable(image, pages)}
</section>`
}

/** Against the baseline: the count, and what is new or gone by name. */
function changes(image: ImageVerdict): string {
  const line = changeLine(image)
  if (line === null) return ''
  const name = ({ id, package: of }: { id: string; package: string | null }) =>
    esc(of === null ? id : `${id} (${of})`)
  const list = (word: string, all: readonly { id: string; package: string | null }[]) =>
    all.length === 0 ? '' : `<p>${word}: ${all.map(name).join(', ')}</p>`
  const fresh = list(
    'new',
    image.findings.filter(({ since }) => since === 'new'),
  )
  const gone = list('gone', image.gone ?? [])
  return `<details class="name"><summary>${line}</summary>${fresh}${gone}</details>`
}

function factsOf(image: ImageVerdict): string[] {
  const base = baseWords(image)
  return [
    `<b>${esc(image.reference)}</b>`,
    image.distribution === null ? null : esc(image.distribution),
    base === null ? null : esc(base),
    image.platform === null ? null : esc(platformName(image.platform)),
    image.packageCount === null ? null : `${image.packageCount} packages`,
    image.digest === null ? null : `<code>${esc(image.digest)}</code>`,
  ].filter((fact) => fact !== null)
}

function tile({ check, state, tookMs, notes, problem }: ImageVerdict['checks'][number]): string {
  const words =
    problem === null
      ? `<ul>${notes.map((note) => `<li>${esc(note)}</li>`).join('')}</ul>`
      : `<br>${esc(problem.what)}. ${esc(problem.todo)}`
  return `<li><b>${check}</b> <span class="${state}">${state}</span> <span class="dim">in ${seconds(tookMs)}</span>${words}</li>`
}

function todo(things: readonly Action[], change: DockerfileChange | null, pages: Pages): string {
  if (things.length === 0) return ''
  const items = things.map(({ title, why, where, command, dockerfile, findings }) => {
    const place = where === null ? '' : ` ${lineCell(where)}`
    return `<li><b>${esc(title)}</b>${place}<br>${esc(why)}${readOn(pageOfThing({ findings }), pages)}${command === null ? copy(dockerfile) : copy(wrapCommand(command, 100).join('\n'))}${command === null || dockerfile === null || change !== null ? '' : `<details><summary>In a Dockerfile, before its USER line</summary>${copy(dockerfile)}</details>`}</li>`
  })
  const diff = change && diffLines(change.file, change.before, change.after).join('\n')
  const details =
    change === null ? '' : `<details><summary>Change of ${esc(change.file)}</summary>${copy(diff)}</details>`
  return `<h2>To do</h2><ol class="todo">${items.join('')}</ol>${details}`
}

/** Of checked names only, escaped line by line all the same. */
function copy(text: string | null): string {
  if (text === null) return ''
  const lines = text.split('\n').map((line) => esc(line, 20_000))
  return `<pre tabindex="0">${lines.join('\n')}</pre><button type="button" data-copy hidden>Copy</button>`
}

function notices({ policyNotices }: Verdict): string {
  if (policyNotices.length === 0) return ''
  const items = policyNotices.map(
    ({ place, text }) => `<li>${place === null ? '' : `<code>${esc(at(place))}</code> `}${esc(text)}</li>`,
  )
  return `<h2>Policy</h2><ul>${items.join('')}</ul>`
}

function sources(verdict: Verdict): string {
  const all = sourcesOf(verdict)
  if (all.length === 0) return ''
  const rows = all.map(
    (source) =>
      `<tr><td data-head="data">${esc(source.name)}</td><td data-head="age">${esc(ageOf(source, verdict.today))}</td><td data-head="read">${esc(readAt(source))}</td><td data-head="rows">${source.rows ?? ''}</td><td data-head="from">${esc(source.url)}</td><td data-head="SHA-256"><code>${esc(source.sha256 ?? '')}</code></td></tr>`,
  )
  return `<h2>Data</h2><div class="wide"><table><thead><tr><th scope="col">data</th><th scope="col">age</th><th scope="col">read</th><th scope="col">rows</th><th scope="col">from</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
