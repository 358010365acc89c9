import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { RUN_MUTATIONS } from './configuration-run.js'
import { write } from './images.js'
import type { ImageName, Mutation } from './mutation.js'
import { serve } from './tools/served.js'

/** What people change in an image's configuration, or leave behind in it. All values are made up. */
type Change = Omit<Mutation, 'id' | 'subject'>

/** The mutations of one form, which one check of Docker Bench is about. */
function form(name: string, id: string, changes: readonly Change[]): readonly Mutation[] {
  return changes.map((change, at) => ({ ...change, id: `configuration/${name}/${at + 1}`, subject: { id } }))
}

/** Done as root; the user stays what it was. */
const asRoot = (...lines: readonly string[]) => ['USER root', ...lines, 'USER app']

const installed = (name: string) =>
  `RUN apt-get update && apt-get install -y --no-install-recommends ${name} && rm -rf /var/lib/apt/lists/*`

const USER = form('user', '4.1', [
  { on: 'python', what: 'USER root, left from debugging', lines: ['USER root'] },
  { on: 'node', what: 'root by its number', lines: ['USER 0'] },
  { on: 'go', what: 'root and its group by number', lines: ['USER 0:0'] },
  { on: 'java', what: 'root in the group of the application', lines: ['USER root:app'] },
  {
    on: 'python',
    what: 'a second account with uid 0',
    lines: ['USER root', 'RUN useradd --non-unique --uid 0 --gid 0 --no-create-home toor', 'USER toor'],
  },
  {
    on: 'go',
    what: 'the account of the application was made a second root',
    lines: asRoot('RUN usermod --non-unique --uid 0 app'),
  },
  { on: 'node', what: 'built without its USER instruction', without: ['USER'] },
])

// A check that is always true is not among them: no policy can tell it from one that looks at something.
const HEALTH_CHECK = form('health-check', '4.6', [
  { on: 'python', what: 'HEALTHCHECK NONE', lines: ['HEALTHCHECK NONE'] },
  { on: 'java', what: 'built without its HEALTHCHECK instruction', without: ['HEALTHCHECK'] },
  { on: 'node', what: 'switched off, in small letters', lines: ['healthcheck none'] },
  { on: 'go', what: 'built without its HEALTHCHECK instruction', without: ['HEALTHCHECK'] },
])

const settings = (folder: string) => write(folder, { 'settings.ini': '[shop]\ncurrency = EUR\n' })

const PORT = 48_109

const ADDED = form('add', '4.9', [
  {
    on: 'python',
    what: 'ADD of a URL',
    lines: [`ADD http://127.0.0.1:${PORT}/currencies.json /usr/local/share/currencies.json`],
    files: () => serve(PORT, '["EUR", "SEK"]\n'),
  },
  {
    on: 'node',
    what: 'ADD of a local archive, which it unpacks',
    lines: ['ADD theme.tar.gz /srv/theme/'],
    files: (folder) => {
      write(folder, { 'theme/main.css': 'body { color: navy }\n' })
      execFileSync('tar', ['-czf', join(folder, 'theme.tar.gz'), '-C', join(folder, 'theme'), 'main.css'])
    },
  },
  { on: 'go', what: 'ADD of a plain file', lines: ['ADD settings.ini /etc/shop/'], files: settings },
  { on: 'java', what: 'ADD of a folder', lines: ['ADD . /etc/shop/'], files: settings },
  {
    on: 'go',
    what: 'ADD of a plain file with --chown',
    lines: ['ADD --chown=app:app settings.ini /etc/shop/'],
    files: settings,
  },
  {
    on: 'node',
    what: 'ADD of a plain file in a layer below the application',
    lower: ['ADD settings.ini /etc/shop/'],
    files: settings,
  },
])

interface SetuidChange extends Change {
  readonly path: string
}

function setuid(changes: readonly SetuidChange[]): readonly Mutation[] {
  return changes.map(({ path, ...change }, at) => ({
    ...change,
    id: `configuration/setuid/${at + 1}`,
    subject: { id: '4.8', path },
  }))
}

const SETUID = setuid([
  {
    on: 'python',
    what: 'find made setuid root, so that a script can read all files',
    path: '/usr/bin/find',
    lines: asRoot('RUN chmod u+s /usr/bin/find'),
  },
  {
    on: 'go',
    what: 'the application made setuid root, to listen on port 80',
    path: '/usr/local/bin/shop',
    lines: asRoot('RUN chmod 4755 /usr/local/bin/shop'),
  },
  {
    on: 'java',
    what: 'a setgid program, for the group shadow',
    path: '/usr/bin/tail',
    lines: asRoot('RUN chgrp shadow /usr/bin/tail && chmod 2755 /usr/bin/tail'),
  },
  {
    on: 'node',
    what: 'a copy of su next to the application',
    path: '/srv/app/bin/su',
    lines: asRoot('RUN mkdir /srv/app/bin && cp -p /usr/bin/su /srv/app/bin/su'),
  },
  {
    on: 'go',
    what: 'a setuid copy of the shell under a hidden name',
    path: '/var/tmp/.cache',
    lines: asRoot('RUN cp /bin/bash /var/tmp/.cache && chmod 4755 /var/tmp/.cache'),
  },
  {
    on: 'python',
    what: "Debian's sudo, for debugging",
    path: '/usr/bin/sudo',
    lines: asRoot(installed('sudo')),
  },
  {
    on: 'java',
    what: 'a setuid program in a layer below the application',
    path: '/usr/bin/env',
    lower: ['RUN chmod u+s /usr/bin/env'],
  },
  {
    on: 'python',
    what: 'cap_setuid, a file capability, on a copy of the interpreter',
    path: '/usr/local/bin/worker',
    lines: asRoot(
      `RUN cp /usr/bin/python3.13 /usr/local/bin/worker && /usr/bin/python3 -c ${inShell(
        // linux/capability.h: revision 2, effective; permitted is bit 7, CAP_SETUID.
        "import os; os.setxattr('/usr/local/bin/worker', 'security.capability', bytes.fromhex('01000002' + '80000000' + '00' * 12))",
      )}`,
    ),
  },
])

const on = (image: ImageName, what: string, ...lines: readonly string[]): Change => ({
  on: image,
  what,
  lines,
})

/** Long enough for a token of that kind, and of no account; in parts, so that no scanner mistakes this file. */
const GITHUB_TOKEN = `ghp${'_'}${'a1B2c3D4e5F6'.repeat(3)}`
const NPM_TOKEN = `npm${'_'}${'Z9y8X7w6V5u4'.repeat(3)}`
const STRIPE_KEY = `sk${'_live_'}${'4eC39HqLyjWD'.repeat(2)}`

const SECRET_IN_ENV = form('secret-in-env', '4.10', [
  on('python', 'a password of a database', 'ENV DB_PASSWORD=correct-horse-battery-7'),
  on(
    'node',
    'keys of a cloud account',
    'ENV AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  ),
  on('java', 'a password in a URL', 'ENV DATABASE_URL=postgres://shop:blue-heron-41@db.example.org/shop'),
  on('go', 'a key of a payment service', `ENV STRIPE_KEY=${STRIPE_KEY}`),
  on('python', "Django's secret key", 'ENV DJANGO_SECRET_KEY=m3u-w8q-zx81-kk2p-ll09-vv73'),
  on('java', "a data source's password", 'ENV SPRING_DATASOURCE_PASSWORD=Winter2026'),
  on(
    'node',
    'a web hook whose URL is its secret',
    `ENV SLACK_WEBHOOK=https://hooks.slack.com/services/T0${'1A2B3C4'}/B0${'5D6E7F8'}/${'q1W2e3R4'.repeat(3)}`,
  ),
  on(
    'go',
    'a connection string with the key of a storage account',
    `ENV AZURE_STORAGE_CONNECTION_STRING="AccountName=shop;AccountKey=${'c2hvcC1rZXkt'.repeat(7)}=="`,
  ),
  {
    on: 'go',
    what: 'a password in a layer below the application, emptied above it',
    lower: ['ENV SMTP_PASSWORD=grey-otter-2209'],
    lines: ['ENV SMTP_PASSWORD='],
  },
])

const SECRET_IN_ARG = form('secret-in-arg', '4.10', [
  on(
    'node',
    'a token as the default of a build argument',
    `ARG NPM_TOKEN=${NPM_TOKEN}`,
    'RUN node -e "process.exit(process.env.NPM_TOKEN ? 0 : 1)"',
  ),
  {
    on: 'go',
    what: 'a token passed with --build-arg',
    lines: ['ARG GITHUB_TOKEN', 'RUN test -n "$GITHUB_TOKEN"'],
    buildArguments: [`GITHUB_TOKEN=${GITHUB_TOKEN}`],
  },
  {
    on: 'java',
    what: 'a password passed with --build-arg',
    lines: ['ARG REPOSITORY_PASSWORD', 'RUN test -n "$REPOSITORY_PASSWORD"'],
    buildArguments: ['REPOSITORY_PASSWORD=amber finch 77'],
  },
  {
    on: 'python',
    what: 'an index with its password, passed with --build-arg',
    lines: ['ARG PIP_INDEX_URL', 'RUN test -n "$PIP_INDEX_URL"'],
    buildArguments: ['PIP_INDEX_URL=https://ci:silver-wren-3@pypi.example.org/simple'],
  },
])

const SECRET_IN_LABEL = form('secret-in-label', '4.10', [
  on('python', 'a token of its own name', `LABEL org.example.deploy-token="${GITHUB_TOKEN}"`),
  on('node', 'a password of its own name', 'LABEL org.example.registry.password=copper-lynx-58'),
  on(
    'java',
    'a password in a document',
    `LABEL org.example.deploy='{"user": "ci", "password": "teal-ibis-6"}'`,
  ),
  on('go', 'a password in a URL', 'LABEL org.example.build=https://ci:coral-mole-9@ci.example.org/job/7'),
])

const SECRET_IN_HISTORY = form('secret-in-history', '4.10', [
  on(
    'python',
    'a .netrc written and removed in one RUN',
    ...asRoot(
      "RUN echo 'machine git.example.org login ci password jade-crow-12' >/root/.netrc && rm /root/.netrc",
    ),
  ),
  on('node', 'a token exported in a RUN', `RUN export DEPLOY_TOKEN=${GITHUB_TOKEN} && node --version`),
  on('java', 'a password set for an account', ...asRoot("RUN echo 'app:olive-newt-31' | chpasswd")),
  on(
    'node',
    'an .npmrc written and removed in one RUN',
    ...asRoot(
      `RUN echo '//registry.npmjs.org/:_authToken=${NPM_TOKEN}' >/srv/app/.npmrc && rm /srv/app/.npmrc`,
    ),
  ),
  on(
    'go',
    'a password among the words of the command',
    'CMD ["/usr/local/bin/shop", "--admin-password", "plum-swan-84"]',
  ),
  on(
    'go',
    'a header with a token in a RUN',
    `RUN printf 'GET / HTTP/1.0\\r\\nAuthorization: Bearer ${GITHUB_TOKEN}\\r\\n\\r\\n' >/dev/null`,
  ),
])

function inShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

export const CONFIGURATION: readonly Mutation[] = [
  ...USER,
  ...HEALTH_CHECK,
  ...ADDED,
  ...SETUID,
  ...SECRET_IN_ENV,
  ...SECRET_IN_ARG,
  ...SECRET_IN_LABEL,
  ...SECRET_IN_HISTORY,
  ...RUN_MUTATIONS,
]
