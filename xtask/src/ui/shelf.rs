//! The files of one page, by the names that sources use, and by the names that browsers see.
//!
//! `{{asset:NAME}}` in any text file stands for `/assets/NAME-HASH.ext` of the file NAME. A file's
//! hash is of its final content, so whatever it refers to is placed before it.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const OPEN: &str = "{{asset:";
const CLOSE: &str = "}}";
const TEXT: &[&str] = &[
    "css",
    "ftl",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "webmanifest",
];

/// Files on their way into a bundle.
#[derive(Default)]
pub(super) struct Shelf {
    raw: BTreeMap<String, Vec<u8>>,
    placed: BTreeMap<String, Placed>,
    /// Those being placed right now: a name that turns up twice refers to itself.
    under_way: Vec<String>,
}

/// A file with its final content.
pub(super) struct Placed {
    /// `NAME-HASH.ext`, without a folder.
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
}

impl Shelf {
    /// Puts a file on the shelf; a later one of the same name replaces it.
    pub(super) fn put(&mut self, name: String, bytes: Vec<u8>) {
        self.raw.insert(name, bytes);
    }

    /// Replaces each placeholder by the address of what it names.
    pub(super) fn fill(&mut self, text: &str) -> Result<String> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(OPEN) {
            let (before, after) = rest.split_at(start);
            let after = &after[OPEN.len()..];
            let end = after
                .find(CLOSE)
                .context("a {{asset: that is never closed by }}")?;
            filled.push_str(before);
            filled.push_str("/assets/");
            filled.push_str(&self.place(after[..end].trim())?);
            rest = &after[end + CLOSE.len()..];
        }
        filled.push_str(rest);
        Ok(filled)
    }

    /// Places whatever has not been placed, and hands everything out.
    pub(super) fn empty(mut self) -> Result<Vec<Placed>> {
        let names: Vec<String> = self.raw.keys().cloned().collect();
        for name in names {
            self.place(&name)?;
        }
        Ok(self.placed.into_values().collect())
    }

    fn place(&mut self, name: &str) -> Result<String> {
        if let Some(placed) = self.placed.get(name) {
            return Ok(placed.file.clone());
        }
        if self.under_way.iter().any(|other| other == name) {
            bail!(
                "{} refer to each other in a circle",
                self.under_way.join(", ")
            );
        }
        let bytes = self
            .raw
            .get(name)
            .cloned()
            .with_context(|| self.unknown(name))?;
        self.under_way.push(name.to_owned());
        let bytes = if is_text(name) {
            let text = String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))?;
            self.fill(&text)
                .with_context(|| format!("in {name}"))?
                .into_bytes()
        } else {
            bytes
        };
        self.under_way.pop();
        let file = hashed_name(name, &bytes);
        self.placed.insert(
            name.to_owned(),
            Placed {
                file: file.clone(),
                bytes,
            },
        );
        Ok(file)
    }

    fn unknown(&self, name: &str) -> String {
        let known: Vec<&str> = self.raw.keys().map(String::as_str).collect();
        format!(
            "there is no asset {name:?}; there are: {}",
            known.join(", ")
        )
    }
}

/// Is this a file of text, by its name?
pub(super) fn is_text(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| TEXT.contains(&ending))
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let file = name.rsplit('/').next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{file}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(files: &[(&str, &str)]) -> Shelf {
        let mut shelf = Shelf::default();
        for (name, text) in files {
            shelf.put((*name).to_owned(), text.as_bytes().to_vec());
        }
        shelf
    }

    #[test]
    fn a_reference_becomes_the_hashed_address() {
        let mut shelf = shelf(&[("fonts/inter.woff2", "font")]);
        let filled = shelf
            .fill("url({{asset:fonts/inter.woff2}})")
            .expect("the font is there");
        assert!(filled.starts_with("url(/assets/inter-"), "{filled}");
        assert!(filled.ends_with(".woff2)"), "{filled}");
    }

    #[test]
    fn a_change_deep_down_changes_every_name_above_it() {
        let page = "{{asset:theme.css}}";
        let css = ("theme.css", "{{asset:cup.svg}}");
        let before = shelf(&[css, ("cup.svg", "<svg/>")])
            .fill(page)
            .expect("both are there");
        let after = shelf(&[css, ("cup.svg", "<svg></svg>")])
            .fill(page)
            .expect("both are there");
        assert_ne!(before, after);
    }

    #[test]
    fn an_unknown_name_is_refused_and_the_known_ones_are_told() {
        let problem = shelf(&[("theme.css", "")])
            .fill("{{asset:them.css}}")
            .expect_err("no such file");
        assert!(problem.to_string().contains("theme.css"), "{problem}");
    }

    #[test]
    fn files_that_refer_to_each_other_are_refused() {
        let files = [("a.css", "{{asset:b.css}}"), ("b.css", "{{asset:a.css}}")];
        let problem = shelf(&files)
            .fill("{{asset:a.css}}")
            .expect_err("a circle has no hash");
        assert!(format!("{problem:#}").contains("circle"), "{problem:#}");
    }

    #[test]
    fn what_nobody_refers_to_is_still_handed_out() {
        let placed = shelf(&[("robots.txt", "")])
            .empty()
            .expect("nothing can go wrong");
        assert_eq!(placed.len(), 1);
    }
}
