//! Removes personal data from error texts, for the log and the database.

/// The longest stored reason, in characters.
const MAX: usize = 200;

/// Redacts the reason for a failure. Error texts often quote the message, its address or the code.
/// This replaces the texts in `private`, and everything that looks like an e-mail address or a long
/// number. In `private`, a text must come before the texts that it contains.
pub(crate) fn without_personal_data(reason: &str, private: &[&str]) -> String {
    let mut reason = reason.to_owned();
    for private in private {
        if !private.is_empty() {
            reason = reason.replace(private, "…");
        }
    }
    let words = reason.split_whitespace().map(|word| if word.contains('@') { "…" } else { word });
    hide_numbers(&words.collect::<Vec<_>>().join(" ")).chars().take(MAX).collect()
}

/// Replaces runs of more than three digits, also with blanks, dots, dashes and brackets between
/// them. HTTP statuses stay.
fn hide_numbers(text: &str) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        shown.push_str(&rest[..start]);
        let run = &rest[start..];
        let end =
            run.find(|c: char| !(c.is_ascii_digit() || " .-()/".contains(c))).unwrap_or(run.len());
        let end = run[..end].rfind(|c: char| c.is_ascii_digit()).map_or(end, |last| last + 1);
        let digits = run[..end].bytes().filter(u8::is_ascii_digit).count();
        shown.push_str(if digits > 3 { "…" } else { &run[..end] });
        rest = &run[end..];
    }
    shown + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_contain_no_address_code_or_message() {
        let private = ["Your code is 123456.", "+14155552671", "123456"];
        for (reason, kept) in [
            ("503 Service Unavailable", "503 Service Unavailable"),
            ("cannot reach +14155552671: HTTP 400", "cannot reach …: HTTP 400"),
            ("to=4155552671 refused", "to=… refused"),
            ("(415) 555-2671 is no mobile", "(… is no mobile"),
            ("415 555 2671 is no mobile", "… is no mobile"),
            ("refused \"Your code is 123456.\"", "refused \"…\""),
            ("code=123456", "code=…"),
            ("no such user ada@mail.example, sorry", "no such user … sorry"),
            ("", ""),
        ] {
            assert_eq!(without_personal_data(reason, &private), kept);
        }
        assert_eq!(without_personal_data(&"é".repeat(500), &private).chars().count(), 200);
    }
}
