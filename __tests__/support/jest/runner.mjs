// Jest's runner: jest-light-runner in child processes. Its workers ask for their configuration, and version 0.8.2 answers
// every worker when the first one asks: one that is not listening yet never gets an answer, and the run never ends. So each
// task has a channel of its own here, whose answer goes to the worker that asked.
import { createRequire } from 'node:module'
import { createRunner } from 'jest-light-runner'

const { default: Tinypool } = createRequire(import.meta.resolve('jest-light-runner'))('tinypool')

const { run } = Tinypool.prototype
Tinypool.prototype.run = function (path, options) {
  const { workerData } = this.options
  let answer
  const channel = {
    onMessage(listener) {
      answer = listener
    },
    postMessage(message) {
      if (message === 'jest-light-runner-get-worker-data') {
        answer({ type: 'jest-light-runner-worker-data', workerData })
      }
    },
  }
  return run.call(this, path, { ...options, channel })
}

export default createRunner({ runtime: 'child_process' })
