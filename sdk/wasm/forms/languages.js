import { ar } from "./ar.js";
import { en } from "./en.js";
import { es } from "./es.js";
import { fr } from "./fr.js";
import { pt } from "./pt.js";

export function formTexts(languages) {
    for (const language of [languages].flat()) {
        const [code] = language.toLowerCase().split(/[-_]/);
        const texts = [ar, en, es, fr, pt].find(({ lang }) => lang === code);
        if (texts) return texts;
    }
    return en;
}
