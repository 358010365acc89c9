import { isSecretName } from '../../model/secret-name.js'

/** Wider than `isSecretName`, which must not cry wolf: a word hidden needlessly costs nobody anything. */
const SECRET = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY/i

/** A shorter value (characters) is a word like any other: `true`, `test`. */
const SHORTEST = 6

/**
 * What a test printed, without the values of secret variables that it could see, each line of such a value by itself:
 * a runner masks its log, and not what we write into reports and pull requests.
 * @param environment name and value of each variable
 */
export function masked(
  text: string,
  environment: readonly (readonly [string, string | undefined])[],
): string {
  const values = environment
    .filter(([name]) => isSecretName(name) || SECRET.test(name))
    .flatMap(([, value = '']) => value.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST)
    // A longer one first: it may hold a shorter one.
    .sort((a, b) => b.length - a.length)
  return values.reduce((all, value) => all.replaceAll(value, '***'), text)
}
