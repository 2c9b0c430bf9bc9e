//! The tests that there are, found in their sources.

/// The names of the tests in a source, as they can be named in the data.
pub fn tests(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".rs") { rust(text) } else { typescript(text) }
}

/// Functions under an attribute that makes them tests, and those listed in a `suite!`, which makes them tests of several.
fn rust(text: &str) -> Vec<String> {
    let mut attribute = false;
    let mut suite = false;
    let mut names = Vec::new();
    for line in text.lines().map(str::trim_start) {
        suite = (suite || line.starts_with("suite! {")) && !line.starts_with(")+}");
        if let Some(name) = line.strip_suffix(',').filter(|_| suite)
            && !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        {
            names.push(name.to_owned());
        }
        if ["#[test]", "#[tokio::test", "#[wasm_bindgen_test"].iter().any(|it| line.starts_with(it))
        {
            attribute = true;
        } else if let Some((before, after)) = line.split_once("fn ")
            && attribute
            && (before.is_empty() || before.ends_with(' '))
        {
            attribute = false;
            names.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

/// `test("…")` and `it("…")`, also with `.each(…)` before the title, below the titles of the `describe`s around them.
fn typescript(text: &str) -> Vec<String> {
    let mut around: Vec<(usize, String)> = Vec::new();
    let mut names = Vec::new();
    // A call whose title has not come yet: its table goes over several lines.
    let mut pending = None;
    let mut last = "";
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let begins = |word: &str| {
            code.strip_prefix(word).is_some_and(|rest| rest.starts_with(['(', '.', '<']))
        };
        let title = if begins("describe") || begins("test") || begins("it") {
            around.retain(|(outer, _)| *outer < indent);
            pending = Some((indent, code.starts_with("describe")));
            title(code)
        } else if code.starts_with([']', ')']) {
            code.find(")(").and_then(|end| title(&code[end + 1..]))
        } else if last.ends_with(")(") {
            title(&format!("({code}"))
        } else {
            None
        };
        last = code;
        if let (Some(title), Some((indent, is_group))) = (title, pending) {
            pending = None;
            if is_group {
                around.push((indent, title));
            } else {
                let path = around.iter().map(|(_, title)| title.as_str()).chain([title.as_str()]);
                names.push(path.collect::<Vec<_>>().join(" > "));
            }
        }
    }
    names
}

/// The first string after the last `(` that is followed by a quote.
fn title(code: &str) -> Option<String> {
    let quotes = ["(\"", "(`"];
    let call = match code.find(".each") {
        // The table may hold strings as well: the title comes after its end.
        Some(each) => {
            let end = [")(\"", ")(`"].iter().find_map(|end| code[each..].rfind(end))?;
            &code[each + end + 1..]
        }
        None => &code[quotes.iter().filter_map(|quote| code.find(quote)).min()?..],
    };
    let quote = call.as_bytes().get(1).copied().map(char::from)?;
    let mut title = String::new();
    let mut characters = call.chars().skip(2);
    while let Some(c) = characters.next() {
        match c {
            '\\' => title.extend(characters.next()),
            c if c == quote => return Some(title),
            c => title.push(c),
        }
    }
    None
}
