import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { statusOf, tarOf } from './build.js'

export const ARCHIVES = join(import.meta.dirname, '../../../support/archives')
/** One of the real archives, without its gzip. */
export const fixture = (name: string): Buffer => gunzipSync(readFileSync(join(ARCHIVES, `${name}.tar.gz`)))

export const STATUS = 'var/lib/dpkg/status'
export const layer = tarOf([{ path: STATUS, body: statusOf('libc6') }])
