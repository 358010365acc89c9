import { setTimeout as sleep } from 'node:timers/promises'
import { keys } from '../support/policies.js'
import { lines, OWN_CLAIR, type Ran, type start } from './support.js'
import { dockerOn, startOn, type TestEngine } from './test-engine.js'

/** A gate in the midst of its work: its Clair is paused, and its server can serve all that Clair may ask for. */
export interface PausedGate {
  readonly pid: number
  /** Containers and network, by id. */
  readonly clair: string
  readonly postgres: string
  /** Empty if there is none. */
  readonly relay: string
  readonly network: string
  readonly addresses: { readonly clair: string; readonly postgres: string; readonly gateway: string }
  readonly tracker: URL
  /** Of the image's first layer. */
  readonly layer: URL
  /** Lets it go on to its end. May be called again. */
  release(): Promise<Ran>
}

/** Starts a gate and stops it where Clair has its address and reads the layers. */
export async function holdGate(engine: TestEngine, image: string): Promise<PausedGate> {
  const gate = startOn(engine, ['scan', image, ...OWN_CLAIR, keys({ timeouts: { clair: 110 } })])
  const early = gate.ended.then((ran) =>
    Promise.reject(new Error(`the gate ended: ${ran.stdout}${ran.stderr}`)),
  )
  early.catch(() => undefined)
  await Promise.race([printed(gate.child, 'Clair is reading the layers'), early])
  try {
    return pausedGate(engine, image, gate)
  } catch (error) {
    // If the gate is about to end, its output says why; a container that it is removing does not.
    await Promise.race([early, sleep(10_000)])
    throw error
  }
}

function pausedGate(
  engine: TestEngine,
  image: string,
  { child, ended }: ReturnType<typeof start>,
): PausedGate {
  // Other gates may run at the same time: the label of the owner ends in the id of its process.
  const format = '{{.ID}} {{.Label "dev.seaworthy.owner"}}'
  const mine = (...list: readonly string[]) =>
    lines(dockerOn(engine, ...list, '--no-trunc', '--format', format))
      .find((line) => line.endsWith(` ${child.pid}`))
      ?.split(' ')[0] ?? ''
  const clair = mine('ps', '--filter', 'name=-clair')
  dockerOn(engine, 'pause', clair)
  const postgres = mine('ps', '--filter', 'name=-postgres')
  const relay = mine('ps', '--filter', 'name=-relay')
  const network = mine('network', 'ls')
  const addressOf = (id: string) =>
    dockerOn(engine, 'inspect', '-f', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}', id).trim()
  const config = dockerOn(engine, 'cp', `${clair}:/seaworthy/config.yaml`, '-')
  const [url = ''] = /http:\/\/[^"]*\/tracker\/data\/json/.exec(config) ?? []
  const tracker = new URL(url)
  const [first = ''] = lines(
    dockerOn(engine, 'image', 'inspect', '-f', '{{range .RootFS.Layers}}{{println .}}{{end}}', image),
  )
  return {
    pid: child.pid ?? 0,
    clair,
    postgres,
    relay,
    network,
    tracker,
    addresses: { clair: addressOf(clair), postgres: addressOf(postgres), gateway: tracker.hostname },
    layer: new URL(url.replace('tracker/data/json', `layer/${first}`)),
    release: () => {
      if (child.exitCode === null) {
        dockerOn(engine, 'unpause', clair)
      }
      return ended
    },
  }
}

/** Resolves when that was said on stderr. */
export function printed(child: ReturnType<typeof start>['child'], text: string): Promise<void> {
  let all = ''
  return new Promise((resolve) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      all += chunk.toString('utf8')
      if (all.includes(text)) {
        resolve()
      }
    })
  })
}
