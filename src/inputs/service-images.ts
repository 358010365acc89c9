/**
 * The images that run next to the gate if no input names others. `digest` is that of the manifest (of the index, if
 * there are several platforms) that the tag had when it was looked up, and takes precedence over the tag.
 * `script/pin-images` fills it in with access to the registry; a release is refused while one is missing.
 */
export const SERVICE_IMAGES = {
  'clair-image': { name: 'quay.io/projectquay/clair:4.9.0', digest: null },
  'postgres-image': { name: 'postgres:17', digest: null },
  'bench-image': { name: 'docker:29-cli', digest: null },
} as const satisfies Readonly<Record<string, { readonly name: string; readonly digest: string | null }>>

/** As the engine takes it: `postgres:17@sha256:…`, or just the tag. */
export function serviceImage(input: keyof typeof SERVICE_IMAGES): string {
  const { name, digest } = SERVICE_IMAGES[input]
  return digest === null ? name : `${name}@${digest}`
}
