import type { Mutation } from '../mutation.js'
import { asComposer1, type InComposer, inComposer } from '../tools/php.js'

function php(
  form: string,
  at: number,
  package_: string,
  version: string,
  how: string,
  made: Partial<Mutation>,
) {
  return {
    id: `application/${form}/${at}`,
    on: 'go',
    what: `${package_} ${version}, ${how}`,
    ...made,
    subject: { package: `composer/${package_}` },
  } satisfies Mutation
}

function composer(at: number, how: string, make: InComposer): Mutation {
  return php('composer-2', at, make.package, make.version, how, inComposer(`composer-2-${at}`, make))
}

function composer1(at: number, package_: string, version: string, vendor: string): Mutation {
  const made = asComposer1(`composer-1-${at}`, vendor, package_, version)
  return php('composer-1', at, package_, version, `in ${vendor} with the list that Composer 1 writes`, made)
}

export const PHP: readonly Mutation[] = [
  composer1(1, 'twig/twig', 'v2.15.2', '/srv/shop/vendor'),
  composer1(2, 'guzzlehttp/guzzle', '6.5.6', '/var/www/html/vendor'),
  composer1(3, 'illuminate/database', 'v7.30.2', '/srv/shop/lib/packages'),

  composer(1, 'by composer install', {
    package: 'twig/twig',
    version: 'v3.4.2',
    command: 'composer install --no-dev --no-interaction',
    project: '/srv/shop',
    paths: ['/srv/shop'],
  }),
  composer(2, 'by composer install into another folder than vendor', {
    package: 'guzzlehttp/psr7',
    version: '1.8.3',
    config: { 'vendor-dir': 'lib/packages' },
    command: 'composer install --no-dev --no-interaction --optimize-autoloader',
    project: '/var/www/html',
    paths: ['/var/www/html'],
  }),
  composer(3, 'by composer global require', {
    package: 'phpmailer/phpmailer',
    version: 'v5.2.17',
    command: 'composer global require --no-interaction phpmailer/phpmailer',
    project: '/root/.composer',
    paths: ['/root/.composer'],
  }),
  composer(4, 'by composer install --classmap-authoritative', {
    package: 'laravel/framework',
    version: 'v8.22.0',
    command: 'composer install --no-dev --no-interaction --classmap-authoritative',
    project: '/opt/shop',
    paths: ['/opt/shop'],
  }),
]
