import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { parseFragment } from 'parse5'
import { size } from '../../../../src/reports/markdown/fit.js'
import {
  closedReason,
  renderUpdatePull,
  type UpdatePullInput,
} from '../../../../src/reports/update/pull-request.js'
import type { UpdateOutcome } from '../../../../src/update/plan/outcome.js'
import { aRuledFinding } from '../../../support/builders.js'
import { hostileText } from '../../../support/hostile.js'
import { runs } from '../../../support/runs.js'

const URL_OF_RUN = 'https://github.com/acme/shop/actions/runs/901'
const input: UpdatePullInput = {
  image: 'acme/app',
  file: 'app/Dockerfile',
  key: '0123456789abcdef',
  url: URL_OF_RUN,
  branch: 'seaworthy/update-acme-app-01234567',
  before: 'FROM debian:bookworm\n',
  after: 'FROM debian:bookworm\nRUN apt-get update\n',
}
const perl = {
  name: 'perl-base',
  architecture: 'amd64',
  from: '5.36-7',
  to: '5.36-8',
  fixes: ['CVE-2026-1'],
}
const flaky = { ok: true, ended: 'exit 0', seconds: 1.2, attempt: 2, output: 'GET / 200\ndone' }
const outcome: UpdateOutcome = {
  outcome: 'partly-updated',
  image: 'acme/app:1.4.0',
  platform: 'linux/amd64',
  id: 'sha256:1',
  before: 'fail',
  after: 'pass',
  packages: [perl],
  leftOut: [{ package: { ...perl, name: 'zlib1g' }, by: 'test', message: 'exit 1\nE: no' }],
  along: [{ name: 'libnew', from: null, to: '1' }],
  others: [aRuledFinding()],
  test: 'command',
  testBefore: { ...flaky, attempt: 1, output: '' },
  testAfter: flaky,
  patched: { id: 'sha256:2', name: 'app:1-patched', pushed: null, grewBytes: 3 * 2 ** 20 },
  dockerfile: null,
  worse: [],
  needless: ['policies/whitelist.yml:4 covers nothing'],
}

const markdown = new MarkdownIt({ html: true })
/** Types of all blocks and inlines, and of what an HTML parser makes of the page; no text. */
function structure(text: string): unknown {
  const tokens = markdown
    .parse(text, {})
    .flatMap(({ type, info, children }) => [type, info, ...(children ?? []).map((one) => one.type)])
  type Node = { nodeName: string; childNodes?: Node[] }
  const names = ({ nodeName, childNodes = [] }: Node): unknown => [
    nodeName,
    ...childNodes.filter((child) => child.nodeName !== '#text').map(names),
  ]
  return [
    tokens.filter((type) => type !== 'text' && type !== 'text_special'),
    names(parseFragment(markdown.render(text)) as never),
  ]
}

/** This text wherever words from outside come from. */
function withText(text: string) {
  const one = { ...perl, name: text, from: text, to: text, fixes: [text] }
  const test = { ok: false, ended: text, seconds: 1, attempt: 1, output: `a\n${text}\nb` }
  return renderUpdatePull(
    {
      ...outcome,
      image: text,
      id: text,
      packages: [one],
      leftOut: [{ package: one, by: 'apt', message: text }],
      along: [{ name: text, from: text, to: text }],
      needless: [text],
      test: text,
      testBefore: test,
      testAfter: test,
      patched: { id: text, name: text, pushed: null, grewBytes: 1 },
      others: [aRuledFinding({ id: text, package: text, because: text })],
    },
    { ...input, image: text, file: text, before: `FROM a\n${text}\n`, after: `FROM a\nRUN b\n${text}\nc\n` },
  )
}

describe('renderUpdatePull', () => {
  test('when some packages were brought up and one was left out then all of the evidence is reported', () => {
    expect(renderUpdatePull(outcome, input)).toEqual({
      title: 'Update 1 package in acme/app (linux/amd64)',
      message: 'Update 1 package in acme/app (linux/amd64)\n\n- perl-base 5.36-7 to 5.36-8',
      body: `\
<!-- seaworthy-update 0123456789abcdef -->
acme/app:1.4.0 is missing updates and cannot be released without them. With this change to app/Dockerfile, the image was built and judged again, command passes before and after, and nothing is worse than before. Some packages had to be left out.

|  | before | after |
| --- | --- | --- |
| verdict | fail | pass |
| command | passes (exit 0, 1.2 s) | passes (exit 0, 1.2 s, but only on attempt 2, so it fails sometimes) |
| image | sha256:1 | sha256:2 |
| larger by |  | 3.0 MiB |

**Packages (1)**

| package | from | to | fixes |
|---|---|---|---|
| perl-base | 5.36-7 | 5.36-8 | CVE-2026-1 |

**Left out (1)**

| package | stays at | available | why | output |
|---|---|---|---|---|
| zlib1g | 5.36-7 | 5.36-8 | the test fails with this update | E: no |

**Findings that no update resolves (1)**

| check | finding | package | because |
|---|---|---|---|
| clair | CVE-2026-10001 | apt | fix 2.6.2 can be installed; high is at or above fail-on high |

**Change to app/Dockerfile**

\`\`\`diff
--- a/app/Dockerfile
+++ b/app/Dockerfile
@@ -1,1 +1,2 @@
 FROM debian:bookworm
+RUN apt-get update
\`\`\`

<details><summary>Last output of the test after</summary>

\`\`\`text
GET / 200
done
\`\`\`

</details>

<details><summary>Also installed by apt (1)</summary>

- libnew 1

</details>

<details><summary>No longer needed in the whitelist (1)</summary>

- policies/whitelist.yml:4 covers nothing

</details>

<sub>Verified by [this run](${URL_OF_RUN}). Seaworthy updates seaworthy/update-acme-app-01234567 on each run until someone else commits to it.</sub>
`,
    })
  })

  test.each([' ```', '~~~', '```` x', `${'`'.repeat(40)}`, '</details>', ' `` ``` `'])(
    'when a line of the Dockerfile or of the test is %j then it closes no fence',
    (line) => {
      const output = `a\n${line}\n# title`
      const { body } = renderUpdatePull(
        { ...outcome, testBefore: { ...flaky, ok: false, output } },
        { ...input, before: `FROM a\n${line}\n`, after: `FROM a\nRUN b\n${line}\n` },
      )
      const fences = markdown.parse(body, {}).filter(({ type }) => type === 'fence')
      expect(fences.map(({ info }) => info)).toEqual(['diff', 'text', 'text'])
      expect(fences[0]?.content).toContain(`${line}\n`)
      expect(fences[1]?.content).toBe(`${output}\n`)
    },
  )

  test('when names are hostile then the text keeps its structure, and nobody is called', () => {
    const expected = structure(withText('x').body)
    fc.assert(
      fc.property(hostileText(), (text) => {
        const { title, body, message } = withText(`x${text}`)
        expect(structure(body)).toEqual(expected)
        expect(body.replace(/^(`{3,})(diff|text)\n[\s\S]*?\n\1$/gm, '')).not.toMatch(/@[A-Za-z0-9]/)
        expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/)
        expect(title).toMatch(/^Update 1 package in [\w./:+~-]+ \(linux\/amd64\)$/)
        expect(message).toMatch(
          /^Update 1 package in [\w./:+~-]+ \(linux\/amd64\)\n\n- [\w./:+~-]+ [\w./:+~-]+ to [\w./:+~-]+$/,
        )
      }),
      runs(300),
    )
  })

  test('when packages, lines and words are thousands then whole rows go, and it is reported how many', () => {
    fc.assert(
      fc.property(fc.constantFrom(60, 3000), hostileText(), (count, text) => {
        const packages = Array.from({ length: count }, (_, index) => ({
          ...perl,
          name: `p${index}`,
          from: 'ü'.repeat(500),
          fixes: Array(40).fill(`CVE-${text}`),
        }))
        const leftOut = packages.map((one) => ({
          package: one,
          by: 'test' as const,
          message: text.repeat(300),
        }))
        const after = `FROM a\n${`RUN ${text}\n`.repeat(2000)}`
        const { body, message } = renderUpdatePull({ ...outcome, packages, leftOut }, { ...input, after })
        expect(size(body)).toBeLessThanOrEqual(65_536)
        expect(body).toContain(`Not everything is shown here; the rest is in [this run](${URL_OF_RUN}).`)
        const [, table = ''] = /\*\*Packages \(\d+\)\*\*\n\n([\s\S]*?)\n\n/.exec(body) ?? []
        const shown = table.match(/^\| p\d+ \| ü/gm)?.length ?? 0
        const left = Number(/^\| and (\d+) more \|/m.exec(table)?.[1] ?? 0)
        expect(shown).toBeGreaterThan(20)
        expect(shown + left).toBe(count)
        const times = (pattern: RegExp) => body.match(pattern)?.length ?? 0
        expect(times(/^<details>/gm)).toBe(times(/^<\/details>/gm))
        expect(times(/^```/gm) % 2).toBe(0)
        expect(message).toContain(`- and ${count - 50} more`)
      }),
      runs(10),
    )
  })

  test('when the address of the run is none then it is no link', () => {
    const { body } = renderUpdatePull(outcome, { ...input, url: 'javascript:alert(1)' })
    expect(body).toContain('Verified by this run.')
    expect(body).not.toContain('javascript')
  })
})

describe('whyClosed', () => {
  test('when names are hostile then it stays one line of text', () => {
    const expected = structure(closedReason({ ...outcome, image: 'x' }, URL_OF_RUN))
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(structure(closedReason({ ...outcome, image: `x${text}` }, URL_OF_RUN))).toEqual(expected)
      }),
    )
  })
})
