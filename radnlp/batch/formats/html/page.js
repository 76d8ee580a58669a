"use strict";
(() => {
  const main = document.querySelector("main");
  const summary = document.getElementById("summary");
  const bar = document.querySelector(".bar");
  const form = document.getElementById("filter");
  const query = document.getElementById("query");
  const output = form.querySelector("output");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  // The counts are written last; here they take their place in the reading order.
  bar.before(summary);

  // --- evidence of a finding
  let lit = [];

  function light(article, rows) {
    for (const element of lit) {
      element.classList.remove("lit", "near");
      if (element.matches("tr")) element.querySelector("button")?.setAttribute("aria-pressed", "false");
    }
    lit = [];
    for (const row of rows) {
      for (const element of article.querySelectorAll(`[data-f~="${row}"], [data-v~="${row}"]`)) {
        element.classList.add(element.dataset.f?.split(" ").includes(String(row)) ? "lit" : "near");
        if (element.matches("tr")) element.querySelector("button")?.setAttribute("aria-pressed", "true");
        lit.push(element);
      }
    }
  }

  function bring(element) {
    element?.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  }

  main.addEventListener("focusin", (event) => {
    const row = event.target.closest("tr[data-f]");
    if (row) light(row.closest("article"), [row.dataset.f]);
  });
  main.addEventListener("click", (event) => {
    const element = event.target.closest("[data-f], [data-v]");
    if (!element || String(getSelection())) return;
    const article = element.closest("article");
    light(article, (element.dataset.f ?? element.dataset.v).split(" "));
    bring(lit.find((other) => other.matches("tr") !== element.matches("tr")));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") light(main, []);
  });

  // --- filter
  const number = new Intl.NumberFormat("en");
  let index = null;

  function filter() {
    index ??= Array.from(main.children, (article) => [article, article.dataset.find.split("\n")]);
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    let kept = 0;
    for (const [article, [name, ...lines]] of index) {
      // All words must meet in one finding: "nodules absent" is not "nodules present, effusion absent".
      const found = (line) => words.every((word) => name.includes(word) || line.includes(word));
      const keep = words.length === 0 || found("") || lines.some(found);
      article.hidden = !keep;
      kept += keep;
    }
    output.textContent = words.length ? `${number.format(kept)} of ${number.format(index.length)}` : "";
  }

  let timer = 0;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(filter, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  form.hidden = false;

  for (const cell of summary.querySelectorAll("[data-query]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.title = `show these: ${cell.dataset.query}`;
    button.append(...cell.childNodes);
    button.addEventListener("click", () => {
      query.value = query.value === cell.dataset.query ? "" : cell.dataset.query;
      filter();
    });
    cell.append(button);
  }
})();
