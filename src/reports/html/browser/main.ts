/**
 * What report.html does in a browser: filters its tables, keeps the filters in the address, folds packages and copies
 * commands. The page is complete without it. It writes text only through `textContent`. script/page-script.mjs builds it
 * into ../script.ts.
 */

/** A table that can be filtered, and the names that its fields have in its form and in the address. */
interface Table {
  readonly form: HTMLFormElement
  readonly rows: readonly HTMLElement[]
  /** What a row is: the attribute `data-…` that has its text. */
  readonly noun: 'finding' | 'result' | 'program'
  readonly search: HTMLInputElement
  /** Names of the check boxes and menus; a row has its value in the attribute of that name. */
  readonly choices: readonly string[]
  readonly status: HTMLElement | null
}

const tables = [
  tablesOf('findings', 'finding', 'q', ['ruling', 'severity', 'layer', 'check']),
  tablesOf('results', 'result', 'rq', ['outcome']),
  tablesOf('programs', 'program', 'pq', ['side']),
].flat()

/** The table with that form; none if the page has no such table. */
function tablesOf(of: string, noun: Table['noun'], name: string, choices: readonly string[]): Table[] {
  const form = document.querySelector<HTMLFormElement>(`form[data-of=${of}]`)
  const search = form?.querySelector<HTMLInputElement>(`input[name=${name}]`)
  if (!form || !search) {
    return []
  }
  const rows = [...document.querySelectorAll<HTMLElement>(`tr[data-${noun}]`)]
  const status = document.getElementById(of === 'findings' ? 'said' : `said-${of}`)
  return [{ form, rows, noun, search, choices, status }]
}

function boxesOf({ form }: Table, name: string): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)]
}

function menuOf({ form }: Table, name: string): HTMLSelectElement | null {
  return form.querySelector<HTMLSelectElement>(`select[name=${name}]`)
}

/** Shows the rows that fit what the address asks for, and sets the fields of the form to it. */
function showTable(table: Table, query: URLSearchParams): void {
  const { rows, noun, search, choices, status } = table
  const text = query.get(search.name) ?? ''
  const terms = text.toLowerCase().split(/\s+/).filter(Boolean)
  const chosen = choices.map((name) => {
    const values = (query.get(name) ?? '').split(',').filter(Boolean)
    return { name, values }
  })
  // What is being typed may end in a space, which the address does not have.
  if (search.value.trim() !== text) {
    search.value = text
  }
  for (const { name, values } of chosen) {
    for (const box of boxesOf(table, name)) {
      box.checked = values.includes(box.value)
    }
    const menu = menuOf(table, name)
    if (menu) {
      menu.value = values.length === 1 ? (values[0] ?? '') : ''
    }
  }
  const isFiltered = terms.length > 0 || chosen.some(({ values }) => values.length > 0)
  const isChosen = ({ dataset }: HTMLElement) =>
    chosen.every(({ name, values }) => values.length === 0 || values.includes(dataset[name] ?? ''))
  const fitting = new Set(
    rows.filter((row) => isChosen(row) && terms.every((term) => row.dataset[noun]?.includes(term))),
  )
  const groups = new Set([...fitting].map(groupOf))
  for (const row of rows) {
    const [fits, group] = [fitting.has(row), groupOf(row)]
    row.hidden = !fits || group?.dataset.folded === 'yes'
    if (group) {
      group.hidden = !groups.has(group)
    }
    if (fits && isFiltered) {
      openAround(row)
    }
  }
  if (status) {
    const [shown, all] = [fitting.size, rows.length]
    status.textContent = `${shown === all ? all : `${shown} of ${all}`} ${noun}${all === 1 ? '' : 's'}`
  }
}

/** Opens every fold that something is in. */
function openAround(element: HTMLElement): void {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true
  }
}

/** The findings of a package, which can be folded. */
function groupOf(row: HTMLElement): HTMLElement | null {
  return row.closest<HTMLElement>('tbody[data-package]')
}

function show(): void {
  const query = new URLSearchParams(location.hash.slice(1))
  for (const table of tables) {
    showTable(table, query)
  }
}

/** Puts what the forms say into the address. @param reset a table whose form is being emptied */
function write(reset: Table | null): void {
  const query = new URLSearchParams()
  for (const table of tables.filter((one) => one !== reset)) {
    const values = table.choices.map((name) => {
      const ticked = boxesOf(table, name).filter(({ checked }) => checked)
      return [name, menuOf(table, name)?.value ?? ticked.map(({ value }) => value).join(',')] as const
    })
    for (const [name, value] of [[table.search.name, table.search.value.trim()] as const, ...values]) {
      if (value !== '') {
        query.set(name, value)
      }
    }
  }
  history.replaceState(null, '', `#${query}`)
}

for (const table of tables) {
  table.form.hidden = false
  table.form.addEventListener('input', () => {
    write(null)
    show()
  })
  table.form.addEventListener('submit', (event) => event.preventDefault())
  table.form.addEventListener('reset', () => {
    write(table)
    // The fields are emptied after this event.
    setTimeout(show)
  })
}

for (const button of document.querySelectorAll<HTMLElement>('button[data-fold]')) {
  button.hidden = false
  button.addEventListener('click', () => {
    const group = groupOf(button)
    const isFolded = group?.dataset.folded !== 'yes'
    if (group) {
      group.dataset.folded = isFolded ? 'yes' : 'no'
    }
    button.setAttribute('aria-expanded', String(!isFolded))
    show()
  })
}

// A page opened from a file may have no clipboard.
const clipboard: Clipboard | undefined = navigator.clipboard
for (const button of document.querySelectorAll<HTMLElement>('button[data-copy]')) {
  button.hidden = clipboard === undefined
  button.addEventListener('click', async () => {
    try {
      await clipboard?.writeText(button.previousElementSibling?.textContent ?? '')
      button.textContent = 'Copied'
    } catch {
      button.textContent = 'Not copied'
    }
  })
}

document.addEventListener('keydown', (event) => {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '')
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault()
    tables[0]?.search.focus()
  }
})
addEventListener('beforeprint', () => {
  for (const fold of document.querySelectorAll('details')) {
    fold.open = true
  }
})
addEventListener('hashchange', show)
show()
