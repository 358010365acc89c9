import { generateKeyPairSync, sign } from 'node:crypto'

/** DER: tag, length, value (ITU-T X.690). */
function der(tag: number, ...parts: readonly (Buffer | string)[]): Buffer {
  const value = Buffer.concat(
    parts.map((part) => (Buffer.isBuffer(part) ? part : Buffer.from(part, 'latin1'))),
  )
  const size = value.length
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), value])
}

const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const oid = (...bytes: readonly number[]) => der(0x06, Buffer.from(bytes))

/**
 * A new key, and a certificate for 127.0.0.1 and these names that it signs itself (RFC 5280), both as PEM: so that no
 * private key lies in the repository.
 */
export function selfSigned(...names: readonly string[]): { readonly cert: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)) // ecdsa-with-SHA256
  const name = sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, 'test')))) // CN=test
  const extension = (id: number, value: Buffer) => sequence(oid(0x55, 0x1d, id), der(0x04, value))
  const body = sequence(
    der(0xa0, der(0x02, '\x02')), // version 3
    der(0x02, '\x01'), // serial number
    algorithm,
    name,
    sequence(der(0x17, '200101000000Z'), der(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(
      0xa3,
      sequence(
        extension(0x13, sequence(der(0x01, '\xff'))), // basicConstraints: CA
        // subjectAltName: IP address, DNS names
        extension(
          0x11,
          sequence(der(0x87, Buffer.from([127, 0, 0, 1])), ...names.map((one) => der(0x82, one))),
        ),
      ),
    ),
  )
  const signature = der(0x03, '\0', sign('sha256', body, privateKey))
  const base64 = sequence(body, algorithm, signature).toString('base64')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
