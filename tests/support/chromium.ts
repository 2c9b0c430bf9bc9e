// Debian's Chromium, controlled by Playwright.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { ROOT } from "./server.js";

export const BINARY = process.env["WINDLASS_CHROMIUM"] ?? "/usr/bin/chromium";

export const FLAGS =
  process.env["WINDLASS_CHROMIUM_FLAGS"] ??
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking " +
    "--disable-component-update --disable-sync";

const SCREENSHOTS = join(process.env["WINDLASS_ARTEFACTS"] ?? join(ROOT, "target/artefacts"), "screenshots");

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: BINARY, args: FLAGS.split(" ") });
}

/** Chromium with an extension in it: that needs a profile, and the new headless mode. */
export function launchWithExtension(extension: string, profile: string): Promise<BrowserContext> {
  const args = FLAGS.split(" ").filter((flag) => !flag.startsWith("--headless"));
  args.push("--headless=new", `--disable-extensions-except=${extension}`, `--load-extension=${extension}`);
  const ignoreDefaultArgs = ["--disable-extensions", "--headless"];
  return chromium.launchPersistentContext(profile, { executablePath: BINARY, args, ignoreDefaultArgs });
}

/** An empty tab, and the errors that have occurred in it. */
export class Tab {
  /** Errors of the page: exceptions, logged errors, violations of its content security policy. */
  readonly faults: string[] = [];
  /** What it prints on its console. */
  readonly printed: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.setDefaultTimeout(15_000);
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      this.printed.push(message.text());
      // Chromium logs every answer with an error status.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) this.faults.push(message.text());
    });
  }

  static async open(browser: Browser, width = 1280): Promise<Tab> {
    const viewport = { width, height: width < 600 ? 844 : 900 };
    const context = await browser.newContext({ viewport, locale: "en-GB", timezoneId: "UTC", reducedMotion: "reduce" });
    return new Tab(context, await context.newPage());
  }

  /** The control that the page marks with this id. */
  get(id: string) {
    return this.page.getByTestId(id);
  }

  /** A screenshot of the whole page, or of the window if a dialog covers the page. */
  async picture(name: string, fullPage = true): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    const width = this.page.viewportSize()?.width;
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}.png`), fullPage });
  }

  /** How far the page is wider than the window, in pixels. */
  overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  }
}
