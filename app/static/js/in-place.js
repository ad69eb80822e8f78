// hx-swap="inPlace": each row takes the place of the row that has its id, and what is focused in it
// stays so. Rows that are not here are none of the list's: so nothing that is being read moves.

let api;

htmx.registerExtension("in-place", {
  init: (internal) => (api = internal),
  handle_swap(style, list, fragment) {
    if (style !== "inPlace") return false;
    return [...fragment.children].map(put).filter(Boolean);
  },
});

function put(row) {
  const known = document.getElementById(row.id);
  if (!known) return undefined;
  const piece = document.createDocumentFragment();
  piece.append(row);
  api.morph(known, piece, false);
  return document.getElementById(row.id);
}
