import type { RegressionTestRequest } from '../checks/regression-test/collect.js'
import { problemOf, readCompose } from '../model/index.js'
import type { Timeouts } from '../policy/gate/time-rows.js'
import type { TestSpec } from '../update/test.js'
import { type PolicySource, WORK_TREE } from './policy-files.js'
import { input, type ReadInput, readerOf, text } from './row.js'
import { readTestCompose } from './test-compose.js'

type NamedTest = Exclude<TestSpec, { kind: 'healthcheck' }>

/** How the application is tested, by the check of that name and by an update. */
export const TEST_INPUTS = {
  test: input(text, {
    value: 'COMMAND|FILE#SERVICE',
    help: 'test of the application: a shell command, or FILE.yml#SERVICE of a compose file; $IMAGE contains the image name (default: none)',
    description:
      "Test of the application: a shell command, or FILE.yml#SERVICE, a service of a compose file that must exit with code 0. $IMAGE contains the image name; tokens and inputs are not passed. A failing test blocks the release. For a pull request, a compose file is the base branch's. Default: no test.",
  }),
}

/** A compose file and its service, as one word. */
const IN_COMPOSE = /^([^\s#]+\.ya?ml)(?:#(.*))?$/i

/** The compose file that the input names; `null` if it is a command, or nothing. */
export function composeFileOfTest(inputs: ReadInput): string | null {
  return IN_COMPOSE.exec(inputs('test').trim())?.[1] ?? null
}

/**
 * Reads how the application is tested, before anything starts; errors are added to `errors`, in words.
 * @param source where the compose file is read from
 */
export function readTest(
  inputs: ReadInput,
  errors: string[],
  source: PolicySource = WORK_TREE,
): NamedTest | null {
  const test = readerOf(TEST_INPUTS, inputs, errors)('test')
  if (test === '') {
    return null
  }
  const [, file, service = ''] = IN_COMPOSE.exec(test) ?? []
  return file === undefined
    ? { kind: 'command', command: test }
    : composeTest(file, service.trim(), source, errors)
}

/** The check's request. A test that only a pull request names does not count yet: its notice says so. */
export function readRegressionTest(
  inputs: ReadInput,
  errors: string[],
  { test: seconds }: Timeouts,
  source?: PolicySource,
): RegressionTestRequest {
  const named = readTest(inputs, errors, source)
  const test = named?.kind === 'unbound' ? null : named
  return { test, limitMs: seconds * 1000, earlierResult: null }
}

function composeTest(
  file: string,
  service: string,
  { read, unbound = [] }: PolicySource,
  errors: string[],
): NamedTest | null {
  if (!/^[\w][\w.-]*$/.test(service)) {
    const isMissing = service === ''
    const missing = `name the service of the compose file, such as ${file}#test`
    errors.push(`test: ${isMissing ? missing : `${JSON.stringify(service)} is not a valid service name`}`)
    return null
  }
  if (unbound.includes(file)) {
    return { kind: 'unbound', file }
  }
  try {
    const text = read(file)
    if (text !== null) {
      return { kind: 'compose', document: readTestCompose(readCompose(text, file), service), service }
    }
    errors.push(`test: there is no file ${JSON.stringify(file)}`)
  } catch (error) {
    const { what, todo } = problemOf(error, file)
    errors.push(`test: ${file}: ${what}; ${todo}`)
  }
  return null
}
