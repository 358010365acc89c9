import type { Mutation } from '../mutation.js'
import { element, type InMaven, inMaven, MAIN, plugin } from '../tools/java.js'

type Rest = Omit<InMaven, 'dependencies'>

/** `group:artifact:version` is a vulnerable version of the package that a finding has to name. */
function java(
  form: string,
  at: number,
  package_: string,
  how: string,
  rest: Rest,
  others: string[] = [],
): Mutation {
  const [group, artifact, version] = package_.split(':')
  return {
    id: `application/${form}/${at}`,
    on: 'java',
    what: `${artifact} ${version}, ${how}`,
    ...inMaven(`${form}-${at}`, { dependencies: [package_, ...others], ...rest }),
    subject: { package: `maven/${group}/${artifact}` },
  }
}

const APACHE = 'org.apache.maven.plugins'
const COPY = `${APACHE}:maven-dependency-plugin:3.6.1:copy-dependencies`

function copied(at: number, package_: string, how: string, into: string, options: string[] = []): Mutation {
  const goals = [COPY, '-DoutputDirectory=target/lib', '-DincludeScope=runtime', ...options]
  return java('maven', at, package_, how, { goals, takes: { [into]: 'target/lib' } })
}

function assembled(at: number, package_: string, into: string): Mutation {
  const configuration = [
    element('descriptorRefs', element('descriptorRef', 'jar-with-dependencies')),
    element('archive', element('manifest', element('mainClass', 'shop.Main'))),
  ].join('')
  return java('maven', at, package_, 'by maven-assembly-plugin, as a jar with dependencies', {
    plugins: [plugin(`${APACHE}:maven-assembly-plugin:3.7.1`, 'single', 'package', configuration)],
    files: MAIN,
    goals: ['package'],
    takes: { [into]: 'target/shop-jar-with-dependencies.jar' },
  })
}

const BOOT = 'org.springframework.boot:spring-boot-maven-plugin:2.7.18'
function boot(at: number, package_: string, how: string, into: string, more: Partial<Rest> = {}): Mutation {
  const main = element('mainClass', 'shop.Main')
  return java('spring-boot', at, package_, how, {
    plugins: [plugin(BOOT, 'repackage', 'package', main + (more.plugins ?? []).join(''))],
    files: MAIN,
    goals: ['package', ...(more.goals ?? [])],
    takes: more.takes ?? { [into]: 'target/shop.jar' },
  })
}

function shaded(at: number, package_: string, how: string, into: string, configuration = ''): Mutation {
  const main =
    '<transformer implementation="org.apache.maven.plugins.shade.resource.ManifestResourceTransformer">'
  const transformers = element('transformers', `${main}${element('mainClass', 'shop.Main')}</transformer>`)
  return java('shaded', at, package_, how, {
    plugins: [plugin(`${APACHE}:maven-shade-plugin:3.6.0`, 'shade', 'package', configuration + transformers)],
    files: MAIN,
    goals: ['package'],
    takes: { [into]: 'target/shop.jar' },
  })
}

function relocated(from: string): string {
  return element(
    'relocations',
    element('relocation', element('pattern', from) + element('shadedPattern', `shop.${from}`)),
  )
}

function archive(
  form: 'war' | 'jpi',
  at: number,
  package_: string,
  how: string,
  takes: InMaven['takes'],
  manifest = '',
) {
  const configuration = element('failOnMissingWebXml', 'false') + element('archive', manifest)
  return java(form, at, package_, how, {
    packaging: 'war',
    plugins: [plugin(`${APACHE}:maven-war-plugin:3.4.0`, 'war', 'package', configuration)],
    files: { 'src/main/webapp/index.html': '<title>Shop</title>\n' },
    goals: ['package'],
    takes,
  })
}

const war = (at: number, package_: string, how: string, into: string, from = 'target/shop.war') =>
  archive('war', at, package_, how, { [into]: from })

/**
 * The hpi plugin is not in Maven Central. What it makes is a war whose manifest has these names, called .hpi, and .jpi
 * where Jenkins has installed it.
 */
function jpi(at: number, package_: string, how: string, into: string, from = 'target/shop.war'): Mutation {
  const names = {
    'Short-Name': 'shop',
    'Long-Name': 'Shop',
    'Plugin-Version': '1.0',
    'Jenkins-Version': '2.426.3',
  }
  const entries = Object.entries(names).map(([name, value]) => element(name, value))
  return archive('jpi', at, package_, how, { [into]: from }, element('manifestEntries', entries.join('')))
}

export const JAVA: readonly Mutation[] = [
  copied(1, 'org.apache.logging.log4j:log4j-core:2.14.1', 'by dependency:copy-dependencies', '/srv/shop/lib'),
  copied(
    2,
    'org.yaml:snakeyaml:1.33',
    'by dependency:copy-dependencies without its version in the name',
    '/opt/shop/libs',
    ['-Dmdep.stripVersion=true'],
  ),
  copied(
    3,
    'com.fasterxml.jackson.core:jackson-databind:2.13.2',
    "by dependency:copy-dependencies in a repository's layout",
    '/srv/shop/repository',
    ['-Dmdep.useRepositoryLayout=true'],
  ),
  assembled(4, 'ch.qos.logback:logback-core:1.2.12', '/srv/shop/shop.jar'),
  assembled(5, 'org.apache.commons:commons-text:1.9', '/usr/local/share/java/shop-all.jar'),

  boot(1, 'org.springframework:spring-beans:5.3.17', 'by spring-boot:repackage', '/srv/shop/shop.jar'),
  boot(2, 'org.yaml:snakeyaml:1.33', 'by spring-boot:repackage as an executable script', '/srv/shop/shop', {
    plugins: [element('executable', 'true')],
  }),
  boot(3, 'ch.qos.logback:logback-classic:1.2.12', 'by spring-boot:repackage, unpacked', '/srv/shop', {
    goals: [
      'org.codehaus.mojo:exec-maven-plugin:3.5.0:exec',
      ...['-Dexec.executable=jar', '-Dexec.workingdir=target/unpacked', '-Dexec.args=-xf ../shop.jar'],
    ],
    takes: { '/srv/shop': 'target/unpacked' },
  }),
  boot(4, 'org.springframework:spring-webmvc:5.3.17', 'by spring-boot:repackage', '/srv/shop/web.jar'),

  shaded(1, 'org.apache.commons:commons-text:1.9', 'by maven-shade-plugin', '/srv/shop/shop.jar'),
  shaded(
    2,
    'com.fasterxml.jackson.core:jackson-databind:2.13.2',
    'by maven-shade-plugin, relocated',
    '/opt/shop/shop.jar',
    relocated('com.fasterxml.jackson'),
  ),
  shaded(
    3,
    'org.yaml:snakeyaml:1.33',
    'by maven-shade-plugin without its manifest and licence files',
    '/srv/shop/shop.jar',
    element(
      'filters',
      element(
        'filter',
        element('artifact', '*:*') + element('excludes', element('exclude', 'META-INF/LICENSE*')),
      ),
    ),
  ),
  shaded(4, 'org.postgresql:postgresql:42.2.27', 'by maven-shade-plugin', '/usr/local/lib/shop/loader.jar'),

  war(1, 'org.apache.logging.log4j:log4j-core:2.14.1', 'in a war', '/srv/webapps/shop.war'),
  war(
    2,
    'org.springframework:spring-webmvc:5.3.17',
    'in an unpacked war',
    '/srv/webapps/ROOT',
    'target/shop',
  ),
  war(3, 'org.postgresql:postgresql:42.2.27', 'in a war', '/var/lib/tomcat/webapps/ROOT.war'),

  jpi(1, 'org.yaml:snakeyaml:1.33', 'in a .jpi', '/var/jenkins_home/plugins/shop.jpi'),
  jpi(2, 'org.apache.commons:commons-text:1.9', 'in a .hpi', '/usr/share/jenkins/ref/plugins/shop.hpi'),
  jpi(
    3,
    'com.fasterxml.jackson.core:jackson-databind:2.13.2',
    'in the folder of a plugin that Jenkins has unpacked',
    '/var/jenkins_home/plugins/shop',
    'target/shop',
  ),
]
