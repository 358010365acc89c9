import { PAGE_SCRIPT } from './script.js'

/** Nothing is fetched, whatever a name or a policy text contains (Content Security Policy, level 3). */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/**
 * Colours follow the reader's scheme; each is also expressed in words. Contrast is at least 4.5:1 (WCAG 2.2, 1.4.3).
 */
const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--box:#f6f8fa;--link:#0757b3;
--bad:#b3121d;--good:#116329;--wait:#8a4600;--critical:#7b1fa2;--high:#b3121d;--medium:#8a4600;--low:#0757b3;--rest:#57606a}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9aa4af;--line:#30363d;--box:#161b22;--link:#6cb6ff;
--bad:#ff8080;--good:#6fdd8b;--wait:#f0b454;--critical:#d9a2f5;--high:#ff8080;--medium:#f0b454;--low:#6cb6ff;--rest:#9aa4af}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.15rem;margin:1.2rem 0 .4rem}h3{font-size:1rem;margin:1rem 0 .25rem}
p,ul{margin:.4rem 0}a{color:var(--link)}code,pre{font:14px/1.5 ui-monospace,monospace}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.verdict{border-left:.5rem solid var(--bad);padding:.25rem 1rem;background:var(--box)}.verdict.pass{border-color:var(--good)}
.verdict strong{text-transform:uppercase;color:var(--bad)}.verdict.pass strong{color:var(--good)}
.dim{color:var(--dim)}.name{overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.5rem;list-style:none;padding:0;margin:.75rem 0}
.tiles>li{border:1px solid var(--line);border-top:4px solid var(--wait);border-radius:6px;padding:.35rem .6rem;font-size:14px}
.tiles>.good{border-top-color:var(--good)}.tiles>.bad{border-top-color:var(--bad)}.tiles strong{display:block;font-size:1rem}
.tiles svg{vertical-align:-4px}.tiles circle{fill:var(--wait)}.tiles .good circle{fill:var(--good)}.tiles .bad circle{fill:var(--bad)}
.tiles path{fill:none;stroke:var(--bg);stroke-width:2.5}.facts{margin:.5rem 0;font-size:14px}
.copy{position:relative}.copy pre{padding-right:5rem}.copy button{position:absolute;top:.4rem;right:.4rem}
.pictures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 1.5rem}
details{margin:.4rem 0}summary{cursor:pointer}main>details>summary,section>details>summary{font-weight:600}
figure{margin:.5rem 0}.keys{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.25rem 0}
ol.todo{padding-left:1.6rem;margin:.4rem 0}ol.todo>li{margin:.6rem 0}ol.todo pre{margin:.4rem 0}
svg{max-width:100%;height:auto}svg text{fill:var(--fg);font:14px system-ui,sans-serif}svg .dim{fill:var(--dim)}
svg a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.s-critical{fill:var(--critical)}.s-high{fill:var(--high)}.s-medium{fill:var(--medium)}.s-low{fill:var(--low)}.s-rest{fill:var(--rest)}
.r-act{fill-opacity:1}.r-unfixed{fill-opacity:.7}.r-noted{fill-opacity:.5}.r-deferred{fill-opacity:.35}.r-accepted{fill-opacity:.2}
.layer{fill:var(--box);stroke:var(--line)}.share{fill:var(--link);fill-opacity:.55}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:.5rem 0}
form label{display:block}input,select,button{font:inherit;color:inherit;background:var(--bg);border:1px solid var(--dim);border-radius:6px;padding:.3rem .5rem}
fieldset{border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem;margin:0}fieldset label{display:inline-block;margin-right:.75rem}
button{cursor:pointer}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
table{font-size:14px}th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th,td:first-child,.sev{overflow-wrap:break-word}td:first-child a{white-space:nowrap}td[data-head=line]{min-width:9.5rem}
td[data-head=title]{min-width:11rem}td[data-head=outcome]{min-width:15rem}td[data-head=dictionary]{min-width:12.5rem}
thead th{position:sticky;top:0;background:var(--bg)}tbody th{background:var(--box);padding:.1rem .5rem}tbody th button{padding:0 .4rem}
.sev{font-weight:600}.sev.critical{color:var(--critical)}.sev.high{color:var(--high)}.sev.medium{color:var(--medium)}.sev.low{color:var(--low)}
[hidden]{display:none!important}
@media(max-width:40rem){body{padding:.6rem}h1{font-size:1.1rem}.verdict{padding:.1rem .6rem}code,pre{font-size:12px}.tiles{display:block;border:1px solid var(--line);border-radius:6px}.tiles>li{border:0;padding:.1rem .5rem}.tiles .dim,.tiles br{display:none}.tiles strong{display:inline;font-size:14px;margin-left:.4rem}thead{position:absolute;left:-99rem}tbody td,tbody th{display:block;border:0;padding:0}
tbody tr{display:flex;flex-wrap:wrap;gap:0 .9rem;border-bottom:1px solid var(--line);padding:.25rem 0}tbody th{width:100%}
td::before{content:attr(data-head) ": ";color:var(--dim)}td[data-head=finding]::before,td[data-head=severity]::before,td[data-head=because]::before,td[data-head="installed → fixed"]::before,td[data-head=line]::before{content:""}td:empty{display:none}}
@media print{form,.skip,.copy button{display:none}details::details-content{content-visibility:visible;display:block}body{max-width:none}thead th{position:static}}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;background:var(--bg)}
`.trim()

/** The page around its content, with its own style and script, since it fetches nothing. Both are HTML already. */
export function documentHtml(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`
}
