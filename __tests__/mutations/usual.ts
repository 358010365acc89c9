/** Those that script/test judges: at least two of each group, on all four images. */
export const USUAL: readonly string[] = [
  'debian/held-back/1',
  'debian/half-upgraded/2',
  'application/maven/1',
  'application/program-renamed/1',
  'placement/lower-layer/1',
  'placement/deeper-archive/1',
  'database/version-raised/1',
  'database/file-replaced/2',
  'configuration/secret-in-history/4',
  'configuration/mounts/13',
]
