import type { TarMember } from '../../io/archive/tar-writer.js'
import type { Deb } from './deb.js'

/** The package as in the image's `status.d`. */
export interface StatusPart {
  /** Path of its file in the image, and of its list of MD5 sums; `null` if there is none. */
  readonly path: string
  readonly sums: { readonly path: string; readonly text: string } | null
}

export interface Surface {
  /** What is at a path of the image. */
  stat(path: string): Promise<'missing' | 'file' | 'directory' | { readonly link: string }>
}

/** The files to put over the image for one package, or why that is not possible. */
export type Laid = { readonly members: readonly TarMember[] } | { readonly refused: string }

const SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm', 'config']

/**
 * A package's files as a layer over an image without dpkg. Nothing is run, nothing is removed: if a maintainer script
 * would have to run, or a file of the old version would stay behind, it is refused.
 */
export async function layOver(deb: Deb, part: StatusPart, surface: Surface): Promise<Laid> {
  const script = SCRIPTS.find((name) => (deb.control.get(name) ?? '').trim() !== '')
  if (script !== undefined) {
    return { refused: `its ${script} script would have to run` }
  }
  const trigger = await openTrigger(deb.control.get('triggers') ?? '', surface)
  if (trigger !== null) {
    return { refused: trigger }
  }
  if (part.sums === null) {
    return { refused: "there is no list of the old version's files" }
  }
  const mapped = await mapPaths(deb.members, surface)
  const names = new Set(mapped.map(({ path }) => path))
  const old = [...part.sums.text.matchAll(/^[0-9a-f]{32} [ *](.+)$/gm)].map(([, path = '']) => path)
  const resolve = resolver(surface)
  for (const path of old) {
    const real = await resolve(path)
    if (!names.has(real) && (await surface.stat(real)) !== 'missing') {
      return { refused: `${path} from the old version would remain in the image` }
    }
  }
  const conffiles = new Set(
    (deb.control.get('conffiles') ?? '').split('\n').map((line) => line.trim().replace(/^\//, '')),
  )
  const members: TarMember[] = []
  for (const one of mapped) {
    const there = await surface.stat(one.path)
    // Existing files keep their permissions; a link in their place leads to the right one.
    if (one.type === 'directory' && there !== 'missing') {
      continue
    }
    if (conffiles.has(one.path) && there !== 'missing') {
      continue
    }
    members.push(one)
  }
  const control = deb.control.get('control') ?? ''
  return {
    members: [
      ...members,
      text(part.path, control.endsWith('\n') ? control : `${control}\n`),
      text(part.sums.path, deb.control.get('md5sums') ?? ''),
    ],
  }
}

/** A missing cache of libraries needs no update (ldconfig(8)); any other trigger needs its package. */
async function openTrigger(triggers: string, surface: Surface): Promise<string | null> {
  for (const line of triggers.split('\n')) {
    const [word = '', name = ''] = line.trim().split(/\s+/)
    if (!word.startsWith('activate')) {
      continue
    }
    if (name !== 'ldconfig') {
      return `it would have to activate the trigger ${name}`
    }
    if ((await surface.stat('etc/ld.so.cache')) !== 'missing') {
      return 'ldconfig would have to run afterwards'
    }
  }
  return null
}

/** Paths as in the image: a folder that is a link there (`lib` → `usr/lib`) must stay one. */
async function mapPaths(members: readonly TarMember[], surface: Surface): Promise<TarMember[]> {
  const resolve = resolver(surface)
  const mapped: TarMember[] = []
  for (const one of members) {
    const path = await resolve(one.path)
    const link = one.type === 'hardlink' ? await resolve(one.link.replace(/^(?:\.?\/)+/, '')) : one.link
    mapped.push({ ...one, path, link })
  }
  return mapped
}

/** Follows links of the folders above a path, not of its last part. */
function resolver(surface: Surface): (path: string) => Promise<string> {
  const known = new Map<string, string>()
  const folder = async (path: string, depth = 0): Promise<string> => {
    if (path === '' || depth > 40) {
      return path
    }
    const done = known.get(path)
    if (done !== undefined) {
      return done
    }
    const slash = path.lastIndexOf('/')
    const parent = await folder(path.slice(0, Math.max(0, slash)), depth + 1)
    const own = [parent, path.slice(slash + 1)].filter((part) => part !== '').join('/')
    const there = await surface.stat(own)
    const real = typeof there === 'object' ? await folder(target(parent, there.link), depth + 1) : own
    known.set(path, real)
    return real
  }
  return async (path) => {
    const slash = path.lastIndexOf('/')
    const parent = await folder(path.slice(0, Math.max(0, slash)))
    return [parent, path.slice(slash + 1)].filter((part) => part !== '').join('/')
  }
}

function target(parent: string, link: string): string {
  const parts = (link.startsWith('/') ? link : `${parent}/${link}`).split('/')
  const out: string[] = []
  for (const part of parts) {
    if (part === '..') {
      out.pop()
    } else if (part !== '' && part !== '.') {
      out.push(part)
    }
  }
  return out.join('/')
}

function text(path: string, body: string): TarMember {
  return { path, type: 'file', mode: 0o644, uid: 0, gid: 0, link: '', bytes: Buffer.from(body) }
}
