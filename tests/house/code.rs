//! Rust text without what is no code: comments and the insides of strings become blanks, so that
//! a rule that looks for a word does not find it in a sentence. Lines and columns stay.

/// What to blank out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blank {
    /// Comments only.
    Comments,
    /// Comments and what stands between quotes.
    CommentsAndStrings,
}

/// The text with everything blanked that is no code.
pub(crate) fn only(text: &str, blank: Blank) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let (taken, keep) = next(rest);
        let (piece, tail) = rest.split_at(taken);
        match keep {
            Piece::Code => out.push_str(piece),
            Piece::String if blank == Blank::Comments => out.push_str(piece),
            Piece::String => blanked(&mut out, piece, '"'),
            Piece::Comment => blanked(&mut out, piece, ' '),
        }
        rest = tail;
    }
    out
}

/// The part that is no test: what stands before the module of unit tests, which by custom closes
/// a file, and nothing of a file of tests.
pub(crate) fn before_tests<'a>(path: &str, code: &'a str) -> &'a str {
    if path.ends_with("/tests.rs") || path.contains("/tests/") {
        return "";
    }
    code.find("#[cfg(test)]")
        .map_or(code, |start| &code[..start])
}

/// Numbered lines, from 1.
pub(crate) fn lines(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

enum Piece {
    Code,
    String,
    Comment,
}

/// How long the next piece is, and what it is.
fn next(rest: &str) -> (usize, Piece) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Piece::Comment);
    }
    if rest.starts_with("/*") {
        return (
            rest.find("*/").map_or(rest.len(), |end| end + 2),
            Piece::Comment,
        );
    }
    if rest.starts_with('"') {
        return (string_length(rest), Piece::String);
    }
    if rest.starts_with("r\"") || rest.starts_with("r#") {
        let hashes = rest[1..]
            .chars()
            .take_while(|letter| *letter == '#')
            .count();
        if rest[1 + hashes..].starts_with('"') {
            let close = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            let end = rest[body..]
                .find(&close)
                .map_or(rest.len(), |at| body + at + close.len());
            return (end, Piece::String);
        }
    }
    // A quote in a character would else open a string.
    for character in ["'\"'", "'\\\"'", "'\\''"] {
        if rest.starts_with(character) {
            return (character.len(), Piece::Code);
        }
    }
    // A whole word at once, so that the r of `for"` does not look like a raw string.
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    let length = word.unwrap_or(rest.len());
    (
        length.max(rest.chars().next().map_or(1, char::len_utf8)),
        Piece::Code,
    )
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn blanked(out: &mut String, piece: &str, edge: char) {
    let last = piece.chars().count().saturating_sub(1);
    for (at, letter) in piece.chars().enumerate() {
        out.push(match letter {
            '\n' => '\n',
            _ if at == 0 || at == last => edge,
            _ => ' ',
        });
    }
}

#[test]
fn words_in_comments_and_strings_are_no_code() {
    let code = only(
        "let a = \"async\"; // async\nasync fn b() {}",
        Blank::CommentsAndStrings,
    );
    let found: Vec<usize> = lines(&code)
        .filter(|(_, line)| line.contains("async"))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(found, [2]);
}

#[test]
fn raw_strings_and_quoted_quotes_do_not_confuse() {
    let code = only(
        "let a = r#\"say \"now\"\"#; let b = '\"'; now()",
        Blank::CommentsAndStrings,
    );
    assert_eq!(code.matches("now").count(), 1, "{code}");
}
