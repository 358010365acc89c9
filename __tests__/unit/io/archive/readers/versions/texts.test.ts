import { expect, test } from '@jest/globals'
import {
  isVersionEntry,
  isVersionText,
  readArchivePath,
  readVersionEntry,
  readVersionText,
} from '../../../../../../src/io/archive/readers/versions/texts.js'
import type { ApplicationStatement } from '../../../../../../src/model/packages/application.js'

const short = (all: readonly ApplicationStatement[]) =>
  all.map(({ kind, name, version }) => `${kind} ${name} ${version}`)

/** As the projects lay these files out. */
test.each<[string, string, string[]]>([
  [
    'usr/local/include/node/node_version.h',
    '#define NODE_MAJOR_VERSION 22\n#define NODE_MINOR_VERSION 3\n#define NODE_PATCH_VERSION 0\n',
    ['node 22.3.0'],
  ],
  ['usr/local/include/node/node_version.h', '#define NODE_MAJOR_VERSION 22\n', ['node null']],
  [
    'usr/local/include/python3.8/patchlevel.h',
    '#define PY_VERSION              "3.8.18+"\n',
    ['python 3.8.18'],
  ],
  ['usr/local/include/python3.8/patchlevel.h', '', ['python null']],
  [
    'usr/local/lib/ruby/3.1.0/x86_64-linux/rbconfig.rb',
    'module RbConfig\n  CONFIG["MAJOR"] = "3"\n  CONFIG["MINOR"] = "1"\n  CONFIG["TEENY"] = "2"\n',
    ['ruby 3.1.2'],
  ],
  [
    'usr/local/lib/ruby/2.7.0/x86_64-linux/rbconfig.rb',
    'module RbConfig\n  CONFIG["RUBY_PROGRAM_VERSION"] = "2.7.4"\n',
    ['ruby 2.7.4'],
  ],
  ['usr/local/lib/x/rbconfig.rb', 'module Other\n', []],
  ['usr/local/include/php/main/php_version.h', '#define PHP_VERSION "8.2.1"\n', ['php 8.2.1']],
  ['usr/local/include/php/main/php_version.h', '#define PHP_VERSION "8.4.0-dev"\n', ['php 8.4.0-dev']],
  ['opt/java/release', 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.2"\n', ['openjdk 17.0.2']],
  ['opt/java/release', 'JAVA_VERSION="1.8.0_342"\n', ['openjdk 8u342']],
  ['opt/java/release', 'JAVA_VERSION="1.8.0"\n', ['openjdk 8']],
  ['opt/java/release', 'NAME="a release file of another program"\n', []],
  ['usr/local/go/VERSION', 'go1.22rc1\ntime 2024-01-01T00:00:00Z\n', ['go 1.22rc1']],
  ['usr/local/go/VERSION', '1.22.0\n', []],
  ['usr/share/grafana/VERSION', '10.2.0\n', ['grafana 10.2.0']],
  [
    'usr/local/apache2/include/ap_release.h',
    '#define AP_SERVER_MAJORVERSION_NUMBER 2\n#define AP_SERVER_MINORVERSION_NUMBER 4\n#define AP_SERVER_PATCHLEVEL_NUMBER   62\n',
    ['httpd 2.4.62'],
  ],
  [
    'usr/local/tomcat/RELEASE-NOTES',
    '================\n\n                     Apache Tomcat Version 9.0.80\n                            Release Notes\n',
    ['tomcat 9.0.80'],
  ],
  ['opt/other/RELEASE-NOTES', 'Version 9.0.80\n', []],
  ['opt/erlang/lib/erlang/releases/27/OTP_VERSION', '27.3.4.1\n', ['erlang 27.3.4.1']],
  ['opt/erlang/lib/erlang/releases/27/OTP_VERSION', 'a\n27.3\n', ['erlang null']],
  [
    'opt/rabbitmq/plugins/rabbit-3.10.8/ebin/rabbit.app',
    '{application,rabbit,\n [{description, "RabbitMQ"},\n  {vsn, "3.10.8"},\n',
    ['rabbitmq 3.10.8'],
  ],
  ['usr/local/lib/elixir/lib/elixir/ebin/elixir.app', '{vsn,"1.14.0"},\n', ['elixir 1.14.0']],
  ['opt/couchdb/releases/3.3.3/couchdb.rel', '{release,\n {"couchdb","3.3.3"},\n', ['couchdb 3.3.3']],
  [
    'usr/local/lib/perl5/5.38.5/x86_64-linux/Config.pm',
    "    useithreads => undef,\n    version => '5.38.5',\n",
    ['perl 5.38.5'],
  ],
  ['usr/share/perl5/Acme/Config.pm', 'package Acme::Config;\n', []],
  [
    'usr/local/julia/include/julia/julia_version.h',
    '#define JULIA_VERSION_MAJOR 1\n#define JULIA_VERSION_MINOR 10\n#define JULIA_VERSION_PATCH 4\n',
    ['julia 1.10.4'],
  ],
  [
    'usr/local/rustup/toolchains/x/lib/rustlib/multirust-channel-manifest.toml',
    'manifest-version = "2"\n\n[pkg.cargo]\nversion = "0.80.0"\n\n[pkg.rustc]\nversion = "1.79.0 (129f3b996 2024-06-10)"\n',
    ['rust 1.79.0'],
  ],
  ['var/www/html/wp-includes/version.php', "<?php\n$wp_version = '6.5.2';\n", ['wordpress 6.5.2']],
  [
    'var/www/html/version.php',
    "<?php\n$OC_Version = array(28,0,4,1);\n$OC_VersionString = '28.0.4';\n$vendor = 'nextcloud';\n",
    ['nextcloud 28.0.4'],
  ],
  ['var/www/html/version.php', "<?php\n$vendor = 'acme';\n", []],
  ['opt/drupal/web/core/lib/Drupal.php', "class Drupal {\n  const VERSION = '10.2.5';\n", ['drupal 10.2.5']],
  ['usr/share/kibana/package.json', '{"name": "kibana",\n "version": "8.11.1"}', ['kibana 8.11.1']],
  ['srv/kibana/package.json', '{"name": "my-kibana",\n "version": "8.11.1"}', []],
])('when %s is %j, then it says %j', (path, text, wanted) => {
  expect(isVersionText(path)).toBe(true)
  expect(short(readVersionText(text, path))).toEqual(wanted.map((one) => `program ${one}`))
})

test.each(['usr/local/VERSION', 'srv/ap_release.h', 'srv/version.phps', 'constructor', 'srv/package.json'])(
  'when a file lies at %s, then it says nothing',
  (path) => {
    expect(isVersionText(path)).toBe(false)
  },
)

test('when an archive of a program has its version, then that counts, and no other archive’s', () => {
  const entry = 'org/apache/catalina/util/ServerInfo.properties'
  expect(isVersionEntry('catalina.jar', entry)).toBe(true)
  expect(isVersionEntry('tomcat-embed-core.jar', entry)).toBe(false)
  expect(isVersionEntry('constructor', entry)).toBe(false)
  expect(short(readVersionEntry('catalina.jar', 'server.info=Apache Tomcat/10.1.24\r\n'))).toEqual([
    'program tomcat 10.1.24',
  ])
  expect(short(readVersionEntry('catalina.jar', ''))).toEqual(['program tomcat null'])
  expect(isVersionEntry('jenkins.war', 'META-INF/MANIFEST.MF')).toBe(true)
  expect(short(readVersionEntry('jenkins.war', 'Manifest-Version: 1.0\nJenkins-Version: 2.440.3\n'))).toEqual(
    ['program jenkins 2.440.3'],
  )
})

test.each([
  ['opt/cassandra/lib/apache-cassandra-4.1.3.jar', ['program cassandra 4.1.3']],
  ['usr/share/elasticsearch/lib/elasticsearch-8.11.1.jar', ['program elasticsearch 8.11.1']],
  ['opt/elasticsearch-8.11.1/lib/elasticsearch-8.11.1.jar', ['program elasticsearch 8.11.1']],
  ['var/lib/neo4j/lib/neo4j-kernel-5.13.0.jar', ['program neo4j 5.13.0']],
  // Libraries of other programs.
  ['opt/app/lib/elasticsearch-7.17.0.jar', []],
  ['opt/app/lib/neo4j-kernel-5.13.0.jar', []],
  ['opt/app/lib/apache-cassandra.jar', []],
  ['var/lib/neo4j/lib/neo4j-kernel-api-5.13.0.jar', []],
])('when a jar is called %s, then it says %j', (path, statements) => {
  expect(short(readArchivePath(path))).toEqual(statements)
})

test('when a text is made to keep a pattern busy, then it is read all the same', () => {
  const long = `#define PY_VERSION "${'1.'.repeat(100_000)}`
  expect(short(readVersionText(long, 'include/python3.8/patchlevel.h'))).toEqual(['program python null'])
  const args = `{vsn,${' '.repeat(200_000)}`
  expect(short(readVersionText(args, 'a/ebin/rabbit.app'))).toEqual(['program rabbitmq null'])
})
