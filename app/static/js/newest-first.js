// hx-swap="newestFirst": each row goes where it belongs by its <time>, or in place of the row that
// has its id. So a message may arrive twice, late, or about a row that is not here, and the list is
// still what a reload would show. Beyond data-keep="50" rows it drops the oldest.

htmx.registerExtension("newest-first", {
  handle_swap(style, list, fragment) {
    if (style !== "newestFirst") return false;
    const rows = [...fragment.children];
    for (const row of rows) put(row, list);
    for (const row of [...list.children].slice(Number(list.dataset.keep))) row.remove();
    return rows;
  },
});

function put(row, list) {
  const known = document.getElementById(row.id);
  if (known) replace(known, row);
  else insert(row, list);
}

function replace(known, row) {
  const focused = known.contains(document.activeElement) && document.activeElement.id;
  known.replaceWith(row);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

function insert(row, list) {
  const older = [...list.children].find((each) => moment(each) <= moment(row));
  list.insertBefore(row, older ?? null);
  row.classList.add("row--arrived");
}

function moment(row) {
  return Date.parse(row.querySelector("time").dateTime);
}
