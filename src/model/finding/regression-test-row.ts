import * as z from 'zod'
import { TESTED_BY } from '../run/regression-test.js'
import { type TypeOf, text } from '../schemas.js'
import { describing, sectionIn } from './row.js'

const DetailsSchema = z.strictObject({
  by: z.enum(TESTED_BY).nullable(),
  ended: text,
  command: z
    .enum(['not-found', 'not-executable', 'no-script'])
    .optional()
    .describe(
      'The test exited with 127 or 126: a command of it was not found, or could not be executed; or with 2, and a shell said that it could not open its script',
    ),
  container: z
    .strictObject({ exitCode: z.int() })
    .optional()
    .describe('The container of the image that ended by itself while it was tested'),
})
export type RegressionTestDetails = TypeOf<typeof DetailsSchema>

function taskOf({ command, container }: RegressionTestDetails): string {
  if (container !== undefined) {
    return `The image does not start: fix what ends its container with exit code ${container.exitCode}, and rebuild the image`
  }
  // What is wrong is most often the test: another build of the image would not change that.
  switch (command) {
    case 'not-found':
      return 'Fix the command of the regression test: exit code 127 says that a command was not found, on this machine or in the image'
    case 'not-executable':
      return 'Fix the command of the regression test: exit code 126 says that a command is not executable (chmod +x, or name its interpreter)'
    case 'no-script':
      return 'Fix the command of the regression test: the shell could not open the script that it names, on this machine or in the image'
    default:
      return 'Fix what makes the regression test fail, and rebuild the image'
  }
}

export const REGRESSION_TEST_ROWS = {
  // docs/decisions/0039-the-regression-test-is-a-check.md
  'regression-test-failed': describing({
    about: 'application',
    blocks: 'always',
    page: sectionIn('docs/findings/regression-test.md'),
    details: DetailsSchema,
    name: 'RegressionTest',
    help: 'Fix the application or its test. No whitelist entry accepts a failing test.',
    helpUri: null,
    todo: taskOf,
  }),
}
