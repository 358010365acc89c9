/** Name and version as reports say them; a test holds the version to package.json. */
export const TOOL = { name: 'seaworthy', version: '0.1.0' } as const
