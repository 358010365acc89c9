// Made by script/page-script.mjs from the folder browser.
export const PAGE_SCRIPT = `
"use strict";
(() => {
  // src/reports/html/browser/main.ts
  var tables = [
    tablesOf("findings", "finding", "q", ["ruling", "severity", "layer", "check"]),
    tablesOf("results", "result", "rq", ["outcome"]),
    tablesOf("programs", "program", "pq", ["side"])
  ].flat();
  function tablesOf(of, noun, name, choices) {
    const form = document.querySelector(\`form[data-of=\${of}]\`);
    const search = form?.querySelector(\`input[name=\${name}]\`);
    if (!form || !search) {
      return [];
    }
    const rows = [...document.querySelectorAll(\`tr[data-\${noun}]\`)];
    const status = document.getElementById(of === "findings" ? "said" : \`said-\${of}\`);
    return [{ form, rows, noun, search, choices, status }];
  }
  function boxesOf({ form }, name) {
    return [...form.querySelectorAll(\`input[name=\${name}]\`)];
  }
  function menuOf({ form }, name) {
    return form.querySelector(\`select[name=\${name}]\`);
  }
  function showTable(table, query) {
    const { rows, noun, search, choices, status } = table;
    const text = query.get(search.name) ?? "";
    const terms = text.toLowerCase().split(/\\s+/).filter(Boolean);
    const chosen = choices.map((name) => {
      const values = (query.get(name) ?? "").split(",").filter(Boolean);
      return { name, values };
    });
    if (search.value.trim() !== text) {
      search.value = text;
    }
    for (const { name, values } of chosen) {
      for (const box of boxesOf(table, name)) {
        box.checked = values.includes(box.value);
      }
      const menu = menuOf(table, name);
      if (menu) {
        menu.value = values.length === 1 ? values[0] ?? "" : "";
      }
    }
    const isFiltered = terms.length > 0 || chosen.some(({ values }) => values.length > 0);
    const isChosen = ({ dataset }) => chosen.every(({ name, values }) => values.length === 0 || values.includes(dataset[name] ?? ""));
    const fitting = new Set(
      rows.filter((row) => isChosen(row) && terms.every((term) => row.dataset[noun]?.includes(term)))
    );
    const groups = new Set([...fitting].map(groupOf));
    for (const row of rows) {
      const [fits, group] = [fitting.has(row), groupOf(row)];
      row.hidden = !fits || group?.dataset.folded === "yes";
      if (group) {
        group.hidden = !groups.has(group);
      }
      if (fits && isFiltered) {
        openAround(row);
      }
    }
    if (status) {
      const [shown, all] = [fitting.size, rows.length];
      status.textContent = \`\${shown === all ? all : \`\${shown} of \${all}\`} \${noun}\${all === 1 ? "" : "s"}\`;
    }
  }
  function openAround(element) {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) {
      fold.open = true;
    }
  }
  function groupOf(row) {
    return row.closest("tbody[data-package]");
  }
  function show() {
    const query = new URLSearchParams(location.hash.slice(1));
    for (const table of tables) {
      showTable(table, query);
    }
  }
  function write(reset) {
    const query = new URLSearchParams();
    for (const table of tables.filter((one) => one !== reset)) {
      const values = table.choices.map((name) => {
        const ticked = boxesOf(table, name).filter(({ checked }) => checked);
        return [name, menuOf(table, name)?.value ?? ticked.map(({ value }) => value).join(",")];
      });
      for (const [name, value] of [[table.search.name, table.search.value.trim()], ...values]) {
        if (value !== "") {
          query.set(name, value);
        }
      }
    }
    history.replaceState(null, "", \`#\${query}\`);
  }
  for (const table of tables) {
    table.form.hidden = false;
    table.form.addEventListener("input", () => {
      write(null);
      show();
    });
    table.form.addEventListener("submit", (event) => event.preventDefault());
    table.form.addEventListener("reset", () => {
      write(table);
      setTimeout(show);
    });
  }
  for (const button of document.querySelectorAll("button[data-fold]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const group = groupOf(button);
      const isFolded = group?.dataset.folded !== "yes";
      if (group) {
        group.dataset.folded = isFolded ? "yes" : "no";
      }
      button.setAttribute("aria-expanded", String(!isFolded));
      show();
    });
  }
  var clipboard = navigator.clipboard;
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = clipboard === void 0;
    button.addEventListener("click", async () => {
      try {
        await clipboard?.writeText(button.previousElementSibling?.textContent ?? "");
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not copied";
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      tables[0]?.search.focus();
    }
  });
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) {
      fold.open = true;
    }
  });
  addEventListener("hashchange", show);
  show();
})();
`.trim()
