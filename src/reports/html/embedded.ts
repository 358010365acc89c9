/** The page's own style and script, since it fetches nothing. */

/**
 * Colours follow the reader's scheme; each is also expressed in words. Contrast is at least 4.5:1 (WCAG 2.2, 1.4.3).
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--box:#f6f8fa;--link:#0757b3;
--bad:#b3121d;--good:#116329;--wait:#8a4600;--critical:#7b1fa2;--high:#b3121d;--medium:#8a4600;--low:#0757b3;--rest:#57606a}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9aa4af;--line:#30363d;--box:#161b22;--link:#6cb6ff;
--bad:#ff8080;--good:#6fdd8b;--wait:#f0b454;--critical:#d9a2f5;--high:#ff8080;--medium:#f0b454;--low:#6cb6ff;--rest:#9aa4af}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:76rem;padding:1rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
a{color:var(--link)}code,pre{font:14px/1.5 ui-monospace,monospace}
pre{background:var(--box);border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}
.verdict{border-left:.5rem solid var(--bad);padding:.25rem 1rem;background:var(--box)}.verdict.pass{border-color:var(--good)}
.verdict strong{text-transform:uppercase;color:var(--bad)}.verdict.pass strong{color:var(--good)}
.dim{color:var(--dim)}.name{overflow-wrap:anywhere}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:.75rem;list-style:none;padding:0}
.tiles>li{border:1px solid var(--line);border-radius:6px;padding:.5rem .75rem}
.tiles b{display:block}.tiles ul{margin:.25rem 0 0;padding-left:1.1rem;overflow-wrap:anywhere}.unanswered{color:var(--bad)}
figure{margin:.5rem 0}.keys{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:.25rem 0}
ol.todo>li{margin:.75rem 0}
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
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}caption{text-align:left;color:var(--dim);padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th,td:first-child,.sev{overflow-wrap:break-word}td:first-child a{white-space:nowrap}td[data-head=line]{min-width:9.5rem}
td[data-head=title]{min-width:11rem}td[data-head=outcome]{min-width:15rem}td[data-head=dictionary]{min-width:12.5rem}
thead th{position:sticky;top:0;background:var(--bg)}tbody th{background:var(--box)}
.sev{font-weight:600}.sev.critical{color:var(--critical)}.sev.high{color:var(--high)}.sev.medium{color:var(--medium)}.sev.low{color:var(--low)}
[hidden]{display:none!important}
@media(max-width:40rem){thead{position:absolute;left:-99rem}tbody tr,tbody td,tbody th{display:block;border:0}
tbody tr{border-bottom:1px solid var(--line);padding:.4rem 0}td::before{content:attr(data-head) ": ";color:var(--dim)}td:empty{display:none}}
@media print{form,.skip{display:none}body{max-width:none}thead th{position:static}}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;background:var(--bg)}
`.trim()

/**
 * What the page does in a browser: filters its table, and keeps the filter in the address. It writes text only
 * through `textContent`; the page is complete without it.
 */
export const PAGE_SCRIPT = `
(() => {
  const form = document.querySelector('form[data-of=findings]')
  if (!form) return
  const said = document.getElementById('said')
  const groups = [...document.querySelectorAll('tbody[data-package]')]
  const total = document.querySelectorAll('tr[data-finding]').length
  // The tables with one row for each result or program, which have a search field and check boxes.
  const lists = [
    { of: 'results', what: 'result', q: 'rq', box: 'outcome' },
    { of: 'programs', what: 'program', q: 'pq', box: 'side' },
  ].flatMap((list) => {
    const form = document.querySelector('form[data-of=' + list.of + ']')
    const rows = [...document.querySelectorAll('tr[data-' + list.what + ']')]
    return form ? [{ ...list, form, rows }] : []
  })
  const read = () => new URLSearchParams(location.hash.slice(1))
  const list = (query, name) => (query.get(name) || '').split(',').filter(Boolean)
  const wordsIn = (query, name) => (query.get(name) || '').toLowerCase().split(/\\s+/).filter(Boolean)
  const search = (input, query) => {
    const q = query.get(input.name) || ''
    if (input.value.trim() !== q) input.value = q
  }
  const tick = (of, name, chosen) => {
    for (const box of of.querySelectorAll('[name=' + name + ']')) box.checked = chosen.includes(box.value)
  }
  const ticked = (of, name) => [...of.querySelectorAll('[name=' + name + ']:checked')].map((box) => box.value).join(',')
  const count = (shown, all, what) =>
    (shown === all ? all : shown + ' of ' + all) + ' ' + what + (all === 1 ? '' : 's')
  const showFindings = (query) => {
    const words = wordsIn(query, 'q')
    const rulings = list(query, 'ruling')
    const severities = list(query, 'severity')
    const [layer, check] = [query.get('layer'), query.get('check')]
    search(form.q, query)
    form.layer.value = layer || ''
    form.check.value = check || ''
    form.severity.value = severities.length === 1 ? severities[0] : ''
    tick(form, 'ruling', rulings)
    let shown = 0
    for (const group of groups) {
      let here = 0
      for (const row of group.querySelectorAll('tr[data-finding]')) {
        const data = row.dataset
        const fits =
          (rulings.length === 0 || rulings.includes(data.ruling)) &&
          (severities.length === 0 || severities.includes(data.severity)) &&
          (!layer || data.layer === layer) &&
          (!check || data.check === check) &&
          words.every((word) => data.finding.includes(word))
        row.hidden = !fits || group.dataset.folded === 'yes'
        if (fits) here += 1
      }
      group.hidden = here === 0
      shown += here
    }
    said.textContent = count(shown, total, 'finding')
  }
  const showList = (query, { of, what, q, box, form, rows }) => {
    const words = wordsIn(query, q)
    const chosen = list(query, box)
    search(form[q], query)
    tick(form, box, chosen)
    for (const row of rows) {
      const isOther = chosen.length > 0 && !chosen.includes(row.dataset[box])
      row.hidden = isOther || !words.every((word) => row.dataset[what].includes(word))
      const fold = row.closest('details')
      if (fold && !row.hidden && words.length + chosen.length > 0) fold.open = true
    }
    const shown = rows.filter((row) => !row.hidden).length
    document.getElementById('said-' + of).textContent = count(shown, rows.length, what)
  }
  const show = () => {
    const query = read()
    showFindings(query)
    for (const one of lists) showList(query, one)
  }
  const write = (isReset) => {
    const query = new URLSearchParams()
    const set = (name, value) => value && query.set(name, value)
    if (isReset !== form) {
      set('q', form.q.value.trim())
      set('ruling', ticked(form, 'ruling'))
      set('severity', form.severity.value)
      set('layer', form.layer.value)
      set('check', form.check.value)
    }
    for (const { q, box, form: of } of lists) {
      if (isReset === of) continue
      set(q, of[q].value.trim())
      set(box, ticked(of, box))
    }
    history.replaceState(null, '', '#' + query)
  }
  for (const one of [form, ...lists.map((list) => list.form)]) {
    one.hidden = false
    one.addEventListener('input', () => {
      write(null)
      show()
    })
    one.addEventListener('submit', (event) => event.preventDefault())
    one.addEventListener('reset', () => {
      write(one)
      setTimeout(show)
    })
  }
  for (const button of document.querySelectorAll('button[data-fold]')) {
    button.hidden = false
    button.addEventListener('click', () => {
      const group = button.closest('tbody')
      const folded = group.dataset.folded !== 'yes'
      group.dataset.folded = folded ? 'yes' : 'no'
      button.setAttribute('aria-expanded', String(!folded))
      show()
    })
  }
  for (const button of document.querySelectorAll('button[data-copy]')) {
    if (!navigator.clipboard) continue
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(button.previousElementSibling.textContent).catch(() => {})
      button.textContent = 'Copied'
    })
  }
  document.addEventListener('keydown', (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      form.q.focus()
    }
  })
  addEventListener('hashchange', show)
  show()
})()
`.trim()
