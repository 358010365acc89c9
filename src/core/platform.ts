import type { Platform } from './image.js'

/** `linux/amd64`, `linux/arm/v7`: as Docker's `--platform` takes it. */
export function platformName({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== null).join('/')
}
