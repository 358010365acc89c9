import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { file, status } from '../unit/inventory/account/image.js'
import { type Entry, gone, tarOf } from '../unit/io/archive/build.js'

/** Forty credentials, made here and never valid. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const random = (count: number, letters = LETTERS) =>
  [...randomBytes(count)].map((byte) => letters[byte % letters.length]).join('')
const pem = (type: 'rsa' | 'ec' | 'ed25519', cipher?: string) => {
  const made =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : type === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('ed25519')
  const options = cipher === undefined ? {} : { cipher, passphrase: 'x' }
  return made.privateKey.export({ type: 'pkcs8', format: 'pem', ...options }) as string
}

export interface Planted {
  readonly kind: string
  readonly path: string
  readonly body: string
  /** What must not be written anywhere. */
  readonly secret: string
}

function keyAt(path: string, kind = 'private-key'): Planted {
  const body = pem('ec')
  return { kind, path, body, secret: body.split('\n')[1] ?? '' }
}
function valueAt(path: string, kind: string, secret: string, around: (secret: string) => string): Planted {
  return { kind, path, body: around(secret), secret }
}
const tokenAt = (path: string, secret: string, around = (one: string) => `token = "${one}"\n`) =>
  valueAt(path, 'token', secret, around)
const passwordAt = (path: string, around: (secret: string) => string) =>
  valueAt(path, 'password', random(14), around)

export const PLANTED: readonly Planted[] = [
  keyAt('root/.ssh/id_ecdsa'),
  keyAt('srv/app/certs/server.key'),
  keyAt('srv/app/data.bin'),
  keyAt('opt/x/README'),
  keyAt('home/ada/backup/old-key.txt'),
  keyAt('etc/ssh/ssh_host_ecdsa_key', 'ssh-host-key'),
  keyAt('etc/nginx/ssl/site.pem'),
  tokenAt('srv/app/a.js', `ghp_${random(36)}`),
  tokenAt('srv/app/b.py', `glpat-${random(20)}`),
  tokenAt('srv/app/c.yml', `xoxb-${random(12, '0123456789')}-${random(12, '0123456789')}-${random(24)}`),
  tokenAt('srv/app/d.txt', `npm_${random(36)}`),
  tokenAt('srv/app/e.json', `sk_live_${random(24)}`),
  tokenAt('srv/app/f.sh', `SG.${random(22)}.${random(43)}`),
  tokenAt('srv/app/g.conf', `hvs.${random(90)}`),
  tokenAt('srv/app/h.toml', `dckr_pat_${random(27)}`),
  tokenAt('root/.bash_history', `github_pat_${random(22)}_${random(59)}`, (one) => `export T=${one}\n`),
  valueAt('root/.aws/credentials', 'cloud-credential', `aB3${random(37)}`, (one) => {
    return `[default]\naws_access_key_id = AKIA${random(16, LETTERS.slice(0, 26))}\naws_secret_access_key = ${one}\n`
  }),
  valueAt(
    'srv/app/settings.py',
    'cloud-credential',
    `aB3${random(37)}`,
    (one) => `AWS_SECRET_ACCESS_KEY = "${one}"\n`,
  ),
  ...(() => {
    const { body, secret } = keyAt('')
    const account = JSON.stringify({ type: 'service_account', private_key: body })
    return [{ kind: 'cloud-credential', path: 'srv/app/sa.json', body: account, secret }]
  })(),
  passwordAt('root/.netrc', (one) => `machine repo.example login ada password ${one}\n`),
  passwordAt('root/.npmrc', (one) => `//registry.example/:_authToken=${one}\n`),
  passwordAt('root/.pypirc', (one) => `[pypi]\nusername = ada\npassword = ${one}\n`),
  passwordAt('root/.docker/config.json', (one) => {
    return JSON.stringify({ auths: { 'registry.example': { username: 'ada', password: one } } })
  }),
  passwordAt('root/.kube/config', (one) => `users:\n- name: ada\n  user:\n    token: ${one}\n`),
  passwordAt(
    'srv/app/.git/config',
    (one) => `[remote "origin"]\n\turl = https://ada:${one}@git.example/a.git\n`,
  ),
  passwordAt('srv/app/.env', (one) => `DB_PASSWORD=${one}\n`),
  passwordAt('srv/app/.env.production', (one) => `DATABASE_URL=postgres://ada:${one}@db/app\n`),
  passwordAt('srv/infra/terraform.tfstate', (one) => JSON.stringify({ resources: [{ password: one }] })),
  passwordAt(
    'root/.m2/settings.xml',
    (one) => `<settings><server><password>${one}</password></server></settings>`,
  ),
  passwordAt('root/.pgpass', (one) => `db:5432:*:ada:${one}\n`),
  passwordAt('root/.my.cnf', (one) => `[client]\npassword=${one}\n`),
  passwordAt('root/.composer/auth.json', (one) => {
    return JSON.stringify({ 'http-basic': { 'a.example': { username: 'ada', password: one } } })
  }),
]
/** In a layer that later ones hide. */
export const DELETED: readonly Planted[] = [
  keyAt('tmp/build/id_rsa'),
  tokenAt('tmp/build/token', `ghp_${random(36)}`),
  passwordAt('tmp/build/.netrc', (one) => `machine repo.example login ada password ${one}\n`),
  valueAt(
    'tmp/build/.aws/credentials',
    'cloud-credential',
    `aB3${random(37)}`,
    (one) => `aws_secret_access_key=${one}\n`,
  ),
]
export const REPLACED: readonly Planted[] = [
  keyAt('srv/app/replaced.key'),
  tokenAt('srv/app/replaced.yml', `glpat-${random(20)}`),
  passwordAt('srv/app/replaced/.env', (one) => `API_TOKEN=${one}\n`),
  passwordAt('home/ada/.git-credentials', (one) => `https://ada:${one}@git.example\n`),
]
export const ALL_PLANTED = [...PLANTED, ...DELETED, ...REPLACED]
const plant = ({ path, body }: Planted): Entry => file(path, body)

const OS = 'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian GNU/Linux 12"\n'
export const PLANTED_LAYERS = [
  tarOf([file('etc/os-release', OS), status({ tar: '1.34+dfsg-1.2+deb12u1' })]),
  tarOf([...DELETED, ...REPLACED].map(plant)),
  tarOf([gone('tmp/build'), ...REPLACED.map(({ path }) => file(path, 'nothing\n'))]),
  tarOf(PLANTED.map(plant)),
]
