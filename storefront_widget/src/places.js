/** Whether cards are shown on a page of this type, at this path; `matches` asks a media query. */
export const isPlace = ({ phone, devices, pages, paths }, page, path, matches) =>
  devices.includes(matches(phone) ? "phone" : "desktop") && RegExp(pages).test(page) &&
  RegExp(paths, "i").test(path);
