import { describe, expect, test } from '@jest/globals'
import { readKeyring, verifyClearsigned } from '../../../../../src/checks/security-updates/archive/verify.js'
import { ARCHIVE_KEYS, ARCHIVE_KEYS_SOURCE, OLDEST_DATES } from '../../../../../src/debian/archive-keys.js'
import { aKey, NOW } from '../../../../support/debian-archive.js'
import { CERTIFICATE, SIGNED_BY_SHA1, SIGNED_BY_SHA256 } from '../../../../support/weak-signature.js'

const at = { now: NOW, dateOf: () => new Date('2026-11-24T11:00:00Z') }

describe('verifyClearsigned', () => {
  test('when one text is signed with SHA-256 and with SHA-1, then the first counts and the second does not', async () => {
    const keyring = await readKeyring([CERTIFICATE])
    const good = await verifyClearsigned(SIGNED_BY_SHA256, keyring, at, 'here')
    expect(good.text).toBe('Codename: bookworm\nDate: Tue, 24 Nov 2026 11:00:00 UTC')
    await expect(verifyClearsigned(SIGNED_BY_SHA1, keyring, at, 'here')).rejects.toMatchObject({
      problem: { code: 'archive-bad-signature', what: expect.stringMatching(/SHA1/i), where: 'here' },
    })
  })

  test('when one of two signers is known, then its signature is enough, and it is named', async () => {
    const [a, b] = await Promise.all([aKey(), aKey()])
    const signed = await a.sign('text')
    const keyring = await readKeyring([b.certificate, a.certificate])
    expect(await verifyClearsigned(signed, keyring, at, 'here')).toEqual({
      text: 'text',
      signedBy: a.fingerprint,
    })
  })

  test('when a signature is from a later day, then it does not count', async () => {
    const key = await aKey()
    const signed = await key.sign('text', { date: new Date('2026-11-26T00:00:00Z') })
    const keyring = await readKeyring([key.certificate])
    await expect(verifyClearsigned(signed, keyring, at, 'here')).rejects.toMatchObject({
      problem: { code: 'archive-bad-signature', what: expect.stringContaining('future') },
    })
  })
})

describe('the keys that are shipped', () => {
  test('when they are read, then each has the fingerprint that stands next to it, and signs today', async () => {
    const keys = await readKeyring(ARCHIVE_KEYS.map(({ key }) => key))
    expect(keys.map((key) => key.getFingerprint().toUpperCase())).toEqual(
      ARCHIVE_KEYS.map(({ fingerprint }) => fingerprint),
    )
    const taken = new Date(`${ARCHIVE_KEYS_SOURCE.date}T00:00:00Z`)
    await Promise.all(keys.map((key) => key.getSigningKey(undefined, taken)))
    expect(Object.keys(OLDEST_DATES)).toContain('bookworm')
  })
})
