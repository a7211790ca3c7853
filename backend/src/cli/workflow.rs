//! `presso workflow`: an order's life as a picture.

use clap::ValueEnum;
use presso_core::workflow::{mermaid, svg};

/// How the picture is written.
#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// Text that Mermaid draws, in Markdown say
    Mermaid,
    /// A picture
    Svg,
}

/// Prints it.
pub(super) fn run(format: Format) {
    match format {
        Format::Mermaid => print!("{}", mermaid()),
        Format::Svg => print!("{}", svg()),
    }
}
