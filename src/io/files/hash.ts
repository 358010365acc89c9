import { createHash } from 'node:crypto'

/** `sha256:<hex>` of a text. */
export function sha256Of(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}

/** 16 hexadecimal digits that identify a text: enough for names, not for secrets. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
