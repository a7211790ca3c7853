//! What the command prints: short lines in columns, or JSON.

use serde::Serialize;

/// JSON for programs, else what `people` makes of it.
pub(super) fn answer<T: Serialize>(json: bool, value: &T, people: impl FnOnce(&T)) {
    if json {
        let text = serde_json::to_string_pretty(value).expect("answers have text keys");
        println!("{text}");
    } else {
        people(value);
    }
}

/// Rows in columns, each as wide as its widest cell.
pub(super) fn columns(rows: &[Vec<String>]) {
    print!("{}", aligned(rows));
}

fn aligned(rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        for (i, cell) in row.iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(i) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(&format!("{cell:width$}  "));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell_and_lines_have_no_tail() {
        let rows = [
            vec!["a".into(), "Café".into()],
            vec!["long".into(), "b".into()],
        ];
        assert_eq!(aligned(&rows), "a     Café\nlong  b\n");
    }
}
