/**
 * A program that is planted in each run: its bytes have to be found, and a vulnerability of it that everybody knows has
 * to be reported. Else silence about the programs of an image proves nothing.
 */
export const PROGRAM_CANARY = {
  bytes: '\0nginx version: nginx/1.18.0\n\0',
  path: 'usr/sbin/nginx',
  name: 'nginx',
  version: '1.18.0',
  id: 'CVE-2021-23017',
} as const
