import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { docker, lines, newFolder } from './support.js'

/**
 * An image of this Dockerfile that stays for other runs until Debian's archive changes: one for which apt brings updates or
 * packages takes longer to make than to judge. Another Dockerfile, or another base, makes it again; images of another state
 * of the archive are removed.
 * @param context a folder with the files that the Dockerfile copies
 */
export function keptImage(name: string, dockerfile: readonly string[], context = newFolder()): string {
  const repository = `seaworthy-dev/${name}`
  const base = dockerfile[0]?.replace(/^FROM /, '') ?? ''
  const id = docker('image', 'inspect', '-f', '{{.Id}}', base).trim()
  const copied = readdirSync(context).map((file) => readFileSync(join(context, file), 'utf8'))
  const recipe = createHash('sha256')
    .update(JSON.stringify([id, dockerfile, copied]))
    .digest('hex')
  const state = archiveState()
  const tag = `${repository}:${state}-${recipe.slice(0, 12)}`
  const listed = lines(docker('images', '--format', '{{.Repository}}:{{.Tag}}', repository))
  if (!listed.includes(tag)) {
    writeFileSync(join(context, 'Dockerfile'), `${dockerfile.join('\n')}\n`)
    // What the builder has kept of these instructions has the archive's packages of another day.
    docker('build', '-q', '--no-cache', '-t', tag, context)
    for (const old of listed.filter((one) => !one.startsWith(`${repository}:${state}`))) {
      docker('rmi', '-f', '--no-prune', old)
    }
  }
  return tag
}

const INDEXES = ['debian', 'debian-security'].flatMap((archive) =>
  ['bookworm', 'trixie'].map((codename) => {
    const suite = archive === 'debian' ? codename : `${codename}-security`
    return `http://deb.debian.org/${archive}/dists/${suite}/InRelease`
  }),
)
let known: string | undefined

/** Which state of Debian's archive apt would see now: a security update may come at any hour, and then an image is old. */
function archiveState(): string {
  known ??= createHash('sha256')
    .update(execFileSync('curl', ['-fsS', ...INDEXES]))
    .digest('hex')
    .slice(0, 12)
  return known
}
