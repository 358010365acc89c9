import type { RegressionTestRequest } from '../checks/regression-test/collect.js'
import { testEnvironment } from '../io/process/command.js'
import { problemOf } from '../model/problem.js'
import type { Timeouts } from '../policy/gate/time-rows.js'
import type { TestSpec } from '../update/test.js'
import { type PolicySource, WORK_TREE } from './policy-files.js'
import { type Given, input, orDefault, readerOf, text } from './row.js'
import { readTestCompose } from './test-compose.js'

/** A test that inputs name. */
type NamedTest = Exclude<TestSpec, { kind: 'healthcheck' }>

/** How the application is tested, by the check of that name and by an update. */
export const TEST_INPUTS = {
  'test-command': input(text, {
    value: 'COMMAND',
    help: 'shell command that tests the application; $IMAGE contains the image name (default: none)',
    description:
      "Shell command that tests the application, run once as the regression-test check. $IMAGE contains the image name. The command's environment contains no tokens, no DOCKER_CONFIG and no inputs. A failing test blocks the release. Default: test-compose, else no test.",
  }),
  'test-compose': input(text, {
    value: 'FILE',
    help: 'compose file with a service that tests the application; $IMAGE contains the image name',
    description:
      "Compose file with a service that tests the application, instead of test-command; $IMAGE contains the image name. For a pull request, the base branch's version of the file is used.",
  }),
  'test-service': input(orDefault(text), {
    value: 'NAME',
    default: 'test',
    help: 'service in test-compose that must exit with code 0',
    description: 'Service in test-compose that must exit with code 0.',
  }),
}

/**
 * Reads how the application is tested, before anything starts; errors are added to `faults`, in words.
 * @param source where the compose file is read from
 */
export function readTest(given: Given, faults: string[], source: PolicySource = WORK_TREE): NamedTest | null {
  const read = readerOf(TEST_INPUTS, given, faults)
  return namedTest(read('test-command'), read('test-compose'), read('test-service'), source, faults)
}

/** The check's request. A test that only a pull request names does not count yet: its notice says so. */
export function readRegressionTest(
  given: Given,
  faults: string[],
  { test: seconds }: Timeouts,
  source?: PolicySource,
): RegressionTestRequest {
  const named = readTest(given, faults, source)
  return { test: named?.kind === 'unbound' ? null : named, limitMs: seconds * 1000, known: null }
}

function namedTest(
  command: string,
  file: string,
  service: string,
  { read, unbound = [] }: PolicySource,
  faults: string[],
): NamedTest | null {
  if (command !== '' && file !== '') {
    faults.push('test-command and test-compose are mutually exclusive')
  }
  if (command !== '') {
    return { kind: 'command', command }
  }
  if (file === '') {
    return null
  }
  if (!/^[\w][\w.-]*$/.test(service)) {
    faults.push(`test-service: ${JSON.stringify(service)} is not a valid service name`)
    return null
  }
  if (unbound.includes(file)) {
    return { kind: 'unbound', file }
  }
  try {
    const text = read(file)
    if (text !== null) {
      return { kind: 'compose', document: readTestCompose(text, file, service, testEnvironment()), service }
    }
    faults.push(`test-compose: there is no file ${JSON.stringify(file)}`)
  } catch (error) {
    const { what, todo } = problemOf(error, file)
    faults.push(`test-compose: ${file}: ${what}; ${todo}`)
  }
  return null
}
