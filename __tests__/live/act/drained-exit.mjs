import { isMainThread } from 'node:worker_threads'

// act closes the terminal of a failed step at once, and what is still in it is lost (host_environment.go, exec).
// Where the process waits before it exits, act has read everything.
if (isMainThread) {
  process.on('exit', () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500))
}
