// --- which split is on the page
{
  const group = document.querySelector(".switch");
  const show = (split) => {
    for (const part of document.querySelectorAll(".part")) part.hidden = part.dataset.split !== split;
    for (const button of group.children) button.setAttribute("aria-pressed", String(button.dataset.split === split));
  };
  if (group) {
    group.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) show(button.dataset.split);
    });
    show(group.querySelector('[aria-pressed="true"]').dataset.split);
    group.hidden = false;
  }
}

// --- elements, made without any markup in strings
function make(tag, properties = {}, ...children) {
  const { data = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}
