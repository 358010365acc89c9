import { afterAll, expect, test } from '@jest/globals'
import { runStep } from '../live/act/dist.js'
import { build, removeBuilt } from '../live/docker-bench/images.js'
import { docker, lines, NO_BENCH, SMALL } from '../live/support.js'

afterAll(removeBuilt)

/** Labels as a run that was killed leaves them: its process is gone, its deadline has passed. */
const LABELS = { run: '0123456789ab', owner: 'gone 1 1', deadline: '1' }
const asLabels = (separator: string) =>
  Object.entries(LABELS).map(([name, value]) => `dev.seaworthy.${name}${separator}${JSON.stringify(value)}`)

test('when an image has the labels of a run that was killed, then what others run of it stays, with its data', async () => {
  const image = build(
    'attack-labels',
    `FROM ${SMALL}\nLABEL ${asLabels('=').join(' ')}\nCMD ["sleep", "600"]\n`,
  )
  const names = ['', `seaworthy-${LABELS.run}-data`].map((name) => (name === '' ? [] : ['--name', name]))
  const ids = names.map((name) =>
    docker('run', '-d', '--network', 'none', '-v', '/data', ...name, image).trim(),
  )
  const volumes = ids.map((id) => docker('inspect', '-f', '{{(index .Mounts 0).Name}}', id).trim())
  try {
    await runStep('action', { image, checks: 'docker-bench', 'bench-source': NO_BENCH })
    const running = lines(docker('ps', '-q', '--no-trunc'))
    const kept = lines(docker('volume', 'ls', '-q'))
    expect(ids.map((id) => running.includes(id))).toEqual([true, true])
    expect(volumes.map((name) => kept.includes(name))).toEqual([true, true])
  } finally {
    for (const id of lines(docker('ps', '-aq', '--no-trunc')).filter((one) => ids.includes(one))) {
      docker('rm', '-f', '-v', id)
    }
  }
})
