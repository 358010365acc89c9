import { describe, expect, test } from '@jest/globals'
import { jarOf, zipOf } from '../../../support/hostile-zip.js'
import { goProgram, plainProgram, rustProgram } from '../../../support/programs.js'
import { type Entry, gone } from '../../io/archive/build.js'
import {
  accountIn,
  elf,
  file,
  installed,
  type Known,
  type Layers,
  listedPaths,
  lists,
  md5,
  program,
  sha256,
  status,
} from './image.js'

const SCRIPT = '#!/bin/sh\n'
const PE = (() => {
  const bytes = Buffer.alloc(256)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(128, 0x3c)
  bytes.write('PE\0\0', 128, 'latin1')
  return bytes
})()
const NOBODY = 'no package explains it'
const tar = program('usr/bin/tar', elf('tar'))
const debian = [status({ tar: '1' }), tar, ...lists('tar', [tar])]
const own = (layers: Layers, known: Known = {}) => accountIn(layers, { packages: ['tar'], ...known })

describe('what is a program', () => {
  test.each<[string, Entry, string | null]>([
    ['an ELF file without a right to run', file('srv/a.so', elf('x')), 'elf'],
    ['an executable script', program('srv/a', SCRIPT), 'script'],
    ['a script that nobody runs', file('srv/a', SCRIPT), null],
    ['a PE file', file('srv/a.dll', PE), 'assembly'],
    ['a text that begins like one', file('srv/a', `MZ${'x'.repeat(300)}`), null],
    ['a short text that begins like one', file('srv/a', 'MZ'), null],
    ['a zipapp', file('srv/a.pyz', zipOf([])), 'archive'],
    [
      'a text under the name of a program',
      file('var/lib/dpkg/alternatives/phar.phar', 'auto\n/usr/bin/phar.phar\n'),
      null,
    ],
    ['a PHP archive', file('srv/a.phar', '<?php __HALT_COMPILER(); ?>'), 'archive'],
    [
      'a zip behind a text',
      file('srv/a.jar', Buffer.concat([Buffer.from('x'.repeat(100)), zipOf([])])),
      'archive',
    ],
    ['an archive of another kind', file('srv/a.rar', 'Rar!\x1a\x07'), null],
    ['a resource adapter', file('srv/a.rar', 'PK\x03\x04'), 'archive'],
    ['a script in front of a zip', file('srv/a', Buffer.concat([Buffer.from(SCRIPT), zipOf([])])), 'archive'],
    ['a text', program('srv/a', 'hello\n'), null],
    ['an empty file', program('srv/a.jar', ''), null],
    ['a symbolic link', { path: 'srv/a.jar', type: 'SymbolicLink', linkpath: '/usr/bin/tar' }, null],
  ])('when it is %s, then it counts or not', async (_, entry, form) => {
    const { listed, programs } = await accountIn([[entry]])
    expect(listed.map((one) => one.form)).toEqual(form === null ? [] : [form])
    expect(programs).toBe(form === null ? 0 : 1)
  })

  test.each([
    [{ Entrypoint: ['/srv/run.sh'] }],
    [{ Cmd: ['sh', 'run.sh'], WorkingDir: '/srv' }],
    [{ Cmd: ['/bin/sh', '-c', 'exec sh ./run.sh'], WorkingDir: '/srv/' }],
  ])('when the image starts a script that is not executable (%j), then it counts', async (config) => {
    expect(listedPaths(await accountIn([[file('srv/run.sh', SCRIPT)]], { config }))).toEqual([
      'copied script srv/run.sh: a text script',
    ])
  })

  test('when layers replace and delete programs, then those of the merged file system count', async () => {
    const layers = [
      [program('srv/a', elf('1')), program('srv/b', elf('1')), program('srv/c/d', elf('1'))],
      [program('srv/a', elf('2')), gone('srv/b'), file('srv/c', 'a text')],
    ]
    const { listed } = await accountIn(layers)
    expect(listed.map(({ path, sha256: sum }) => [path, sum])).toEqual([['srv/a', sha256(elf('2'))]])
  })

  const link = (path: string, linkpath: string): Entry => ({ path, type: 'Link', linkpath })
  test.each<[string, Layers, readonly string[]]>([
    ['its own layer', [[program('a', elf('')), link('b', 'a'), link('c', 'b')]], ['a', 'b', 'c']],
    ['a layer below', [[program('a', elf(''))], [link('b', 'a')]], ['a', 'b']],
    ['a file that the layer below has deleted', [[program('a', elf(''))], [gone('a')], [link('b', 'a')]], []],
    ['each other', [[link('a', 'b'), link('b', 'a')]], []],
    ['no file', [[link('a', 'x')]], []],
    ['a text of its own layer', [[program('a', elf(''))], [file('a', 'text'), link('b', 'a')]], []],
  ])('when hard links lead to %s, then they count as what they lead to', async (_, layers, paths) => {
    expect((await accountIn(layers)).listed.map(({ path }) => path)).toEqual(paths)
  })
})

describe('whose it is', () => {
  test('when a Debian package has it, with its content, then it is judged', async () => {
    const { judged, listed } = await own([debian])
    expect(listed).toEqual([])
    expect(judged).toEqual({ debian: 1, parts: 0, packages: 0 })
  })

  test('when it has other content than the package, then nothing explains it', async () => {
    expect(listedPaths(await own([debian, [program('usr/bin/tar', elf('other'))]]))).toEqual([
      'unowned elf usr/bin/tar: it differs from the file of the Debian package tar',
    ])
  })

  test('when the package is not installed, then its list owns nothing', async () => {
    expect(listedPaths(await own([debian], { packages: [] }))).toEqual([`unowned elf usr/bin/tar: ${NOBODY}`])
  })

  test('when somebody has deleted dpkg’s lists, then those of the layer below count', async () => {
    expect(listedPaths(await own([debian, [gone('var/lib/dpkg/info')]]))).toEqual([])
  })

  test('when usr is merged, or a diversion has renamed the file, then it is the package’s', async () => {
    const sh = program('bin/sh.distrib', elf('sh'))
    const dash = lists('dash', [program('usr/bin/sh', elf('sh'))])
    const diversions = file('var/lib/dpkg/diversions', '/bin/sh\n/bin/sh.distrib\nbash\n')
    expect(listedPaths(await own([[sh, ...dash, diversions]], { packages: ['dash'] }))).toEqual([])
  })

  const conffile = program('etc/init.d/tar', SCRIPT)
  const withConffile = [
    ...debian,
    conffile,
    file('var/lib/dpkg/info/tar.list', `/${tar.path}\n/${conffile.path}\n`),
  ]
  test('when it is a conffile, which has no sum, then it is the package’s until a layer changes it', async () => {
    expect(listedPaths(await own([withConffile]))).toEqual([])
    expect(listedPaths(await own([withConffile, [program(conffile.path, `${SCRIPT}x`)]]))).toEqual([
      `copied script ${conffile.path}: it differs from the file of the Debian package tar`,
    ])
  })

  test.each(['usr/local/bin/tar', 'srv/tar', 'opt/tar', 'root/tar', 'tar'])(
    'when a list has %s, where Debian’s packages have nothing, then it is not the package’s',
    async (path) => {
      const one = program(path, elf('x'))
      expect((await own([[one, ...lists('tar', [one])]])).sides.unowned).toBe(1)
    },
  )

  test('when another’s package has its file below opt, then it is the package’s', async () => {
    const one = program('opt/google/chrome', elf('x'))
    const foreign = installed('tar').map((two) => ({
      ...two,
      origin: 'third-party' as const,
      suite: null,
      release: null,
    }))
    expect((await own([[one, ...lists('tar', [one])]], { foreign })).judged.debian).toBe(1)
  })

  const postinst = program('var/lib/dpkg/info/tar.postinst', SCRIPT)
  test('when it is a maintainer script, then it is its package’s', async () => {
    expect(listedPaths(await own([[...debian, postinst]]))).toEqual([])
  })

  test.each<[string, Layers]>([
    ['comes later than the lists', [debian, [program(postinst.path, elf('x'))]]],
    ['is of no package', [[...debian, program('var/lib/dpkg/info/x.postinst', elf('x'))]]],
  ])('when a maintainer script %s, then it is not a package’s', async (_, layers) => {
    expect((await own(layers)).sides.unowned).toBe(1)
  })

  test('when a maintainer script is a link, then a symbolic one is none, and a hard one hides nothing', async () => {
    const evil = program('usr/local/bin/x', elf('x'))
    const { path } = postinst
    expect((await own([[...debian, { path, type: 'SymbolicLink', linkpath: '/srv/x' }]])).programs).toBe(1)
    expect(listedPaths(await own([[...debian, evil, { path, type: 'Link', linkpath: evil.path }]]))).toEqual([
      `unowned elf usr/local/bin/x: ${NOBODY}`,
    ])
  })
})

describe('what is part of an application package', () => {
  const npm = (folder: string, name: string) =>
    file(`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version: '1' }))
  const gemspec = (name: string) =>
    file(
      `usr/local/bundle/specifications/${name}-1.gemspec`,
      `Gem::Specification.new do |s|\ns.name = "${name}"\ns.version = "1"\n`,
    )
  const site = 'opt/venv/lib/python3.12/site-packages'
  const metadata = (home = site) => file(`${home}/x-1.dist-info/METADATA`, 'Name: x\nVersion: 1\n')
  const record = (lines: string, home = site) => file(`${home}/x-1.dist-info/RECORD`, lines)
  const program1 = (path: string) => program(path, elf('x'))

  test.each<[string, readonly Entry[]]>([
    ['an npm package', [npm('srv', 'x'), program1('srv/node_modules/x/build/x.node')]],
    [
      'an npm package elsewhere',
      [
        file('srv/vendor/ws/package.json', '{"name":"x","version":"1.0.0"}'),
        program1('srv/vendor/ws/x.node'),
      ],
    ],
    ['a gem', [gemspec('x'), program1('usr/local/bundle/gems/x-1/lib/x.so')]],
    [
      'a gem’s extension',
      [gemspec('x'), program1('usr/local/bundle/extensions/x86_64-linux/3.3.0/x-1/x/x.so')],
    ],
    [
      'a Composer package',
      [
        file('srv/vendor/composer/installed.json', '{"packages":[{"name":"a/x","version":"1.0"}]}'),
        program1('srv/vendor/a/x/bin/x'),
      ],
    ],
    ['a Python package', [metadata(), record('x/x.so,sha256=x,5\n'), program1(`${site}/x/x.so`)]],
    [
      'a Python package with renamed metadata',
      [
        file(`${site}/x.old/METADATA`, 'Metadata-Version: 2.1\nName: x\nVersion: 1\n'),
        file(`${site}/x.old/RECORD`, 'x/x.so,sha256=x,5\n'),
        program1(`${site}/x/x.so`),
      ],
    ],
    ['its script', [metadata(), record('"../../../bin/x",,\n'), program1('opt/venv/bin/x')]],
  ])('when it is in %s that was judged, then it is judged', async (_, entries) => {
    expect(await accountIn([entries])).toMatchObject({ listed: [], judged: { parts: 1 } })
    const { listed } = await accountIn([entries], { judged: new Set() })
    expect(listed).toEqual([expect.objectContaining({ side: 'not-examined' })])
  })

  test('when the package is an open question, then it was not examined', async () => {
    const open = [{ package: 'npm/x', version: '1', ids: ['GHSA-1'], places: [], layer: null }]
    expect(
      listedPaths(await accountIn([[npm('srv', 'x'), program1('srv/node_modules/x/x.node')]], { open })),
    ).toEqual([
      'not-examined elf srv/node_modules/x/x.node: part of npm package x 1, which cannot be compared with advisories',
    ])
  })

  test.each<[string, string, string, string]>([
    ['claims /bin/sh', '../../../../../bin/sh,,\n', 'bin/sh', site],
    ['claims /bin/sh by its path', '/bin/sh,,\n', 'bin/sh', site],
    ['claims a program of Debian’s', '../../../bin/sh,,\n', 'usr/bin/sh', 'usr/lib/python3/dist-packages'],
    [
      'of the system’s Python claims one',
      '../../../bin/sh,,\n',
      'usr/bin/sh',
      'usr/lib/python3.12/site-packages',
    ],
    ['lies at the top', 'bin/sh,,\n', 'bin/sh', ''],
    ['lies in usr', 'bin/sh,,\n', 'usr/bin/sh', 'usr'],
    ['states another size', 'x/x.so,,6\n', `${site}/x/x.so`, site],
  ])('when a RECORD %s, then that owns nothing', async (_, lines, path, home) => {
    const entries = [metadata(home), record(lines, home), program1(path)]
    const at = (entry: Entry) => ({ ...entry, path: entry.path.replace(/^\//, '') })
    expect((await accountIn([entries.map(at)])).sides.unowned).toBe(1)
  })

  test.each<[string, readonly Entry[]]>([
    ['outside of the package’s folder', [npm('srv', 'x'), program1('srv/node_modules/x.node')]],
    [
      'in a folder that a link in node_modules leads to',
      [
        file('srv/x/package.json', '{"name":"x","version":"1.0.0"}'),
        { path: 'srv/node_modules/x', type: 'SymbolicLink', linkpath: '../x' },
        program1('srv/x/x.node'),
      ],
    ],
    [
      'in the application’s own folder',
      [
        file('srv/x/package.json', '{"name":"x","version":"1.0.0"}'),
        file('srv/x/yarn.lock', ''),
        program1('srv/x/x.node'),
      ],
    ],
    [
      'in a RECORD without metadata',
      [file('srv/lib/x.old/RECORD', 'x/x.so,sha256=x,5\n'), program1('srv/lib/x/x.so')],
    ],
    [
      'in a folder that all share',
      [file('opt/package.json', '{"name":"x","version":"1.0.0"}'), program1('opt/x.node')],
    ],
  ])('when it lies %s, then it is not part of it', async (_, entries) => {
    const { sides, listed } = await accountIn([entries])
    expect(sides.unowned).toBe(1)
    expect(listed.map(({ sha256: sum }) => sum)).toEqual(
      listed.map(({ path }) => (path.includes('node_modules') ? null : sha256(elf('x')))),
    )
  })
})

describe('what is not examined', () => {
  test.each<[string, readonly Entry[], string]>([
    ['a Rust program', [program('srv/x', rustProgram())], 'not-examined elf srv/x: Rust program'],
    [
      'a runtime’s program',
      [
        file(
          'usr/local/include/node/node_version.h',
          '#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 3\n#define NODE_PATCH_VERSION 0\n',
        ),
        program('usr/local/bin/node', elf('node')),
      ],
      'not-examined elf usr/local/bin/node: part of Node.js 22.3.0',
    ],
    [
      'an assembly of .NET',
      [file('srv/app.deps.json', '{}'), file('srv/app.dll', PE)],
      'not-examined assembly srv/app.dll: part of .NET program',
    ],
    [
      'a code archive without a package name',
      [file('srv/a.jar', zipOf([]))],
      'not-examined archive srv/a.jar: code archive without a package name',
    ],
  ])('when it is %s, then it stays so, even if a Dockerfile copies it', async (_, entries, side) => {
    expect(listedPaths(await accountIn([entries]))).toEqual([side])
    expect(listedPaths(await accountIn([entries], { copied: [0] }))).toEqual([side])
  })

  const bytes = (text: string) => Buffer.concat([plainProgram().subarray(0, 128), Buffer.from(`\0${text}\0`)])
  test.each<[string, readonly Entry[], readonly string[], readonly string[]]>([
    [
      'PostgreSQL 16.4',
      [program('opt/pg/bin/postgres', bytes('postgres (PostgreSQL) 16.4\n'))],
      ['opt/pg/bin/psql', 'opt/pg/bin/pg_dump'],
      ['opt/pg/bin/other', 'opt/pg/lib/postgis-3.so'],
    ],
    [
      'Python 3.8.18',
      [program('usr/local/lib/libpython3.8.so.1.0', bytes('3.8.18'))],
      ['usr/local/bin/python3.8', 'usr/local/lib/python3.8/lib-dynload/_ssl.so'],
      ['usr/local/lib/python3.8/site-packages/x.so', 'usr/local/bin/other'],
    ],
    [
      'Ruby 3.1.2',
      [program('usr/local/lib/libruby.so.3.1.2', bytes('ruby 3.1.2p20 (2022-04-12 '))],
      ['usr/local/bin/ruby'],
      ['usr/local/lib/ruby/gems/3.1.0/gems/x/x.so'],
    ],
    [
      'PHP 8.2.1',
      [program('usr/local/bin/php', bytes('X-Powered-By: PHP/8.2.1'))],
      ['usr/local/sbin/php-fpm', 'usr/local/bin/phpdbg'],
      ['usr/local/bin/composer'],
    ],
    [
      'OpenJDK 17.0.2',
      [file('opt/java/release', 'JAVA_VERSION="17.0.2"\n')],
      ['opt/java/bin/java', 'opt/java/lib/libjli.so'],
      ['opt/app/bin/java'],
    ],
    [
      'Erlang/OTP 25.2.3',
      [file('usr/local/lib/erlang/releases/25/OTP_VERSION', '25.2.3')],
      [
        'usr/local/lib/erlang/erts-13.1.5/bin/beam.smp',
        'usr/local/lib/erlang/lib/crypto-5.1.2/priv/crypto.so',
      ],
      ['usr/local/lib/rabbitmq/x.so'],
    ],
    [
      'Apache Tomcat 9.0.80',
      [
        file(
          'opt/tomcat/lib/catalina.jar',
          zipOf([
            {
              name: 'org/apache/catalina/util/ServerInfo.properties',
              body: 'server.info=Apache Tomcat/9.0.80\n',
            },
          ]),
        ),
      ],
      ['opt/tomcat/bin/tomcat-native.so'],
      ['opt/tomcat/webapps/x.so'],
    ],
  ])(
    'when it is %s, then what its layout has is part of it, and nothing else',
    async (name, own, parts, others) => {
      const all = [...own, ...[...parts, ...others].map((path) => program(path, elf('x')))]
      const { listed } = await accountIn([all])
      const sides = new Map(listed.map(({ path, side, reason }) => [path, `${side}: ${reason}`]))
      expect(parts.map((path) => sides.get(path))).toEqual(parts.map(() => `not-examined: part of ${name}`))
      expect(others.map((path) => sides.get(path))).toEqual(
        others.map(() => 'unowned: no package explains it'),
      )
    },
  )

  test.each([
    ['srv/tool', program('srv/tool', goProgram('go1.22.1', []))],
    ['srv/a.jar', file('srv/a.jar', jarOf('com.acme', 'a', '1', []))],
  ])('when %s is a package itself, then it is judged if its ecosystem was', async (path, entry) => {
    expect((await accountIn([[entry]])).judged).toEqual({ debian: 0, parts: 0, packages: 1 })
    expect((await accountIn([[entry]], { judged: new Set() })).listed).toEqual([
      expect.objectContaining({ path, side: 'not-examined' }),
    ])
  })
})

describe('what nothing explains', () => {
  const curl = program('usr/local/bin/x', elf('x'))

  test('when a RUN has fetched it, then it is unowned, and its hash is there', async () => {
    const { listed } = await accountIn([[curl]])
    expect(listed).toEqual([expect.objectContaining({ side: 'unowned', sha256: sha256(elf('x')) })])
  })

  test('when a Dockerfile copies it, then it is copied', async () => {
    expect(listedPaths(await accountIn([[], [curl]], { copied: [1] }))).toEqual([
      'copied elf usr/local/bin/x: copied from the build context',
    ])
    expect((await accountIn([[], [curl]], { copied: [0] })).sides.unowned).toBe(1)
  })

  test('when there are more bytes than may be hashed, then there is no hash', async () => {
    const { listed } = await accountIn([[curl]], { limits: { hashedBytes: 4 } })
    expect(listed).toEqual([expect.objectContaining({ side: 'unowned', sha256: null })])
  })

  test('when a later layer extends a package’s lists, then the lines own nothing', async () => {
    const app = program('usr/lib/app', elf('app'))
    const more = lists('tar', [tar, app])
    expect(listedPaths(await own([debian, [app, ...more]]))).toEqual([
      'unowned elf usr/lib/app: it was added to the file list of the Debian package tar, to which it does not belong',
    ])
    expect(listedPaths(await own([debian, [app, ...more, status({ tar: '2' })]]))).toEqual([])
    expect(listedPaths(await own([debian, [gone('var/lib/dpkg/info')], [app, ...more]]))).toHaveLength(1)
    expect(listedPaths(await own([debian, [app, ...more], more]))).toHaveLength(1)
    const others = [app, file('var/lib/dpkg/info/tar:amd64.md5sums', `${md5(elf('app'))}  ${app.path}\n`)]
    expect(listedPaths(await own([debian, others]))).toHaveLength(1)
  })

  test('when a line of a list comes back, then it owns its file, unless lines were added with it or before', async () => {
    const rmt = program('usr/sbin/rmt-tar', elf('rmt'))
    const both = lists('tar', [tar, rmt])
    const base = [status({ tar: '1' }), tar, rmt, ...both]
    const shrunk = lists('tar', [tar])
    expect(listedPaths(await own([base, shrunk, both]))).toEqual([])
    const app = program('usr/lib/app', elf('app'))
    const all = [app, ...lists('tar', [tar, rmt, app])]
    expect(listedPaths(await own([base, shrunk, all]))).toHaveLength(2)
    expect(listedPaths(await own([base, all, shrunk, all]))).toHaveLength(2)
    const newer = [status({ tar: '2' }), ...shrunk]
    expect(listedPaths(await own([base, newer, both]))).toEqual([
      expect.stringContaining('unowned elf usr/sbin/rmt-tar'),
    ])
  })

  test('when MD5 sums come after their package, then they prove no content', async () => {
    const [files, sums] = lists('tar', [tar]).map((one) => [one])
    const other = program(tar.path, elf('of somebody else'))
    const [, otherSums] = lists('tar', [other]).map((one) => [one])
    const base = [status({ tar: '1' }), tar, ...(files ?? [])]
    expect(listedPaths(await own([base, sums ?? []]))).toEqual([])
    expect(listedPaths(await own([base, [other], otherSums ?? []]))).toEqual([
      'unowned elf usr/bin/tar: it differs from the file of the Debian package tar',
    ])
    expect(listedPaths(await own([base, [other, ...(otherSums ?? [])]]))).toHaveLength(1)
    expect(listedPaths(await own([base, [other, status({ tar: '2' }), ...lists('tar', [other])]]))).toEqual(
      [],
    )
  })

  test('when the sums of an older version come back, then they prove no content', async () => {
    const newer = program(tar.path, elf('newer'))
    const [files] = lists('tar', [newer]).map((one) => [one])
    const [, sums] = lists('tar', [tar]).map((one) => [one])
    const updated = [newer, status({ tar: '2' }), ...(files ?? []), gone('var/lib/dpkg/info/tar.md5sums')]
    expect(listedPaths(await own([debian, updated, [tar, ...(sums ?? [])]]))).toHaveLength(1)
  })
})
