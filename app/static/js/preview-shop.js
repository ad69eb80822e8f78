// In the preview's own document: the language that is asked for, and the widget, which the page
// around it then talks to.

const embed = document.getElementById("earshot");
const locale = new URLSearchParams(location.search).get("locale") ?? "en";

document.documentElement.lang = embed.dataset.locale = locale;
document.documentElement.dir = locale === "ar" ? "rtl" : "ltr";

const widget = document.createElement("script");
widget.src = "/preview/widget.js";
widget.onload = () => parent.postMessage({ event: "ready" }, location.origin);
document.body.append(widget);
