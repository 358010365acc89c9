import { describe, expect, test } from '@jest/globals'
import {
  redact,
  secretsIn,
  secretsInVariable,
} from '../../../../../src/checks/docker-bench/builtin/secrets.js'
import { isSecretName } from '../../../../../src/model/credentials/secret-name.js'
import { anImage, line, strictly } from './builders.js'

/** Made up, and put together here, so that no scanner takes this file for a leak. */
const GITHUB = `ghp_${'a1B2'.repeat(9)}`
const AWS = `AKIA${'ABCD'.repeat(4)}`
const SLACK = `https://hooks.slack.com/services/T0${'1A2B3C4'}/B0${'5D6E7F8'}/${'q1W2e3R4'.repeat(3)}`
const ID = '01234567-89ab-cdef-0123-456789abcdef'
const JWT = `eyJ${'a'.repeat(10)}.eyJ${'b'.repeat(10)}.${'c'.repeat(10)}`

describe('names', () => {
  test.each(
    'DB_PASSWORD MYSQL_ROOT_PASSWORD PGPASSWORD apiKey API_KEY AWS_SECRET_ACCESS_KEY NPM_TOKEN githubToken DB_PASS MYSQL_PWD CLIENT_SECRET SECRET_KEY_BASE SSH_PRIVATE_KEY'.split(
      ' ',
    ),
  )('when a variable is called %s, then it is meant for a secret', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  test.each(
    'PATH GPG_KEY PWD OLD_PWD DB_PASSWORD_FILE TOKEN_URL MAX_TOKENS TOKENIZERS_PARALLELISM KEY PUBLIC_KEY SSH_AUTH_SOCK PYTHON_SHA256 PASSENGER BYPASS SECRET_NAME'.split(
      ' ',
    ),
  )('when a variable is called %s, then it is not', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('texts', () => {
  const names = (text: string) => secretsIn('RUN', text).map(({ name }) => name)

  test.each([
    'apt-get install -y passwd=1:4.17.4-2+deb13u1',
    '/bin/sh -c set -e; apt-get -y install --only-upgrade login.defs=1:4.17.4 passwd=1:4.17.4-2+deb13u1; true',
    'sh -c "apt-get update && apt-get install -y passwd=1:4.17.4"',
    'set -eux; apt install \\\n  curl \\\n  passwd=1:4.17.4',
    'pip install token-bucket==0.3.0 "credentials==1.1"',
  ])('when a package is pinned, as in %j, then its version is no secret', (text) => {
    expect(names(text)).toEqual([])
    expect(redact(text)).toBe(text)
  })

  test.each([
    [`echo '{"auths":{"registry.example":{"auth":"YWRhOmh1bnRlcjI="}}}' >/root/.docker/config.json`, 1],
    ['echo "{\\"auths\\":{\\"registry.example\\":{\\"auth\\":\\"YWRhOmh1bnRlcjI=\\"}}}" >config.json', 1],
    [`echo '{"auths":{"registry.example":{"auth":"$AUTH"}}}' >config.json`, 0],
    [`echo '{"auths":{"registry.example":{}}}' >config.json`, 0],
    [`echo '{"auth":"none"}' >config.json`, 0],
  ])('when Docker’s configuration is written, as in %j, then a login in it is a secret', (text, count) => {
    expect(names(text)).toEqual(count === 1 ? ['registry login'] : [])
    expect(redact(text).includes('YWRh')).toBe(false)
    const value = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
    expect(secretsInVariable('ENV', `DOCKER_AUTH_CONFIG=${value}`)).toHaveLength(count)
  })

  test.each([
    'passwd=1:4.17.4 ./run',
    'passwd=1abc apt-get install curl',
    'apt-get install curl; db_password=1abc ./run',
    'apt-get install curl PASSWORD=1abc',
    'apt-get install passwd=hunter2',
    'PASSWORD==1abc',
    'password==hunter2',
  ])('when something else is set, as in %j, then it is one', (text) => {
    expect(names(text)).toHaveLength(1)
  })

  test.each([
    ['DB_PASSWORD=hunter2', ['DB_PASSWORD']],
    ['export NPM_TOKEN="abc def" && npm ci', ['NPM_TOKEN']],
    ['mysql --password hunter2', ['--password']],
    ['tool --api-key=abcd1234', ['--api-key']],
    [`git clone https://x:${GITHUB}@github.com/a/b`, ['GitHub token', 'password in a URL']],
    [`echo ${AWS} > k`, ['AWS access key id']],
    [`curl -H "Authorization: Bearer ${JWT}"`, ['JSON web token', 'Authorization header']],
    ['echo "-----BEGIN OPENSSH PRIVATE KEY-----"', ['private key']],
    ['echo "machine api.acme.example login bob password hunter2" > ~/.netrc', ['password in a .netrc']],
    ['mysql -uroot -phunter2 -e "select 1"', ['password for mysql']],
    ["useradd -m -p 'hunter2' bob", ['password for useradd']],
    ['wget --header "X-Api-Key: hunter2hunter2" x', ['token in a header']],
    [`php -r 'base64:${'q83v'.repeat(10)}abc='`, ['key of an application']],
    ['JWT_KEY=hunter2', ['JWT_KEY']],
    [`curl -d x ${SLACK}`, ['web hook of Slack']],
    [`curl ${SLACK.replace('services', 'workflows')}`, ['web hook of Slack']],
    [`https://discord.com/api/webhooks/123456789012345678/${'aB3_'.repeat(17)}`, ['web hook of Discord']],
    [
      `https://a.webhook.office.com/webhookb2/${ID}@${ID}/IncomingWebhook/${'0af1'.repeat(8)}/${ID}`,
      ['web hook of Teams'],
    ],
  ])('when a text is %s, then it is told by name or kind', (text, found) => {
    expect(names(text)).toEqual(found)
  })

  test.each([
    'DB_PASSWORD=$SECRET',
    'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    'https://hooks.slack.com/services/$TEAM/$HOOK https://discord.com/api/webhooks/$ID/$TOKEN',
    'curl https://docs.slack.com/services/T1A2B3C4D/B05D6E7F8/about https://discord.com/api/v10/gateway',
    'DB_PASSWORD=',
    'PASSWORD=/run/secrets/db',
    'USE_TOKEN=true',
    'curl https://deb.debian.org/debian',
    'git clone https://user:$TOKEN@github.com/a/b',
    'apt-get install -y mysql-client -purge && mysql -p"$PW" -P3306 -e x; mysql -uroot -p',
    'mysql -u root -p`cat /run/secrets/db` -e x',
    'useradd -m -p "$(openssl passwd x)" -s /bin/sh bob; useradd -p "*" a',
    'wget --header "X-Api-Key: $KEY" x; machine learning login password reset',
    'curl -H "Authorization: Bearer $TOKEN"',
    'RUN --mount=type=secret,id=token cat /run/secrets/token',
  ])('when a text is %s, then nothing is told', (text) => {
    expect(names(text)).toEqual([])
  })

  test('when a text is shown, then no secret is in it', () => {
    const text = `A=1 DB_PASSWORD=hunter2 curl --token t0ps3cret https://u:p4ss@x ${GITHUB}`
    expect(redact(text)).toBe('A=1 DB_PASSWORD=*** curl --token *** ***x ***')
  })
})

describe('4.10', () => {
  test('when secrets are in ENV, ARG and RUN, then each is named once, with its place, and no value is reported', () => {
    const history = [
      line('ENV DB_PASSWORD=hunter2', true),
      line('ARG NPM_TOKEN=s3cr3t', true),
      line('RUN |1 NPM_TOKEN=s3cr3t /bin/sh -c npm ci # buildkit'),
      line(`RUN /bin/sh -c git clone https://${GITHUB}@github.com/a/b # buildkit`),
    ]
    const image = anImage({ Env: ['PATH=/bin', 'DB_PASSWORD=hunter2', `CONFIG=${AWS}`] }, history)
    const result = strictly('4.10', { images: [image] })
    expect(result).toMatchObject({ word: 'NOTE', improvement: 'secret-scan' })
    expect(result.items).toEqual(['ENV DB_PASSWORD', 'ENV CONFIG', 'ARG NPM_TOKEN', 'RUN GitHub token'])
    expect(result.places.map((place) => place.line)).toEqual([0, 1, 2, 3])
    expect(JSON.stringify(result)).not.toMatch(new RegExp(`hunter2|s3cr3t|${GITHUB}|${AWS}`))
  })

  test('when there is none, then the word is the same and nothing is named', () => {
    expect(strictly('4.10', {})).toMatchObject({ word: 'NOTE', items: [], improvement: 'secret-scan' })
  })
})

describe('one variable with a token', () => {
  const itemsOf = (Env: string[], ...history: string[]) =>
    strictly('4.10', {
      images: [
        anImage(
          { Env },
          history.map((text) => line(text, true)),
        ),
      ],
    }).items

  test.each([
    ['a name that tells it', `GITHUB_TOKEN=${GITHUB}`, 'ENV GITHUB_TOKEN'],
    ['a name that does not', `SETTING=${GITHUB}`, 'ENV SETTING'],
    ['a web hook, whose address is its secret', `NOTIFY=${SLACK}`, 'ENV NOTIFY'],
    ['a password in a URL', 'DATABASE_URL=postgres://u:hunter2x@db/x', 'ENV DATABASE_URL'],
  ])('when it has %s, then it is one thing, not two', (_, variable, item) => {
    expect(itemsOf([variable], `ENV ${variable}`)).toEqual([item])
    expect(itemsOf([variable], `/bin/sh -c #(nop)  ENV ${variable}`)).toEqual([item])
    expect(itemsOf([variable], `ENV ${variable.replace(/=(.*)/, '="$1"')}`)).toEqual([item])
  })

  test('when another line holds another token, then that is a thing of its own', () => {
    const other = GITHUB.replace(/.$/, 'Z')
    expect(itemsOf([`A=${GITHUB}`], `ENV A=${other}`, `ENV A=${GITHUB}`)).toEqual([
      'ENV A',
      'ENV GitHub token',
    ])
    expect(itemsOf(['DB_PASSWORD=g'], 'ENV DB_PASSWORD=g', `RUN echo ${GITHUB}`)).toEqual([
      'ENV DB_PASSWORD',
      'RUN GitHub token',
    ])
  })
})
