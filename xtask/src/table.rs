//! Plain tables for the terminal.

/// Prints rows under a header; columns whose header starts with `>` are set flush right.
pub(crate) fn print(header: &[&str], rows: &[Vec<String>]) {
    let titles: Vec<&str> = header
        .iter()
        .map(|title| title.trim_start_matches('>'))
        .collect();
    let mut widths: Vec<usize> = titles.iter().map(|title| title.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |cells: &[&str]| {
        let mut text = String::new();
        for ((cell, width), title) in cells.iter().zip(&widths).zip(header) {
            let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
            let (before, after) = if title.starts_with('>') {
                (gap.as_str(), "")
            } else {
                ("", gap.as_str())
            };
            text.push_str(&format!("  {before}{cell}{after}"));
        }
        println!("{}", text.trim_end());
    };
    line(&titles);
    let rules: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    line(&rules.iter().map(String::as_str).collect::<Vec<_>>());
    for row in rows {
        line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// Bytes as kB with one decimal (1 kB = 1,000 bytes).
pub(crate) fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}
