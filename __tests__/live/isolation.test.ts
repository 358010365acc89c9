// What a gate lets through to the Clair that it has started.
import { describe } from '@jest/globals'
import { isolationTests } from './isolation.js'
import { HERE } from './test-engine.js'

describe('while a gate runs on this machine’s engine', () => {
  isolationTests(() => HERE)
})
