import type { Mutation } from '../mutation.js'
import type { Builder } from './debian.js'
import { runInDebian } from './debian.js'
import { copiedFrom, kept } from './kept.js'

/** Debian 11 has versions that are vulnerable by the advisories (Debian itself has patched them). */
const GEMS = ['rack', 'tzinfo', 'addressable', 'loofah', 'kramdown', 'nokogiri'] as const
export type Gem = (typeof GEMS)[number]

const BUILDER: Builder = {
  release: 'bullseye',
  packages: ['ruby', 'bundler', ...GEMS.map((gem) => `ruby-${gem}`)],
}

/**
 * Tests do not need rubygems.org: `gem build` makes the gems from the libraries of Debian's packages. What they depend on
 * is left out, because a mutation is about one gem.
 */
const PACK = `
require 'fileutils'
name = ARGV[0]
known = Gem::Specification.find_by_name(name)
files = \`dpkg -L ruby-#{name}\`.lines(chomp: true).select { |file| File.file?(file) && file.end_with?('.rb') }
files = files.map { |file| [file, file[%r{/(?:vendor_ruby|gems/[^/]+/lib)/(.+)}, 1]] }.select(&:last)
abort "no libraries of #{name}" if files.empty?
files.each { |from, to| FileUtils.mkdir_p(File.dirname("lib/#{to}")); FileUtils.cp(from, "lib/#{to}") }
spec = Gem::Specification.new do |gem|
  gem.name = name
  gem.version = known.version
  gem.summary = known.summary
  gem.authors = known.authors
  gem.licenses = known.licenses
  gem.homepage = known.homepage
  gem.files = Dir['lib/**/*.rb']
end
File.write("#{name}.gemspec", spec.to_ruby)
`

/** The part of a mutation that runs Ruby's tools in a container; GEM stands for the file of the gem. */
export function inRuby(
  name: string,
  gem: Gem,
  steps: readonly string[],
  paths: readonly string[],
  more: readonly string[] = [],
): Pick<Mutation, 'files' | 'lines'> {
  const commands = [
    `cat >/tmp/pack.rb <<'END'${PACK}END`,
    'mkdir -p /tmp/gem /srv/shop && cd /tmp/gem',
    `ruby /tmp/pack.rb ${gem} && gem build -q ${gem}.gemspec -o /tmp/${gem}.gem`,
    `version=$(ruby -rrubygems/package -e 'puts Gem::Package.new(ARGV[0]).spec.version' /tmp/${gem}.gem)`,
    `mv /tmp/${gem}.gem "/tmp/${gem}-$version.gem"`,
    // Debian's own copy must not count as installed.
    `find /usr/share/rubygems-integration -name '${gem}-*.gemspec' -delete`,
    'cd /srv/shop',
    ...steps.map((step) => step.replaceAll('GEM', `/tmp/${gem}-"$version".gem`)),
  ]
  const tree = () =>
    kept(name, [BUILDER, commands, paths], (out) => {
      runInDebian(BUILDER, commands, { input: kept('ruby-nothing', [], () => {}), out, paths })
    })
  return copiedFrom(tree, paths, more)
}
