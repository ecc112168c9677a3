// Opens reports in a headless Chromium: node check.mjs [--shots DIR] REPORT.html …
//
// Of each report, at the widths of a phone, a tablet and a desk, light and dark: nothing is said on the console, no request leaves the
// page, nothing overflows to the right, and axe-core finds nothing serious. On paper no chart is taller than a page, none is cut.
// Exit code 1 if anything was found. CHROMIUM names another browser than the one on the path.

import { createRequire } from "node:module";
import { mkdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const WIDTHS = [360, 768, 1440];
// A4 less the margins that page.css gives, in CSS pixels of 96 to an inch.
const PAGE_HEIGHT = ((297 - 2 * 18) / 25.4) * 96;
const PAGE_WIDTH = Math.floor(((210 - 2 * 16) / 25.4) * 96);

const args = process.argv.slice(2);
const shots = args[0] === "--shots" ? args.splice(0, 2)[1] : null;
if (shots) mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const findings = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const report of args) {
  const url = pathToFileURL(resolve(report)).href;
  const name = basename(dirname(resolve(report)));
  const find = (what) => findings.push(`${report}: ${what}`);
  for (const colorScheme of ["light", "dark"]) {
    for (const width of WIDTHS) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      page.on("console", (message) => find(`the console says: ${message.text()}`));
      page.on("pageerror", (error) => find(`an error: ${error.message}`));
      page.on("request", (request) => request.url() !== url && find(`it asks for ${request.url().slice(0, 200)}`));
      await page.goto(url);
      const wide = await page.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
      if (wide > 0) find(`at ${width} px it is ${wide} px too wide`);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run(document));
      for (const { id, impact, help, nodes } of violations) {
        if (impact === "serious" || impact === "critical") {
          find(`at ${width} px, ${colorScheme}: ${id}: ${help} (${nodes.length}, such as ${nodes[0].html.slice(0, 200)})`);
        }
      }
      if (shots) await page.screenshot({ path: join(shots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  }
  const page = await browser.newPage({ viewport: { width: PAGE_WIDTH, height: Math.floor(PAGE_HEIGHT) } });
  await page.goto(url);
  await page.emulateMedia({ media: "print" });
  const charts = await page.evaluate(() =>
    [...document.querySelectorAll("figure svg")].map((svg) => {
      const { width, height, right } = svg.getBoundingClientRect();
      return { width, height, right, whole: getComputedStyle(svg.closest("figure")).breakInside };
    }),
  );
  for (const { width, height, right, whole } of charts.filter(({ width }) => width > 0)) {
    if (height > PAGE_HEIGHT) find(`on paper a chart is ${Math.round(height)} px high, a page ${Math.round(PAGE_HEIGHT)}`);
    if (right > PAGE_WIDTH + 1) find(`on paper a chart of ${Math.round(width)} px is cut at the right`);
    if (whole !== "avoid") find("on paper a chart may be cut in two");
  }
  const pdf = await page.pdf({ path: shots ? join(shots, `${name}.pdf`) : undefined, preferCSSPageSize: true });
  if (pdf.length < 1000) find("it does not print");
  await page.close();
}
await browser.close();
const told = [...new Set(findings)];
told.forEach((finding) => console.error(finding));
console.log(`${args.length} reports looked at, ${told.length} findings`);
process.exit(told.length ? 1 : 0);
