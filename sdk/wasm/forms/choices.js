import { keyOf, readable } from "./names.js";

/** ISO 3166-1: each country in two letters and in three. */
const COUNTRIES =
    "ADANDAEAREAFAFGAGATGAIAIAALALBAMARMAOAGOAQATAARARGASASMATAUTAUAUSAWABWAXALAAZAZEBABIHBBBRBBDBGDBEBELBFBFABGBGR" +
    "BHBHRBIBDIBJBENBLBLMBMBMUBNBRNBOBOLBQBESBRBRABSBHSBTBTNBVBVTBWBWABYBLRBZBLZCACANCCCCKCDCODCFCAFCGCOGCHCHECICIV" +
    "CKCOKCLCHLCMCMRCNCHNCOCOLCRCRICUCUBCVCPVCWCUWCXCXRCYCYPCZCZEDEDEUDJDJIDKDNKDMDMADODOMDZDZAECECUEEESTEGEGYEHESH" +
    "ERERIESESPETETHFIFINFJFJIFKFLKFMFSMFOFROFRFRAGAGABGBGBRGDGRDGEGEOGFGUFGGGGYGHGHAGIGIBGLGRLGMGMBGNGINGPGLPGQGNQ" +
    "GRGRCGSSGSGTGTMGUGUMGWGNBGYGUYHKHKGHMHMDHNHNDHRHRVHTHTIHUHUNIDIDNIEIRLILISRIMIMNININDIOIOTIQIRQIRIRNISISLITITA" +
    "JEJEYJMJAMJOJORJPJPNKEKENKGKGZKHKHMKIKIRKMCOMKNKNAKPPRKKRKORKWKWTKYCYMKZKAZLALAOLBLBNLCLCALILIELKLKALRLBRLSLSO" +
    "LTLTULULUXLVLVALYLBYMAMARMCMCOMDMDAMEMNEMFMAFMGMDGMHMHLMKMKDMLMLIMMMMRMNMNGMOMACMPMNPMQMTQMRMRTMSMSRMTMLTMUMUS" +
    "MVMDVMWMWIMXMEXMYMYSMZMOZNANAMNCNCLNENERNFNFKNGNGANINICNLNLDNONORNPNPLNRNRUNUNIUNZNZLOMOMNPAPANPEPERPFPYFPGPNG" +
    "PHPHLPKPAKPLPOLPMSPMPNPCNPRPRIPSPSEPTPRTPWPLWPYPRYQAQATREREUROROURSSRBRURUSRWRWASASAUSBSLBSCSYCSDSDNSESWESGSGP" +
    "SHSHNSISVNSJSJMSKSVKSLSLESMSMRSNSENSOSOMSRSURSSSSDSTSTPSVSLVSXSXMSYSYRSZSWZTCTCATDTCDTFATFTGTGOTHTHATJTJKTKTKL" +
    "TLTLSTMTKMTNTUNTOTONTRTURTTTTOTVTUVTWTWNTZTZAUAUKRUGUGAUMUMIUSUSAUYURYUZUZBVAVATVCVCTVEVENVGVGBVIVIRVNVNMVUVUT" +
    "WFWLFWSWSMYEYEMYTMYTZAZAFZMZMBZWZWE";

/** Codes of ISO 639-1 that were withdrawn and that browsers still have names for. */
const WITHDRAWN = ["bh", "sh"];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];
const known = new Map();

export function countries(lang, letters = 3) {
    return once(`${lang} ${letters}`, () => {
        const name = namesOf(lang, "region");
        const codes = COUNTRIES.match(/.{5}/g).map((pair) => [pair.slice(0, 2), pair.slice(2)]);
        return sorted(lang, codes.map(([two, three]) => ({ value: letters === 2 ? two : three, label: name(two) })));
    });
}

export function languages(lang) {
    return once(lang, () => {
        const name = namesOf(lang, "language");
        const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(isCurrent);
        const choices = codes.map((value) => ({ value, label: name(value) })).filter(({ value, label }) => value !== label);
        // Twi (`tw`) has the name of Akan (`ak`), of which it is a part.
        return sorted(lang, choices.filter(({ label }, i) => choices.findIndex((other) => other.label === label) === i));
    });
}

/** What a field lets choose among, with labels; nothing if it takes any value. */
export function choicesOf({ choices }, field, texts) {
    const all = listOf(field, texts.lang);
    // Some anchors write countries in two letters where SEP-9 has three.
    const others = field?.format === "iso3166_alpha3" ? countries(texts.lang, 2) : undefined;
    if (!choices?.length) return all ?? field?.choices?.map((value) => ({ value, label: labelled(value, field, texts) }));
    const nameIn = (list, value) => list?.find((choice) => choice.value === value)?.label;
    const label = (value) => nameIn(all, value) ?? nameIn(others, value) ?? labelled(value, field, texts);
    return choices.map((value) => ({ value, label: label(value) }));
}

function listOf(field, lang) {
    switch (field?.format) {
        case "iso3166_alpha3":
            return countries(lang);
        case "iso3166_alpha2":
            return countries(lang, 2);
        case "iso639_1":
            return languages(lang);
        default:
            return undefined;
    }
}

function labelled(value, field, { choices }) {
    return (field && choices[`${keyOf(field)}-${value}`]) ?? readable(value);
}

/** Whether a code is in use. Most of those that were withdrawn have others in their place. */
function isCurrent(code) {
    return !WITHDRAWN.includes(code) && Intl.getCanonicalLocales(code)[0] === code;
}

/** Names in a language; the code itself where there is none. */
function namesOf(lang, type) {
    const names = new Intl.DisplayNames([lang], { type, fallback: "code" });
    return (code) => names.of(code) ?? code;
}

function sorted(lang, choices) {
    const { compare } = new Intl.Collator(lang);
    return choices.sort((a, b) => compare(a.label, b.label));
}

/** A list is made once: hundreds of names are sorted. */
function once(key, make) {
    if (!known.has(key)) known.set(key, make());
    return known.get(key);
}
