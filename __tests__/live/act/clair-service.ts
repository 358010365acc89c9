import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { POSTGRES_COMMAND } from '../../../src/checks/clair/services/config.js'
import { startFeedServer } from '../../../src/checks/clair/services/server.js'
import { tarOf } from '../../../src/io/archive/formats/tar-writer.js'
import { freePort } from '../../support/free-port.js'
import { CLAIR_IMAGE, docker, POSTGRES_IMAGE, ROOT, TRACKER } from '../support.js'
import { LABEL } from '../test-engine.js'

interface Service {
  readonly image: string
  readonly options: string
}
interface Workflow {
  readonly jobs: {
    readonly gate: {
      readonly services: { readonly clair: Service; readonly postgres: Service }
      readonly steps: readonly { readonly name?: string; readonly run?: string }[]
    }
  }
}

/** What examples/workflows/clair-services.yml says. */
export function example() {
  const text = readFileSync(join(ROOT, 'examples/workflows/clair-services.yml'), 'utf8')
  const { services, steps } = (load(text) as Workflow).jobs.gate
  return {
    clair: splitOptions(services.clair.options),
    wait: steps.find(({ name }) => name?.startsWith('Wait'))?.run,
  }
}

const splitOptions = (options: string) => options.trim().split(/\s+/)

/** The services of that example as the runner starts them, but for the addresses of Debian. */
export async function startServices(): Promise<{ port: string; stop(): Promise<void> }> {
  const ends: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) {
      await end()
    }
  }
  const started = (id: string, kind: 'rm' | 'network' | 'rmi') => {
    const command = { rm: ['rm', '-f', '-v'], network: ['network', 'rm'], rmi: ['rmi', '-f'] }[kind]
    ends.push(() => void docker(...command, id))
    return id
  }
  try {
    const image = started('seaworthy-test/clair-service:1', 'rmi')
    docker(
      'build',
      '-q',
      '-t',
      image,
      '--build-arg',
      `BASE=${CLAIR_IMAGE}`,
      join(ROOT, 'examples/clair-service'),
    )
    const network = started(
      docker('network', 'create', '--label', LABEL, `${LABEL}-services-${process.pid}`).trim(),
      'network',
    )
    const gateway = docker('network', 'inspect', '-f', '{{(index .IPAM.Config 0).Gateway}}', network).trim()
    const feed = await startDebian(gateway)
    ends.push(() => feed.close())

    const port = String(await freePort())
    // Clair first: it has to get over a PostgreSQL that is not there yet.
    const clair = create(network, [
      '--network-alias',
      'clair',
      '-p',
      `127.0.0.1:${port}:6060`,
      ...example().clair,
      image,
    ])
    started(clair, 'rm')
    // A drop-in is merged into the configuration that is tested.
    put(clair, 'config/config.yaml.d/debian.yaml', JSON.stringify(debianAt(feed.url)))
    docker('start', clair)
    const options = ['--network-alias', 'postgres', '--user', 'postgres', '--tmpfs', '/pg:rw,mode=1777']
    const [entry = '', ...command] = POSTGRES_COMMAND.map((option) =>
      option.replaceAll('scram-sha-256', 'trust'),
    )
    const postgres = create(network, [...options, '--entrypoint', entry, POSTGRES_IMAGE, ...command])
    started(postgres, 'rm')
    put(postgres, 'seaworthy/password', 'unused')
    docker('start', postgres)
    return { port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Debian's mirror and tracker, for an updater that can't reach the real ones. */
function startDebian(host: string) {
  const served = {
    layer: () => Promise.reject(new Error('there are no layers here')),
    tracker: Promise.resolve(readFileSync(TRACKER, 'utf8')),
    releases: Promise.resolve(new Map([['bookworm', '12']])),
    osv: null,
  }
  return startFeedServer(host, 0, served, true)
}

function debianAt(url: string) {
  const json_url = `${url}/tracker/data/json`
  return {
    updaters: { config: { debian: { mirror_url: `${url}/`, json_url }, 'debian/updater': { json_url } } },
  }
}

function create(network: string, rest: readonly string[]): string {
  return docker('create', '--label', LABEL, '--network', network, ...rest).trim()
}

function put(id: string, path: string, text: string): void {
  execFileSync('docker', ['cp', '-', `${id}:/`], { input: tarOf([{ path, text }]) })
}
