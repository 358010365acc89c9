import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { type Builder, runInDebian } from './debian.js'
import { copiedFrom, kept } from './kept.js'

const BUILDER: Builder = { release: 'trixie', packages: ['composer', 'php-cli', 'php-zip'] }

/**
 * Tests do not need packagist.org: Composer installs from a folder of zips (`artifact`). The names and versions are real;
 * the source code in the zips is made up.
 */
const ZIP = [
  'mkdir -p /tmp/zips /tmp/own && cp -r /in/. /tmp/own && cd /tmp/own',
  'php -r \'$z = new ZipArchive; $z->open("/tmp/zips/package.zip", ZipArchive::CREATE); ' +
    'foreach (["composer.json", "src/Shop.php"] as $f) { $z->addFile($f); } $z->close();\'',
]

export interface InComposer {
  /** `vendor/name` */
  readonly package: string
  readonly version: string
  readonly config?: Readonly<Record<string, unknown>>
  readonly command: string
  readonly project: string
  readonly paths: readonly string[]
}

/** The part of a mutation that runs Debian's Composer, which is of version 2. */
export function inComposer(name: string, make: InComposer): Pick<Mutation, 'files' | 'lines'> {
  const { package: package_, version, config = {}, command, project, paths } = make
  const manifest = {
    require: command.includes(' require ') ? {} : { [package_]: version },
    repositories: [{ type: 'artifact', url: '/tmp/zips' }, { packagist: false }],
    config,
  }
  const commands = [
    'export COMPOSER_ALLOW_SUPERUSER=1 HOME=/root',
    ...ZIP,
    `mkdir -p ${project} && cd ${project}`,
    `cat >composer.json <<'END'\n${JSON.stringify(manifest, null, 2)}\nEND`,
    command,
  ]
  const files = contentOf(package_, version)
  const tree = () =>
    kept(name, [BUILDER, files, commands, paths], (out) => {
      const source = kept('php-package', files, (folder) => write(folder, files))
      runInDebian(BUILDER, commands, { input: source, out, paths })
    })
  return copiedFrom(tree, paths)
}

/**
 * Debian no longer has Composer 1, so these are the files that it writes: `installed.json` is a plain list, without the
 * object that Composer 2 puts around it; the entries have the same members.
 */
export function asComposer1(name: string, vendor: string, package_: string, version: string) {
  const files = contentOf(package_, version)
  const [major, minor, patch] = version.replace(/^v/, '').split('.')
  const entry = {
    name: package_,
    version,
    version_normalized: `${major}.${minor}.${patch}.0`,
    dist: { type: 'zip', url: `https://example.org/${package_}-${version}.zip`, reference: '', shasum: '' },
    require: { php: '>=7.1' },
    time: '2021-01-01T12:00:00+00:00',
    type: 'library',
    'installation-source': 'dist',
    autoload: { 'psr-4': { 'Shop\\': 'src/' } },
    'notification-url': 'https://packagist.org/downloads/',
    license: ['MIT'],
  }
  const list = { 'composer/installed.json': `${JSON.stringify([entry], null, 4)}\n` }
  const moved = Object.entries(files).map(([path, body]) => [`${package_}/${path}`, body])
  const all: Record<string, string> = { ...list, ...Object.fromEntries(moved) }
  const tree = () => kept(name, [all, vendor], (root) => write(`${root}${vendor}`, all))
  return copiedFrom(tree, [vendor])
}

function contentOf(package_: string, version: string): Record<string, string> {
  const manifest = { name: package_, version, type: 'library', autoload: { 'psr-4': { 'Shop\\': 'src/' } } }
  return {
    'composer.json': `${JSON.stringify(manifest, null, 2)}\n`,
    'src/Shop.php': '<?php\n\nnamespace Shop;\n\nfinal class Shop\n{\n}\n',
  }
}
