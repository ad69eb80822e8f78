// Asks Shopify's own theme check about the theme app extension. Without the network it goes by the
// documentation of Liquid that it brings along.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { check } from "@shopify/theme-check-node";

const here = dirname(fileURLToPath(import.meta.url));
const offenses = await check(join(here, "extension"), join(here, ".theme-check.yml"));
for (const { check, uri, start, message } of offenses)
  console.error(`${uri.split("/").slice(-2).join("/")}:${start.line + 1} ${check}: ${message}`);
console.log(`extension: ${offenses.length} offenses against theme-check:theme-app-extension`);
process.exit(offenses.length ? 1 : 0);
