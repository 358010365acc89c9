import { execFileSync, spawn } from 'node:child_process'

/**
 * Serves a file for one answer, or a minute: from a process of its own, because a build of an image stops this one. Returns
 * when it can be fetched. The engine fetches what ADD names by itself, and reaches nothing but this machine.
 */
export function serve(port: number, body: string): void {
  const server = `
    const server = require('node:http').createServer((_, answer) => {
      answer.on('finish', () => setTimeout(process.exit, 500))
      answer.end(${JSON.stringify(body)})
    })
    server.listen(${port}, '127.0.0.1')
    setTimeout(process.exit, 60_000)`
  spawn(process.execPath, ['-e', server], { stdio: 'ignore', detached: true }).unref()
  const connect = `until (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null; do sleep 0.1; done`
  execFileSync('bash', ['-c', connect], { timeout: 30_000 })
}
