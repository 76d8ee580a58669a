// --- the data: one object for the page, one line of JSON for each report
const frame = document.getElementById("browser");
const index = frame ? JSON.parse(document.getElementById("index").textContent) : null;
let lines = null;
const reports = new Map();

function reportAt(number) {
  lines ??= document.getElementById("lines").textContent.split("\n");
  if (!reports.has(number)) reports.set(number, JSON.parse(lines[number]));
  return reports.get(number);
}

function labelOf(value) {
  return index.values[value] ?? value;
}

function valuesOf(finding) {
  return Object.values(finding?.[2] ?? {}).flat();
}

// --- the text: each piece with what gold and the system say of it
function textOf(report, at, system, key, sentence) {
  const pieces = report.text.map(() => ({ gold: [], said: [], values: [], ends: null }));
  const cover = (name, findings) => {
    for (const [at, status, , places] of findings) {
      for (const [from, to] of places) {
        for (let n = from; n < to; n += 1) pieces[n][name].push([at, status]);
        if (name === "said") pieces[to - 1].ends = Math.min(pieces[to - 1].ends ?? 9, status);
      }
    }
  };
  cover("gold", report.gold);
  cover("said", report.said[system]);
  for (const [at, value, from, to] of report.values[system]) {
    for (let n = from; n < to; n += 1) pieces[n].values.push([at, value]);
  }
  const text = make("div", { className: "text", dir: "auto", data: { report: at } });
  pieces.forEach((piece, n) => {
    const lit = sentence && n >= sentence[1] && n < sentence[2];
    const { gold, said, values } = piece;
    if (!gold.length && !said.length && !values.length && !lit) {
      text.append(report.text[n]);
      return;
    }
    const classes = [];
    if (said.length) {
      const status = Math.min(...said.map(([, s]) => s));
      classes.push("k", index.statuses[status], ...(piece.ends === status ? ["end"] : []));
    }
    if (gold.length) classes.push("g");
    if (values.length) classes.push("v");
    if (lit || [...gold, ...said].some(([at]) => at === key)) classes.push("near");
    const named = (name, [at, status]) => `${name}: ${index.keys[at][1]} ${index.statuses[status]}`;
    const title = [
      ...gold.map((row) => named("gold", row)),
      ...said.map((row) => named(index.systems[system], row)),
      ...values.map(([at, value]) => `${labelOf(value)} of ${index.keys[at][1]}`),
    ].join(" · ");
    const tag = gold.length || said.length ? "mark" : "span";
    text.append(make(tag, { className: classes.join(" "), title }, report.text[n]));
  });
  return text;
}

// --- the findings of both sides beside each other
function cellOf(finding, report, other) {
  if (!finding) return make("td", { className: "none" }, "not mentioned");
  const [, status, , places, sizes] = finding;
  const name = index.statuses[status];
  const cell = make("td", {}, make("b", { className: `status ${name}` }, name));
  const theirs = new Set(valuesOf(other));
  for (const value of valuesOf(finding)) {
    const odd = !theirs.has(value) && other !== null;
    cell.append(make("span", { className: odd ? "value odd" : "value", title: value }, labelOf(value)));
  }
  if (sizes.length) cell.append(make("span", { className: "value size" }, sizes.join(", ")));
  if (!report.text && places.length) {
    const offsets = places.map(([from, to]) => `${report.cuts[from]}-${report.cuts[to]}`);
    cell.append(make("small", {}, offsets.join(" ")));
  }
  return cell;
}

function findingsOf(report, system, key) {
  const gold = new Map(report.gold.map((row) => [row[0], row]));
  const said = new Map(report.said[system].map((row) => [row[0], row]));
  const body = make("tbody");
  index.keys.forEach(([, label], at) => {
    if (!gold.has(at) && !said.has(at)) return;
    const row = make("tr", { className: at === key ? "chosen" : "" }, make("th", { scope: "row" }, label));
    row.append(cellOf(gold.get(at), report, null), cellOf(said.get(at), report, gold.get(at) ?? []));
    const missed = valuesOf(gold.get(at)).filter((value) => !valuesOf(said.get(at)).includes(value));
    if (missed.length && said.has(at)) {
      row.lastChild.append(make("span", { className: "value gone" }, `not: ${missed.map(labelOf).join(", ")}`));
    }
    body.append(row);
  });
  if (!body.children.length) return "";
  const head = ["Finding", "Gold", index.systems[system]].map((name) => make("th", { scope: "col" }, name));
  return make("table", { className: "sides-of" }, make("thead", {}, make("tr", {}, ...head)), body);
}

function sentencesOf(report, system, chosen) {
  if (!report.sentences.length) return "";
  const body = make("tbody");
  for (const [n, from, to, gold, said] of report.sentences) {
    const wrong = said[system] !== gold;
    const row = make("tr", { className: n === chosen ? "chosen" : "" }, make("th", { scope: "row" }, String(n)));
    row.append(make("td", {}, gold), make("td", { className: wrong ? "odd" : "" }, said[system] ?? "no label"));
    if (!report.text) row.append(make("td", {}, `${report.cuts[from]}-${report.cuts[to]}`));
    body.append(row);
  }
  const head = ["Sentence", "Gold", index.systems[system]].map((name) => make("th", { scope: "col" }, name));
  return make("table", { className: "sides-of" }, make("thead", {}, make("tr", {}, ...head)), body);
}

function traceOf(report, system, key) {
  if (key < 0) return "";
  const steps = report.why[system][index.keys[key][0]];
  const words = steps?.length ? steps.join("\n") : steps ? "The system saw no mention of it." : "";
  if (!words) return "";
  const heading = make("h4", {}, `How ${index.systems[system]} came to it: ${index.keys[key][1]}`);
  return make("div", { className: "trace" }, heading, make("pre", { tabIndex: 0 }, words));
}
