import { HERE } from '../test-engine.js'
import { listTests } from './lists.js'

// On newer engines: ../../long/engines.test.ts, and with the code of the 29 line ../../long/engine29.test.ts.
listTests(() => HERE)
