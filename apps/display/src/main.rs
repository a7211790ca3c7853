//! The shop's screen: a program for the browser.

fn main() {}
