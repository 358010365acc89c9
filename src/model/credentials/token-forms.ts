/**
 * Tokens with a form of their own, as their issuers document it. Texts are hostile: whatever may match at many places
 * has a bounded length, so that the time stays proportional to the text.
 */
export interface TokenForm {
  /** The name of the kind, for people: `GitHub token`. */
  readonly kind: string
  readonly form: RegExp
  /** Each match contains one of these texts: most files cost only a search for them. */
  readonly marks: readonly string[]
}

/** Tokens that anyone who has them can use: nothing else has this form. */
export const PROVIDER_TOKENS: readonly TokenForm[] = [
  {
    kind: 'GitHub token',
    form: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{50,255})\b/,
    marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  {
    kind: 'GitLab token',
    form: /\bgl(?:pat|dt|rt|cbt|ptt)-[A-Za-z0-9_-]{20,255}/,
    marks: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-'],
  },
  { kind: 'Slack token', form: /\bxox[abeoprs]-[A-Za-z0-9-]{10,255}/, marks: ['xox'] },
  { kind: 'npm token', form: /\bnpm_[A-Za-z0-9]{36}\b/, marks: ['npm_'] },
  { kind: 'PyPI token', form: /\bpypi-AgE[A-Za-z0-9_-]{20,500}/, marks: ['pypi-AgE'] },
  { kind: 'Docker token', form: /\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,255}/, marks: ['dckr_'] },
  { kind: 'Google API key', form: /\bAIza[0-9A-Za-z_-]{35}/, marks: ['AIza'] },
  { kind: 'Stripe key', form: /\b[rs]k_live_[0-9A-Za-z]{16,255}/, marks: ['sk_live_', 'rk_live_'] },
  { kind: 'SendGrid key', form: /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16,64}/, marks: ['SG.'] },
  // Anyone who knows the address may post: the address is the secret.
  {
    kind: 'web hook of Slack',
    form: /\bhooks\.slack(?:-gov)?\.com\/(?:services|workflows|triggers)\/\w{6,40}\/\w{6,40}\/(?!X{8})\w{16,255}/,
    marks: ['hooks.slack.com', 'hooks.slack-gov.com'],
  },
  {
    kind: 'web hook of Discord',
    form: /\bdiscord(?:app)?\.com\/api\/(?:v\d{1,2}\/)?webhooks\/\d{15,25}\/[\w-]{40,255}/,
    marks: ['/webhooks/'],
  },
  {
    kind: 'web hook of Teams',
    form: /\.webhook\.office\.com\/webhookb2\/[\w@-]{36,100}\/IncomingWebhook\/\w{20,255}/,
    marks: ['.webhook.office.com'],
  },
  { kind: 'Anthropic API key', form: /\bsk-ant-[a-z]{3,12}\d{2}-[A-Za-z0-9_-]{80,255}/, marks: ['sk-ant-'] },
  {
    kind: 'OpenAI API key',
    form: /\bsk-(?:[a-z]{3,12}-)?[A-Za-z0-9_-]{16,128}T3BlbkFJ[A-Za-z0-9_-]{16,128}/,
    marks: ['sk-'],
  },
  { kind: 'Hugging Face token', form: /\bhf_[A-Za-z]{34}\b/, marks: ['hf_'] },
  {
    kind: 'DigitalOcean token',
    form: /\bdo[opr]_v1_[0-9a-f]{64}\b/,
    marks: ['dop_v1_', 'doo_v1_', 'dor_v1_'],
  },
  {
    kind: 'Shopify token',
    form: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/,
    marks: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
  },
  { kind: 'Vault token', form: /\bhv[bs]\.[A-Za-z0-9_-]{24,300}/, marks: ['hvs.', 'hvb.'] },
  { kind: 'RubyGems key', form: /\brubygems_[0-9a-f]{48}\b/, marks: ['rubygems_'] },
  {
    kind: 'Azure storage key',
    form: /\bAccountKey=[A-Za-z0-9+/]{86}==/,
    marks: ['AccountKey='],
  },
]

/** An id, which is one half of a credential: it is reported where the other half may be, too. */
export const AWS_KEY_ID: TokenForm = {
  kind: 'AWS access key id',
  form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  marks: ['AKIA', 'ASIA'],
}
