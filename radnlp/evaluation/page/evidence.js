// --- evidence: words that a person selects in the text, as offsets in code points of the text as it was given
// What is selected now, or was before a finger went to a button: { at: number of the report, start, end }.
let picked = null;

function points(words) {
  let count = 0;
  for (const _ of words) count += 1; // a string is walked by code points; its length counts UTF-16 units
  return count;
}

// Where a place in a shown piece lies in the text. What is shown as something else is taken whole or not at all.
function offsetIn(report, piece, shown, isEnd) {
  let raw = report.cuts[piece];
  let left = shown;
  for (const [start, end, length] of report.altered ?? []) {
    if (start < raw || start >= report.cuts[piece + 1]) continue;
    if (left <= start - raw) break;
    left -= start - raw;
    if (left < length) return isEnd ? end : start;
    left -= length;
    raw = end;
  }
  return raw + left;
}

// The selected words of the report's text, or null. Each piece is one child of the text, with one string in it.
function selectedIn(text, report) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  let start = null;
  let end = null;
  text.childNodes.forEach((child, piece) => {
    if (!range.intersectsNode(child)) return;
    const words = child.firstChild ?? child;
    const from = range.startContainer === words ? range.startOffset : 0;
    const to = range.endContainer === words ? range.endOffset : words.data.length;
    if (from >= to) return;
    start ??= offsetIn(report, piece, points(words.data.slice(0, from)), false);
    end = offsetIn(report, piece, points(words.data.slice(0, to)), true);
  });
  if (start === null) return null;
  const signs = Array.from(rawOf(report));
  while (start < end && !signs[start].trim()) start += 1;
  while (start < end && !signs[end - 1].trim()) end -= 1;
  return start < end ? { start, end } : null;
}

function rawOf(report) {
  return report.raw ?? report.text.join("");
}

// The words of some offsets, for the eye: what acts on a screen is left out.
function wordsAt(report, start, end) {
  if (!report.text) return `${start}-${end}`;
  const words = Array.from(rawOf(report)).slice(start, end).join("").replace(/[\p{C}\s]+/gu, " ");
  return words.length > 60 ? `${Array.from(words).slice(0, 59).join("")}…` : words;
}

function pick() {
  const text = document.querySelector("#report .text");
  const at = Number(text?.dataset.report);
  const found = text && selectedIn(text, reportAt(at));
  if (found) picked = { at, ...found };
  return picked && picked.at === at ? picked : null;
}

function drawPicked() {
  const found = pick();
  for (const button of document.querySelectorAll("#report [data-attach]")) button.disabled = !found;
  const place = document.querySelector("#report .picked");
  if (place) {
    place.textContent = found
      ? `Selected: “${wordsAt(reportAt(found.at), found.start, found.end)}”`
      : "Select words in the text above to attach them to a finding.";
  }
}

// The evidence of one corrected finding: what is attached, each with a way to take it away, and a way to attach more.
function evidenceOf(report, key, finding, change) {
  const cell = make("div", { className: "evidence" });
  const set = (places) => change(key, { ...finding, places, own: true });
  for (const [start, end] of finding.places) {
    const words = wordsAt(report, start, end);
    const off = make("button", { type: "button", ariaLabel: `Not evidence: ${words}`, data: { control: `${key}` } }, "×");
    off.addEventListener("click", () => set(finding.places.filter(([from, to]) => from !== start || to !== end)));
    cell.append(make("span", { className: "chip" }, make("bdi", {}, words), off));
  }
  if (!report.text) return cell;
  const data = { attach: "", control: `${key} attach` };
  const attach = make("button", { type: "button", className: "plain small", disabled: true, data }, "+ selected words");
  // The press must not take the selection away before the click has read it.
  attach.addEventListener("mousedown", (event) => event.preventDefault());
  attach.addEventListener("click", () => {
    const found = pick();
    if (!found) return;
    const others = finding.places.filter(([start, end]) => end <= found.start || start >= found.end);
    picked = null;
    set([...others, [found.start, found.end]].sort(([one], [other]) => one - other));
  });
  cell.append(attach);
  return cell;
}

document.addEventListener("selectionchange", drawPicked);
