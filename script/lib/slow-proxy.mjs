#!/usr/bin/env node
// A TCP proxy with the bandwidth and the delay of a network, in a process of its own, because what it costs is not
// the measured program's. Prints its port; prints the bytes that it passed to clients for each line on stdin, and
// ends with stdin. Run: node script/lib/slow-proxy.mjs TARGET_PORT MBIT_PER_SECOND ROUND_TRIP_MS
import { connect, createServer } from 'node:net'
import { createInterface } from 'node:readline'

const [port, megabits, roundTrip] = process.argv.slice(2).map(Number)
const bytesPerMs = (megabits * 1e6) / 8 / 1000
/** When the line is free again, in milliseconds of `performance.now()`: all connections share it. */
let free = 0
let passed = 0

/** Passes on pieces in order, each after the delay of one way, and not before the line was free for it. */
function pass(from, to, shared) {
  /** `[ready, piece]` in the order of arrival; a piece of `null` is the end. */
  const waiting = []
  const next = () => {
    const now = performance.now()
    while (waiting.length > 0 && waiting[0][0] <= now) {
      const [, piece] = waiting.shift()
      piece === null ? to.end() : to.write(piece)
    }
    if (waiting.length > 0) {
      setTimeout(next, Math.max(1, waiting[0][0] - now))
    }
    // About as much as a network of this speed has under way: the sender waits for the rest.
    if (waiting.length < 2 || waiting.at(-1)[0] - now < roundTrip) {
      from.resume()
    }
  }
  const add = (piece) => {
    const now = performance.now()
    if (shared) {
      free = Math.max(free, now) + (piece?.length ?? 0) / bytesPerMs
      passed += piece?.length ?? 0
    }
    waiting.push([(shared ? free : now) + roundTrip / 2, piece])
    if (waiting.length === 1) {
      setTimeout(next, Math.max(1, waiting[0][0] - now))
    }
    if (waiting.at(-1)[0] - now > 2 * roundTrip) {
      from.pause()
    }
  }
  from.on('data', add)
  from.on('end', () => add(null))
  from.on('error', () => to.destroy())
  to.on('close', () => from.destroy())
}

const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
  const upstream = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true })
  pass(client, upstream, false)
  pass(upstream, client, true)
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
const lines = createInterface({ input: process.stdin })
lines.on('line', () => console.log(passed))
lines.on('close', () => process.exit())
