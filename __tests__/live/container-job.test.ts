import { describe } from '@jest/globals'
import { jobTests } from './job-tests.js'
import { HERE } from './test-engine.js'

describe('when the gate runs in a container of this machine’s engine', () => {
  jobTests(() => HERE)
})
