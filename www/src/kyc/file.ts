import { checkFile } from "windlass";
import type { Sep9Field } from "windlass/sep9";

import { fill, h, icon } from "../dom";
import type { Input } from "./input";
import { size } from "./wording";

/** The largest file that an anchor can be expected to accept (S12-112). If its limit is lower, it says so. */
const MOST = 10_000_000;

/** An input for a photo or a document, with a preview. */
export function fileInput(attributes: Record<string, string | undefined>, field: Sep9Field | undefined): Input {
  const media = field?.media ?? [];
  const target = h("input", { ...attributes, type: "file", class: "unseen", accept: media.join(",") || undefined });
  const prompt = h("span", {}, `Choose a file${media.length > 0 ? ` (${media.map(short).join(", ")})` : ""}`);
  const shown = h("div", { class: "file" });
  let flaw: string | undefined;

  const draw = (): void => {
    const file = target.files?.[0];
    const button = h("label", { class: "file-button", for: attributes["id"] }, icon("file"), file ? "Choose another" : prompt);
    fill(shown, target, file && preview(file, remove), button);
  };
  const changed = async (): Promise<void> => {
    const file = target.files?.[0];
    draw();
    target.focus();
    flaw = file && (await flawOf(file, attributes["name"], field));
    // Tells the form to validate again, now that the file is read.
    target.dispatchEvent(new Event("checked", { bubbles: true }));
  };
  const remove = (): void => {
    target.value = "";
    void changed();
  };
  target.addEventListener("change", () => void changed());
  draw();
  return { target, shown, given: () => target.files?.[0], flaw: () => flaw };
}

async function flawOf(file: File, name: string | undefined, field: Sep9Field | undefined): Promise<string | undefined> {
  if (file.size === 0) return "must not be empty";
  if (file.size > MOST) return `must be at most ${size(MOST)}, and this file has ${size(file.size)}`;
  if (name === undefined || !field) return undefined;
  try {
    return checkFile(name, new Uint8Array(await file.arrayBuffer()))?.message;
  } catch {
    return "must be a file that can be read";
  }
}

function preview(file: File, remove: () => void): HTMLElement {
  const button = h("button", { type: "button", class: "quiet", onclick: remove }, "Remove");
  return h(
    "div",
    { class: "file-chosen" },
    thumbnail(file),
    h("span", { class: "file-name" }, file.name, h("span", { class: "hint" }, size(file.size))),
    button,
  );
}

function thumbnail(file: File): Element {
  if (!/^image\/(jpeg|png)$/.test(file.type)) return icon("file");
  const url = URL.createObjectURL(file);
  const image = h("img", { src: url, alt: `Preview of ${file.name}`, class: "thumbnail" });
  image.addEventListener("load", () => URL.revokeObjectURL(url));
  image.addEventListener("error", () => {
    URL.revokeObjectURL(url);
    image.replaceWith(icon("file"));
  });
  return image;
}

function short(media: string): string {
  return media.replace(/^.*\//, "").replace("quicktime", "mov").toUpperCase();
}
