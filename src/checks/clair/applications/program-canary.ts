/**
 * A made-up program that is examined in each run: its version has to be found in its bytes, and a well-known
 * vulnerability has to be reported for it. Otherwise an answer without findings about programs proves nothing.
 */
export const PROGRAM_CANARY = {
  bytes: '\0nginx version: nginx/1.18.0\n\0',
  path: 'usr/sbin/nginx',
  name: 'nginx',
  version: '1.18.0',
  id: 'CVE-2021-23017',
} as const
