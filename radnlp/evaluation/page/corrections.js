// --- correcting: a person's own findings, kept in this page until they are saved as gold
const NOT_MENTIONED = "";
// Report -> { findings: key -> { status, values, places, own }, labels: one a sentence }; only what a person has decided
// on. Places are offsets in the text; own: a person chose them.
const reviewed = new Map();
let saved = true;

function offsetsOf(report, places) {
  return places.map(([from, to]) => [report.cuts[from], report.cuts[to]]);
}

function decisionFrom(report, rows, labels) {
  const findings = rows.map(([key, status, values, places]) =>
    [key, { status: index.statuses[status], values: structuredClone(values), places: offsetsOf(report, places) }]);
  return { findings: new Map(findings), labels };
}

function decisionOfGold(report) {
  return decisionFrom(report, report.gold, report.sentences.map((row) => row[3]));
}

function decisionOfSystem(report, who) {
  // A sentence without a label of the system keeps that of gold: gold has one for each.
  return decisionFrom(report, report.said[who], report.sentences.map((row) => row[4][who] ?? row[3]));
}

function goldLine(at) {
  const report = reportAt(at);
  const { findings: decided, labels } = reviewed.get(at);
  const findings = [...decided]
    .sort(([one], [other]) => one - other)
    .map(([key, { status, values, places }]) => ({
      key: index.keys[key][0],
      status,
      values: Object.fromEntries(Object.entries(values).filter(([, chosen]) => chosen.length)),
      evidence: places.map(([start, end]) => ({ start, end })),
      sources: ["corrected by hand"],
    }));
  const line = { format: 1, report_id: report.id, schema: index.schema[0], schema_version: index.schema[1], findings };
  if (report.sentences.length) {
    line.sentences = report.sentences.map(([n, from, to], row) =>
      ({ index: n, start: report.cuts[from], end: report.cuts[to], section: null, label: labels[row], score: null }));
  }
  return JSON.stringify(line);
}

function trainLine(at) {
  const report = reportAt(at);
  const { findings, labels } = reviewed.get(at);
  const text = rawOf(report);
  if (!index.findings) {
    const signs = Array.from(text); // code points, which the offsets count
    const sentences = report.sentences.map(([, from, to]) => signs.slice(report.cuts[from], report.cuts[to]).join(""));
    return JSON.stringify({ id: report.id, sentences, labels });
  }
  const lasting = (key, status) => status === "historical" && index.keys[key][2];
  const keys = [...findings]
    .filter(([key, { status }]) => status === "present" || status === "uncertain" || lasting(key, status))
    .map(([key]) => key)
    .sort((one, other) => one - other)
    .map((key) => index.keys[key][0]);
  return JSON.stringify({ id: report.id, schema: index.schema[0], schema_version: index.schema[1], keys, text });
}

function linesOf(write) {
  return [...reviewed.keys()].sort((a, b) => a - b).map((at) => `${write(at)}\n`).join("");
}

function download(name, text) {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/jsonl" })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  saved = true;
}

function button(words, act) {
  const element = make("button", { type: "button", className: "plain" }, words);
  element.addEventListener("click", act);
  return element;
}

function drawCorrections() {
  const place = document.getElementById("corrections");
  const buttons = [button("Save as gold for bench", () => download(`${index.file}.corrected.jsonl`, linesOf(goldLine)))];
  if (index.withText) {
    buttons.push(button("Save for train", () => download(`${index.file}.train.jsonl`, linesOf(trainLine))));
  }
  const hint = "bench reads it as gold with the options reports = \"…\" (the file of the reports) and partial = true. "
    + "Nothing is kept when this page is closed.";
  const words = `${reviewed.size} report${reviewed.size === 1 ? "" : "s"} decided on `;
  place.replaceChildren(make("b", {}, words), ...buttons, make("p", { className: "hint" }, hint));
  place.hidden = reviewed.size === 0;
  for (const row of document.querySelectorAll("#rows [data-report]")) {
    row.classList.toggle("done", reviewed.has(Number(row.dataset.report)));
  }
}

function correcting(report, at, who, redraw) {
  const decide = (decision) => {
    if (decision) reviewed.set(at, decision);
    else reviewed.delete(at);
    saved = reviewed.size === 0;
    drawCorrections();
    // Everything is drawn anew; whoever works with the keyboard stays where they were.
    const control = document.activeElement?.dataset.control;
    redraw();
    const again = control && document.querySelector(`#report [data-control="${control}"]`);
    if (!again) return;
    const boxes = again.closest(".boxes");
    if (boxes) boxes.open = true;
    again.focus();
  };
  const draft = reviewed.get(at) ?? decisionOfGold(report);
  const buttons = make("p", { className: "buttons" },
    button("Gold is right", () => decide(decisionOfGold(report))),
    button(`${index.systems[who]} is right`, () => decide(decisionOfSystem(report, who))));
  if (reviewed.has(at)) buttons.append(button("Take back", () => decide(null)));
  const parts = index.findings ? draftOfFindings(report, who, draft, decide) : [];
  if (report.sentences.length) parts.push(draftOfSentences(report, draft, decide));
  const words = reviewed.has(at) ? "Corrected" : "Correct";
  return make("details", { className: "correct", open: reviewed.has(at) }, make("summary", {}, words), buttons, ...parts);
}

function draftOfFindings(report, who, draft, decide) {
  const change = (key, finding) => {
    const findings = new Map(draft.findings);
    if (finding) findings.set(key, finding);
    else findings.delete(key);
    decide({ ...draft, findings });
  };
  const body = make("tbody");
  const named = new Set([...report.gold, ...report.said[who]].map(([key]) => key).concat([...draft.findings.keys()]));
  for (const key of [...named].sort((one, other) => one - other)) {
    body.append(rowOfDraft(report, who, key, draft.findings.get(key), change));
  }
  const rest = make("select", { ariaLabel: "Another finding" }, make("option", { value: "" }, "another finding …"));
  index.keys.forEach(([, label], key) => named.has(key) || rest.append(make("option", { value: key }, label)));
  rest.addEventListener("change", () => change(Number(rest.value), { status: "present", values: {}, places: [] }));
  const words = make("p", { className: "hint picked" });
  return [report.text ? words : "", make("table", { className: "sides-of" }, body), rest];
}

function draftOfSentences(report, draft, decide) {
  const body = make("tbody");
  report.sentences.forEach(([n, from, to], row) => {
    const select = make("select", { ariaLabel: `Class of sentence ${n}`, data: { control: `sentence ${n}` } });
    for (const name of index.classes) select.append(make("option", { value: name, selected: name === draft.labels[row] }, name));
    select.addEventListener("change", () => decide({ ...draft, labels: draft.labels.with(row, select.value) }));
    const words = report.text ? report.text.slice(from, to).join("") : `${report.cuts[from]}-${report.cuts[to]}`;
    const head = make("th", { scope: "row" }, `${n} `, make("small", {}, words));
    body.append(make("tr", {}, head, make("td", {}, select)));
  });
  return make("table", { className: "sides-of sentences" }, body);
}

function rowOfDraft(report, who, key, finding, change) {
  const [id, label] = index.keys[key];
  const status = make("select", { ariaLabel: `Status of ${label}`, data: { control: `${key}` } });
  for (const name of [NOT_MENTIONED, ...index.statuses]) {
    status.append(make("option", { value: name, selected: name === (finding?.status ?? "") }, name || "not mentioned"));
  }
  status.addEventListener("change", () => {
    const chosen = status.value;
    // Evidence is what a person attached, else the words that have the finding's status: gold's, or the system's.
    const number = index.statuses.indexOf(chosen);
    const same = [...report.gold, ...report.said[who]].find(([other, said]) => other === key && said === number);
    const values = chosen === "absent" ? {} : (finding?.values ?? {});
    const places = finding?.own ? finding.places : offsetsOf(report, same?.[3] ?? []);
    change(key, chosen && { status: chosen, values, places, own: finding?.own });
  });
  const values = make("td", {}, finding ? evidenceOf(report, key, finding, change) : "");
  for (const [relation, { keys, values: ids }] of Object.entries(index.relations)) {
    if (!finding || finding.status === "absent" || !keys.includes(id)) continue;
    const chosen = new Set(finding.values[relation] ?? []);
    const boxes = ids.map((value) => {
      const box = make("input", { type: "checkbox", checked: chosen.has(value), data: { control: `${key} ${relation} ${value}` } });
      box.addEventListener("change", () => {
        const next = ids.filter((other) => (other === value ? box.checked : chosen.has(other)));
        change(key, { ...finding, values: { ...finding.values, [relation]: next } });
      });
      return make("label", {}, box, ` ${labelOf(value)}`);
    });
    const told = [...chosen].map(labelOf).join(", ") || "none";
    values.append(make("details", { className: "boxes" }, make("summary", {}, `${relation.replaceAll("_", " ")}: ${told}`), ...boxes));
  }
  return make("tr", {}, make("th", { scope: "row" }, label), make("td", {}, status), values);
}

addEventListener("beforeunload", (event) => {
  if (!saved) event.preventDefault();
});
