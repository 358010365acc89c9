import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { BASES, docker } from '../../live/support.js'
import { asRoot } from './apt.js'
import { kept } from './kept.js'

/** Packages of which trixie or its updates have a newer version than the suite that is named here. */
const OLD = {
  zstd: 'trixie',
  libkrb5support0: 'trixie',
  libeot0: 'trixie',
  libzstd1: 'trixie',
  passwd: 'trixie',
  libexpat1: 'bookworm',
  zlib1g: 'bookworm',
} as const
export type OldName = keyof typeof OLD

const PLACE = '/tmp/old-package'
/** Steps of a RUN find the package there, and the version that apt would install now in `$new`. */
export const DEB = `${PLACE}/old.deb`
export const NEW_READ = `new="$(cat ${PLACE}/new)"`
export const DEB_REMOVED = `rm -r ${PLACE}`

/** Lines of a Dockerfile that copy the old package, and run these with it as root, each list in a layer of its own. */
export function withOldDeb(...layers: readonly (readonly string[])[]): readonly string[] {
  return [`COPY old-package ${PLACE}`, ...asRoot(...layers)]
}

/** Puts the package into the build context. */
export function oldDeb(name: OldName): (context: string) => void {
  return (context) => {
    execFileSync('cp', ['-a', join(oldDebs(), name), join(context, 'old-package')])
  }
}

/** An old version stays an old one, so what was fetched once is good for later runs. */
function oldDebs(): string {
  return kept('old-debs', OLD, (folder) => {
    const source = (archive: string, suite: string) => `deb http://deb.debian.org/${archive} ${suite} main`
    const sources = [
      ...[source('debian', 'trixie'), source('debian', 'trixie-updates'), source('debian', 'bookworm')],
      source('debian-security', 'trixie-security'),
    ]
    const each = Object.entries(OLD).map(
      ([name, suite]) => `
        mkdir /out/${name} && apt-get download ${name}/${suite} && mv ${name}_*.deb /out/${name}/old.deb
        apt-cache policy ${name} | sed -n 's/^ *Candidate: //p' >/out/${name}/new
        dpkg --compare-versions "$(dpkg-deb -f /out/${name}/old.deb Version)" lt "$(cat /out/${name}/new)"`,
    )
    const script = [
      'set -e',
      `printf '%s\\n' ${sources.map((one) => `'${one}'`).join(' ')} >/etc/apt/sources.list`,
      ...['apt-get -q update', 'cd /tmp', ...each],
    ].join('\n')
    docker('run', '--rm', '-v', `${folder}:/out`, BASES.trixie, 'sh', '-c', script)
  })
}
