/** Values in the place of a credential that is to be filled in later. */
const PLACEHOLDER = new RegExp(
  `^(?:${[
    '',
    // A reference to a value elsewhere: shells, templates, Python's INI files, Maven's encryption, vaults.
    String.raw`\$.*|%\(.*|%[A-Z_]+%|\{\{.*|\{[^}]*\}|<.*>|!vault.*|ENC\[.*|@.*@`,
    String.raw`[*.xX_\-#]+`,
    String.raw`(?:true|false|yes|no|on|off|none|null|nil|undefined|empty|\d{1,3})`,
    `(?:my|your|the|an?|some|insert|enter|put|add|replace|change|set|to-?do|fix-?me)[-_ .]?(?:me|this|it|here|in|with|your|own|real|actual|secret|password|passwd|token|key|api|value|user(?:name)?)?(?:[-_ .](?:me|this|it|here|in|with|your|own|real|actual|secret|password|passwd|token|key|api|value|user(?:name)?))*`,
    `.*(?:example|placeholder|redacted|changeme|change[-_]this|replace[-_]?me|your[-_](?:secret|token|password|key|api)|dummy|sample).*`,
  ].join('|')})$`,
  'is',
)

/** A path, as of a file that contains the credential: `/run/secrets/token`. */
const FILE_PATH = /^(?:\/[\w.-]+)+\/?$/

/** Whether a value is not a credential, but a placeholder for one. */
export function isPlaceholder(value: string): boolean {
  const unquoted = value
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  return PLACEHOLDER.test(unquoted) || FILE_PATH.test(unquoted) || isSequence(unquoted)
}

/** Repeated or consecutive characters are no real token: `aaaaaaaa`, `0123456789`, `abcdefghijkl`. */
function isSequence(text: string): boolean {
  if (text.length < 8) {
    return false
  }
  let smallSteps = 0
  for (let at = 1; at < text.length; at++) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1)
    smallSteps += step === 0 || step === 1 ? 1 : 0
  }
  return smallSteps / (text.length - 1) > 0.7
}
