import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BASES } from '../live/support.js'
import { IMAGE_NAMES, type ImageName } from './mutation.js'

/** The four images that pass: today's Debian stable with all updates, and an application of one language. */
export interface Recipe {
  /** Lines of Debian: shared by all mutations of an image. */
  readonly debian: readonly string[]
  readonly files: (folder: string) => void
  /** Its program, if the files stay for other runs: with Go, they depend on the version of the compiler, too. */
  readonly program: string | null
  /** Lines of the application and of the configuration; paths are those of `files`. */
  readonly application: readonly string[]
}

const SOURCES = [
  ...[
    'Types: deb',
    'URIs: http://deb.debian.org/debian',
    'Suites: trixie trixie-updates',
    'Components: main',
  ],
  ...['Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg', ''],
  ...['Types: deb', 'URIs: http://deb.debian.org/debian-security', 'Suites: trixie-security'],
  ...['Components: main', 'Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg'],
]
const WRITE_SOURCES = `printf '%s\\n' ${SOURCES.map((one) => `'${one}'`).join(' ')} >/etc/apt/sources.list.d/debian.sources`

/** As official images have their sources, with all updates, and these packages. */
function debianWith(...packages: readonly string[]): readonly string[] {
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const steps = [
    // Java's alternatives link a manual page there, which slim images leave out.
    'mkdir -p /usr/share/man/man1',
    ...['rm -f /etc/apt/sources.list', WRITE_SOURCES, 'apt-get update', 'apt-get upgrade -y --with-new-pkgs'],
    ...(packages.length === 0 ? [] : [install]),
    ...['apt-get clean', 'rm -rf /var/lib/apt/lists/*', 'useradd --system --uid 10001 app'],
  ]
  return [`FROM ${BASES.trixie}`, `RUN ${steps.join(' && ')}`]
}

/** Whether the service answers, asked with nothing but the shell that Debian has. */
const HEALTH = ['bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/8080']

const configured = (command: readonly string[]) => [
  'USER app',
  `HEALTHCHECK --interval=5s --timeout=3s CMD ${JSON.stringify(HEALTH)}`,
  'EXPOSE 8080',
  `CMD ${JSON.stringify(command)}`,
]

const PYTHON = `import http.server

import idna


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(idna.encode("example.org"))


print("ready", flush=True)
http.server.ThreadingHTTPServer(("", 8080), Handler).serve_forever()
`
const NODE = `const ms = require('ms')

require('node:http')
  .createServer((_, response) => response.end(ms(process.uptime() * 1000)))
  .listen(8080, () => console.log('ready'))
`
const JAVA = `import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import org.slf4j.LoggerFactory;

public class Main {
  public static void main(String[] arguments) throws Exception {
    byte[] name = LoggerFactory.getILoggerFactory().toString().getBytes();
    HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, name.length);
      exchange.getResponseBody().write(name);
      exchange.close();
    });
    server.start();
    System.out.println("ready");
  }
}
`
const GO = `package main

import (
	"fmt"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) { fmt.Fprintln(answer, "open") })
	fmt.Println("ready")
	panic(http.ListenAndServe(":8080", nil))
}
`

export const RECIPES: Readonly<Record<ImageName, Recipe>> = {
  python: {
    debian: debianWith('python3'),
    files: (folder) => {
      write(folder, { 'app/main.py': PYTHON })
      const into = ['--target', join(folder, 'site')]
      execFileSync('pip', ['install', '-q', '--no-compile', ...into, 'idna==3.10', 'six==1.17.0'])
    },
    program: PYTHON,
    application: [
      'COPY site /usr/local/lib/python3.13/dist-packages',
      'COPY app /srv/app',
      ...configured(['python3', '/srv/app/main.py']),
    ],
  },
  node: {
    debian: debianWith('nodejs'),
    files: (folder) => {
      write(folder, { 'app/main.js': NODE })
      const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
      execFileSync('npm', ['install', '--prefix', join(folder, 'app'), ...quiet, 'ms@2.1.3'])
    },
    program: NODE,
    application: ['COPY app /srv/app', ...configured(['node', '/srv/app/main.js'])],
  },
  java: {
    debian: debianWith('openjdk-21-jre-headless'),
    files: (folder) => {
      const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy'
      const what = ['-Dartifact=org.slf4j:slf4j-api:2.0.17', `-DoutputDirectory=${join(folder, 'lib')}`]
      execFileSync('mvn', ['-q', '-B', goal, ...what], {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      write(folder, { 'Main.java': JAVA })
      const path = join(folder, 'lib/slf4j-api-2.0.17.jar')
      execFileSync('javac', ['-cp', path, '-d', join(folder, 'classes'), join(folder, 'Main.java')])
    },
    program: JAVA,
    application: [
      'COPY lib /srv/app/lib',
      'COPY classes /srv/app/classes',
      ...configured(['java', '-cp', '/srv/app/classes:/srv/app/lib/*', 'Main']),
    ],
  },
  go: {
    debian: debianWith(),
    files: (folder) => {
      write(folder, { 'source/go.mod': 'module example.org/shop\n\ngo 1.24\n', 'source/main.go': GO })
      const env = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-buildvcs=false' }
      execFileSync('go', ['build', '-o', join(folder, 'shop'), '.'], { cwd: join(folder, 'source'), env })
    },
    program: null,
    application: ['COPY shop /usr/local/bin/shop', ...configured(['/usr/local/bin/shop'])],
  },
}

/** Options of `docker run` with which the images pass section 5 of Docker Bench, one option a line. */
export const RUN_OPTIONS: readonly string[] = [
  '--read-only',
  '--tmpfs=/tmp',
  '--memory=512m',
  '--cpus=1',
  '--pids-limit=100',
  '--ulimit=nofile=1024',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--restart=on-failure:5',
  '--network=shop',
  '--publish=127.0.0.1:8080:8080',
]

export function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, body] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), body)
  }
}

export { IMAGE_NAMES }
