// Builds what the pages need into src/alongside/ui/static/ui/dist/: style, fonts, htmx, idiomorph and an icon sprite.
// The fonts of paper go into src/alongside/ui/paper_fonts/.
// Nothing third-party is committed: it comes from node_modules, at the versions of package-lock.json.
import { access, copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";
import { cutFonts, layOutPaperFonts } from "./fonts.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const ui = join(root, "src/alongside/ui");
const dist = join(ui, "static/ui/dist");

async function style() {
  const { css } = compile(join(ui, "scss/main.scss"), {
    style: "compressed",
    loadPaths: [modules],
    // Bootstrap 5.3 is still written with @import; what Sass says about that is for its authors.
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  await writeFile(join(dist, "main.css"), css);
  return css;
}

// A style that names a font nobody made would show as a wrong face only to people; here it stops the build.
async function fonts(css) {
  await cutFonts(modules, join(dist, "fonts"));
  for (const [, name] of css.matchAll(/fonts\/([a-z0-9-]+\.woff2)/g)) await access(join(dist, "fonts", name));
}

async function icons() {
  const names = (await readFile(join(root, "assets/icons.txt"), "utf8")).split(/\s+/).filter(Boolean);
  const symbols = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const svg = await readFile(join(modules, "bootstrap-icons/icons", `${name}.svg`), "utf8");
      const inside = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").trim();
      return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${inside}</symbol>`;
    }),
  );
  await writeFile(
    join(dist, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`,
  );
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await fonts(await style());
await icons();
await layOutPaperFonts(modules, join(ui, "paper_fonts"));
for (const script of ["htmx.org/dist/htmx.min.js", "idiomorph/dist/idiomorph.min.js"]) {
  await copyFile(join(modules, script), join(dist, script.split("/").at(-1)));
}
