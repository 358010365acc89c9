// A forward proxy (RFC 9110, 9.3.6 and RFC 9112, 3.2.2) on this machine that counts what arrives from each host.
import { createServer, request } from 'node:http'
import { connect } from 'node:net'

/** @returns the proxy's address; bytes received by `host:port`, TLS and headers included; and what ends it */
export async function startRecordingProxy() {
  const received = new Map()
  const sockets = new Set()
  const count = (endpoint, socket) => {
    sockets.add(socket)
    socket.on('close', () => {
      sockets.delete(socket)
      received.set(endpoint, (received.get(endpoint) ?? 0) + socket.bytesRead)
    })
  }
  const server = createServer((incoming, answer) => {
    const { hostname, port, pathname, search } = new URL(incoming.url)
    const { method, headers } = incoming
    const options = { hostname, port: port || 80, path: pathname + search, method, headers, agent: false }
    const upstream = request(options, (response) => {
      answer.writeHead(response.statusCode, response.rawHeaders)
      response.pipe(answer)
    })
    upstream.on('socket', (socket) => count(`${hostname}:${port || 80}`, socket))
    upstream.on('error', () => answer.destroy())
    incoming.pipe(upstream)
  })
  server.on('connect', ({ url }, client, head) => {
    const { hostname, port } = new URL(`http://${url}`)
    const upstream = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      upstream.write(head)
      upstream.pipe(client).pipe(upstream)
    })
    count(url, upstream)
    upstream.on('error', () => client.destroy())
    client.on('error', () => upstream.destroy())
    client.on('close', () => upstream.destroy())
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** Ends everything that is open, so that its bytes are counted. */
    async end() {
      const closed = [...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve)))
      for (const socket of sockets) {
        socket.destroy()
      }
      await Promise.all(closed)
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      return received
    },
  }
}
