// The two faces, cut down to the letters and weights the house uses: 60 kB instead of 80 on a first visit, and a
// name from Łódź or Brno costs 28 kB more instead of 100. File names and ranges are those of scss/_fonts.scss.
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import subsetFont from "subset-font";

const between = (first, last) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join("");

const LETTERS = {
  latin:
    between(0x20, 0x7e) +
    between(0xa0, 0xff) +
    "\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e" +
    "\u2020\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2190\u2191\u2192\u2193\u2212\u2248\u2260\u2264\u2265",
  "latin-ext": between(0x100, 0x130) + between(0x132, 0x151) + between(0x154, 0x17f) + between(0x218, 0x21b) + "\u1e9e",
};
const FACES = ["source-serif-4", "source-sans-3"];

export async function cutFonts(modules, target) {
  await mkdir(target, { recursive: true });
  for (const face of FACES) {
    for (const [range, letters] of Object.entries(LETTERS)) {
      const name = `${face}-${range}-wght-normal.woff2`;
      const whole = await readFile(path.join(modules, "@fontsource-variable", face, "files", name));
      const options = { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 700 } } };
      await writeFile(path.join(target, name), await subsetFont(whole, letters, options));
    }
  }
}

// What paper is set in where the fonts that typst brings have no letters, a folder for each script (`ui/paper.py` says by
// which letters it is opened). Whole, as nobody knows what will be written; a PDF takes along only the letters it uses.
// Beside the static files, not among them: no page loads them.
const PAPER = {
  arabic: ["noto-naskh-arabic", "NotoNaskhArabic"],
  japanese: ["noto-sans-jp", "NotoSansJP"],
  korean: ["noto-sans-kr", "NotoSansKR"],
  thai: ["noto-sans-thai", "NotoSansThai"],
  devanagari: ["noto-sans-devanagari", "NotoSansDevanagari"],
  bengali: ["noto-sans-bengali", "NotoSansBengali"],
  gurmukhi: ["noto-sans-gurmukhi", "NotoSansGurmukhi"],
  gujarati: ["noto-sans-gujarati", "NotoSansGujarati"],
  tamil: ["noto-sans-tamil", "NotoSansTamil"],
  ethiopic: ["noto-sans-ethiopic", "NotoSansEthiopic"],
  emoji: ["noto-emoji", "NotoEmoji"],
};

export async function layOutPaperFonts(modules, target) {
  await rm(target, { recursive: true, force: true });
  for (const [script, [name, face]] of Object.entries(PAPER)) {
    const [from, into] = [path.join(modules, "@expo-google-fonts", name), path.join(target, script)];
    await mkdir(into, { recursive: true });
    for (const weight of ["400Regular", "700Bold"]) {
      await copyFile(path.join(from, weight, `${face}_${weight}.ttf`), path.join(into, `${face}_${weight}.ttf`));
    }
    await copyFile(path.join(from, "LICENSE_FONT"), path.join(into, `${face}_LICENSE`));
  }
}
