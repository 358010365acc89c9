import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { credentialsIn } from '../../../../../../src/io/archive/readers/credentials/examine.js'
import { AWS_KEY_ID, PROVIDER_TOKENS } from '../../../../../../src/model/credentials/token-forms.js'

// None of these was ever valid: each is made here, when the test runs.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
function random(count: number, letters = LETTERS): string {
  return [...randomBytes(count)].map((byte) => letters[byte % letters.length]).join('')
}
const HEX = '0123456789abcdef'

function found(path: string, content: string | Buffer) {
  return credentialsIn(path, Buffer.from(content as string))
}
function kinds(path: string, content: string | Buffer): string[] {
  return found(path, content).map(({ kind }) => kind)
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const publicHalf = `SHA256:${createHash('sha256')
  .update(rsa.publicKey.export({ type: 'spki', format: 'der' }))
  .digest('base64')
  .replace(/=+$/, '')}`

describe('a private key', () => {
  test.each([
    ['PKCS #8', pkcs8],
    ['PKCS #1', rsa.privateKey.export({ type: 'pkcs1', format: 'pem' })],
    ['in a string of JSON', JSON.stringify({ key: pkcs8 })],
    ['indented in YAML', `key: |\n${pkcs8.replaceAll(/^/gm, '    ')}`],
    ['in lines of Windows', pkcs8.replaceAll('\n', '\r\n')],
    [
      'joined in JavaScript',
      pkcs8
        .trim()
        .split('\n')
        .map((line) => `  "${line}\\n"`)
        .join(' +\n'),
    ],
    ['behind other text', `${'# a comment\n'.repeat(3000)}${pkcs8}`],
  ])('when it is %s, then it is found with the fingerprint of its public half', (_, text) => {
    expect(found('srv/app/any.txt', text)).toMatchObject([{ kind: 'private-key', fingerprint: publicHalf }])
  })

  test.each([
    ['SEC 1', ec.privateKey.export({ type: 'sec1', format: 'pem' }), 'EC private key'],
    ['Ed25519', ed.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'ED25519 private key'],
    ['DER', rsa.privateKey.export({ type: 'pkcs8', format: 'der' }), 'RSA private key'],
    ['DER of SEC 1', ec.privateKey.export({ type: 'sec1', format: 'der' }), 'EC private key'],
  ])('when it is %s, then it is found', (_, content, what) => {
    expect(found('a', content)).toMatchObject([{ kind: 'private-key', what }])
  })

  test('when a password protects it, then it is noted', () => {
    const options = { format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
    expect(kinds('a', rsa.privateKey.export({ type: 'pkcs8', ...options }))).toEqual(['encrypted-key'])
    expect(kinds('a', rsa.privateKey.export({ type: 'pkcs1', ...options }))).toEqual(['encrypted-key'])
  })

  test.each([
    ['is cut', pkcs8.slice(0, 800)],
    ['lacks its middle', pkcs8.replace(/\n[\s\S]{300}/, '\n')],
    ['only shows the form', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
    [
      'is the pattern of a program',
      'if (/-----BEGIN (RSA )?PRIVATE KEY-----/.test(x)) -----END PRIVATE KEY-----',
    ],
    ['is public', rsa.publicKey.export({ type: 'spki', format: 'pem' })],
  ])('when it %s, then it is none', (_, text) => {
    expect(kinds('a.pem', text)).toEqual([])
  })

  test('when it is the one of an SSH server, or of a service account, then its kind says so', () => {
    expect(kinds('etc/ssh/ssh_host_rsa_key', pkcs8)).toEqual(['ssh-host-key'])
    expect(kinds('etc/ssl/private/ssl-cert-snakeoil.key', pkcs8)).toEqual(['snakeoil-key'])
    expect(kinds('srv/a.json', JSON.stringify({ type: 'service_account', private_key: pkcs8 }))).toEqual([
      'cloud-credential',
    ])
  })
})

describe('a token', () => {
  const aws = `A${random(39)}`.replace(/^.{3}/, 'aB3')
  test.each([
    ['GitHub token', `ghp_${random(36)}`],
    ['GitHub token', `github_pat_${random(22)}_${random(59)}`],
    ['GitLab token', `glpat-${random(20)}`],
    ['Slack token', `xoxb-${random(12, '0123456789')}-${random(12, '0123456789')}-${random(24)}`],
    ['npm token', `npm_${random(36)}`],
    ['PyPI token', `pypi-AgEIcHlwaS5vcmc${random(60)}`],
    ['Docker token', `dckr_pat_${random(27)}`],
    ['Google API key', `AIza${random(35)}`],
    ['Stripe key', `sk_live_${random(24)}`],
    ['SendGrid key', `SG.${random(22)}.${random(43)}`],
    ['web hook of Slack', `https://hooks.slack.com/services/T${random(9)}/B${random(9)}/${random(24)}`],
    ['web hook of Discord', `https://discord.com/api/webhooks/${random(18, '123456789')}/${random(68)}`],
    [
      'web hook of Teams',
      `https://acme.webhook.office.com/webhookb2/${random(36)}@${random(36)}/IncomingWebhook/${random(32)}/x`,
    ],
    ['Anthropic API key', `sk-ant-api03-${random(93)}AA`],
    ['OpenAI API key', `sk-proj-${random(74)}T3BlbkFJ${random(74)}`],
    ['Hugging Face token', `hf_${random(34, LETTERS.slice(0, 52))}`],
    ['DigitalOcean token', `dop_v1_${random(64, HEX)}`],
    ['Shopify token', `shpat_${random(32, HEX)}`],
    ['Vault token', `hvs.${random(90)}`],
    ['RubyGems key', `rubygems_${random(48, HEX)}`],
    ['Azure storage key', `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${random(86)}==;`],
  ])('when it is a %s, then it is found anywhere in a text, on its line', (what, value) => {
    const text = `const one = 1\n${'x = y\n'.repeat(500)}const secret = "${value}"\nconst two = 2\n`
    const [one, ...others] = found('srv/app/settings.py', text)
    expect(one).toMatchObject({ kind: 'token', what, line: 502 })
    expect(one?.fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(others).toEqual([])
    expect(JSON.stringify(one)).not.toContain(value.slice(8, 24))
  })

  test('when two of a kind are close to each other, then both are found', () => {
    const azure = () => `AccountKey=${random(86)}==;`
    const discord = () => `https://discord.com/api/webhooks/${random(18, '123456789')}/${random(68)}`
    for (const one of [azure, discord, () => `"ghp_${random(36)}"`]) {
      const all = found('srv/app/settings.py', `${one()}\n${one()}\n`)
      expect(all.map(({ line }) => line)).toEqual([1, 2])
      expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(2)
    }
  })

  test.each([
    ['by its name', `aws_secret_access_key = ${aws}`],
    ['beside its id', `new Client("AKIA${random(16, LETTERS.slice(0, 26))}", "${aws}")`],
    ['in JSON', `{"secretAccessKey": "${aws}"}`],
  ])('when it is a key of AWS %s, then it is found', (_, text) => {
    expect(kinds('srv/app/settings.py', text)).toEqual(['cloud-credential'])
  })

  test.each([
    `AWS_SECRET_ACCESS_KEY=\${AWS_SECRET_ACCESS_KEY}`,
    'AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    `ghp_${'x'.repeat(36)}`,
    'ghp_your_token_here_your_token_here_your_to',
    'npm_config_registry_of_the_whole_company_and_more',
    `AKIA${random(16, LETTERS.slice(0, 26))} ${random(40, HEX)}`,
    'glpat-xxxxxxxxxxxxxxxxxxxx',
    'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
    `sha512-${randomBytes(64).toString('base64')}`,
    // Everybody's: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    'AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
    `apiKey: "AIza${random(35)}"`,
  ])('when it is none (%#), then nothing is found', (text) => {
    expect(found('srv/app/config.js', text)).toEqual([])
  })
})

describe('a file that is known by its name', () => {
  const secret = random(14)
  const basic = Buffer.from(`ada:${secret}`).toString('base64')
  test.each([
    ['root/.netrc', `machine repo.example\n  login ada\n  password ${secret}\n`],
    ['root/.npmrc', `//registry.example/:_authToken=${secret}\n`],
    ['root/.pypirc', `[pypi]\nusername = ada\npassword = ${secret}\n`],
    ['etc/pip.conf', `[global]\nindex-url = https://ada:${secret}@pypi.example/simple\n`],
    ['root/.docker/config.json', JSON.stringify({ auths: { 'registry.example': { auth: basic } } })],
    ['root/.kube/config', `users:\n- name: ada\n  user:\n    token: ${secret}\n`],
    ['root/.kube/config', `users:\n- user:\n    client-key-data: ${Buffer.from(pkcs8).toString('base64')}\n`],
    ['srv/app/.git/config', `[remote "origin"]\n  url = https://ada:${secret}@git.example/a.git\n`],
    ['root/.git-credentials', `https://ada:${secret}@git.example\n`],
    ['srv/app/.env', `# settings\nexport DB_PASSWORD="${secret}"\n`],
    ['srv/app/.env.production', `DATABASE_URL=postgres://ada:${secret}@db/app\n`],
    [
      'srv/terraform.tfstate',
      JSON.stringify({ resources: [{ instances: [{ attributes: { password: secret } }] }] }),
    ],
    [
      'root/.composer/auth.json',
      JSON.stringify({ 'http-basic': { 'a.example': { username: 'ada', password: secret } } }),
    ],
    ['root/.m2/settings.xml', `<server><username>ada</username><password>${secret}</password></server>`],
    ['root/.pgpass', `db:5432:*:ada:${secret}\n`],
    ['root/.my.cnf', `[client]\npassword=${secret}\n`],
    ['root/.cargo/credentials.toml', `[registry]\ntoken = "${secret}"\n`],
    ['root/.local/share/gem/credentials', `---\n:gems_token: ${secret}\n`],
    ['etc/apt/auth.conf', `machine apt.example\nlogin ada\npassword ${secret}\n`],
    ['etc/apt/auth.conf.d/acme.conf', `machine apt.example login ada password ${secret}\n`],
    ['etc/apt/sources.list.d/acme.list', `deb https://ada:${secret}@apt.example/debian trixie main\n`],
    ['etc/apt/sources.list.d/acme.sources', `Types: deb\nURIs: https://ada:${secret}@apt.example/debian\n`],
    ['etc/apt/apt.conf.d/proxy', `Acquire::http::Proxy "http://ada:${secret}@proxy.example:3128";\n`],
    ['srv/app/requirements-dev.txt', `--extra-index-url https://ada:${secret}@pypi.example/simple\nms==1\n`],
    ['root/.config/uv/uv.toml', `[[index]]\nurl = "https://ada:${secret}@pypi.example/simple"\n`],
    ['root/.condarc', `channels:\n  - https://ada:${secret}@conda.example/main\n`],
    ['srv/app/Gemfile', `source 'https://ada:${secret}@gems.example'\n`],
    ['root/.config/go/env', `GOPROXY=https://ada:${secret}@go.example\n`],
    // Where Ruby's official image has Bundler's configuration.
    ['usr/local/bundle/config', `---\nBUNDLE_GEMS__EXAMPLE__COM: "ada:${secret}"\n`],
    ['root/.config/pypoetry/auth.toml', `[http-basic.acme]\nusername = "ada"\npassword = "${secret}"\n`],
    ['root/.nuget/NuGet/NuGet.Config', `<acme><add key="ClearTextPassword" value="${secret}" /></acme>`],
    ['root/.gradle/gradle.properties', `acmeUser=ada\nacmePassword=${secret}\n`],
    ['root/.sbt/.credentials', `host=repo.example\nuser=ada\npassword=${secret}\n`],
    ['root/.wgetrc', `http_password=${secret}\n`],
    ['root/.terraformrc', `credentials "a.example" {\n  token = "${secret}"\n}\n`],
    ['usr/share/maven/ref/settings-docker.xml', `<server><password>${secret}</password></server>`],
    ['srv/app/production.env', `DB_PASSWORD=${secret}\n`],
    ['etc/environment', `DB_PASSWORD=${secret}\n`],
  ])('when it is %s with a password (%#), then that is found, and not written', (path, text) => {
    const all = found(path, text)
    expect(all).toHaveLength(1)
    expect(['password', 'private-key']).toContain(all[0]?.kind)
    expect(JSON.stringify(all)).not.toContain(secret)
    expect(JSON.stringify(all)).not.toContain(basic)
  })

  test.each([
    ['root/.npmrc', `//registry.example/:_authToken=\${NPM_TOKEN}\n`],
    ['srv/app/.env', 'DB_PASSWORD=changeme\nAPI_KEY=\nSECRET_FILE=/run/secrets/a\nTOKEN=<your token>\n'],
    ['srv/app/.env.example', `DB_PASSWORD=${secret}\n`],
    ['root/.docker/config.json', JSON.stringify({ auths: { a: {} }, credsStore: 'pass' })],
    ['root/.m2/settings.xml', '<password>{COQLCE6DU6GtcS5P=}</password><password>${env.TOKEN}</password>'],
    ['root/.aws/credentials', '[default]\naws_access_key_id = x\naws_secret_access_key =\n'],
    ['srv/app/.git/config', '[remote "origin"]\n  url = https://git.example/a.git\n'],
    ['srv/app/notes.txt', `password = ${secret}\n`],
    ['srv/app/example.env', `DB_PASSWORD=${secret}\n`],
    ['srv/app/app-sample.env', `DB_PASSWORD=${secret}\n`],
    ['etc/apt/sources.list.d/debian.list', 'deb https://deb.debian.org/debian trixie main\n'],
    ['srv/app/requirements.txt', `--index-url https://ada:\${TOKEN}@pypi.example/simple\n`],
    ['srv/app/requirements.txt', '# such as --index-url https://user:password@pypi.example/simple\n'],
    [
      'usr/local/bundle/config',
      '---\nBUNDLE_WITHOUT: "development:test"\nBUNDLE_BUILD__PG: "a:b"\nBUNDLE_LOCAL__RACK: "/srv/a:b"\nBUNDLE_MIRROR__ALL: "http://localhost:80"\n',
    ],
    // As Maven comes.
    ['usr/share/maven/conf/settings.xml', `<servers>\n<!-- <password>${secret}</password>\n -->\n</servers>`],
    ['root/.nuget/NuGet/NuGet.Config', '<add key="ClearTextPassword" value="%NUGET_TOKEN%" />'],
  ])('when it is %s without one (%#), then nothing is found', (path, text) => {
    expect(found(path, text)).toEqual([])
  })

  test('when it is the history of a shell or the folder of git, then it is noted, unless it has a token', () => {
    expect(kinds('root/.bash_history', 'ls\n')).toEqual(['shell-history'])
    expect(kinds('srv/app/.git/HEAD', 'ref: refs/heads/main\n')).toEqual(['git-folder'])
    expect(kinds('root/.bash_history', `export T=ghp_${random(36)}\n`)).toEqual(['token'])
  })

  test('when a text is UTF-16, as PowerShell writes it, then it is read as well', () => {
    const wide = Buffer.from(`\uFEFFDB_PASSWORD=${secret}\r\n`, 'utf16le')
    expect(kinds('srv/app/.env', wide)).toEqual(['password'])
  })
})

test('when a text is made of marks of tokens alone, then it is searched in less than 0.3 s of CPU time for each MB', () => {
  const marks = [...PROVIDER_TOKENS, AWS_KEY_ID].flatMap((one) => one.marks)
  const line = marks.map((mark) => `${mark}aaaaaaaaaaaaaaa ${mark} ${mark.repeat(3)}`).join('\n')
  const bytes = Buffer.from(line.repeat(Math.floor(1_000_000 / line.length)))
  const begin = process.cpuUsage()
  expect(credentialsIn('srv/text', bytes)).toEqual([])
  expect(process.cpuUsage(begin).user).toBeLessThan(300_000)
})
