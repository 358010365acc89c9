import manifest from '../../package.json' with { type: 'json' }

/** Name and version for reports: package.json is the only place with the version. */
export const TOOL: { readonly name: string; readonly version: string } = {
  name: 'seaworthy',
  version: manifest.version,
}
