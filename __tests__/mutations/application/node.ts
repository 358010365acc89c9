import type { Mutation } from '../mutation.js'
import { type InNode, inNode } from '../tools/node.js'

type Rest = Omit<InNode, 'tool' | 'args'> & { readonly args?: readonly string[] }

/** `ws@7.4.6` is a vulnerable version of the package that a finding has to name. */
function node(form: string, at: number, package_: string, how: string, make: InNode): Mutation {
  const [name, version] = namedIn(package_)
  return {
    id: `application/${form}/${at}`,
    on: 'node',
    what: `${name} ${version}, ${how}`,
    ...inNode(`${form}-${at}`, make),
    subject: { package: `npm/${name}` },
  }
}

function namedIn(package_: string): [name: string, version: string] {
  const end = package_.lastIndexOf('@')
  return [package_.slice(0, end), package_.slice(end + 1)]
}

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

function npm(at: number, package_: string, how: string, rest: Omit<InNode, 'tool'>): Mutation {
  return node('npm', at, package_, how, { tool: 'npm', ...rest, args: [...rest.args, ...QUIET] })
}

const STORE = '/root/.local/share/pnpm/store'
function pnpm(form: string, at: number, package_: string, how: string, rest: Rest): Mutation {
  const args = ['install', '--prod', '--ignore-scripts', `--store-dir=ROOT${STORE}`, ...(rest.args ?? [])]
  const dependencies = Object.fromEntries([namedIn(package_)])
  return node(form, at, package_, how, { tool: 'pnpm', ...rest, dependencies, args })
}

const hoisted = (at: number, package_: string, how: string, rest: Rest) =>
  pnpm('pnpm-hoisted', at, package_, `by pnpm with node-linker=hoisted, ${how}`, {
    ...rest,
    args: ['--config.node-linker=hoisted', ...(rest.args ?? [])],
  })

/** The project has symbolic links to the store's own folders, so both have to be in the image. */
const globalStore = (at: number, package_: string, how: string, rest: Rest) =>
  pnpm('pnpm-global-store', at, package_, `by pnpm with the global virtual store, ${how}`, {
    ...rest,
    args: ['--config.enable-global-virtual-store=true', ...(rest.args ?? [])],
    paths: [rest.project, STORE],
  })

const REGISTRY = 'https://registry.npmjs.org'
function yarn1(at: number, package_: string, how: string, rest: Omit<InNode, 'tool'>): Mutation {
  const args = [...rest.args, '--ignore-scripts', '--non-interactive', '--silent', `--registry=${REGISTRY}`]
  return node('yarn-1', at, package_, how, { tool: 'yarn1', ...rest, args })
}

function yarn4(at: number, package_: string, how: string, settings: string[], rest: Rest): Mutation {
  const rc = [`npmRegistryServer: ${REGISTRY}`, 'enableTelemetry: false', 'enableScripts: false', ...settings]
  const files = { '.yarnrc.yml': `${rc.join('\n')}\n`, 'yarn.lock': '', ...rest.files }
  const dependencies = Object.fromEntries([namedIn(package_)])
  const form = settings.includes('nodeLinker: node-modules') ? 'yarn-4' : 'pnp'
  return node(form, at, package_, how, { tool: 'yarn4', dependencies, ...rest, files, args: ['install'] })
}

const MODULES = 'nodeLinker: node-modules'

function bun(at: number, package_: string, how: string, rest: Omit<InNode, 'tool'>): Mutation {
  return node('bun', at, package_, how, { tool: 'bun', ...rest, args: [...rest.args, '--ignore-scripts'] })
}

const FORMS: readonly Mutation[] = [
  npm(1, 'ws@7.4.6', "by npm install, in the application's folder", {
    project: '/srv/app',
    dependencies: { ms: '2.1.3', ws: '7.4.6' },
    args: ['install'],
  }),
  npm(2, 'minimist@1.2.5', 'by npm install --global', {
    project: '/srv/shop',
    args: ['install', '--global', '--prefix', 'ROOT/usr/local', 'minimist@1.2.5'],
    paths: ['/usr/local/lib/node_modules'],
  }),
  npm(3, 'lodash@4.17.20', 'by npm install under another name', {
    project: '/srv/shop',
    dependencies: { underscore: 'npm:lodash@4.17.20' },
    args: ['install', '--omit=dev'],
  }),
  npm(4, 'qs@6.9.6', 'by npm install, below the package that needs it', {
    project: '/opt/shop',
    dependencies: { 'body-parser': '1.19.1' },
    args: ['install', '--install-strategy=nested'],
  }),

  pnpm('pnpm', 1, 'qs@6.10.2', 'by pnpm install, without its store', { project: '/srv/shop' }),
  pnpm('pnpm', 2, 'ansi-regex@5.0.0', 'by pnpm install, hard-linked to a store in the image', {
    project: '/srv/shop',
    // One COPY for both, or the links between them are lost.
    paths: ['/'],
  }),
  pnpm('pnpm', 3, 'tar@6.1.0', 'by pnpm install, copied from its store', {
    project: '/srv/shop',
    args: ['--package-import-method=copy'],
  }),
  pnpm('pnpm', 4, 'node-fetch@2.6.6', 'by pnpm install with a virtual store of another name', {
    project: '/opt/shop',
    args: ['--virtual-store-dir=.store'],
  }),

  globalStore(1, 'path-to-regexp@0.1.7', 'in /srv', { project: '/srv/shop' }),
  globalStore(2, 'ip@2.0.0', 'in /opt', { project: '/opt/shop' }),
  globalStore(3, 'ws@8.16.0', 'copied', {
    project: '/home/app/shop',
    args: ['--package-import-method=copy'],
  }),

  hoisted(1, 'lodash-es@4.17.20', 'in /srv', { project: '/srv/shop' }),
  hoisted(2, 'body-parser@1.20.2', 'with its store', { project: '/srv/shop', paths: ['/'] }),
  hoisted(3, '@babel/traverse@7.23.0', 'copied', {
    project: '/opt/build',
    args: ['--package-import-method=copy'],
  }),

  yarn1(1, 'minimist@1.2.5', 'by yarn 1', {
    project: '/srv/shop',
    dependencies: { minimist: '1.2.5' },
    args: ['install', '--production'],
  }),
  yarn1(2, 'ws@7.4.6', 'by yarn 1 with global add', {
    project: '/srv/shop',
    args: ['global', 'add', 'ws@7.4.6', '--global-folder=ROOT/usr/local/share/.config/yarn/global'],
    env: { PREFIX: 'ROOT/usr/local' },
    paths: ['/usr/local/share/.config'],
  }),
  yarn1(3, 'lodash.defaultsdeep@4.6.0', 'by yarn 1 into another folder of modules', {
    project: '/srv/shop',
    dependencies: { 'lodash.defaultsdeep': '4.6.0' },
    args: ['install', '--production', '--modules-folder=vendor/node_modules'],
  }),

  yarn4(1, 'ansi-regex@4.1.0', 'by Yarn 4 with node_modules', [MODULES], { project: '/srv/shop' }),
  yarn4(2, 'tar@4.4.13', 'by Yarn 4 with node_modules, hard-linked', [MODULES, 'nmMode: hardlinks-local'], {
    project: '/srv/shop',
  }),
  yarn4(3, 'qs@6.9.6', "by Yarn 4 in a workspace's node_modules", [MODULES, 'nmHoistingLimits: workspaces'], {
    project: '/srv/shop',
    dependencies: { ms: '2.1.3' },
    manifest: { workspaces: ['api'] },
    files: { 'api/package.json': '{"name":"api","version":"1.0.0","dependencies":{"qs":"6.9.6"}}\n' },
  }),

  bun(1, 'ws@8.16.0', 'by Bun', {
    project: '/srv/shop',
    dependencies: { ws: '8.16.0' },
    args: ['install', '--linker=hoisted', '--cache-dir=ROOT/tmp/bun'],
  }),
  bun(2, 'ip@2.0.0', 'by Bun with its isolated layout', {
    project: '/srv/shop',
    dependencies: { ip: '2.0.0' },
    args: ['install', '--linker=isolated', '--cache-dir=ROOT/tmp/bun'],
  }),
  bun(3, 'path-to-regexp@6.2.0', 'by Bun with add --global', {
    project: '/srv/shop',
    args: ['add', '--global', 'path-to-regexp@6.2.0', '--cache-dir=ROOT/tmp/bun'],
    env: { BUN_INSTALL: 'ROOT/root/.bun' },
    paths: ['/root/.bun/install/global'],
  }),
]

const CACHE = 'enableGlobalCache: false'
/** No package.json of a package is a file of the image: they are in zips that .pnp.cjs names. */
const PLUG_AND_PLAY: readonly Mutation[] = [
  yarn4(1, 'lodash@4.17.20', "by Yarn 4 with Plug'n'Play", [CACHE], { project: '/srv/shop' }),
  yarn4(2, 'minimist@1.2.5', "by Yarn 4 with Plug'n'Play, uncompressed", [CACHE, 'compressionLevel: 0'], {
    project: '/opt/shop',
  }),
  yarn4(3, 'ws@7.4.6', "by Yarn 4 with Plug'n'Play, its cache in the home", [], {
    project: '/srv/shop',
    env: { YARN_GLOBAL_FOLDER: 'ROOT/root/.yarn/berry' },
    paths: ['/srv/shop', '/root/.yarn'],
  }),
]

export const NODE: readonly Mutation[] = [...FORMS, ...PLUG_AND_PLAY]
