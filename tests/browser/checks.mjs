//! What the page must do with any words at all: Discord's Markdown, hostile names, both languages complete.

import { must } from "./support.mjs";

const CASES = [
  ["**a** *b* _c_ __d__ ~~e~~", '<div class="para"><strong>a</strong> <em>b</em> <em>c</em> <u>d</u> <s>e</s></div>'],
  ["***both*** snake_case_name 2*3*4", '<div class="para"><strong><em>both</em></strong> snake_case_name 2<em>3</em>4</div>'],
  ["`**x**` \\*y\\*", '<div class="para"><code class="inline-code">**x**</code> *y*</div>'],
  ["<img src=x onerror=alert(1)>", '<div class="para">&lt;img src=x onerror=alert(1)&gt;</div>'],
  ["[a](javascript:alert(1))", '<div class="para">[a](javascript:alert(1))</div>'],
  ["> a\n> b\nc", '<blockquote><div class="para">a\nb</div></blockquote><div class="para">c</div>'],
  [">>> a\nb", '<blockquote><div class="para">a\nb</div></blockquote>'],
  ["- a\n  - b\n1. c", "<ul><li>a<ul><li>b</li></ul></li></ul><ol start=\"1\"><li>c</li></ol>"],
  ["```\n<b> & **c**\n```", '<pre class="code" tabindex="0"><code>&lt;b&gt; &amp; **c**</code></pre>'],
  ["# Đầu đề", '<div class="heading heading-1" role="heading" aria-level="3">Đầu đề</div>'],
];

/** Reads Markdown in the page itself and compares what it becomes. */
export async function markdown({ page }) {
  const wrong = await page.evaluate(async (cases) => {
    const reader = await import("/web/markdown.js");
    return cases.flatMap(([words, wanted]) => {
      const box = document.createElement("div");
      box.append(reader.markdown(words));
      return box.innerHTML === wanted ? [] : [`${words} became ${box.innerHTML}`];
    });
  }, CASES);
  must(wrong.length === 0, wrong.join("\n"));
}

/** Moments are written by the simulated clock, in the reader's language and the desk's zone. */
export async function moments({ page }) {
  const told = await page.evaluate(async () => {
    const clock = await import("/web/clock.js");
    const words = await import("/web/words.js");
    const instant = Date.UTC(2026, 10, 23, 1, 2, 10);
    const before = words.language();
    const real = clock.now();
    const speed = clock.speed();
    clock.sync({ now_ms: instant - 14 * 60_000, speed: 0 });
    const written = ["vi", "en"].flatMap((language) => {
      words.setLanguage(language);
      return ["t", "d", "R"].map((style) => clock.stamp(instant, style));
    });
    words.setLanguage(before);
    clock.sync({ now_ms: real, speed });
    return written.join(" | ");
  });
  must(told === "08:02 | 23/11/2026 | sau 14 phút nữa | 08:02 | 23/11/2026 | in 14 minutes", `moments were written as ${told}`);
}

/** Every sentence exists in both languages. */
export async function languages({ page }) {
  const [vi, en] = await page.evaluate(async () => {
    const words = await import("/web/words.js");
    return [words.keys("vi"), words.keys("en")];
  });
  must(vi.join() === en.join(), `a sentence exists in one language only: ${[...vi, ...en].filter((key) => !vi.includes(key) || !en.includes(key))}`);
}
