import type { Anchor } from "windlass";

import { anchorName } from "../anchor";
import { h } from "../dom";
import { forget } from "../key";
import { leave, saved } from "../state";
import { goTo } from "../step";

/** Where an accepted customer goes from here. */
export function nextSteps(anchor: Anchor): HTMLElement {
  const url = elsewhere(anchor.info.organization.url);
  const again = h("button", { type: "button", class: url ? "" : "primary", "data-testid": "start-over" }, "Start over with another wallet");
  again.addEventListener("click", () => {
    forget();
    goTo("key");
  });
  return h(
    "div",
    { class: "row next", "data-testid": "next" },
    url && h("a", { class: "button primary", href: url, target: "_blank", rel: "noopener" }, `Continue to ${anchorName(anchor)}`),
    again,
  );
}

/** Where a customer goes whom the anchor has turned down. */
export function elsewhereStep(): HTMLElement {
  const other = h("button", { type: "button", class: "primary", "data-testid": "other-anchor" }, "Choose another anchor");
  other.addEventListener("click", () => {
    saved.forget("home-domain");
    leave({ anchor: undefined });
    goTo("anchor");
  });
  return h("div", { class: "row next" }, other);
}

/** An address that is not this page, as the sandbox's is. */
function elsewhere(address: string | undefined): string | undefined {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.origin !== location.origin ? url.href : undefined;
}
