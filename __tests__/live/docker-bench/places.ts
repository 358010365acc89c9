import { chmodSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BASES, docker, newFolder } from '../support.js'

/** Images in which Docker Bench is to run: made of what this machine has, since no registry is asked. */
const made = new Set<string>()

function make(name: string, dockerfile: string, files: Readonly<Record<string, string>>): string {
  const tag = `seaworthy-test/place-${name}-${process.pid}:1`
  if (made.has(tag)) {
    return tag
  }
  const folder = newFolder()
  for (const [file, from] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(file)), { recursive: true })
    if (from.startsWith('#!')) {
      writeFileSync(join(folder, file), from)
    } else if (existsSync(commandPath(from))) {
      cpSync(commandPath(from), join(folder, file), { dereference: true })
    } else {
      throw new Error(`this test needs ${from}: run script/setup tools`)
    }
    chmodSync(join(folder, file), 0o755)
  }
  writeFileSync(join(folder, 'Dockerfile'), dockerfile)
  docker('build', '-q', '--network', 'none', '-t', tag, folder)
  made.add(tag)
  return tag
}

/** Debian with bash and the docker command of this machine. */
export const debianPlace = () =>
  make('debian', `FROM ${BASES.bookworm}\nCOPY docker /usr/bin/\n`, { docker: 'docker' })

/** Where this machine has none, tests are skipped, and say so. */
export const BUSYBOX = existsSync(commandPath('busybox'))

/** Busybox with nothing else but the docker command, as Docker's own image has it. */
export const busyboxPlace = () =>
  make(
    'busybox',
    'FROM scratch\nENV PATH=/bin\nCOPY busybox docker /bin/\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\n',
    { docker: 'docker', busybox: 'busybox' },
  )

/** Where it does not matter. */
export const anyPlace = () => (BUSYBOX ? busyboxPlace() : debianPlace())

/**
 * The shell of busybox, and stubs of Debian's programs, for images of which only the history counts: 2 MB, which a gate
 * reads in no time. It has no ps.
 */
export const smallBase = () =>
  make(
    'small',
    'FROM scratch\nENV PATH=/bin\nCOPY bin /bin/\nCOPY etc /etc/\nRUN ["/bin/busybox", "--install", "-s", "/bin"]\nRUN rm /bin/ps && mkdir -m 1777 /tmp\n',
    {
      'bin/busybox': 'busybox',
      'bin/apt-get': '#!/bin/sh\n',
      'bin/update-alternatives': '#!/bin/sh\n',
      'etc/passwd': '#!none\nroot:x:0:0::/:/bin/sh\napp:x:10002:10002::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\n',
      'etc/group': '#!none\nroot:x:0:\ndaemon:x:1:\n',
    },
  )

/** Debian with a docker command that says this of every engine. */
export const refusedPlace = (name: string, text: string) =>
  make(name, `FROM ${BASES.bookworm}\nCOPY docker /usr/bin/\n`, {
    docker: `#!/bin/sh\necho "${text}" >&2\nexit 1\n`,
  })

export function removePlaces(): void {
  for (const tag of made) {
    docker('rmi', '-f', tag)
  }
  made.clear()
}

/** Another docker command for these images than this machine's, such as one of a newer line. */
const OTHER_DOCKER = process.env.SEAWORTHY_BENCH_DOCKER

export function commandPath(name: string): string {
  if (name === 'docker' && OTHER_DOCKER !== undefined) {
    return OTHER_DOCKER
  }
  const found = (process.env.PATH ?? '').split(':').map((folder) => join(folder, name))
  return found.find((path) => existsSync(path)) ?? name
}
