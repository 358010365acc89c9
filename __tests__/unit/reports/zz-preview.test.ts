import { test } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { judge } from '../../../src/judge.js'
import { renderAnnotations } from '../../../src/reports/annotations.js'
import { renderJson } from '../../../src/reports/json.js'
import { renderMarkdown } from '../../../src/reports/markdown.js'
import { renderTerminal } from '../../../src/reports/terminal.js'
import * as b from '../../support/builders.js'
test('preview', () => {
  const t = JSON.parse(readFileSync('__tests__/support/feeds/tracker.json', 'utf8'))
  const fs = []
  for (const p of ['apt', 'perl', 'util-linux', 'glibc', 'openssl', 'xz-utils', 'systemd', 'zlib', 'tar', 'shadow','gnutls28']) {
    for (const [id, v] of Object.entries<any>(t[p] ?? {})) {
      const r = v.releases.bookworm
      if (!r || (r.status === 'resolved' && r.fixed_version === '0')) continue
      const fixed = r.fixed_version ?? null
      if (fixed && fixed === r.repositories.bookworm) continue
      const nodsa = r.nodsa !== undefined
      fs.push(b.aFinding({ id, package: p, version: r.repositories.bookworm, fixedVersion: fixed, installable: fixed ? true : null,
        severity: r.urgency === 'unimportant' ? 'negligible' : r.urgency === 'not yet assigned' ? 'unknown' : r.urgency,
        binaries: [b.aBinary({ name: p })],
        debian: r.urgency === 'unimportant' ? { kind: 'unimportant', words: '' } : nodsa ? { kind: r.nodsa_reason || 'no-dsa', words: r.nodsa } : null }))
    }
  }
  fs.push(b.aFinding({ id: 'CVE-2026-1', severity: 'low' }), b.aFinding({ id: 'CVE-2026-2', severity: 'medium', package: 'zlib' }), b.anUnfixedFinding({id:'CVE-2026-7777', kev: true, package:'bash'}), b.aFinding({id:'CVE-2026-9999', severity:'low', agreement:'refuted', package:'lvm2'}))
  const policy = b.aPolicy([b.aWhitelistEntry({ id: 'CVE-2026-1' }), b.aWhitelistEntry({ id: 'CVE-2026-2', package: 'zlib', expires: '2026-10-01', maxSeverity:'medium', place: b.aPlace({ line: 30 }) }), b.aWhitelistEntry({ id: 'CVE-2020-2', package: 'zlib', place: b.aPlace({ line: 40 }) })])
  const v = judge([b.aJudgedInput(fs)], policy, b.TODAY)
  const two = judge([b.aJudgedInput(fs.slice(0, 3)), b.aJudgedInput([], { reference: 'db:2', image: null, distribution: null, packageCount: null, codename: null, problem: b.aProblem({ what: 'no such image', where: 'db:2', todo: 'docker pull db:2, or name an archive' }) }), b.aJudgedInput([], {reference:'ok:1'})], b.aPolicy([]), b.TODAY)
  const o = '/tmp/w/p6/'
  writeFileSync(o + 'one.txt', renderTerminal(v, { colour: false, width: 100 }))
  writeFileSync(o + 'onev.txt', renderTerminal(v, { colour: false, width: 120, verbose: true }))
  writeFileSync(o + 'two.txt', renderTerminal(two, { colour: true, width: 80 }))
  writeFileSync(o + 'one.md', renderMarkdown(v, { limit: 65536 }))
  writeFileSync(o + 'cut.md', renderMarkdown(v, { limit: 4096 }))
  writeFileSync(o + 'two.md', renderMarkdown(two, { limit: 65536 }))
  writeFileSync(o + 'one.json', renderJson(v, { name: 'seaworthy', version: '0.1.0' }))
  writeFileSync(o + 'ann.txt', [...renderAnnotations(v), ...renderAnnotations(two)].join('\n') + '\n')
})
