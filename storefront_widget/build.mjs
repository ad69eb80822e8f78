// Bundles src/ into the one file that shops load. `--check` proves that the committed file is it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build, transform } from "esbuild";
import { minify } from "terser";

const LIMIT = 5_000;
const here = dirname(fileURLToPath(import.meta.url));
const { version } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const target = join(here, "extension", "assets", `earshot-${version}.js`);

const minifiedStyles = {
  name: "minified-styles",
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true });
      return { contents: code.trim(), loader: "text" };
    });
  },
};

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", "main.js")],
    bundle: true,
    minifySyntax: true,
    format: "iife",
    target: "es2021",
    charset: "utf8",
    plugins: [minifiedStyles],
    write: false,
  });
  return smaller(outputFiles[0].text);
}

/** terser gains 250 bytes on what esbuild alone would make of it. */
async function smaller(bundled) {
  const compress = { passes: 2, inline: 1, unsafe_arrows: true }; // nothing of ours is called with new
  const format = { ascii_only: true }; // right in whatever encoding the page has
  const { code } = await minify(bundled, { ecma: 2021, toplevel: true, compress, format });
  return `/* Earshot ${version}, MIT */\n${code}\n`;
}

function isCommitted(code) {
  try {
    return readFileSync(target, "utf8") === code;
  } catch {
    return false;
  }
}

const code = await bundle();
const size = gzipSync(code, { level: 9 }).length;
console.log(`earshot-${version}.js: ${size} bytes gzipped, at most ${LIMIT}`);
if (size > LIMIT) process.exit(1);
if (!process.argv.includes("--check")) {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, code);
} else if (!isCommitted(code)) {
  console.error("The committed file is not what its source builds: run `npm run build`.");
  process.exit(1);
}
