// --- the error browser: choose, list, open
if (frame) {
  const form = document.getElementById("pick");
  const rows = document.getElementById("rows");
  const more = document.getElementById("more");
  const article = document.getElementById("report");
  const output = form.querySelector("output");
  const number = new Intl.NumberFormat("en");
  const RIGHT = index.kinds.length;
  const CHUNK = 80;
  let found = [];
  let drawn = 0;

  const option = (value, words, title = "") => make("option", { value, title }, words);
  const occurring = (column) => new Set(index.errors.map((error) => error[column]));
  const { system, key, kind, find } = form.elements;
  system.append(option("", "all"), ...index.systems.map((name, n) => option(n, name)));
  key.append(option("", "all"));
  index.keys.forEach(([, label], n) => occurring(2).has(n) && key.append(option(n, label)));
  key.parentElement.hidden = key.options.length === 1;
  kind.append(option("", "all"));
  index.kinds.forEach(([name, words], n) => occurring(4).has(n) && kind.append(option(n, name, words)));
  kind.append(option(RIGHT, "nothing wrong", "reports in which the system is right"));

  function rightReports(wanted) {
    const systems = wanted === "" ? index.systems.map((_, n) => n) : [Number(wanted)];
    const wrong = new Set(index.errors.map((error) => `${error[0]} ${error[1]}`));
    return index.reports.flatMap((_, n) =>
      systems.filter((s) => !wrong.has(`${n} ${s}`)).map((s) => [n, s, -1, -1, RIGHT, "", ""]));
  }

  function choose() {
    const name = find.value.trim().toLowerCase();
    const right = kind.value === String(RIGHT);
    found = (right ? rightReports(system.value) : index.errors).filter((error) =>
      (system.value === "" || error[1] === Number(system.value)) &&
      (right || key.value === "" || error[2] === Number(key.value)) &&
      (kind.value === "" || error[4] === Number(kind.value)) &&
      (!name || index.reports[error[0]][0].toLowerCase().includes(name)));
    const wrong = new Set(found.map((error) => error[0])).size;
    const noun = right ? "right" : found.length === 1 ? "error" : "errors";
    output.textContent = `${number.format(found.length)} ${noun} in ${number.format(wrong)} of ${number.format(index.reports.length)} reports`;
    rows.replaceChildren();
    drawn = 0;
    draw();
  }

  function draw() {
    const next = found.slice(drawn, drawn + CHUNK);
    rows.append(...next.map((error, n) => make("li", {}, rowOf(error, drawn + n))));
    drawn += next.length;
    more.hidden = drawn >= found.length;
  }

  function rowOf([report, who, at, sentence, what, gold, said], n) {
    const subject = at >= 0 ? index.keys[at][1] : sentence >= 0 ? `sentence ${sentence}` : "";
    const kindName = index.kinds[what]?.[0] ?? "nothing wrong";
    const change = gold && said ? `${gold} → ${said}` : gold ? `− ${gold}` : said ? `+ ${said}` : "";
    const head = make("span", { className: "name" }, make("bdi", {}, index.reports[report][0]), ` · ${index.systems[who]}`);
    const body = make("span", {}, make("b", {}, subject), subject ? " " : "", make("i", { className: "kind" }, kindName));
    return make("button", { type: "button", className: reviewed.has(report) ? "done" : "", data: { row: n, report } }, head, body, make("span", { className: "change" }, change));
  }

  function open(n, button, bring = true) {
    const [at, who, keyAt, sentence] = found[n];
    for (const other of rows.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
    button?.setAttribute("aria-current", "true");
    show(at, who, keyAt, sentence, bring);
  }

  function show(at, who, keyAt, sentence, bring = true) {
    const report = reportAt(at);
    const title = make("h3", {}, make("bdi", {}, index.reports[at][0]));
    const split = index.splits.length > 1 ? index.splits[index.reports[at][1]] : "";
    const systems = make("div", { className: "switch", role: "group", ariaLabel: "System shown" });
    index.systems.forEach((name, n) => {
      const button = make("button", { type: "button", ariaPressed: String(n === who) }, name);
      button.addEventListener("click", () => {
        show(at, n, keyAt, sentence);
        article.querySelectorAll("header button")[n].focus();
      });
      systems.append(button);
    });
    const chosen = sentence >= 0 ? report.sentences.find(([n]) => n === sentence) : null;
    article.replaceChildren(
      make("header", {}, title, make("span", { className: "made" }, split), systems),
      report.text && index.findings ? legend(who) : "",
      report.text ? textOf(report, at, who, keyAt, chosen) : "",
      findingsOf(report, who, keyAt),
      sentencesOf(report, who, sentence),
      traceOf(report, who, keyAt),
      correcting(report, at, who, () => show(at, who, keyAt, sentence, false)),
    );
    drawPicked();
    if (bring) article.querySelector(".near")?.scrollIntoView({ block: "nearest" });
  }

  function legend(who) {
    const statuses = index.statuses.map((name) => make("mark", { className: `k ${name} end` }, name));
    const marks = [make("span", { className: "caption" }, `${index.systems[who]}:`), ...statuses];
    marks.push(make("span", { className: "v" }, "value"), make("span", { className: "caption" }, "gold:"));
    return make("p", { className: "legend" }, ...marks, make("mark", { className: "g" }, "overlined"));
  }

  rows.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    open(Number(button.dataset.row), button);
    if (matchMedia("(max-width: 60rem)").matches) article.scrollIntoView({ block: "start" });
  });
  rows.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = event.target.closest("li");
    if (!step || !item) return;
    event.preventDefault();
    if (step > 0 && !item.nextElementSibling && !more.hidden) draw();
    (step > 0 ? item.nextElementSibling : item.previousElementSibling)?.firstChild.focus();
  });
  article.addEventListener("keydown", (event) => {
    if (event.key === "Escape") rows.querySelector("[aria-current]")?.focus();
  });
  more.addEventListener("click", draw);
  form.addEventListener("input", choose);
  form.addEventListener("submit", (event) => event.preventDefault());

  choose();
  form.hidden = frame.hidden = false;
  // The first error stands open, so that nobody faces an empty half of a page.
  if (found.length) open(0, rows.querySelector("button"), false);
}
