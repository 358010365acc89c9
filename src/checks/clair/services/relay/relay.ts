import { attach } from '../../../../io/engine/attach.js'
import { containers } from '../../../../io/engine/docker.js'
import { messageOf, SeaworthyError } from '../../../../model/index.js'
import { type ServiceOptions, withInputName } from '../service-images.js'
import { assertRunning, type Backend, CONTAINER_LIMITS, serviceAddress } from '../services.js'
import { connectionsOver } from './connections.js'
import { MAX_FRAME_BYTES, RELAY_PORT, RELAY_PROGRAM, WINDOW_BYTES } from './program.js'

const EXPECTED_IMAGE =
  'a PostgreSQL image with perl, such as the official one without "alpine" (this engine is reached only through a relay, which is written in perl)'

/**
 * Starts the relay, through which the gate and Clair reach each other (docs/decisions/0098-relay.md), in a container of
 * PostgreSQL's image, which, unlike the judged image, was chosen to be run. The relay's program is an argument, so that
 * nothing has to be copied into the container, and the root is read-only. The engine keeps no log, because the output
 * carries Clair's answers.
 */
export async function startRelay(options: ServiceOptions, { images, network }: Backend) {
  const { engine, signal } = options
  const creating = containers.create(engine, `seaworthy-${options.runId}-relay`, {
    Image: images.postgres.Id,
    User: '65534:65534',
    Entrypoint: ['perl', '-e', RELAY_PROGRAM, ...[RELAY_PORT, WINDOW_BYTES, MAX_FRAME_BYTES].map(String)],
    Cmd: [],
    Labels: options.labels,
    OpenStdin: true,
    // When our connection ends, the relay's input ends, and so does the relay.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...CONTAINER_LIMITS,
      NetworkMode: network,
      ReadonlyRootfs: true,
      PidsLimit: 16,
      LogConfig: { Type: 'none' },
    },
  })
  const { Id: id } = await withInputName('postgres-image', options, creating, EXPECTED_IMAGE)
  signal.throwIfAborted()
  const { input, output, errors } = await attach(engine, id)
  const connections = connectionsOver(input, output)
  let failure: unknown = null
  connections.ended.then((error) => {
    failure = error
  })
  /** Throws `service-ended` if the relay no longer runs. */
  const check = async () => {
    await assertRunning(engine, id, 'The relay container', errors())
    if (failure !== null) {
      const what = `the connection to the relay container was lost: ${messageOf(failure)}`
      throw new SeaworthyError({ code: 'service-ended', what, where: `container ${id.slice(0, 12)}` })
    }
  }
  try {
    await withInputName('postgres-image', options, containers.start(engine, id), EXPECTED_IMAGE)
    await connections.ready.catch(async (error: unknown) => {
      signal.throwIfAborted()
      await check()
      throw error
    })
    const authority = `${await serviceAddress(engine, id, 'The relay container')}:${RELAY_PORT}`
    const close = () => connections.end(new Error('the relay is no longer needed'))
    return { authority, dial: connections.dial, serve: connections.serve, assertRunning: check, close }
  } catch (error) {
    input.destroy()
    throw error
  }
}
