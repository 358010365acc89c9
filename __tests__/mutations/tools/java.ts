import { cpSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { copiedFrom, kept, run } from './kept.js'

export interface InMaven {
  /** `group:artifact:version` */
  readonly dependencies: readonly string[]
  readonly packaging?: 'jar' | 'war'
  /** Elements of a `plugin`. */
  readonly plugins?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
  /** Goals and options. */
  readonly goals: readonly string[]
  /** What is taken from Maven's folder, by the path that it gets in the image. */
  readonly takes: Readonly<Record<string, string>>
  readonly more?: readonly string[]
}

/** The part of a mutation that builds a project with Maven. */
export function inMaven(name: string, make: InMaven): Pick<Mutation, 'files' | 'lines'> {
  const { goals, takes, files = {}, more } = make
  const project = { 'pom.xml': pom(make), ...files }
  const tree = () =>
    kept(name, [project, goals, takes], (root) => {
      const folder = kept(`${name}-build`, [project, goals], (into) => {
        write(into, project)
        run('mvn', ['-q', '-B', ...goals], into)
      })
      for (const [path, from] of Object.entries(takes)) {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        cpSync(join(folder, from), join(root, path), { recursive: true })
      }
    })
  return copiedFrom(tree, Object.keys(takes), more)
}

function pom({ dependencies, packaging = 'jar', plugins = [] }: InMaven): string {
  const each = dependencies.map((one) => {
    const [group, artifact, version] = one.split(':')
    return `<dependency>${element('groupId', group)}${element('artifactId', artifact)}${element('version', version)}</dependency>`
  })
  return [
    '<project xmlns="http://maven.apache.org/POM/4.0.0">',
    '  <modelVersion>4.0.0</modelVersion>',
    '  <groupId>org.example</groupId><artifactId>shop</artifactId><version>1.0</version>',
    `  ${element('packaging', packaging)}`,
    '  <properties>',
    '    <maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>',
    '    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>',
    '  </properties>',
    '  <dependencies>',
    ...each.map((line) => `    ${line}`),
    '  </dependencies>',
    '  <build><finalName>shop</finalName><plugins>',
    ...plugins.map((plugin) => `    ${element('plugin', plugin)}`),
    '  </plugins></build>',
    '</project>',
    '',
  ].join('\n')
}

export function element(name: string, body = ''): string {
  return `<${name}>${body}</${name}>`
}

/** A plugin that runs one goal, with this configuration. */
export function plugin(coordinates: string, goal: string, phase: string, configuration = ''): string {
  const [group, artifact, version] = coordinates.split(':')
  const goals = element('goals', element('goal', goal))
  const execution = element('execution', element('phase', phase) + goals)
  return [
    ...[element('groupId', group), element('artifactId', artifact), element('version', version)],
    ...[element('executions', execution), element('configuration', configuration)],
  ].join('')
}

/** A program that starts. */
export const MAIN = {
  'src/main/java/shop/Main.java':
    'package shop;\n\npublic class Main {\n  public static void main(String[] arguments) {\n    System.out.println("ready");\n  }\n}\n',
}
