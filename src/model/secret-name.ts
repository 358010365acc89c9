const SECRET_WORD = /(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIALS?|APIKEY)$/
/** Words that make the word KEY one that is secret; a GPG_KEY is a public fingerprint in many images. */
const SECRET_KEY =
  /^(API|ACCESS|PRIVATE|SECRET|ENCRYPTION|SIGNING|AUTH|ACCOUNT|SSH|MASTER|DEPLOY|STORAGE|LICENSE|JWT|HMAC)$/
/** Last words that say that the value is about a secret, not one. */
const ABOUT_SECRET =
  /^(FILE|PATH|DIR|URL|URI|ENDPOINT|NAME|TYPE|ALG|ALGORITHM|LENGTH|SIZE|TTL|TIMEOUT|EXPIRY|ISSUER|HEADER|MIN|MAX|ENABLED|DISABLED|ID|VERSION|SECONDS|MINUTES|HOURS|DAYS|LIFETIME|AGE|ROUNDS|POLICY|HELPER|HASHER|BACKEND|STORE|PROVIDER|STDIN|PROMPT)$/

/** Options that say how a password is asked for, or that there is none: adduser(8), docker login. */
const NO_SECRET_OPTION = /^--?(disabled|no|without|allow-empty|change|reset|force|ask|prompt)-/

/** Whether a variable of this name is meant for a secret: `DB_PASSWORD`, `apiKey`, but not `TOKEN_FILE`. */
export function isSecretName(name: string): boolean {
  if (NO_SECRET_OPTION.test(name)) return false
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[_.-]+/)
    .filter(Boolean)
  const last = words.at(-1) ?? ''
  if (ABOUT_SECRET.test(last)) return false
  if (words.some((word) => SECRET_WORD.test(word))) return true
  if (last === 'KEY') return SECRET_KEY.test(words.at(-2) ?? '')
  return words.length > 1 && (last === 'PASS' || last === 'PWD') && words[0] !== 'OLD'
}
