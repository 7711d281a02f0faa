// A lesson's page: running it in place, and reaching by keyboard whatever is wider than its column.

for (const button of document.querySelectorAll("button[data-run]")) {
  button.hidden = false;
  button.addEventListener("click", () => runHere(button), { once: true });
}

function runHere(button) {
  const frame = document.createElement("iframe");
  frame.className = "run-here";
  frame.title = button.dataset.title;
  frame.src = button.dataset.run;
  button.parentElement.after(frame);
  button.hidden = true;
  frame.focus();
}

function reachScrolled() {
  for (const box of document.querySelectorAll("pre, .cell_output, .table-wrapper, div.formula")) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  }
}

reachScrolled();
window.addEventListener("resize", reachScrolled);
