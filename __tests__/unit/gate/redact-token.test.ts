import { expect, test } from '@jest/globals'
import { secretsIn } from '../../../src/checks/docker-bench/builtin/secrets.js'
import { tokenRedaction } from '../../../src/gate/redact-token.js'

const GITHUB = 'ghs_0123456789abcdefghijKLMNOPQRSTUVWXYZ'
const redact = (text: string, env: NodeJS.ProcessEnv) => tokenRedaction(env)(text)

test('when documents hold a secret of the environment, then it is masked wherever it stands, in its own form', () => {
  const env = { 'INPUT_GITHUB-TOKEN': GITHUB, DB_PASSWORD: 'Passw0rd!', 'INPUT_CLAIR-PSK': 'bm90LWEta2V5' }
  expect(redact(`a ${GITHUB} b ${GITHUB}`, env)).toBe(
    'a ghs_0000000000xxxxxxxxxxXXXXXXXXXXXXXXXX b ghs_0000000000xxxxxxxxxxXXXXXXXXXXXXXXXX',
  )
  expect(redact('{"Env":["P=Passw0rd!"],"K":"bm90LWEta2V5"}', env)).toBe(
    '{"Env":["P=Xxxxx0xx!"],"K":"xx00XXXxx0X0"}',
  )
})

test('when the login of git is in it, then that is masked too', () => {
  const login = Buffer.from(`x-access-token:${GITHUB}`).toString('base64')
  const [masked] = [redact(`basic ${login}`, { GITHUB_TOKEN: GITHUB })]
  expect(masked).toHaveLength(login.length + 6)
  expect(masked).not.toContain(login.slice(24, 40))
})

test('when an image holds the same secret, then it is found in the masked evidence as before', () => {
  for (const text of [`ENV X=${GITHUB}`, 'ENV NPM_TOKEN=abcDEF123', 'RUN curl -u me:abcDEF123 x']) {
    const masked = redact(text, { GITHUB_TOKEN: GITHUB, NPM_TOKEN: 'abcDEF123' })
    expect(masked).not.toBe(text)
    expect(secretsIn('x', masked)).toEqual(secretsIn('x', text))
    expect(secretsIn('x', masked)).toHaveLength(1)
  }
})

test('when a secret is a word, or short, then documents stay as they are', () => {
  const env = {
    A_TOKEN: 'bookworm',
    B_TOKEN: 'main',
    C_SECRET: '',
    D_SECRET: 'a1b2',
    HOME: '/root-0123456789',
  }
  const text = 'bookworm main a1b2 /root-0123456789'
  expect(redact(text, env)).toBe(text)
})
