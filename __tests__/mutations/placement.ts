import { execFileSync } from 'node:child_process'
import { chmodSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Mutation } from './mutation.js'
import { asRoot } from './tools/apt.js'
import { APPLICATIONS, type ApplicationName, copied } from './tools/simplest.js'

/** A vulnerable package at an unusual place. The tools that put packages there are those of `application.ts`. */

const SITE = '/usr/local/lib/python3.13/dist-packages'

interface Placed {
  readonly what: string
  readonly lines?: readonly string[]
  readonly lower?: readonly string[]
  /** Of the build context, and of the application in it. */
  readonly changes?: (content: string, context: string) => void
}

function placed(id: string, name: ApplicationName, { what, changes, lines, lower }: Placed): Mutation {
  const application = APPLICATIONS[name]
  return {
    id: `placement/${id}`,
    on: application.on,
    what: `${application.what}, ${what}`,
    files: copied(name, changes),
    ...(lines === undefined ? {} : { lines }),
    ...(lower === undefined ? {} : { lower }),
    subject: application.subject,
  }
}

function lower(number: number, name: ApplicationName, into: string): Mutation {
  const what = `in ${into}, in a layer below the application's`
  return placed(`lower-layer/${number}`, name, { what, lower: [`COPY content ${into}`] })
}

/** Copied to one place, then changed in later layers, one for each step. */
function afterwards(
  id: string,
  name: ApplicationName,
  { what, into, steps }: { what: string; into: string; steps: readonly string[] },
): Mutation {
  return placed(id, name, {
    what,
    lines: [`COPY content ${into}`, ...asRoot(...steps.map((step) => [step]))],
  })
}

function moved(number: number, name: ApplicationName, from: string, into: string): Mutation {
  const parent = into.slice(0, into.lastIndexOf('/'))
  const steps = [`mkdir -p ${parent} && mv ${from} ${into}`]
  return afterwards(`moved/${number}`, name, { what: `moved from ${from} to ${into}`, into: from, steps })
}

/** With more than one link in one layer, of which the first in its order is the meaningless one. */
function hardLinked(
  number: number,
  name: ApplicationName,
  { what, into, step }: { what: string; into: string; step: string },
): Mutation {
  const steps = [`${step} && test "$(find /opt /srv /usr/local /var -type f -links +1 | wc -l)" -gt 0`]
  return afterwards(`hard-linked/${number}`, name, { what, into, steps })
}

/** As content-addressed stores have it: each file under its hash, and the tree made of links to these. */
const STORE = (tree: string, store: string) =>
  [
    `mkdir -p ${store}`,
    `find ${tree} -type f | while read -r file; do ln -f "$file" "${store}/$(sha256sum <"$file" | cut -c1-64)"; done`,
  ].join(' && ')

/** Given its name before it is copied. */
function renamed(
  number: number,
  name: ApplicationName,
  { from, to, into }: { from: string; to: string; into: string },
): Mutation {
  return placed(`renamed/${number}`, name, {
    what: `${from} renamed to ${to}, in ${into}`,
    changes: (content) => renameSync(join(content, onlyOne(content, from)), join(content, to)),
    lines: [`COPY content ${into}`],
  })
}

/** @param pattern a name, with `*` for what a version is */
function onlyOne(folder: string, pattern: string): string {
  const [start = '', end = ''] = pattern.split('*')
  const names = readdirSync(folder).filter((one) =>
    pattern.includes('*') ? one.startsWith(start) && one.endsWith(end) : one === pattern,
  )
  const [name] = names
  if (name === undefined || names.length > 1) {
    throw new Error(`${folder} has ${names.length} files named ${pattern}`)
  }
  return name
}

function otherMode(number: number, name: ApplicationName, path: string, mode: number): Mutation {
  const text = mode.toString(8).padStart(4, '0')
  return placed(`other-mode/${number}`, name, {
    what: `its ${path} with mode ${text}`,
    changes: (content) => chmodSync(join(content, path), mode),
    lines: ['COPY content /opt/content'],
  })
}

/** Packs the application into one file, `packed`, by commands in the context. */
function packed(
  number: number,
  name: ApplicationName,
  { what, commands, into }: { what: string; commands: readonly string[]; into: string },
): Mutation {
  return placed(`deeper-archive/${number}`, name, {
    what: `${what}, at ${into}`,
    changes: (_, context) => {
      execFileSync('sh', ['-e', '-c', commands.join('\n')], {
        cwd: context,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
    },
    lines: [`COPY packed ${into}`],
  })
}

/** The content is at a meaningless place, and links lead to it. */
function linked(
  number: number,
  name: ApplicationName,
  { what, into, links }: { what: string; into: string; links: readonly (readonly [string, string])[] },
): Mutation {
  const steps = links.map(([target, path]) => `mkdir -p "$(dirname ${path})" && ln -sfn ${target} ${path}`)
  const last = links.at(-1)?.[1]
  return placed(`symbolic-link/${number}`, name, {
    what: `in ${into}, behind ${what}`,
    lines: [`COPY content ${into}`, ...asRoot([...steps, `test -e ${last}`])],
  })
}

/** @param steps one layer each: the first removes it, the last brings it back */
function broughtBack(
  number: number,
  name: ApplicationName,
  { what, into, steps }: { what: string; into: string; steps: readonly string[] },
): Mutation {
  return afterwards(`brought-back/${number}`, name, {
    what: `removed from ${into}, then ${what}`,
    into,
    steps,
  })
}

const PLACES: readonly Mutation[] = [
  lower(1, 'jinja2', SITE),
  lower(2, 'lodash', '/srv/app/node_modules'),
  lower(3, 'log4j', '/srv/app/lib'),
  lower(4, 'text', '/usr/local/bin'),

  moved(1, 'requests', '/srv/site', '/usr/share/doc/python3/site'),
  moved(2, 'minimist', '/srv/app/vendor', '/var/lib/app/node_modules'),
  moved(3, 'commonsText', '/srv/app/more', '/tmp/lib'),
  moved(4, 'text0', '/srv/app/bin', '/opt/x'),
  moved(5, 'sqlparse', '/srv/site', '/var/cache/apt/archives/partial/site'),
  moved(6, 'gin', '/srv/app/bin', '/usr/share/doc/worker'),

  hardLinked(1, 'sqlparse', {
    what: 'its tree copied with cp -al to /var/lib/site, and both kept',
    into: '/srv/site',
    step: 'cp -al /srv/site /var/lib/site',
  }),
  hardLinked(2, 'qs', {
    what: 'in node_modules, whose files are hard links to a store of hashes that comes first in the layer',
    into: '/srv/app/plugins/node_modules',
    step: STORE('/srv/app/plugins/node_modules', '/opt/store'),
  }),
  hardLinked(3, 'snakeyaml', {
    what: 'its jar as a hard link to /opt/blobs/5f3a, of which the jar is the second name',
    into: '/srv/app/lib',
    step: 'mkdir /opt/blobs && ln /srv/app/lib/snakeyaml-1.33.jar /opt/blobs/5f3a',
  }),
  hardLinked(4, 'text7', {
    what: 'its program with a second name, /opt/data/worker.dat',
    into: '/usr/local/bin',
    step: 'mkdir /opt/data && ln /usr/local/bin/worker /opt/data/worker.dat',
  }),
  hardLinked(5, 'jackson', {
    what: 'its jar under two other names alone, /opt/blobs/11 and /var/lib/blobs/12',
    into: '/srv/app/lib/more',
    step: [
      'mkdir -p /opt/blobs /var/lib/blobs && cd /srv/app/lib/more',
      'ln jackson-databind-2.9.8.jar /opt/blobs/11 && ln jackson-databind-2.9.8.jar /var/lib/blobs/12',
      'rm jackson-databind-2.9.8.jar',
    ].join(' && '),
  }),

  renamed(1, 'log4j', { from: 'log4j-core-*.jar', to: 'logging.jar', into: '/srv/app/lib' }),
  renamed(2, 'commonsText', { from: 'commons-text-*.jar', to: 'text.dat', into: '/srv/app/lib' }),
  renamed(3, 'jinja2', { from: 'jinja2', to: 'jinja2.bak', into: '/opt/site' }),
  renamed(4, 'requests', { from: 'requests-*.dist-info', to: 'requests.metadata', into: '/opt/site' }),
  renamed(5, 'ws', { from: 'ws', to: 'sockets', into: '/srv/app/vendor' }),
  renamed(6, 'text', { from: 'worker', to: 'data.bin', into: '/usr/local/share/worker' }),

  otherMode(1, 'text', 'worker', 0o644),
  otherMode(2, 'springBeans', 'spring-beans-5.3.17.jar', 0o000),
  otherMode(3, 'jupyter', 'jupyter_server-1.0.0.dist-info/METADATA', 0o444),
  otherMode(4, 'ansiRegex', 'ansi-regex/package.json', 0o600),
  otherMode(5, 'gin', 'worker', 0o444),
  otherMode(6, 'pathToRegexp', 'path-to-regexp/package.json', 0o111),
]

const ARCHIVES: readonly Mutation[] = [
  packed(1, 'postgresql', {
    what: 'its jar in a war in an ear',
    into: '/srv/app/shop.ear',
    commands: [
      'mkdir -p war/WEB-INF/lib ear && cp content/*.jar war/WEB-INF/lib',
      'jar --create --file ear/shop.war -C war .',
      'jar --create --file packed -C ear .',
    ],
  }),
  packed(2, 'log4j', {
    what: 'its jar in a zip in a jar',
    into: '/srv/app/lib/bundle.jar',
    commands: [
      'mkdir outer && (cd content && zip -q ../outer/libraries.zip *.jar)',
      'jar --create --file packed -C outer .',
    ],
  }),
  packed(3, 'jinja2', {
    what: 'its wheel in a zipapp, behind a #! line',
    into: '/srv/app/report.pyz',
    commands: [
      'mkdir -p zipapp/wheels',
      '(cd content && zip -q -r ../zipapp/wheels/Jinja2-2.11.2-py2.py3-none-any.whl jinja2 Jinja2-2.11.2.dist-info)',
      `printf 'import sys\\nprint("ready")\\n' >zipapp/__main__.py`,
      'python -m zipapp zipapp --output packed --python "/usr/bin/env python3"',
    ],
  }),
  packed(4, 'lodash', {
    what: 'node_modules in a zip in a zip',
    into: '/srv/app/layer.zip',
    commands: [
      'mkdir -p nodejs/node_modules && mv content/lodash nodejs/node_modules/',
      'zip -q -r layer.zip nodejs && zip -q packed.zip layer.zip && mv packed.zip packed',
    ],
  }),
  packed(5, 'springWebmvc', {
    what: 'its jar in a jar in a war in an ear',
    into: '/srv/app/shop.ear',
    commands: [
      'mkdir -p boot/BOOT-INF/lib war/WEB-INF/lib ear && cp content/*.jar boot/BOOT-INF/lib',
      'jar --create --no-compress --file war/WEB-INF/lib/boot.jar -C boot .',
      'jar --create --file ear/shop.war -C war . && jar --create --file packed -C ear .',
    ],
  }),
]

const LINKS: readonly Mutation[] = [
  linked(1, 'jinja2', {
    what: 'an absolute link to the folder',
    into: '/opt/data/0001',
    links: [['/opt/data/0001', '/srv/site']],
  }),
  linked(2, 'tar', {
    what: 'a relative link to the folder',
    into: '/var/lib/modules/node_modules',
    links: [['../../../var/lib/modules/node_modules', '/srv/app/plugin/node_modules']],
  }),
  linked(3, 'logback', {
    what: 'a chain of two links to its jar',
    into: '/var/lib/blobs/5f3a',
    links: [
      ['/var/lib/blobs/5f3a/logback-classic-1.2.3.jar', '/opt/current'],
      ['../../../opt/current', '/srv/app/lib/logging.jar'],
    ],
  }),
  linked(4, 'text0', {
    what: 'a chain of links to its folder and to its program',
    into: '/opt/releases/20261130',
    links: [
      ['releases/20261130', '/opt/current'],
      ['/opt/current/worker', '/usr/local/bin/worker'],
    ],
  }),
  linked(5, 'sqlparse', {
    what: 'a link of the folder that Python imports from',
    into: '/var/lib/python/a',
    links: [
      ['/var/lib/python/a/sqlparse', `${SITE}/sqlparse`],
      ['/var/lib/python/a/sqlparse-0.4.1.dist-info', `${SITE}/sqlparse-0.4.1.dist-info`],
    ],
  }),
]

const BROUGHT_BACK: readonly Mutation[] = [
  broughtBack(1, 'requests', {
    what: 'unpacked again from a tar archive',
    into: '/srv/site',
    steps: [
      'mkdir -p /var/backups && tar -C / -cf /var/backups/site.tar srv/site && rm -r /srv/site',
      'tar -C / -xf /var/backups/site.tar && rm /var/backups/site.tar && test -d /srv/site/requests',
    ],
  }),
  broughtBack(2, 'nodeFetch', {
    what: 'brought back by cp -al',
    into: '/srv/app/plugins/node_modules',
    steps: [
      'cp -a /srv/app/plugins/node_modules /var/tmp/kept && rm -r /srv/app/plugins',
      'mkdir /srv/app/plugins && cp -al /var/tmp/kept /srv/app/plugins/node_modules && rm -r /var/tmp/kept',
    ],
  }),
  placed('brought-back/3', 'commonsText', {
    what: 'copied to /srv/app/lib, removed, and copied again',
    lines: [
      ...['COPY content /srv/app/lib', ...asRoot(['rm /srv/app/lib/commons-text-1.9.jar'])],
      'COPY content /srv/app/lib',
    ],
  }),
  broughtBack(4, 'text7', {
    what: 'brought back by a hard link to a blob',
    into: '/opt/worker',
    steps: [
      'mkdir /var/lib/blobs && ln /opt/worker/worker /var/lib/blobs/77 && rm -r /opt/worker',
      'mkdir /opt/worker && ln /var/lib/blobs/77 /opt/worker/worker && rm /var/lib/blobs/77',
    ],
  }),
  broughtBack(5, 'postgresql', {
    what: 'its folder replaced by a file, and copied back from another place',
    into: '/srv/app/drivers',
    steps: [
      'cp -a /srv/app/drivers /opt/kept && rm -r /srv/app/drivers && touch /srv/app/drivers',
      'rm /srv/app/drivers && cp -a /opt/kept /srv/app/drivers && rm -r /opt/kept',
    ],
  }),
]

export const PLACEMENT: readonly Mutation[] = [...PLACES, ...ARCHIVES, ...LINKS, ...BROUGHT_BACK]
