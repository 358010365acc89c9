import { expect, test } from '@jest/globals'
import { formOf } from '../../../../../../src/io/archive/readers/application/forms.js'
import * as texts from '../../../../../../src/io/archive/readers/application/texts.js'
import type { ApplicationStatement } from '../../../../../../src/model/packages/application.js'

const short = (all: readonly ApplicationStatement[]) =>
  all.map(({ kind, name, version }) => `${kind} ${name} ${version}`)

test.each<[string, ReturnType<typeof formOf>]>([
  ['usr/lib/python3/dist-packages/idna-3.3.dist-info/METADATA', 'python'],
  ['opt/venv/lib/python3.11/site-packages/PyYAML-6.0.1.egg-info/PKG-INFO', 'python'],
  ['usr/lib/python3/dist-packages/httplib2-0.18.0.egg-info', 'python'],
  ['usr/local/lib/python3.11/site-packages/~aml-5.1.dist-info/METADATA', 'pip-leftover'],
  ['srv/node_modules/lodash/package.json', 'npm'],
  ['srv/node_modules/@babel/traverse/package.json', 'npm'],
  ['srv/node_modules/.pnpm/qs@6.7.0/node_modules/qs/package.json', 'npm'],
  ['usr/local/lib/node_modules/npm/node_modules/tar/package.json', 'npm'],
  ['srv/node_modules/lodash/fp/package.json', null],
  ['srv/node_modules/@babel/package.json', null],
  ['srv/node_modules/.bin/package.json', null],
  ['srv/package.json', null],
  ['opt/app/shop.war', 'archive'],
  ['opt/app/lib/X.JAR', 'archive'],
  ['usr/local/bundle/specifications/rack-2.2.3.gemspec', 'gem'],
  ['usr/local/lib/ruby/gems/3.1.0/specifications/default/rexml-3.2.5.gemspec', 'gem'],
  ['usr/local/bundle/gems/rack-2.2.3/rack.gemspec', null],
  ['usr/local/bundle/bundler/gems/rack-0123456789ab/rack.gemspec', 'gem'],
  ['srv/vendor/bundle/ruby/3.1.0/bundler/gems/rails-0123456789ab/activerecord/activerecord.gemspec', 'gem'],
  ['usr/local/bundle/bundler/gems/rails-0123456789ab/a/b/c/d.gemspec', null],
  ['srv/vendor/composer/installed.json', 'composer'],
  ['opt/app/META-INF/maven/org.yaml/snakeyaml/pom.properties', 'pom'],
  ['srv/shop/target/maven-archiver/pom.properties', null],
  ['usr/local/include/node/node_version.h', 'version'],
  ['usr/local/include/python3.8/patchlevel.h', 'version'],
  ['usr/local/lib/ruby/3.1.0/x86_64-linux/rbconfig.rb', 'version'],
  ['usr/local/include/php/main/php_version.h', 'version'],
  ['usr/local/openjdk-17/release', 'version'],
  ['app/Shop.deps.json', 'dotnet'],
  ['opt/conda/conda-meta/pyyaml-5.1-py37h7b6447c_0.json', 'conda'],
  ['usr/lib/python3/site-packages/lxml-4.6.2-py3.11.egg/EGG-INFO/PKG-INFO', 'python'],
  ['usr/lib/python3/site-packages/lxml-4.6.2-py3.11.egg', 'archive'],
  ['usr/share/jenkins/ref/plugins/git.jpi', 'archive'],
  ['usr/local/openjdk-17/bin/jar', null],
  ['opt/app.jar/readme', null],
  ['usr/local/bin/box.phar', 'phar'],
  ['app/lib/phoenix-1.7.2/ebin/phoenix.app', 'hex'],
  ['app/phoenix.app', null],
  ['usr/local/lib/erlang/lib/stdlib-5.2/ebin/stdlib.app', null],
  ['usr/local/lib/R/site-library/shiny/DESCRIPTION', 'cran'],
  ['usr/local/bundle/cache/rack-2.2.3.gem', 'package-file'],
  ['usr/local/lib/python3.11/ensurepip/_bundled/pip-24.0-py3-none-any.whl', 'package-file'],
  [
    'opt/venv/lib/python3.11/site-packages/virtualenv/seed/wheels/embed/pip-24.0-py3-none-any.whl',
    'package-file',
  ],
  ['root/.cache/pip/wheels/0a/1b/x/acme-1.0-py3-none-any.whl', 'package-file'],
  ['srv/wheels/acme-1.0-py3-none-any.whl', 'archive'],
  ['srv/ensurepip/_bundled/acme-1.0-py3-none-any.whl', 'archive'],
  ['constructor', null],
  ['x.__proto__', null],
])('when a file lies at %s, then it is %s', (path, form) => {
  expect(formOf(path)).toBe(form)
})

test.each<[string, string, string]>([
  [
    'a/Django-3.2.dist-info/METADATA',
    'Metadata-Version: 2.1\nName: Django\nVersion: 3.2\n\nName: no',
    'Django 3.2',
  ],
  [
    'a/x-1.dist-info/METADATA',
    '\ufeffName: jupyter_server\r\nVersion: 2.7.0\r\n\r\n',
    'jupyter_server 2.7.0',
  ],
  ['a/torch-1.13.0+cpu.dist-info/METADATA', 'Metadata-Version: 2.1\n\nName: other', 'torch 1.13.0+cpu'],
  ['a/Flask-0.12.2-py3.11.egg-info', 'Summary: x\n', 'Flask 0.12.2'],
  ['a/Flask.egg-info/PKG-INFO', 'Version: 1\n', 'Flask 1'],
  ['a/lxml-4.6.2-py3.11.egg/EGG-INFO/PKG-INFO', 'Summary: x\n', 'lxml 4.6.2'],
])('when %s is Python metadata, then its name counts before its folder', (path, text, wanted) => {
  expect(short(texts.readMetadata(text, path))).toEqual([`pypi ${wanted}`])
})

test('when pip left metadata behind, then the package is not installed', () => {
  const path = 'site-packages/~edis-1.0.dist-info/METADATA'
  expect(short(texts.readLeftover('Name: redis\nVersion: 1.0\n', path))).toEqual(['not-installed redis 1.0'])
  expect(formOf('opt/~apps/redis-1.0.egg-info')).toBe('python')
})

test('when Python metadata has no name and its folder has none either, then it cannot be read', () => {
  expect(texts.readMetadata('Version: 1\n', 'a/METADATA')).toEqual([
    { kind: 'unreadable', name: 'Python metadata without a name', version: null, inside: null },
  ])
})

const PACKAGE = 'srv/node_modules/lod/package.json'
test.each<[string, string]>([
  ['{"name":"lodash","version":"4.17.20"}', 'npm lodash 4.17.20'],
  ['{"version":"1.0.0"}', 'npm lod 1.0.0'],
  ['{"name":"x"}', 'npm x null'],
  ['{"name":5,"version":{}}', 'npm lod null'],
  ['[1]', 'unreadable package.json is not a JSON object null'],
  ['{"name":"x"', 'unreadable package.json is not a JSON object null'],
  ['{"name":"a\\u0000b\\n","version":"\\ud800"}', 'npm a?b \ufffd'],
])('when package.json is %s, then %s is seen', (text, wanted) => {
  expect(short(texts.readPackageJson(text, PACKAGE))).toEqual([wanted])
})

test('when JSON is nested 200,000 deep, then it is read like any other', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  expect(short(texts.readPackageJson(deep, PACKAGE))).toEqual([
    'unreadable package.json is not a JSON object null',
  ])
  expect(short(texts.readPackageJson(`{"name":"x","version":"1","a":${deep}}`, PACKAGE))).toEqual(['npm x 1'])
})

test('when a name is long, then it is cut', () => {
  const [one] = texts.readPackageJson(JSON.stringify({ name: 'x'.repeat(5000) }), PACKAGE)
  expect(one?.name).toHaveLength(300)
})

test.each<[string, string]>([
  ['# -*- encoding: utf-8 -*-\n# stub: rack 2.2.3 ruby lib\n\nGem::Specification.new do |s|\n', 'rack 2.2.3'],
  ['Gem::Specification.new do |s|\n  s.name = "rexml".freeze\n  s.version = "3.2.6"\n', 'rexml 3.2.6'],
  ["  s.name = %q{rack}\n  s.version = Gem::Version.new('2.0.9')\n", 'rack 2.0.9'],
  ['Gem::Specification.new("rack", "2.2.3")\n', 'nokogiri 1.13.3-x86_64-linux'],
])('when a gemspec begins with %j, then it is %s', (text, wanted) => {
  const path = 'specifications/nokogiri-1.13.3-x86_64-linux.gemspec'
  expect(short(texts.readGemspec(text, path))).toEqual([`gem ${wanted}`])
})

test.each<[string, string]>([
  ['# stub: rack 3.0.0.beta1 ruby lib\n\nGem::Specification.new do |s|\n', 'rack 3.0.0.beta1'],
  ["Gem::Specification.new do |s|\n  s.name = 'rack'\n  s.version = '2.2.3'\n", 'rack 2.2.3'],
  ["Gem::Specification.new do |s|\n  s.name = 'rack'\n  s.version = Rack::RELEASE\n", 'rack null'],
  ['Gem::Specification.new do |s|\n  s.name = NAME\n', 'rack-core null'],
])(
  'when the gemspec of a checkout begins with %j, then only what it says literally counts',
  (text, wanted) => {
    const path = 'usr/local/bundle/bundler/gems/rack-0123456789ab/rack-core.gemspec'
    expect(short(texts.readGemspec(text, path))).toEqual([`gem ${wanted}`])
  },
)

test.each<[string, string[]]>([
  [
    '{"packages":[{"name":"twig/twig","version":"v3.14.0"},{"name":"a/b"}]}',
    ['composer twig/twig v3.14.0', 'composer a/b null'],
  ],
  ['[{"name":"twig/twig","version":"v1.2"}]', ['composer twig/twig v1.2']],
  [
    '{"packages":[{"version":"1"},7]}',
    Array.from({ length: 2 }, () => 'unreadable package without a name in installed.json null'),
  ],
  ['{}', ["unreadable installed.json is not in Composer's format null"]],
])('when installed.json is %s, then %j is seen', (text, wanted) => {
  expect(short(texts.readComposer(text))).toEqual(wanted)
})

test('when a file name says what a package is, then that counts', () => {
  const found = [
    ...texts.readCondaName('opt/conda/conda-meta/pyyaml-5.1-py37h7b6447c_0.json'),
    ...texts.readPharName('usr/local/bin/box.phar'),
    ...texts.readPackageFileName('cache/nokogiri-1.13.3-x86_64-linux.gem'),
    ...texts.readPackageFileName('_bundled/pip-24.0-py3-none-any.whl'),
    ...texts.readDotnetName('app/Shop.deps.json'),
  ]
  expect(short(found)).toEqual([
    'conda pyyaml 5.1',
    'phar box.phar null',
    'not-installed nokogiri 1.13.3-x86_64-linux',
    'not-installed pip 24.0',
    'dotnet Shop null',
  ])
})

test.each([
  [
    '{application, phoenix,\n [{description, "x"},\n  {vsn, "1.7.2"}]}.',
    'lib/phoenix-1.7.1/ebin/phoenix.app',
    'hex phoenix 1.7.2',
  ],
  ["{application,'Elixir.Shop',[{modules,[a", 'lib/shop-0.1.0/ebin/shop.app', 'hex Elixir.Shop 0.1.0'],
  ['{application,shop,[]}.', '_build/prod/lib/shop/ebin/shop.app', 'hex shop null'],
])('when an Erlang application says %j in %s, then that is %s', (text, path, wanted) => {
  expect(short(texts.readErlangApplication(text, path))).toEqual([wanted])
})

test('when R has installed a package, then its DESCRIPTION counts, and no other file of that name', () => {
  const source = 'Package: shiny\r\nTitle: Web\n  Application\nVersion: 1.7.4\n'
  const built = `${source}Built: R 4.2.2; ; 2023-01-01 00:00:00 UTC; unix\n`
  expect(short(texts.readRDescription(built))).toEqual(['cran shiny 1.7.4'])
  for (const other of [source, 'Built: R 4.2.2\n', '', 'A description of this folder.\n']) {
    expect(texts.readRDescription(other)).toEqual([])
  }
})

test('when installed.json has more packages than are read, then that is reported', () => {
  const text = JSON.stringify({
    packages: Array.from({ length: 5001 }, () => ({ name: 'a/b', version: '1' })),
  })
  const all = short(texts.readComposer(text))
  expect([all.length, all.at(-1)]).toEqual([
    5001,
    'unreadable installed.json with more than 5000 packages null',
  ])
})

/** With a pattern that looks again from each place, each of these would take longer than the tests may. */
test('when a text is made to keep a pattern busy, then it is read all the same', () => {
  const gemspec = `${'\n'.repeat(2 ** 20)}s.name = "x"\n`
  expect(short(texts.readGemspec(gemspec, 'specifications/rack-2.2.3.gemspec'))).toEqual(['gem x 2.2.3'])
  const metadata = `Name: x${' '.repeat(2 ** 20)}y\nVersion: 1\n`
  expect(texts.readMetadata(metadata, 'a-1.dist-info/METADATA')).toMatchObject([
    { kind: 'pypi', version: '1' },
  ])
})
