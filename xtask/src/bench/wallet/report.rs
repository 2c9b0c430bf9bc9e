//! What was measured, as tables.

use serde::Deserialize;

use crate::{size::group, table};

/// A line of the measuring scripts.
#[derive(Debug, Deserialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(super) enum Line {
    /// How often one contender does one step in a second, in each run.
    Speed { runtime: String, subject: String, reference: bool, step: Step, rates: Vec<f64> },
    /// Milliseconds of each load: until it is imported, and until it has signed.
    Cold {
        runtime: String,
        subject: String,
        reference: bool,
        cache: String,
        imported: Vec<f64>,
        signed: Vec<f64>,
    },
    /// Before the import, after it, and after the work.
    Memory { runtime: String, subject: String, bare: Memory, imported: Memory, worked: Memory },
    /// Raw, gzip -9 and brotli 11 bytes of each file that was fetched, and of the others.
    Size { subject: String, covers: String, sizes: Vec<[u64; 3]>, others: Vec<[u64; 3]> },
}

/// What a wallet does with a challenge.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase")]
pub(super) enum Step {
    Open,
    Sign,
    OpenAndSign,
    Between,
    SignIn,
}

/// In bytes; what a runtime does not tell is absent.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Memory {
    resident: Option<u64>,
    heap: u64,
    external: u64,
    wasm: u64,
}

/// The tables of the lines, one for each thing that can be compared.
pub(super) fn render(lines: &[Line]) -> String {
    let mut titles: Vec<String> = Vec::new();
    for line in lines {
        let title = line.title();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let tables = titles.iter().map(|title| {
        let lines: Vec<_> = lines.iter().filter(|line| line.title() == *title).collect();
        format!("{title}\n{}\n", rows(&lines))
    });
    tables.collect()
}

impl Line {
    /// What it belongs to: lines of one title are compared.
    fn title(&self) -> String {
        match self {
            Self::Speed { runtime, step, .. } => format!("{}, {runtime}", step.title()),
            Self::Cold { runtime, cache, .. } => {
                format!("import to first signed challenge, in ms, {runtime}, {cache}")
            }
            Self::Memory { runtime, .. } => {
                format!("MiB after the import -> after 1,000 challenges, {runtime}")
            }
            Self::Size { .. } => "bytes of a little wallet, bundled and minified".to_owned(),
        }
    }
}

impl Step {
    const fn title(self) -> &'static str {
        match self {
            Self::Open => "open and verify a challenge",
            Self::Sign => "sign it",
            Self::OpenAndSign => "open, verify and sign",
            Self::Between => "from a challenge's arrival to the answer, within a sign-in",
            Self::SignIn => "sign in, both requests answered at once",
        }
    }
}

fn rows(lines: &[&Line]) -> String {
    match lines.first() {
        Some(Line::Speed { .. }) => speed(lines),
        Some(Line::Cold { .. }) => cold(lines),
        Some(Line::Memory { .. }) => memory(lines),
        Some(Line::Size { .. }) => sizes(lines),
        None => String::new(),
    }
}

fn speed(lines: &[&Line]) -> String {
    let against = lines.iter().find_map(|line| match line {
        Line::Speed { reference: true, rates, .. } => Some(rates),
        _ => None,
    });
    let heading = ["", "per second", "microseconds", "spread", "times as fast"].map(str::to_owned);
    let rows = lines.iter().filter_map(|line| match line {
        Line::Speed { subject, rates, .. } => Some([
            subject.clone(),
            whole(median(rates)),
            format!("{:.1}", 1e6 / median(rates)),
            spread(rates, whole),
            times(against.map(|against| pairwise(rates, against))),
        ]),
        _ => None,
    });
    table::render(&[heading].into_iter().chain(rows).collect::<Vec<_>>())
}

fn cold(lines: &[&Line]) -> String {
    let against = lines.iter().find_map(|line| match line {
        Line::Cold { reference: true, signed, .. } => Some(signed),
        _ => None,
    });
    let heading = ["", "import", "signed", "spread", "times as fast"].map(str::to_owned);
    let rows = lines.iter().filter_map(|line| match line {
        Line::Cold { subject, imported, signed, .. } => Some([
            subject.clone(),
            format!("{:.1}", median(imported)),
            format!("{:.1}", median(signed)),
            spread(signed, |time| format!("{time:.0}")),
            times(against.map(|against| pairwise(against, signed))),
        ]),
        _ => None,
    });
    table::render(&[heading].into_iter().chain(rows).collect::<Vec<_>>())
}

fn memory(lines: &[&Line]) -> String {
    let heading = ["", "resident", "heap", "external", "wasm"].map(str::to_owned);
    let both = |before: Option<u64>, after: Option<u64>| match (before, after) {
        (Some(before), Some(after)) => format!("{} -> {}", mebibytes(before), mebibytes(after)),
        _ => String::new(),
    };
    let row = |subject: &str, [before, after]: [&Memory; 2]| {
        [
            subject.to_owned(),
            both(before.resident, after.resident),
            both(Some(before.heap), Some(after.heap)),
            both(Some(before.external), Some(after.external)),
            both(Some(before.wasm), Some(after.wasm)),
        ]
    };
    let mut rows = vec![heading];
    for line in lines {
        if let Line::Memory { subject, bare, imported, worked, .. } = line {
            if rows.len() == 1 {
                rows.push(row("nothing imported", [bare, bare]));
            }
            rows.push(row(subject, [imported, worked]));
        }
    }
    table::render(&rows)
}

fn sizes(lines: &[&Line]) -> String {
    let heading = ["", "SEPs of its own", "files", "raw", "gzip -9", "brotli 11", "if needed"];
    let rows = lines.iter().filter_map(|line| match line {
        Line::Size { subject, covers, sizes, others } => {
            let sum = |files: &[[u64; 3]], kind: usize| {
                group(files.iter().map(|sizes| sizes[kind]).sum())
            };
            Some([
                subject.clone(),
                covers.replace(' ', ", "),
                sizes.len().to_string(),
                sum(sizes, 0),
                sum(sizes, 1),
                sum(sizes, 2),
                if others.is_empty() { String::new() } else { format!("+{}", sum(others, 2)) },
            ])
        }
        _ => None,
    });
    table::render(&[heading.map(str::to_owned)].into_iter().chain(rows).collect::<Vec<_>>())
}

/// The median of what the runs say one by one: those of one round were a moment apart, on a machine that was as busy for both.
fn pairwise(values: &[f64], against: &[f64]) -> f64 {
    let ratios: Vec<_> =
        values.iter().zip(against).map(|(value, against)| value / against).collect();
    median(&ratios)
}

/// The one in the middle, or the upper one of two.
fn median(values: &[f64]) -> f64 {
    sorted(values).get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn spread(values: &[f64], spell: impl Fn(f64) -> String) -> String {
    let sorted = sorted(values);
    match (sorted.first(), sorted.last()) {
        (Some(low), Some(high)) => format!("{}..{}", spell(*low), spell(*high)),
        _ => String::new(),
    }
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn times(ratio: Option<f64>) -> String {
    ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rates are positive and far below 2^53"
)]
fn whole(rate: f64) -> String {
    group(rate.round() as u64)
}

#[expect(clippy::cast_precision_loss, reason = "a tenth of a MiB is all that is shown")]
fn mebibytes(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / 1_048_576.0)
}

#[cfg(test)]
mod tests;
