import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { write } from '../images.js'
import type { ImageName, Subject } from '../mutation.js'
import { kept } from './kept.js'

/** Vulnerable packages, each as its own tool puts it in the simplest way: what is unusual is their place. */
interface Application {
  readonly on: ImageName
  readonly what: string
  readonly subject: Subject
  readonly make: (folder: string) => void
  /** All that `make` depends on. */
  readonly recipe: readonly string[]
}

/** @param needed what it cannot be imported without */
function python(name: string, version: string, ...needed: readonly string[]): Application {
  const recipe = ['install', '-q', '--no-deps', '--no-compile', `${name}==${version}`, ...needed]
  return {
    ...{ on: 'python', what: `${name} ${version}`, subject: { package: `pypi/${name}` }, recipe },
    make: (folder) => run('pip', [...recipe, '--target', folder], folder),
  }
}

/** The folder has what node_modules has. */
function node(name: string, version: string): Application {
  const recipe = [
    'install',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    `${name}@${version}`,
  ]
  return {
    ...{ on: 'node', what: `${name} ${version}`, subject: { package: `npm/${name}` }, recipe },
    make: (folder) => {
      run('npm', [...recipe, '--prefix', join(folder, 'project')], folder)
      execFileSync('sh', ['-c', 'mv project/node_modules/* . && rm -r project'], { cwd: folder })
    },
  }
}

function java(group: string, name: string, version: string): Application {
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'
  const recipe = ['-q', '-B', goal, `-Dartifact=${group}:${name}:${version}`]
  return {
    ...{ on: 'java', what: `${name} ${version}`, subject: { package: `maven/${group}/${name}` }, recipe },
    make: (folder) => run('mvn', [...recipe, `-DoutputDirectory=${folder}`], folder),
  }
}

/** A program named `worker`. */
function go(module: string, version: string, imports: string, uses: string): Application {
  const source = `package main\n\nimport (\n\t"fmt"\n\n\tused "${imports}"\n)\n\nfunc main() { fmt.Println("ready", ${uses}) }\n`
  const recipe = ['build', module, version, source]
  return {
    ...{
      on: 'go',
      what: `a Go program with ${module} ${version}`,
      subject: { package: `golang/${module}` },
      recipe,
    },
    make: (folder) => {
      const project = join(folder, 'project')
      write(project, { 'main.go': source, 'go.mod': 'module example.org/worker\n\ngo 1.24\n' })
      run('go', ['get', `${module}@${version}`], project)
      run('go', ['build', '-trimpath', '-o', join(folder, 'worker'), '.'], project)
      rmSync(project, { recursive: true })
    },
  }
}

const TEXT = 'golang.org/x/text'
const GIN = 'github.com/gin-gonic/gin'

export const APPLICATIONS = {
  jinja2: python('jinja2', '2.11.2', 'markupsafe==2.0.1'),
  requests: python('requests', '2.19.1'),
  sqlparse: python('sqlparse', '0.4.1'),
  jupyter: python('jupyter-server', '1.0.0'),
  lodash: node('lodash', '4.17.4'),
  minimist: node('minimist', '1.2.5'),
  qs: node('qs', '6.5.2'),
  ws: node('ws', '7.4.0'),
  tar: node('tar', '6.1.0'),
  nodeFetch: node('node-fetch', '2.6.1'),
  ansiRegex: node('ansi-regex', '5.0.0'),
  pathToRegexp: node('path-to-regexp', '0.1.7'),
  log4j: java('org.apache.logging.log4j', 'log4j-core', '2.14.1'),
  commonsText: java('org.apache.commons', 'commons-text', '1.9'),
  snakeyaml: java('org.yaml', 'snakeyaml', '1.33'),
  jackson: java('com.fasterxml.jackson.core', 'jackson-databind', '2.9.8'),
  springBeans: java('org.springframework', 'spring-beans', '5.3.17'),
  postgresql: java('org.postgresql', 'postgresql', '42.2.14'),
  logback: java('ch.qos.logback', 'logback-classic', '1.2.3'),
  springWebmvc: java('org.springframework', 'spring-webmvc', '5.3.17'),
  text: go(TEXT, 'v0.3.5', `${TEXT}/language`, 'used.English'),
  text0: go(TEXT, 'v0.3.0', `${TEXT}/unicode/norm`, 'used.NFC.String("x")'),
  text7: go(TEXT, 'v0.3.7', `${TEXT}/language`, 'used.German'),
  gin: go(GIN, 'v1.7.0', GIN, 'used.Version'),
} as const satisfies Readonly<Record<string, Application>>

export type ApplicationName = keyof typeof APPLICATIONS

/** A folder with the application: made once, and kept for later runs. */
export function applicationFolder(name: ApplicationName): string {
  const { on, recipe, make }: Application = APPLICATIONS[name]
  return kept(join('simplest', name), [on, recipe], make)
}

/** Puts the application into the folder `content` of the build context; more may be done with it there. */
export function copied(
  name: ApplicationName,
  change: (content: string, context: string) => void = () => {},
): (context: string) => void {
  return (context) => {
    const content = join(context, 'content')
    execFileSync('cp', ['-a', applicationFolder(name), content])
    change(content, context)
  }
}

function run(command: string, args: readonly string[], cwd: string): void {
  const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' }
  execFileSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'] })
}
