import {
  type Answers,
  type Image,
  incomplete,
  NOT_RUN,
  neededDocument,
  neededText,
  obstacle,
  type RegressionTestDetails,
} from '../../model/index.js'
import type { Interpreter } from '../check.js'
import {
  apartSchema,
  END_FILE,
  type EndDocument,
  endSchema,
  OTHER_PLATFORM_FILE,
  OUTPUT_FILE,
} from './document.js'

/** How many of its last lines are in a finding's sentence, and how many characters. */
const MAX_LINES = 3
const MAX_OUTPUT_LENGTH = 400
const ANSWERED_TEST = { check: 'regression-test', state: 'answered' } as const

const UNUSED =
  'the test may not test this image: its command does not name $IMAGE, and no container was created from the image while it ran'

/** One finding if the test failed. A pass counts only for the layers that the evidence names. */
export const regressionTestInterpreter: Interpreter<'regression-test'> = {
  id: 'regression-test',
  interpret({ documents }, image): Answers['regression-test'] {
    if (Object.hasOwn(documents, OTHER_PLATFORM_FILE)) {
      const { engine } = neededDocument(documents, OTHER_PLATFORM_FILE, apartSchema)
      const note = `not run: the test runs only on the engine's platform (${engine})`
      return { ...ANSWERED_TEST, findings: [], notes: [], limits: [note], test: NOT_RUN }
    }
    const end = neededDocument(documents, END_FILE, endSchema)
    refuseOtherImage(end, image)
    const { by, exitCode, ended, seconds, container, isImageUnused } = end
    const output = neededText(documents, OUTPUT_FILE)
    const ok = exitCode === 0
    const use = ok && isImageUnused ? { isImageUnused } : {}
    const test = { state: ok ? 'passed' : 'failed', by, ended, seconds, output, ...use } as const
    const why = `the regression test (${by}) failed: ${ended}; ${container === undefined ? '' : `${endOf(container)}; the test: `}${lastLines(output)}`
    const details = {
      by,
      ended,
      ...notRun(exitCode, output),
      ...(container === undefined ? {} : { container: { exitCode: container.exitCode } }),
    }
    return {
      ...ANSWERED_TEST,
      findings: ok ? [] : [obstacle('regression-test-failed', why, details)],
      notes: [`${by}: ${ended} after ${seconds} s`],
      limits: ok && isImageUnused ? [UNUSED] : [],
      test,
    }
  },
}

/**
 * What a shell prints if it cannot open the script that it should run. dash then exits with 2, which says nothing by
 * itself, and so does make for each error; POSIX has 127, as bash does.
 */
const NO_SCRIPT =
  /^(?:\/[\w./-]*\/)?(?:(?:da)?sh: 0: (?:cannot|can't) open [^\n]|bash: [^\n]*: No such file or directory$)/im

/** POSIX, Shell Command Language, 2.8.2: 127 if a command was not found, 126 if it could not be executed. */
function notRun(exitCode: number | null, output: string): Pick<RegressionTestDetails, 'command'> {
  switch (exitCode) {
    case 127:
      return { command: 'not-found' }
    case 126:
      return { command: 'not-executable' }
    case 2:
      return NO_SCRIPT.test(endOfOutput(output).join('\n')) ? { command: 'no-script' } : {}
    default:
      return {}
  }
}

function refuseOtherImage({ imageId, layers }: Pick<EndDocument, 'imageId' | 'layers'>, image: Image): void {
  if (layers.join() !== image.layers.map(({ diffId }) => diffId).join()) {
    throw incomplete(`the tested image (${imageId}) is not the one that was judged`, END_FILE)
  }
}

function endOf({ exitCode, output, isRemoved }: NonNullable<EndDocument['container']>): string {
  const end = `the image does not start: its container ended by itself with exit code ${exitCode}`
  if (isRemoved) {
    return `${end}, and was removed with its output (run it without --rm to see its last lines here)`
  }
  return output === '' ? end : `${end}, and ${lastLines(output)}`
}

function lastLines(output: string): string {
  const last = endOfOutput(output).map((line) => line.trim())
  return last.length === 0
    ? 'it printed nothing'
    : `its output ends with: ${last.join(' / ').slice(-MAX_OUTPUT_LENGTH)}`
}

function endOfOutput(output: string): readonly string[] {
  return output
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-MAX_LINES)
}
