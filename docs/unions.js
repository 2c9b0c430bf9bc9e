// A plug-in of TypeDoc: the documentation of each word of a union, as a list. The Markdown plug-in leaves it out.
import { Converter, ReflectionKind } from "typedoc";

/** Called by TypeDoc. */
export function load(app) {
    app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
        for (const { comment, type } of project.getReflectionsByKind(ReflectionKind.TypeAlias)) {
            if (type?.type !== "union" || !type.elementSummaries || !comment) continue;
            const text = (text) => ({ kind: "text", text });
            comment.summary.push(text("\n"));
            type.types.forEach(({ value }, i) => {
                comment.summary.push(text("\n- "), { kind: "code", text: `\`${value}\`` }, text(": "), ...type.elementSummaries[i]);
            });
        }
    });
}
