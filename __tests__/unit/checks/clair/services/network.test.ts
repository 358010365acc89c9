import { describe, expect, test } from '@jest/globals'
import { containerIn } from '../../../../../src/checks/clair/services/network.js'

describe('the container that we are in', () => {
  const id = 'a1'.repeat(32)
  const mount = (at: string) =>
    `711 680 8:1 /var/lib/docker/containers/${id}/hostname ${at} rw,relatime - ext4 /dev/sda1 rw\n`

  test('when its host name is mounted at /etc, then it is the one', () => {
    expect(containerIn(mount('/etc/hostname'))).toBe(id)
  })

  test('when another is written to, whose mounts the host sees for that while, then it is none', () => {
    expect(containerIn(mount('/var/lib/docker/overlay2/x/merged/etc/hostname'))).toBeUndefined()
    expect(containerIn('')).toBeUndefined()
  })
})
