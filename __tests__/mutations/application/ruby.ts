import type { Mutation } from '../mutation.js'
import { type Gem, inRuby } from '../tools/ruby.js'

/** The vulnerable versions are those of Debian 11 (tools/ruby.ts). */
function ruby(form: string, at: number, gem: Gem, how: string, steps: string[], paths: string[]): Mutation {
  return {
    id: `application/${form}/${at}`,
    on: 'go',
    what: `the gem ${gem}, ${how}`,
    ...inRuby(`${form}-${at}`, gem, steps, paths),
    subject: { package: `gem/${gem}` },
  }
}

const INSTALL = 'gem install --local --no-document'

/** `vendor/cache` is where `bundle package` puts gems for machines without a network. */
const bundled = (gem: Gem) => [
  'mkdir -p vendor/cache && cp GEM vendor/cache',
  `printf "source 'https://rubygems.org'\\n\\ngem '${gem}'\\n" >Gemfile`,
]

export const RUBY: readonly Mutation[] = [
  ruby('gem', 1, 'rack', 'by gem install', [`${INSTALL} GEM`], ['/var/lib/gems']),
  ruby(
    'gem',
    2,
    'tzinfo',
    "by gem install, in the folder of Ruby's official images",
    [`${INSTALL} --install-dir /usr/local/bundle GEM`],
    ['/usr/local/bundle'],
  ),
  ruby(
    'gem',
    3,
    'kramdown',
    'by gem install --user-install',
    ['mkdir -p /home/app', `HOME=/home/app ${INSTALL} --user-install GEM`],
    ['/home/app'],
  ),

  ruby(
    'bundler',
    1,
    'addressable',
    'by bundle install, in vendor/bundle',
    [
      ...bundled('addressable'),
      'bundle config set --local path vendor/bundle',
      'bundle install --local',
      'rm -r vendor/cache',
    ],
    ['/srv/shop'],
  ),
  ruby(
    'bundler',
    2,
    'loofah',
    "by bundle install, in the folder of Ruby's official images",
    [...bundled('loofah'), 'BUNDLE_PATH=/usr/local/bundle bundle install --local', 'rm -r vendor'],
    ['/srv/shop', '/usr/local/bundle'],
  ),
  ruby(
    'bundler',
    3,
    'nokogiri',
    'by bundle install --standalone',
    [...bundled('nokogiri'), 'bundle install --local --standalone', 'rm -r vendor'],
    ['/srv/shop'],
  ),
  ruby(
    'bundler',
    4,
    'rack',
    "by bundle install, among the system's gems",
    [...bundled('rack'), 'bundle install --local', 'rm -r vendor'],
    ['/srv/shop', '/var/lib/gems'],
  ),
]
