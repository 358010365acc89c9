import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { BASES } from './support.js'
import { dockerOn, LABEL, needRoot, type TestEngine, within } from './test-engine.js'

/** Someone who answers `here` on a TCP port, and whom Clair must not reach. */
export interface Listener {
  readonly address: string
  readonly port: number
  stop(): void
}

/** A node program: listens on its argument, any port, and prints the port. */
const PROGRAM = `require('node:net').createServer((socket) => socket.on('error', () => {}).end('here'))
  .listen({ host: process.argv[1], port: 0 }, function () { console.log(this.address().port) })`

/** On an address of the engine's machine. */
export async function onHost(engine: TestEngine, address: string): Promise<Listener> {
  const [command = '', ...args] = [...within(engine), process.execPath, '-e', PROGRAM, address]
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return { address, port: await portOf(child), stop: () => void child.kill('SIGKILL') }
}

/**
 * In a container on that network. Perl: a base image has it, and neither node nor netcat.
 * @param mute it takes connections and says nothing
 */
export async function inContainer(engine: TestEngine, network: string, mute = false): Promise<Listener> {
  const answer = mute ? 'push @kept, $s' : 'print $s "here"; close $s'
  const program = `use IO::Socket::INET; my @kept;
    my $l = IO::Socket::INET->new(Listen => 5, LocalPort => 4000) or die; while (my $s = $l->accept) { ${answer} }`
  const args = ['-d', '--label', LABEL, '--network', network, BASES.bookworm, 'perl', '-e', program]
  const id = dockerOn(engine, 'run', ...args).trim()
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'
  const address = dockerOn(engine, 'inspect', '-f', format, id).trim()
  return { address, port: 4000, stop: () => void dockerOn(engine, 'rm', '-f', '-v', id) }
}

/** On another machine, made of a network namespace and a pair of cards: reached through the engine's machine. */
export async function outside(engine: TestEngine): Promise<Listener> {
  needRoot('a network namespace that stands for another machine')
  const address = '203.0.113.2' // TEST-NET-3 (RFC 5737)
  const start = `read; exec "$0" -e "$1" ${address}`
  const child = spawn('unshare', ['-n', 'bash', '-c', start, process.execPath, PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const pid = String(child.pid)
  // The namespace is there when the process is in another one than we.
  const own = execFileSync('readlink', ['/proc/self/ns/net'], { encoding: 'utf8' })
  while (execFileSync('readlink', [`/proc/${pid}/ns/net`], { encoding: 'utf8' }) === own) {
    await sleep(20)
  }
  const run = (prefix: string[], line: string) => {
    const [command = '', ...args] = [...prefix, 'ip', ...line.split(' ')]
    execFileSync(command, args)
  }
  const here = within(engine)
  const inNamespace = ['nsenter', '-t', pid, '-n']
  const card = `sw${pid}`
  run(here, `link add ${card}a type veth peer name ${card}b netns ${pid}`)
  run(here, `addr add 203.0.113.1/30 dev ${card}a`)
  run(here, `link set ${card}a up`)
  run(inNamespace, `addr add ${address}/30 dev ${card}b`)
  run(inNamespace, `link set ${card}b up`)
  run(inNamespace, 'route add default via 203.0.113.1')
  child.stdin?.end('\n')
  return { address, port: await portOf(child), stop: () => void child.kill('SIGKILL') }
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString('utf8'))))
    child.once('exit', (code) => reject(new Error(`the listener ended with ${code}`)))
  })
}
