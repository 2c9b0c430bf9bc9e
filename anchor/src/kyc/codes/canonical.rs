//! One form for all spellings of a phone number or mailbox, for limits. Never for sending.

/// The canonical form. Phone numbers are canonical already (E.164).
///
/// Many providers deliver `ada+anything@` to `ada@`, and Gmail ignores dots. For a provider that does
/// not, different mailboxes share a limit.
pub(super) fn destination(address: &str) -> String {
    let address = address.trim().to_lowercase();
    let Some((name, domain)) = address.rsplit_once('@') else { return address };
    let name = match name.split('+').next() {
        Some(name) if !name.is_empty() => name,
        _ => name,
    };
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", name.replace('.', "")),
        _ => format!("{name}@{domain}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_destination_are_equal() {
        for (spelling, expected) in [
            ("+441632960001", "+441632960001"),
            ("Ada@Mail.Example", "ada@mail.example"),
            ("ada+1@mail.example", "ada@mail.example"),
            ("ada+1+2@mail.example", "ada@mail.example"),
            ("a.d.a@mail.example", "a.d.a@mail.example"),
            ("a.d.a+x@gmail.com", "ada@gmail.com"),
            ("ada@googlemail.com", "ada@gmail.com"),
            ("+@mail.example", "+@mail.example"),
            ("\"a@b+c\"@mail.example", "\"a@b@mail.example"),
        ] {
            assert_eq!(destination(spelling), expected, "{spelling}");
        }
    }
}
