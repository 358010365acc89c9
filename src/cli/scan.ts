import { runGate } from '../gate/gate.js'
import { publishImages, pushedLines } from '../gate/push.js'
import type { RunContext } from '../gate/run.js'
import { attestableOf, removeReports, renderFormat, writeReports } from '../gate/write-reports.js'
import type { Judging } from '../inputs/policies.js'
import { readScan } from '../inputs/request.js'
import type { ReadInput } from '../inputs/row.js'
import { newRunId } from '../io/engine/leftovers.js'
import { documentsAddress, documentsHere } from '../io/files/documents.js'
import { abortOnSignals } from '../io/process/signals.js'
import { terminal, timed } from '../io/process/terminal.js'
import { type Attestable, exitCode, type Verdict } from '../model/index.js'
import type { FormatName } from '../reports/index.js'
import { renderProblem, renderTerminal, reportLine } from '../reports/terminal/terminal.js'
import { otherPush, refuseSwitchValues } from './flags.js'

/** Exit code if there is no verdict. */
export const NOT_JUDGED = 2

/** What a command does after the verdict; returns the exit code. */
type AfterScan = (
  verdict: Verdict,
  attestable: Attestable | null,
  judging: Judging,
  around: RunContext,
) => Promise<number>

/** Judges images, publishes what was judged if requested, and reports. */
export async function scanImages(
  images: readonly string[],
  inputs: ReadInput,
  uncaught: AbortSignal,
  afterwards: AfterScan | null = null,
): Promise<number> {
  refuseSwitchValues(images)
  const { request, judging } = readScan(images, inputs, new Date().toISOString().slice(0, 10))
  // Only now: an invalid policy must not cost the last report, which "whitelist add" and "explain" read.
  removeReports(judging.reportDir)
  if (request.push.push === 'patched') {
    throw otherPush('patched', 'only "seaworthy update" makes and pushes a patched image')
  }
  const screen = terminal()
  const signal = abortOnSignals(uncaught)
  try {
    const progress = judging.debug ? timed(screen.progress) : screen.progress
    const context = { ...screen, progress, runId: newRunId(), signal }
    const verdict = await runGate(request, judging, context)
    // Attaching needs the registry, wherever data comes from.
    const isOffline = request.feeds.offline && afterwards === null
    const options = { ...request.push, isOffline }
    const registry = await publishImages(verdict, options, context)
    const { inRegistry, problem } = registry
    const attestable = attestableOf(judging, inRegistry[0] ?? null)
    const code = report(verdict, judging, inputs, attestable)
    for (const line of pushedLines(options, registry)) {
      progressStream(inputs).write(`${line}\n`)
    }
    if (problem === null) {
      return afterwards === null ? code : await afterwards(verdict, attestable, judging, context)
    }
    screen.done()
    process.stderr.write(renderProblem(problem, documentsHere(process.env)))
    return code === 0 || afterwards !== null ? NOT_JUDGED : code
  } finally {
    screen.done()
  }
}

/** The stream for remarks: with `format`, standard output has nothing but the report. */
export function progressStream(inputs: ReadInput): NodeJS.WriteStream {
  return inputs('format') === '' ? process.stdout : process.stderr
}

export function report(
  verdict: Verdict,
  { reportDir }: Judging,
  inputs: ReadInput,
  attestable: Attestable | null = null,
): number {
  const pages = documentsAddress(process.env)
  const paths = reportDir === '' ? [] : writeReports(reportDir, verdict, pages, attestable)
  const format = inputs('format') as FormatName | ''
  if (format !== '') {
    process.stdout.write(renderFormat(format, verdict, pages))
    return exitCode(verdict)
  }
  const { colour, width } = terminal()
  const verbose = inputs('verbose') === 'true'
  const text = renderTerminal(verdict, { colour, width, verbose, pages: documentsHere(process.env) })
  process.stdout.write(`${text}\n${reportLine(paths)}`)
  return exitCode(verdict)
}
