import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { write } from '../images.js'
import type { Mutation } from '../mutation.js'
import { copiedFrom, kept, run } from '../tools/kept.js'

type Made = Pick<Mutation, 'files' | 'lines'>

const DENO = 'deno@2.1.9'

/** A project of which Deno has installed the packages of npm. */
export function deno(project: string, dependencies: Readonly<Record<string, string>>): Made {
  const files = {
    'package.json': `${JSON.stringify({ name: 'shop', version: '1.0.0', dependencies }, null, 2)}\n`,
    'deno.json': '{ "nodeModulesDir": "auto" }\n',
  }
  const tree = () =>
    kept('further-deno', [DENO, project, files], (root) => {
      const tool = kept('node-tool', DENO, (into) => {
        run('npm', ['install', '--prefix', into, '--no-audit', '--no-fund', DENO], into)
      })
      const folder = join(root, project)
      write(folder, files)
      run(process.execPath, [join(tool, 'node_modules/deno/bin.cjs'), 'install'], folder, {
        DENO_DIR: `${root}.deno`,
        // As the others do.
        DENO_TLS_CA_STORE: 'system,mozilla',
      })
      run('rm', ['-r', `${root}.deno`], folder)
    })
  return copiedFrom(tree, [project])
}

const LOGBACK = 'ch.qos.logback:logback-core:1.4.11'

/** A Java of its own, with the modules that a program needs: those of the library are in its one file, `lib/modules`. */
export function linkedRuntime(into: string): Made {
  const copy = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'
  const options = [
    '--add-modules',
    'ch.qos.logback.core',
    '--strip-debug',
    '--no-header-files',
    '--no-man-pages',
  ]
  const tree = () =>
    kept('further-jlink', [LOGBACK, options, into], (root) => {
      const jars = kept('further-jlink-jars', LOGBACK, (folder) => {
        run('mvn', ['-q', '-B', copy, `-Dartifact=${LOGBACK}`, `-DoutputDirectory=${folder}`], folder)
      })
      mkdirSync(dirname(join(root, into)), { recursive: true })
      run('jlink', ['--module-path', jars, ...options, '--output', join(root, into)], root)
    })
  return copiedFrom(tree, [into])
}

const GJSON = 'github.com/tidwall/gjson'

/** A program whose go.mod requires a version without the error, and replaces it by one that has it. */
export function replacedModule(into: string): Made {
  const files = {
    'go.mod': `module example.org/shop\n\ngo 1.24\n\nrequire ${GJSON} v1.18.0\n\nreplace ${GJSON} => ${GJSON} v1.9.2\n`,
    'main.go': `package main\n\nimport (\n\t"fmt"\n\n\t"${GJSON}"\n)\n\nfunc main() { fmt.Println("ready", gjson.Valid("{}")) }\n`,
  }
  const tree = () =>
    kept('further-go-replace', [files, into], (root) => {
      const project = kept('further-go-replace-source', files, (folder) => {
        write(folder, files)
        run('go', ['mod', 'tidy'], folder)
      })
      mkdirSync(dirname(join(root, into)), { recursive: true })
      const env = { CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' }
      run('go', ['build', '-trimpath', '-o', join(root, into), '.'], project, env)
    })
  return copiedFrom(tree, [into])
}
