const SECRET_NAME = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY)$/
/** Words that make a name with KEY secret; a GPG_KEY is a public fingerprint in many images. */
const SECRET_KEY =
  /^(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|AUTH|ACCOUNT|SSH|MASTER|DEPLOY|STORAGE|LICENSE|JWT|HMAC)$/
/** Last words that mean that the value is about a secret, not one itself. */
const ABOUT_SECRET =
  /^(FILE|PATH|DIR|URL|URI|ENDPOINT|NAME|TYPE|ALG|ALGORITHM|LENGTH|SIZE|TTL|TIMEOUT|EXPIRY|ISSUER|HEADER|MIN|MAX|ENABLED|DISABLED|ID|VERSION|SECONDS|MINUTES|HOURS|DAYS|LIFETIME|AGE|ROUNDS|POLICY|HELPER|HASHER|BACKEND|STORE|PROVIDER|STDIN|PROMPT)$/

/** Options that say how a password is requested, or that there is none: adduser(8), docker login. */
const NON_SECRET_OPTION = /^--?(disabled|no|without|allow-empty|change|reset|force|ask|prompt)-/

/** Whether a variable with this name is meant for a secret: `DB_PASSWORD`, `apiKey`, but not `TOKEN_FILE`. */
export function isSecretName(name: string): boolean {
  if (NON_SECRET_OPTION.test(name)) {
    return false
  }
  const nameParts = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[_.-]+/)
    .filter(Boolean)
  const last = nameParts.at(-1) ?? ''
  if (ABOUT_SECRET.test(last)) {
    return false
  }
  if (nameParts.some((part) => SECRET_NAME.test(part))) {
    return true
  }
  if (last === 'KEY') {
    return SECRET_KEY.test(nameParts.at(-2) ?? '')
  }
  return nameParts.length > 1 && (last === 'PASS' || last === 'PWD') && nameParts[0] !== 'OLD'
}

/** Wider than `isSecretName`, which must avoid false alarms: hiding a word needlessly costs nothing. */
const SECRET = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|PSK$/i

/** `DB_PASSWORD_FILE`: the value is a path, and without it nobody understands the error about that file. */
const NAMES_FILE = /_FILE$/i

/** A shorter value (characters) is an ordinary word: `true`, `test`. */
const MIN_LENGTH = 6

/**
 * Values of an environment's secret variables, each line separately, longer ones first: they may contain a shorter
 * one.
 */
export function secretValues(environment: Environment): string[] {
  return environment
    .filter(([name]) => (isSecretName(name) || SECRET.test(name)) && !NAMES_FILE.test(name))
    .flatMap(([, value = '']) => value.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length)
}

type Environment = readonly (readonly [string, string | undefined])[]

/**
 * A program's output without values of secret variables that it could see, each line of such a value separately: a
 * runner masks its log, but not what we write into reports and pull requests.
 * @param environment name and value of each variable
 */
export function masked(text: string, environment: Environment): string {
  return secretValues(environment).reduce((all, value) => all.replaceAll(value, '***'), text)
}
