import { statusOf, tarOf } from './build.js'

export const STATUS = 'var/lib/dpkg/status'
export const layer = tarOf([{ path: STATUS, body: statusOf('libc6') }])
