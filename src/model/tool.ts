import manifest from '../../package.json' with { type: 'json' }

/** Name and version as reports say them: package.json is the one place that has the version. */
export const TOOL: { readonly name: string; readonly version: string } = {
  name: 'seaworthy',
  version: manifest.version,
}
