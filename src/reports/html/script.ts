/**
 * What the page does in a browser: filters its table, and keeps the filter in the address. It writes text only by
 * `textContent`; the page says all without it too.
 */
export const SCRIPT = `
(() => {
  const form = document.querySelector('form')
  if (!form) return
  const said = document.getElementById('said')
  const groups = [...document.querySelectorAll('tbody[data-package]')]
  const total = document.querySelectorAll('tr[data-finding]').length
  form.hidden = false
  const read = () => new URLSearchParams(location.hash.slice(1))
  const list = (query, name) => (query.get(name) || '').split(',').filter(Boolean)
  const show = () => {
    const query = read()
    const words = (query.get('q') || '').toLowerCase().split(/\\s+/).filter(Boolean)
    const rulings = list(query, 'ruling')
    const severities = list(query, 'severity')
    const [layer, check] = [query.get('layer'), query.get('check')]
    const q = query.get('q') || ''
    if (form.q.value.trim() !== q) form.q.value = q
    form.layer.value = layer || ''
    form.check.value = check || ''
    form.severity.value = severities.length === 1 ? severities[0] : ''
    for (const box of form.querySelectorAll('[name=ruling]')) box.checked = rulings.includes(box.value)
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
    said.textContent = shown === total ? total + ' findings' : shown + ' of ' + total + ' findings'
  }
  const write = () => {
    const query = new URLSearchParams()
    const set = (name, value) => value && query.set(name, value)
    set('q', form.q.value.trim())
    set('ruling', [...form.querySelectorAll('[name=ruling]:checked')].map((box) => box.value).join(','))
    set('severity', form.severity.value)
    set('layer', form.layer.value)
    set('check', form.check.value)
    history.replaceState(null, '', '#' + query)
    show()
  }
  form.addEventListener('input', write)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('reset', () => {
    history.replaceState(null, '', '#')
    setTimeout(show)
  })
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
