import { describe, expect, test } from '@jest/globals'
import { MAX_ENTRIES } from '../../../../../../src/io/archive/formats/zip.js'
import { bufferSource } from '../../../../../../src/io/archive/formats/zip-records.js'
import { readCodeArchive } from '../../../../../../src/io/archive/readers/application/code-archive.js'
import { cpuMs } from '../../../../../support/cpu.js'
import { jarOf, type ZipFile, zipOf } from '../../../../../support/hostile-zip.js'

const MiB = 2 ** 20

function statementsIn(bytes: Buffer, name = 'app.jar', left = 64 * MiB): string[] {
  return readCodeArchive(bufferSource(bytes), name, { remainingBytes: left }).map(
    ({ kind, name: what, version, inside }) =>
      [kind, what, ...(version === null ? [] : [version]), ...(inside === null ? [] : [`in ${inside}`])].join(
        ' ',
      ),
  )
}
const manifest = (text: string): ZipFile => ({ name: 'META-INF/MANIFEST.MF', body: text })
const pom = (group: string, artifact: string, version: string): ZipFile => ({
  name: `META-INF/maven/${group}/${artifact}/pom.properties`,
  body: `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n`,
})
const metadata = (name: string, version: string) =>
  `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`
const log4j = jarOf('org.apache.logging.log4j', 'log4j-core', '2.14.1')

describe('how a jar is named', () => {
  test('when manifest and file name differ, then both count, unless a pom.properties is about either', () => {
    const derby = manifest(
      'Bundle-SymbolicName: derby;singleton:=true\nBundle-Version: 10.14.2000000.1828579\n\n',
    )
    const both = ['maven derby 10.14.2000000.1828579', 'maven derby 10.14.2.0']
    expect(statementsIn(zipOf([derby]), 'derby-10.14.2.0.jar')).toEqual(both)
    const own = pom('org.apache.derby', 'derby', '10.14.2.0')
    expect(statementsIn(zipOf([derby, own]), 'derby-10.14.2.0.jar')).toEqual([
      'maven org.apache.derby:derby 10.14.2.0',
    ])
    const old = 'Implementation-Title: org.apache.commons.beanutils\nImplementation-Version: 1.6\n\n'
    expect(statementsIn(zipOf([manifest(old)]), 'commons-beanutils-1.7.0.jar')).toEqual([
      'maven org.apache.commons.beanutils 1.6',
      'maven commons-beanutils 1.7.0',
    ])
  })

  test('when it has pom.properties, then each of them is a package', () => {
    const shaded = jarOf('com.acme', 'shop', '1.0', [
      {
        name: 'META-INF/maven/org.yaml/snakeyaml/pom.properties',
        body: 'version=1.33\nartifactId=snakeyaml\ngroupId=org.yaml\n',
      },
    ])
    expect(statementsIn(log4j)).toEqual(['maven org.apache.logging.log4j:log4j-core 2.14.1'])
    expect(statementsIn(shaded)).toEqual(['maven com.acme:shop 1.0', 'maven org.yaml:snakeyaml 1.33'])
  })

  test.each<[string, string, string]>([
    [
      'spring-beans-5.3.17.jar',
      'Implementation-Title: spring-beans\r\nImplementation-Version: 5.3.17\r\n\r\n',
      'maven spring-beans 5.3.17',
    ],
    [
      'renamed.jar',
      'Bundle-SymbolicName: org.apache.commons.commons-te\r\n xt;singleton:=true\r\nBundle-Version: 1.9.0\r\n\r\n',
      'maven org.apache.commons.commons-text 1.9.0',
    ],
    [
      'commons-text-1.9.jar',
      'Implementation-Title: Apache Commons Text\r\nImplementation-Version: 1.9\r\n\r\n',
      'maven commons-text 1.9',
    ],
    [
      'guava-29.0-jre.jar',
      'Manifest-Version: 1.0\r\n\r\nImplementation-Title: of-a-class\r\n',
      'maven guava 29.0-jre',
    ],
    ['app.jar', 'Implementation-Title: A Title\r\nImplementation-Version: 1\r\n\r\n', 'jar app.jar'],
  ])('when %s has a manifest only, then it is %j', (name, text, wanted) => {
    expect(statementsIn(zipOf([manifest(text)]), name)).toEqual([wanted])
  })

  test('when it has gems, then each is a package, and the jar keeps its own name', () => {
    const gem = '# stub: rack 2.2.3 ruby lib\n'
    const war = zipOf([
      { name: 'WEB-INF/gems/specifications/rack-2.2.3.gemspec', body: gem },
      { name: 'WEB-INF/gems/gems/rack-2.2.3/rack.gemspec', body: gem },
      { name: 'WEB-INF/gems/bundler/gems/acme-0123456789ab/acme.gemspec', body: "s.version = '1.0'\n" },
      { name: 'WEB-INF/lib/gems.jar', body: zipOf([{ name: 'specifications/rake-1.gemspec', body: '' }]) },
    ])
    expect(statementsIn(war, 'shop-1.0.war')).toEqual([
      'gem rack 2.2.3',
      'gem acme 1.0',
      'maven shop 1.0',
      'gem rake 1 in WEB-INF/lib/gems.jar',
    ])
    const [, , own] = readCodeArchive(bufferSource(war), 'shop-1.0.war', { remainingBytes: MiB })
    expect(own?.sha1).toMatch(/^[0-9a-f]{40}$/)
  })

  test('when it has neither, then it is a jar without a name', () => {
    expect(statementsIn(zipOf([{ name: 'A.class', body: 'x' }]))).toEqual(['jar app.jar'])
    expect(statementsIn(zipOf([]))).toEqual(['jar app.jar'])
  })

  const scram = pom('com.ongres.scram', 'client', '2.1')
  test.each<[string, string, ZipFile[], string[]]>([
    [
      'log4j-core-2.14.1.jar',
      'its manifest',
      [manifest('Implementation-Version: 2.14.1\n'), scram],
      ['maven com.ongres.scram:client 2.1', 'maven log4j-core 2.14.1'],
    ],
    [
      'log4j-core-2.14.1.jar',
      'its file name',
      [scram],
      ['maven com.ongres.scram:client 2.1', 'maven log4j-core 2.14.1'],
    ],
    [
      'guice.jar',
      'its manifest alone',
      [manifest('Bundle-SymbolicName: com.google.inject\nBundle-Version: 4.2.3\n'), scram],
      ['maven com.ongres.scram:client 2.1', 'maven com.google.inject 4.2.3'],
    ],
  ])(
    'when %s is named by %s and contains only what was shaded, then both count',
    (name, _, files, wanted) => {
      expect(statementsIn(zipOf(files), name)).toEqual(wanted)
    },
  )

  /** As real jars are: each has its own pom.properties, and is named otherwise in some way. */
  test.each<[string, string, ZipFile]>([
    ['log4j-core-2.14.1.jar', 'Implementation-Version: 2.14.1', pom('o.a.l.log4j', 'log4j-core', '2.14.1')],
    ['log4j-1.2-api-2.14.1.jar', '', pom('org.apache.logging.log4j', 'log4j-1.2-api', '2.14.1')],
    ['netty-epoll-4.1.9-linux-x86_64.jar', '', pom('io.netty', 'netty-epoll', '4.1.9')],
    ['shop-1.0-20261129.120000-1.jar', '', pom('com.acme', 'shop', '1.0-SNAPSHOT')],
    ['com.acme.shop-1.0.jar', '', pom('com.acme', 'shop', '1.0')],
    ['shop-service-1.0.jar', 'Implementation-Version: 1.0', pom('com.acme', 'shop', '1.0')],
    [
      'app.jar',
      'Implementation-Title: Checkout\nImplementation-Version: 1.0',
      pom('com.acme', 'shop', '1.0'),
    ],
    ['app.jar', 'Implementation-Title: shop\nImplementation-Version: 3f2a1', pom('com.acme', 'shop', '1.0')],
    [
      'log4j.jar',
      'Bundle-SymbolicName: org.apache.logging.log4j.core\nBundle-Version: 2.14.1',
      pom('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
    ],
    [
      'commons-text.jar',
      'Bundle-SymbolicName: org.apache.commons.commons-text\nBundle-Version: 1.9.0',
      pom('org.apache.commons', 'commons-text', '1.9'),
    ],
    ['geronimo-interceptor-3.0-spec.jar', '', pom('o.a.g.specs', 'geronimo-interceptor_3.0_spec', '1.0.1')],
  ])('when %s with the manifest %j has its own pom.properties, then it has one name', (name, main, own) => {
    expect(statementsIn(zipOf([manifest(`${main}\n`), own]), name)).toHaveLength(1)
  })

  test('when jars lie in a war in an ear, then each is known with its place; a script may stand before the zip', () => {
    const war = zipOf([{ name: 'WEB-INF/lib/log4j-core-2.14.1.jar', body: log4j }])
    const ear = zipOf([{ name: 'shop.war', body: war, stored: true }], {
      prefix: '#!/bin/sh\n',
      comment: 'PK',
    })
    expect(statementsIn(ear, 'shop-1.0.ear')).toEqual([
      'maven shop 1.0',
      'jar shop.war in shop.war',
      'maven org.apache.logging.log4j:log4j-core 2.14.1 in shop.war:WEB-INF/lib/log4j-core-2.14.1.jar',
    ])
  })
})

describe('what is in archives of code of other kinds', () => {
  const django = { name: 'django/__init__.py', body: '' }
  test.each<[string, ZipFile[], string[]]>([
    [
      'Django-3.2-py3-none-any.whl',
      [django, { name: 'Django-3.2.dist-info/METADATA', body: metadata('Django', '3.2') }],
      ['pypi Django 3.2'],
    ],
    [
      'Django-3.2-py3.11.egg',
      [django, { name: 'EGG-INFO/PKG-INFO', body: metadata('Django', '3.2') }],
      ['pypi Django 3.2'],
    ],
    ['Django-3.2-py3.11.egg', [{ name: 'EGG-INFO/PKG-INFO', body: 'Summary: x\n' }], ['pypi Django 3.2']],
    ['Django-3.2-py3.11.egg', [django], ['pypi Django 3.2']],
    [
      'acme-1.0-py3-none-any.whl',
      [{ name: 'acme/_vendor/idna-2.5.dist-info/METADATA', body: metadata('idna', '2.5') }],
      ['pypi idna 2.5', 'pypi acme 1.0'],
    ],
    [
      'app.pex',
      [
        {
          name: '.deps/idna-2.5-py3-none-any.whl/idna-2.5.dist-info/METADATA',
          body: metadata('idna', '2.5'),
        },
      ],
      ['pypi idna 2.5'],
    ],
    [
      'app.pyz',
      [
        {
          name: 'wheels/idna-2.5-py3-none-any.whl',
          body: zipOf([{ name: 'idna-2.5.dist-info/METADATA', body: metadata('idna', '2.5') }]),
        },
      ],
      ['jar app.pyz', 'pypi idna 2.5 in wheels/idna-2.5-py3-none-any.whl'],
    ],
    ['app.pyz', [{ name: '__main__.py', body: '' }], ['jar app.pyz']],
    [
      'virtualenv.pyz',
      [
        { name: 'virtualenv-20.dist-info/METADATA', body: metadata('virtualenv', '20') },
        { name: 'virtualenv/seed/wheels/embed/pip-24.0-py3-none-any.whl', body: 'not even read' },
      ],
      [
        'pypi virtualenv 20',
        'not-installed pip 24.0 in virtualenv/seed/wheels/embed/pip-24.0-py3-none-any.whl',
      ],
    ],
    [
      'x.jpi',
      [{ name: 'WEB-INF/lib/log4j-core-2.14.1.jar', body: log4j }],
      ['jar x.jpi', 'maven org.apache.logging.log4j:log4j-core 2.14.1 in WEB-INF/lib/log4j-core-2.14.1.jar'],
    ],
    [
      'nifi-x-1.0.nar',
      [{ name: 'NAR-INF/bundled-dependencies/log4j-core-2.14.1.jar', body: log4j }],
      [
        'maven nifi-x 1.0',
        'maven org.apache.logging.log4j:log4j-core 2.14.1 in NAR-INF/bundled-dependencies/log4j-core-2.14.1.jar',
      ],
    ],
  ])('when %s is read, then its packages are seen', (name, files, wanted) => {
    expect(statementsIn(zipOf(files), name)).toEqual(wanted)
  })

  test('when a .rar is a RAR archive, then it is none of code; with a zip in it, it is', () => {
    const rar = Buffer.from('Rar!\x1a\x07\x01\x00 anything')
    expect(statementsIn(rar, 'fonts.rar')).toEqual([])
    expect(statementsIn(Buffer.concat([rar, log4j]), 'x.rar')).toEqual([
      'maven org.apache.logging.log4j:log4j-core 2.14.1',
    ])
    expect(statementsIn(Buffer.from('anything'), 'x.rar')).toEqual(['jar x.rar'])
  })

  test('when a script only looks like an archive, then it is none; one with a broken archive is unreadable', () => {
    expect(statementsIn(Buffer.from('#!/bin/sh\n# PK\x05\x06 is the end of a zip\n'), 'tool')).toEqual([])
    const broken = zipOf([
      { name: 'a.class', body: '' },
      { name: 'b.class', body: '' },
    ])
    broken[broken.length - 40] = 0
    broken.writeUInt16LE(9, broken.length - 12)
    expect(statementsIn(Buffer.concat([Buffer.from('#!/bin/sh\n'), broken]), 'tool')).toHaveLength(1)
  })
})

describe('when a jar is hostile', () => {
  const nested = (depth: number): Buffer =>
    depth === 0 ? log4j : zipOf([{ name: 'in.jar', body: nested(depth - 1) }])

  test('when a .zip in it has jars or Python’s packages, then these are judged, and else it is data', () => {
    const jars = zipOf([{ name: 'lib/log4j.jar', body: log4j }])
    const python = zipOf([{ name: 'six-1.16.dist-info/METADATA', body: metadata('six', '1.16') }])
    const within = (name: string, body: Buffer) =>
      statementsIn(jarOf('com.acme', 'shop', '1.0', [{ name, body }]))
    const own = ['maven com.acme:shop 1.0']
    expect(within('all.zip', jars)).toEqual([
      ...own,
      'maven org.apache.logging.log4j:log4j-core 2.14.1 in all.zip:lib/log4j.jar',
    ])
    expect(within('all.zip', python)).toEqual([...own, 'pypi six 1.16 in all.zip'])
    expect(within('data.zip', zipOf([{ name: 'a.csv', body: 'a' }]))).toEqual(own)
    expect(within('data.zip', Buffer.from('no zip'))).toEqual(own)
    expect(within('data.zip', jars.subarray(0, 40))).toEqual(own)
  })

  test('when it is nested 20 deep, then what lies deeper than is read is reported as unreadable', () => {
    const all = statementsIn(nested(20))
    expect(all).toHaveLength(7)
    expect(all.at(-1)).toMatch(/^unreadable its archives are nested more than 5 levels deep.* in in\.jar/)
    expect(all.join()).not.toContain('log4j')
    expect(statementsIn(nested(5)).at(-1)).toMatch(
      /^maven org\.apache\.logging\.log4j:log4j-core 2\.14\.1 in /,
    )
  })

  test('when it is a bomb by what its directory says, then it is not unpacked', () => {
    const bomb = zipOf([{ name: 'META-INF/MANIFEST.MF', body: Buffer.alloc(5 * MiB) }])
    expect(statementsIn(bomb)).toEqual(['unreadable META-INF/MANIFEST.MF is over the limit of 4194304 bytes'])
  })

  test('when it is a bomb and its directory lies, then unpacking stops at what is said', () => {
    const bomb = zipOf([{ name: 'META-INF/MANIFEST.MF', body: Buffer.alloc(20 * MiB), statedSize: 10 }])
    expect(statementsIn(bomb)).toEqual([
      'unreadable META-INF/MANIFEST.MF cannot be unpacked, or is larger than the central directory says',
    ])
  })

  test('when many bombs use up what one image may unpack to, then the rest is reported as unreadable', () => {
    const inner = zipOf([{ name: 'x', body: Buffer.alloc(3 * MiB), stored: true }])
    const bombs = zipOf([1, 2, 3, 4].map((n) => ({ name: `${n}.jar`, body: inner })))
    expect(statementsIn(bombs, 'a-1.jar', 8 * MiB)).toEqual([
      'maven a 1',
      'jar 1.jar in 1.jar',
      'jar 2.jar in 2.jar',
      'unreadable the archives in this image unpack to more than the limit in a-1.jar'.replace(
        ' in a-1.jar',
        '',
      ),
      'unreadable the archives in this image unpack to more than the limit',
    ])
  })

  test('when it has more entries than any jar of a product, then all are read', () => {
    const files = [
      ...Array.from({ length: 100_000 }, (_, at) => ({ name: `${at}`, body: '', stored: true })),
      pom('com.acme', 'last', '1.0'),
    ]
    expect(statementsIn(zipOf(files))).toEqual(['maven com.acme:last 1.0'])
  })

  test('when it has more entries than are read, then it is reported', () => {
    const of = (repeated: number) => zipOf([{ name: 'A.class', body: '' }], { repeated })
    expect(statementsIn(of(MAX_ENTRIES + 1))).toEqual([`unreadable it has more than ${MAX_ENTRIES} entries`])
    expect(statementsIn(of(MAX_ENTRIES), 'a-1.jar')).toEqual(['maven a 1'])
  })

  const at = { name: 'META-INF/MANIFEST.MF', body: 'Manifest-Version: 1.0\n\n' }
  test.each<[string, Partial<ZipFile>, string]>([
    [
      'an offset outside of it',
      { statedAt: 0x7fffffff },
      'its central directory lists META-INF/MANIFEST.MF where there is no file',
    ],
    [
      'an offset of something else',
      { statedAt: 3 },
      'its central directory lists META-INF/MANIFEST.MF where there is no file',
    ],
    [
      'another name than the file itself',
      { name: 'OTHER', statedName: 'META-INF/MANIFEST.MF' },
      'its central directory lists META-INF/MANIFEST.MF where there is a different file',
    ],
    [
      'fewer bytes than there are',
      { statedSize: 3 },
      'META-INF/MANIFEST.MF cannot be unpacked, or is larger than the central directory says',
    ],
    [
      'more bytes than there are',
      { statedSize: 300 },
      'META-INF/MANIFEST.MF is 23 bytes long, but the central directory says 300',
    ],
    [
      'packed bytes beyond its end',
      { statedPacked: 1_000_000 },
      'its central directory lists META-INF/MANIFEST.MF where there is a different file',
    ],
  ])('when its central directory says %s, then it is said to lie', (_, lie, wanted) => {
    expect(statementsIn(zipOf([{ ...at, ...lie }]))).toEqual([`unreadable ${wanted}`])
  })

  test('when its comment holds an empty end record, then that is none, as to Java', () => {
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    const hidden = Buffer.concat([log4j, end, Buffer.from('x')])
    hidden.writeUInt16LE(end.length + 1, log4j.length - 2)
    expect(statementsIn(hidden)).toEqual(['maven org.apache.logging.log4j:log4j-core 2.14.1'])
  })

  test('when a stored file is named again and again, then it costs each time', () => {
    const pom = { name: 'META-INF/maven/a/b/pom.properties', body: '#'.repeat(60_000), stored: true }
    expect(statementsIn(zipOf([pom], { repeated: 5000 })).at(-1)).toBe(
      'unreadable the archives in this image unpack to more than the limit',
    )
  })

  test.each<[string, Buffer, string]>([
    ['is cut', log4j.subarray(0, -30), 'it is not a zip, or it is truncated'],
    [
      'has lost its beginning',
      log4j.subarray(60),
      'its end record places the central directory outside the file',
    ],
  ])('when it %s, then that is said', (_, bytes, wanted) => {
    expect(statementsIn(bytes)).toEqual([`unreadable ${wanted}`])
  })

  test.each<[string, Buffer]>([
    ['empty', Buffer.alloc(0)],
    ['a text', Buffer.from('<html>'.repeat(20))],
    ['a pointer of Git LFS', Buffer.from('version https://git-lfs.github.com/spec/v1\n')],
  ])('when it is %s, then nothing can be loaded from it: it has no name', (_, bytes) => {
    expect(statementsIn(bytes)).toEqual(['jar app.jar'])
  })

  test('when its name repeats what a version begins with, then that costs nothing', () => {
    const inner = { name: `${'-1'.repeat(32_000)}.pyz`, body: zipOf([]), stored: true }
    const started = cpuMs()
    expect(statementsIn(zipOf([inner]))).toHaveLength(2)
    expect(cpuMs() - started).toBeLessThan(2000)
  })

  test('when an archive in it is stored, then it is read in place, whatever its size', () => {
    const large = zipOf([
      pom('com.acme', 'driver', '3.1'),
      { name: 'blob', body: Buffer.alloc(70 * MiB), stored: true },
    ])
    const outer = zipOf([{ name: 'BOOT-INF/lib/driver-3.1.jar', body: large, stored: true }])
    expect(statementsIn(outer, 'app-1.jar', MiB)).toEqual([
      'maven app 1',
      'maven com.acme:driver 3.1 in BOOT-INF/lib/driver-3.1.jar',
    ])
  })

  test('when any byte of it is changed, then nothing is thrown', () => {
    for (let index = 0; index < log4j.length; index++) {
      const broken = Buffer.from(log4j)
      broken[index] = (broken[index] ?? 0) ^ 0xff
      expect(statementsIn(broken).length).toBeGreaterThan(0)
    }
  })
})
