//! Tables for the terminal.

/// Lays `rows` out in columns, the first left-aligned, the others right-aligned. The first row is
/// the heading.
pub(crate) fn render<const N: usize>(rows: &[[String; N]]) -> String {
    let width =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        text.push_str(cells.collect::<Vec<_>>().join("   ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows =
            [["part", "tests", "time"], ["lint", "", "9.1 s"], ["postgres", "1204", "1 min 2 s"]];
        let rows = rows.map(|row| row.map(str::to_owned));
        assert_eq!(
            render(&rows),
            "part       tests        time\n\
             lint                   9.1 s\n\
             postgres    1204   1 min 2 s\n"
        );
    }
}
